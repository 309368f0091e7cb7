// SPDX-License-Identifier: GPL-2.0-only
/*
 * SMEM as seen by a remote core: find items and allocate them in the global
 * partition, or in that of Linux and the core, under the hardware mutex that Linux takes too.
 *
 * Limit of the bench: the mutex is RAM. On hardware a write to a taken mutex
 * is ignored; in RAM Linux's write always wins. Between the remote cores the
 * exclusive access below makes the mutex real, and a core never takes it from
 * Linux; but Linux can take it from a core. Linux allocates when its smp2p
 * drivers probe, before any core can be started, so the two do not meet.
 */
#include "core.h"

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

/* With @host, or for all of them */
static volatile struct smem_partition_header *partition(unsigned int host)
{
	uint64_t offset = host == SMEM_GLOBAL_HOST ? SMEM_GLOBAL_PART_OFFSET :
						     SMEM_PART_OFFSET(host);

	return (volatile struct smem_partition_header *)(bench_shared()->smem + offset);
}

static volatile struct smem_private_entry *
entry_at(volatile struct smem_partition_header *part, uint32_t offset)
{
	return (volatile struct smem_private_entry *)((uintptr_t)part + offset);
}

/**
 * smem_find() - look up an item
 * @host:	this core in its own partition, or SMEM_GLOBAL_HOST
 * @item:	its number
 * @size:	bytes that it must have at least
 *
 * Return: the item, or NULL if it is not allocated or too small.
 */
void *smem_find(unsigned int host, unsigned int item, size_t size)
{
	volatile struct smem_partition_header *part = partition(host);
	volatile struct smem_private_entry *entry;
	uint32_t end = part->free_uncached;
	uint32_t offset;

	/* Entries up to here are complete, with or without the mutex. */
	barrier_all();
	for (offset = sizeof(*part); offset < end;
	     offset += sizeof(*entry) + entry->padding_hdr + entry->size) {
		entry = entry_at(part, offset);
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
static void smem_alloc(volatile struct smem_partition_header *part, unsigned int item,
		       size_t size)
{
	volatile struct smem_private_entry *entry = entry_at(part, part->free_uncached);
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
 * @host:	as in smem_find()
 * @item:	its number
 * @size:	bytes
 *
 * Return: the item, or NULL if there is no room, the mutex is not to be had,
 * or an item of that number exists but is smaller.
 */
void *smem_get_or_alloc(unsigned int host, unsigned int item, size_t size)
{
	void *found = smem_find(host, item, size);

	if (found || item < SMEM_ITEM_LAST_FIXED || item >= SMEM_NUM_ITEMS ||
	    !smem_lock())
		return found;

	if (!smem_find(host, item, 0))
		smem_alloc(partition(host), item, size);
	smem_unlock();

	return smem_find(host, item, size);
}
