/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kernel's log as a source of events. The remoteproc core does not notify its sysfs
 * attributes, but it logs each change of state once it is done, and /dev/kmsg can be polled.
 */
#ifndef KMSG_H
#define KMSG_H

#include <stdbool.h>

#include "sys.h"

/* kmsg_open() - open the log; the log of the boot is kept from its start */
void kmsg_open(void);

/**
 * kmsg_watch() - start or stop keeping what the kernel logs
 * @on:		start, without what was kept before; else stop, and leave what is kept
 */
void kmsg_watch(bool on);

/**
 * kmsg_kept() - what the kernel logged while it was watched
 *
 * Return: its lines, each with a newline; never NULL. Valid until the next call of a kmsg function.
 */
const char *kmsg_kept(void);

/* kmsg_seen() - whether @text is in what is kept */
bool kmsg_seen(const char *text);

/* kmsg_count() - how often @text is in what is kept */
unsigned int kmsg_count(const char *text);

/* kmsg_listen() - forget what the kernel has complained about so far */
void kmsg_listen(void);

/**
 * kmsg_complaint() - what the kernel said at warning or above since kmsg_listen(), watched or not
 * @num:	receives the number of lines
 *
 * Before the first kmsg_listen() it is what drivers of remote processors have said since power on.
 *
 * Return: the first of them; valid until the next call of a kmsg function.
 */
const char *kmsg_complaint(unsigned int *num);

/* kmsg_put() - keep a record as /dev/kmsg returns it, as if it had just been logged */
void kmsg_put(const char *record);

/**
 * kmsg_wait() - sleep until the kernel logs something
 * @ms:		limit in milliseconds
 */
void kmsg_wait(long ms);

/**
 * poll_until() - sleep until a condition holds
 * @cond:	the condition, which most often changes when the kernel logs something
 * @ms:		limit in milliseconds
 *
 * Return: whether it holds.
 */
#define poll_until(cond, ms)				\
({							\
	long end_ = now_ms() + (ms);			\
	bool holds_;					\
							\
	while (!(holds_ = (cond)) && now_ms() < end_)	\
		kmsg_wait(POLL_MS);			\
	holds_;						\
})

#endif /* KMSG_H */
