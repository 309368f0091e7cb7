// SPDX-License-Identifier: GPL-2.0-only
/*
 * SMEM as the boot loader hands it over: empty, one global partition. On
 * hardware this is done long before Linux runs; the bench has no boot loader.
 */
#include "platform.h"
#include "smem_layout.h"

static void init_ptable(volatile struct smem_ptable *ptable, uint64_t base,
			uint32_t size, uint32_t part_size)
{
	ptable->magic = SMEM_PTABLE_MAGIC;
	ptable->version = SMEM_PTABLE_VERSION;
	ptable->num_entries = 1;

	ptable->global.offset = SMEM_GLOBAL_PART_OFFSET;
	ptable->global.size = part_size;
	ptable->global.host0 = SMEM_GLOBAL_HOST;
	ptable->global.host1 = SMEM_GLOBAL_HOST;
	ptable->global.cacheline = SMEM_CACHELINE;

	ptable->info.magic = SMEM_INFO_MAGIC;
	ptable->info.size = size;
	ptable->info.base_addr = (uint32_t)base;
	ptable->info.num_items = SMEM_NUM_ITEMS;
}

static void init_partition(volatile struct smem_partition_header *part,
			   uint32_t size)
{
	part->magic = SMEM_PART_MAGIC;
	part->host0 = SMEM_GLOBAL_HOST;
	part->host1 = SMEM_GLOBAL_HOST;
	part->size = size;
	part->free_uncached = sizeof(*part);
	part->free_cached = size;
}

/**
 * smem_init() - lay out an empty SMEM
 * @base:	start of the region, page aligned
 * @size:	its size in bytes, a multiple of pages, at least 32 KiB
 *
 * Nothing of what was there before survives. There are no partitions between
 * two hosts, so that every item lies in the global one.
 */
void smem_init(void *base, uint64_t size)
{
	uint32_t part_size = (uint32_t)size - SMEM_GLOBAL_PART_OFFSET -
			     SMEM_PTABLE_SIZE;
	uint8_t *start = base;
	volatile uint64_t *word = base;
	volatile struct smem_header *header = base;
	uint64_t i;

	for (i = 0; i < size / sizeof(*word); i++)
		word[i] = 0;

	init_ptable((volatile void *)(start + size - SMEM_PTABLE_SIZE),
		    (uintptr_t)base, (uint32_t)size, part_size);
	init_partition((volatile void *)(start + SMEM_GLOBAL_PART_OFFSET),
		       part_size);

	header->version[SMEM_MASTER_SBL_VERSION_INDEX] = SMEM_GLOBAL_PART_VERSION;
	header->initialized = 1;
}
