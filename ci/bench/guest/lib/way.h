/* SPDX-License-Identifier: GPL-2.0-only */
/* The calls that an operation makes, and the ways in which each can fail. */
#ifndef WAY_H
#define WAY_H

#include <stdbool.h>

#include "bench.h"

/**
 * struct way - a way for a call to fail
 * @fn:		the call
 * @name:	of the way, in names of tests
 * @action:	what TrustZone does
 * @status:	what it answers
 * @result0:	and its first result
 * @survives:	the operation must succeed all the same
 * @told:	the kernel must say so
 * @proves:	requirements that are at stake
 */
struct way {
	uint32_t fn;
	const char *name;
	uint32_t action;
	int64_t status;
	uint64_t result0;
	bool survives;
	bool told;
	const char *proves;
};

/* way_next() - the way behind @way in which a call fails, NULL: the first; NULL if there is none */
const struct way *way_next(const struct way *way, uint32_t fn);

#define for_each_way(way, fn) \
	for (const struct way *way = way_next(NULL, fn); way; way = way_next(way, fn))

/* way_rule() - a rule that makes the call of @which fail in some way */
struct bench_rule way_rule(const struct way *way, const struct bench_rule *which);

/**
 * struct made - a call that was made
 * @rule:	refuses that call, if all is done as before
 * @about:	PAS id that the model knows it to be about, BENCH_ANY: none
 */
struct made {
	struct bench_rule rule;
	uint32_t about;
};

/**
 * calls_made() - the calls that the record shows
 * @from:	number of the first event to look at
 * @calls:	receives them
 * @max:	how many there is room for
 *
 * Return: how many there are, at most @max.
 */
unsigned int calls_made(uint32_t from, struct made *calls, unsigned int max);

#endif /* WAY_H */
