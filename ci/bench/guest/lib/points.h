/* SPDX-License-Identifier: GPL-2.0-only */
/* Exit points: functions of the rest of the kernel that the series' code calls, and that can fail. */
#ifndef POINTS_H
#define POINTS_H

#include <stddef.h>

/* Operations in which functions fail, and what more there is to know of a function */
enum {
	START = 1 << 0,
	STOP = 1 << 1,
	RECOVER = 1 << 2,
	PROBE = 1 << 3,
	DEFER = 1 << 4,		/* a probe in which it has to be waited for */
	START_OWN_TABLE = 1 << 5,
	FIRST_START = 1 << 6,	/* before there is a pool for the images of all cores */
	RUN = START | STOP | RECOVER,
	GROWS = 1 << 7,	/* the common pool of TrustZone memory grows instead, and keeps that */
	MUTE = 1 << 8,	/* while it fails, nobody can tell TrustZone to give anything back */
	SPARE = 1 << 9,	/* there is another pool of TrustZone memory to take it from */
};

/**
 * struct exit_point - a function that can fail
 * @flags:	operations in which it is failed, and more
 * @function:	its symbol
 * @caller:	beginning of the symbols that call it
 * @value:	what it returns then; pointers that are errors look like negative errnos
 */
struct exit_point {
	unsigned int flags;
	const char *function;
	const char *caller;
	int value;
};

extern const struct exit_point exit_points[];
extern const size_t exit_points_nr;

#endif
