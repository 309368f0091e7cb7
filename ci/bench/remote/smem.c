// SPDX-License-Identifier: GPL-2.0-only
/*
 * SMEM as seen by a remote core: find items and allocate them in the global
 * heap, under the hardware mutex that Linux takes too.
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

static volatile struct smem_header *smem_header(void)
{
	return (volatile struct smem_header *)BENCH_SMEM_BASE;
}

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

/**
 * smem_find() - look up an item
 * @item:	its number
 * @size:	bytes that it must have at least
 *
 * Return: the item, or NULL if it is not allocated or too small.
 */
void *smem_find(unsigned int item, size_t size)
{
	volatile struct smem_global_entry *entry = &smem_header()->toc[item];

	if (item >= SMEM_ITEM_COUNT || !entry->allocated)
		return NULL;

	barrier_all();
	if (entry->size < size || entry->offset > BENCH_SMEM_SIZE - entry->size)
		return NULL;

	return (void *)(uintptr_t)(BENCH_SMEM_BASE + entry->offset);
}

/* With the mutex held. Items come zeroed: nothing was ever freed. */
static void smem_alloc(unsigned int item, size_t size)
{
	volatile struct smem_header *header = smem_header();
	volatile struct smem_global_entry *entry = &header->toc[item];

	size = (size + SMEM_ALIGN - 1) & ~(size_t)(SMEM_ALIGN - 1);
	if (entry->allocated || size > header->available)
		return;

	entry->offset = header->free_offset;
	entry->size = size;

	/* Readers take no mutex: complete before it can be seen. */
	barrier_all();
	entry->allocated = 1;

	header->free_offset += size;
	header->available -= size;
}

/**
 * smem_get_or_alloc() - an item of this core, allocated by its first run
 * @item:	its number
 * @size:	bytes
 *
 * Return: the item, or NULL if there is no room or the mutex is not to be had.
 */
void *smem_get_or_alloc(unsigned int item, size_t size)
{
	void *found = smem_find(item, size);

	if (found || item < SMEM_ITEM_LAST_FIXED || !smem_lock())
		return found;

	smem_alloc(item, size);
	smem_unlock();

	return smem_find(item, size);
}
