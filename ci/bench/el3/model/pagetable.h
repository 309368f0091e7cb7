/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Page tables of stage 1 in the VMSAv8-64 format (Arm DDI 0487, D8), whatever
 * MMU they belong to: granules of 4, 16 and 64 KiB, pages and blocks, the
 * contiguous hint, AP and APTable, the access flag. A core's accesses are
 * unprivileged (choice). No SMMU updates entries by itself: Linux asks for that
 * only to track dirty pages.
 */
#ifndef PAGETABLE_H
#define PAGETABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "range.h"

/* TCR.TG0, as SMMUs have it, too */
#define TG0_4K			0
#define TG0_64K			1
#define TG0_16K			2

/**
 * struct pagetable - the root of a translation
 * @ttb:	the first table
 * @granule:	log2 of the page size: 12, 14 or 16
 * @ia_bits:	width of the input addresses
 */
struct pagetable {
	uint64_t ttb;
	unsigned int granule;
	unsigned int ia_bits;
};

/**
 * struct leaf - a page or block that is mapped
 * @iova:	input address
 * @pa:		output address
 * @size:	bytes
 * @readable:	for the accesses of a remote core
 * @writable:	likewise
 */
struct leaf {
	uint64_t iova;
	uint64_t pa;
	uint64_t size;
	bool readable;
	bool writable;
};

bool pagetable_set_size(struct pagetable *pt, unsigned int tg0, unsigned int t0sz);
bool pagetable_read(uint64_t pa, uint64_t *v);
const char *pagetable_walk(const struct pagetable *pt,
			   void (*fn)(void *arg, const struct leaf *leaf), void *arg);
bool pagetable_translate(const struct pagetable *pt, uint64_t iova, bool write,
			 uint64_t *pa);
bool pagetable_maps(const struct pagetable *pt, uint64_t iova);
bool pagetable_reaches(const struct pagetable *pt, struct range pa);

#endif /* PAGETABLE_H */
