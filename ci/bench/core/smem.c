// SPDX-License-Identifier: GPL-2.0-only
/*
 * SMEM as seen by a remote core: find items and allocate them in the
 * global partition, under the hardware mutex that Linux takes too.
 *
 * Limit of the bench: the mutex is RAM. On hardware a write to a taken mutex
 * is ignored; in RAM Linux's write always wins. Between the remote cores the
 * exclusive access below makes the mutex real, and a core never takes it from
 * Linux; but Linux can take it from a core. Linux allocates when its smp2p
 * drivers probe, before any core can be started, so the two do not meet.
 */
#include "core.h"
#include "smem_layout.h"

#define LOCK_TIMEOUT_US		1000000

static volatile uint32_t *smem_mutex(void)
{
	return (volatile uint32_t *)(uintptr_t)(BENCH_TCSR_MUTEX_BASE + SMEM_HWLOCK_OFFSET);
}

/* True if the mutex is ours: it was free, or a stopped run of us left it. */
static bool smem_trylock(void)
{
	uint32_t own = SMEM_HWLOCK_OWNER(CORE_HOST);
	uint32_t owner;
	uint32_t failed;

	__asm__ volatile("	mov	%w1, #1\n"
			 "	ldaxr	%w0, [%2]\n"
			 "	cbnz	%w0, 1f\n"
			 "	stxr	%w1, %w3, [%2]\n"
			 "1:"
			 : "=&r"(owner), "=&r"(failed)
			 : "r"(smem_mutex()), "r"(own)
			 : "memory");

	return !failed || owner == own;
}

static bool smem_lock(void)
{
	uint64_t end = time_us() + LOCK_TIMEOUT_US;

	while (!smem_trylock()) {
		if (time_us() > end)
			return false;
	}

	barrier_all();
	return true;
}

static void smem_unlock(void)
{
	barrier_all();
	if (*smem_mutex() == SMEM_HWLOCK_OWNER(CORE_HOST))
		*smem_mutex() = 0;
}

static volatile struct smem_partition_header *partition(void)
{
	return (volatile struct smem_partition_header *)(uintptr_t)
		(BENCH_SMEM_BASE + SMEM_GLOBAL_PART_OFFSET);
}

static volatile struct smem_private_entry *entry_at(uint32_t offset)
{
	return (volatile struct smem_private_entry *)
		((uintptr_t)partition() + offset);
}

static uint32_t next_offset(uint32_t offset)
{
	volatile struct smem_private_entry *entry = entry_at(offset);

	return offset + sizeof(*entry) + entry->padding_hdr + entry->size;
}

/**
 * smem_find() - look up an item
 * @item:	its number
 * @size:	bytes that it must have at least
 *
 * Return: the item, or NULL if it is not allocated or too small.
 */
void *smem_find(unsigned int item, size_t size)
{
	volatile struct smem_private_entry *entry;
	uint32_t end = partition()->free_uncached;
	uint32_t offset;

	/* Entries up to here are complete, with or without the mutex. */
	barrier_all();
	for (offset = sizeof(*partition()); offset < end; offset = next_offset(offset)) {
		entry = entry_at(offset);
		if (entry->canary != SMEM_PRIVATE_CANARY)
			return NULL;
		if (entry->item != item)
			continue;
		if (entry->size - entry->padding_data < size)
			return NULL;

		return (void *)((uintptr_t)(entry + 1) + entry->padding_hdr);
	}

	return NULL;
}

/* With the mutex held. Items come zeroed: nothing was ever freed. */
static void smem_alloc(unsigned int item, size_t size)
{
	volatile struct smem_partition_header *part = partition();
	volatile struct smem_private_entry *entry = entry_at(part->free_uncached);
	uint32_t padded = (size + SMEM_ALIGN - 1) & ~(uint32_t)(SMEM_ALIGN - 1);

	if (sizeof(*entry) + padded > part->free_cached - part->free_uncached)
		return;

	entry->canary = SMEM_PRIVATE_CANARY;
	entry->item = item;
	entry->size = padded;
	entry->padding_data = padded - size;
	entry->padding_hdr = 0;

	/* Readers take no mutex: complete before it can be seen. */
	barrier_all();
	part->free_uncached += sizeof(*entry) + padded;
}

/**
 * smem_get_or_alloc() - an item of this core, allocated by its first run
 * @item:	its number
 * @size:	bytes
 *
 * Return: the item, or NULL if there is no room, the mutex is not to be had,
 * or an item of that number exists but is smaller.
 */
void *smem_get_or_alloc(unsigned int item, size_t size)
{
	void *found = smem_find(item, size);

	if (found || item < SMEM_ITEM_LAST_FIXED || item >= SMEM_NUM_ITEMS ||
	    !smem_lock())
		return found;

	if (!smem_find(item, 0))
		smem_alloc(item, size);
	smem_unlock();

	return smem_find(item, size);
}
