// SPDX-License-Identifier: GPL-2.0-only
/* Whose memory is whose; see ram.h. Who changes it: bridge.c, assign_mem.c. */
#include <string.h>

#include "ram.h"

struct bridge bridges[BRIDGE_MAX];
struct assigned assigned[ASSIGN_MAX];

/**
 * ram_reset() - no bridges, all memory is Linux's, as after reset
 */
void ram_reset(void)
{
	memset(bridges, 0, sizeof(bridges));
	memset(assigned, 0, sizeof(assigned));
}

/**
 * caller_may_name() - is this RAM, and not the model's own?
 * @range:	as the caller says; may wrap
 */
bool caller_may_name(struct range range)
{
	static const struct range own = { BENCH_SHARED_BASE, BENCH_SHARED_SIZE };

	return range.size && range.base + range.size > range.base &&
	       phys_ptr(range.base, range.size) && !range_overlaps(range, own);
}

/**
 * caller_ptr() - a pointer to memory that a caller names
 * @pa:		its address
 * @size:	bytes
 *
 * Return: the pointer, or NULL if the caller may not name it.
 */
void *caller_ptr(uint64_t pa, uint64_t size)
{
	if (!caller_may_name((struct range){ pa, size }))
		return NULL;
	return phys_ptr(pa, size);
}

/**
 * bridge_covers() - does one bridge hold all of a range?
 * @range:	the range
 *
 * Two that touch do not count: they may go one by one.
 */
bool bridge_covers(struct range range)
{
	unsigned int i;

	for (i = 0; i < BRIDGE_MAX; i++)
		if (bridges[i].handle && range_contains(bridges[i].range, range))
			return true;
	return false;
}

/**
 * bridge_overlaps() - does any bridge hold a byte of a range?
 * @range:	the range
 */
bool bridge_overlaps(struct range range)
{
	unsigned int i;

	for (i = 0; i < BRIDGE_MAX; i++)
		if (bridges[i].handle && range_overlaps(bridges[i].range, range))
			return true;
	return false;
}

/**
 * bridge_is_exactly() - is there a bridge of this base and size?
 * @range:	the range
 */
bool bridge_is_exactly(struct range range)
{
	unsigned int i;

	for (i = 0; i < BRIDGE_MAX; i++)
		if (bridges[i].handle && range_equal(bridges[i].range, range))
			return true;
	return false;
}

/**
 * bridge_count() - live bridges
 */
unsigned int bridge_count(void)
{
	unsigned int i, count = 0;

	for (i = 0; i < BRIDGE_MAX; i++)
		count += !!bridges[i].handle;
	return count;
}

/**
 * assign_count() - regions that are not Linux's alone
 */
unsigned int assign_count(void)
{
	unsigned int i, count = 0;

	for (i = 0; i < ASSIGN_MAX; i++)
		count += !!assigned[i].range.size;
	return count;
}

/**
 * assign_is_linux() - may Linux use all of a range?
 * @range:	the range
 */
bool assign_is_linux(struct range range)
{
	unsigned int i;

	for (i = 0; i < ASSIGN_MAX; i++)
		if (range_overlaps(assigned[i].range, range) &&
		    !(assigned[i].owners & ASSIGN_HLOS))
			return false;
	return true;
}
