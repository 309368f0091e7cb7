// SPDX-License-Identifier: GPL-2.0-only
/*
 * SMEM as the boot loader hands it over: empty, a global partition and one for
 * Linux with each other host. On hardware this is done long before Linux runs; the
 * bench has no boot loader.
 */
#include "platform.h"
#include "smem_layout.h"

static void init_partition(uint64_t smem, volatile struct smem_ptable_entry *entry,
			   uint32_t offset, uint32_t size, uint16_t host0, uint16_t host1)
{
	volatile struct smem_partition_header *part =
		(volatile struct smem_partition_header *)(smem + offset);

	entry->offset = offset;
	entry->size = size;
	entry->host0 = host0;
	entry->host1 = host1;
	entry->cacheline = SMEM_CACHELINE;

	part->magic = SMEM_PART_MAGIC;
	part->host0 = host0;
	part->host1 = host1;
	part->size = size;
	part->free_uncached = sizeof(*part);
	part->free_cached = size;
}

/**
 * smem_init() - lay out an empty SMEM
 * @smem:	where; page aligned, a multiple of pages
 *
 * Nothing of what was there before survives.
 */
void smem_init(struct tz_smem smem)
{
	uint32_t end = (uint32_t)smem.size - SMEM_PTABLE_SIZE;
	volatile struct smem_header *header = (volatile struct smem_header *)smem.base;
	volatile struct smem_ptable *ptable =
		(volatile struct smem_ptable *)(smem.base + end);
	volatile uint64_t *word = (volatile uint64_t *)smem.base;
	uint16_t host;
	uint64_t i;

	if (smem.size < SMEM_MIN_SIZE)
		tz_panic("SMEM of %lu bytes, needs %u", smem.size, SMEM_MIN_SIZE);
	for (i = 0; i < smem.size / sizeof(*word); i++)
		word[i] = 0;

	ptable->magic = SMEM_PTABLE_MAGIC;
	ptable->version = SMEM_PTABLE_VERSION;
	ptable->num_entries = SMEM_HOSTS;
	ptable->info.magic = SMEM_INFO_MAGIC;
	ptable->info.size = (uint32_t)smem.size;
	ptable->info.base_addr = (uint32_t)smem.base;
	ptable->info.num_items = SMEM_NUM_ITEMS;

	init_partition(smem.base, &ptable->entries[0], SMEM_GLOBAL_PART_OFFSET,
		       end - SMEM_GLOBAL_PART_OFFSET, SMEM_GLOBAL_HOST, SMEM_GLOBAL_HOST);
	for (host = 1; host < SMEM_HOSTS; host++)
		init_partition(smem.base, &ptable->entries[host], SMEM_PART_OFFSET(host),
			       SMEM_PART_SIZE, BENCH_SMEM_HOST_APPS, host);

	header->version[SMEM_MASTER_SBL_VERSION_INDEX] = SMEM_GLOBAL_PART_VERSION;
	header->initialized = 1;
}
