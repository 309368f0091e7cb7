/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Output. It goes through /dev/kmsg, so that no message of the kernel cuts a line in two.
 */
#ifndef OUT_H
#define OUT_H

#include <stdbool.h>

/* out_init() - open the way out; without it lines go to stdout, where they may mix */
void out_init(void);

/**
 * out() - print one line
 * @fmt:	the line, without a newline
 */
void out(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/**
 * fail() - say why a test fails
 * @fmt:	the reason, without a newline
 *
 * Return: false, so that a test can return it.
 */
bool fail(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/**
 * breaks() - say that the kernel does not keep a requirement, without failing the test
 * @requirement:	its id
 * @fmt:	what it did, without a newline
 *
 * For a kernel without the series: it breaks some rules all the time, and is judged by others too.
 */
void breaks(const char *requirement, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif /* OUT_H */
