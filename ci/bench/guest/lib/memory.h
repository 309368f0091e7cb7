/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel's memory as a whole: what no table of names shows, a leak of any kind does. */
#ifndef MEMORY_H
#define MEMORY_H

#include <stdbool.h>

/* memory_take() - remember how much memory there is now */
void memory_take(void);

/**
 * memory_back() - whether there is as much memory as at memory_take(), but for 160 kB
 *
 * Context: sleeps until there is, for at most LIMIT_SETTLE_MS; some comes back late.
 *
 * Return: true if there is, or if the kernel has checkers that keep records of what is gone.
 */
bool memory_back(void);

#endif /* MEMORY_H */
