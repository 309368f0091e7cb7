// SPDX-License-Identifier: GPL-2.0-only
/*
 * SMEM as the boot loader hands it over: empty, one global heap. On hardware
 * this is done long before Linux runs; the bench has no boot loader.
 */
#include "smem.h"
#include "smem_layout.h"

static uint32_t smem_round_up(uint32_t value, uint32_t align)
{
	return (value + align - 1) & ~(align - 1);
}

/**
 * smem_init() - lay out an empty SMEM
 * @base:	start of the region, 8-byte aligned
 * @size:	its size in bytes; must exceed header and partition table
 *
 * Nothing of what was there before survives. The last page, where a partition
 * table would be looked for, stays zero: there are no private partitions, so
 * that all items live in the global heap.
 */
void smem_init(void *base, uint64_t size)
{
	volatile uint64_t *word = base;
	volatile struct smem_header *header = base;
	uint32_t heap = smem_round_up(sizeof(*header), 64);
	uint64_t i;

	for (i = 0; i < size / sizeof(*word); i++)
		word[i] = 0;

	header->version[SMEM_MASTER_SBL_VERSION_INDEX] = SMEM_GLOBAL_HEAP_VERSION;
	header->free_offset = heap;
	header->available = (uint32_t)size - heap - SMEM_PTABLE_SIZE;
	header->initialized = 1;
}
