/* SPDX-License-Identifier: GPL-2.0-only */
/* Pieces of the physical address space. */
#ifndef RANGE_H
#define RANGE_H

#include <stdbool.h>
#include <stdint.h>

#define TZ_PAGE_MASK	0xfffu

/**
 * struct range - a piece of the physical address space
 * @base:	first byte
 * @size:	bytes; 0: empty
 *
 * Only what a caller names may wrap; caller_may_name() refuses it then.
 */
struct range {
	uint64_t base;
	uint64_t size;
};

static inline bool range_overlaps(struct range a, struct range b)
{
	if (!a.size || !b.size)
		return false;
	return a.base >= b.base ? a.base - b.base < b.size
				: b.base - a.base < a.size;
}

static inline bool range_contains(struct range outer, struct range inner)
{
	return inner.base >= outer.base &&
	       inner.base - outer.base <= outer.size &&
	       inner.size <= outer.size - (inner.base - outer.base);
}

static inline bool range_equal(struct range a, struct range b)
{
	return a.base == b.base && a.size == b.size;
}

static inline bool range_is_pages(struct range r)
{
	return !((r.base | r.size) & TZ_PAGE_MASK);
}

#endif /* RANGE_H */
