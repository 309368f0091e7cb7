// SPDX-License-Identifier: GPL-2.0-only
/*
 * SMP2P, the remote side of drivers/soc/qcom/smp2p.c: one item that the core
 * writes ("slave-kernel"), one that Linux writes ("master-kernel").
 *
 * Linux compares a value with the one it saw last, so a bit that an earlier
 * run left set must be seen cleared before this run sets it again, or the
 * edge is lost. The protocol has the means: the feature SSR_ACK. The core
 * clears its bits and flips RESTART_DONE; Linux flips RESTART_ACK after it
 * has looked at all bits. This works whatever ended the run before.
 *
 * The core speaks the version that Linux offers. Base has version 1. A later kernel
 * (7.3) offers 2, with the same bytes in the same places, and gets it.
 */
#include "core.h"

#define SMP2P_MAGIC			0x504d5324
#define SMP2P_VERSION_MAX		2
#define SMP2P_FEATURE_SSR_ACK		BIT(0)
#define SMP2P_FLAG_RESTART_DONE		BIT(0)
#define SMP2P_FLAG_RESTART_ACK		BIT(1)
#define SMP2P_MAX_ENTRY			16
#define SMP2P_MAX_NAME			16

#define PEER_TIMEOUT_US			4000000	/* Linux gives a start 5 s */

/**
 * struct smp2p_item - an item in SMEM
 * @magic:		SMP2P_MAGIC
 * @version_features:	version in the low byte, features above
 * @local_pid:		SMEM host that writes the item
 * @remote_pid:		SMEM host that reads it
 * @total_entries:	SMP2P_MAX_ENTRY
 * @valid_entries:	entries with a name
 * @flags:		SMP2P_FLAG_*
 * @entries:		named values
 */
struct smp2p_item {
	uint32_t magic;
	uint32_t version_features;
	uint16_t local_pid;
	uint16_t remote_pid;
	uint16_t total_entries;
	uint16_t valid_entries;
	uint32_t flags;
	struct {
		char name[SMP2P_MAX_NAME];
		uint32_t value;
	} entries[SMP2P_MAX_ENTRY];
};

static volatile struct smp2p_item *mine;
static volatile struct smp2p_item *peer;
static volatile uint32_t *peer_value;

static bool name_matches(const volatile char *name, const char *wanted)
{
	size_t i;

	for (i = 0; i < SMP2P_MAX_NAME; i++) {
		if (name[i] != wanted[i])
			return false;
		if (!wanted[i])
			return true;
	}

	return false;
}

static uint8_t peer_version(void)
{
	return peer->version_features;
}

static bool peer_ready(void)
{
	unsigned int i;

	peer = smem_find(CORE_HOST, CORE_SMP2P_FROM_APPS, sizeof(*peer));
	if (!peer || peer->magic != SMP2P_MAGIC || !peer_version() ||
	    peer_version() > SMP2P_VERSION_MAX)
		return false;

	for (i = 0; i < peer->valid_entries && i < SMP2P_MAX_ENTRY; i++) {
		if (name_matches(peer->entries[i].name, "master-kernel")) {
			peer_value = &peer->entries[i].value;
			return true;
		}
	}

	return false;
}

/* Valid from the version on, which is therefore written last. */
static void fill_item(void)
{
	static const char name[] = "slave-kernel";
	size_t i;

	for (i = 0; i < sizeof(name); i++)
		mine->entries[0].name[i] = name[i];

	mine->magic = SMP2P_MAGIC;
	mine->local_pid = CORE_HOST;
	mine->remote_pid = BENCH_SMEM_HOST_APPS;
	mine->total_entries = SMP2P_MAX_ENTRY;
	mine->valid_entries = 1;
	barrier_all();
	mine->version_features = peer_version() | SMP2P_FEATURE_SSR_ACK << 8;
}

static bool restart_acked(void)
{
	bool done = mine->flags & SMP2P_FLAG_RESTART_DONE;
	bool ack = peer->flags & SMP2P_FLAG_RESTART_ACK;

	return done == ack;
}

static void announce_restart(void)
{
	/* Relative to what Linux acknowledged, which survives lost restarts. */
	if (peer->flags & SMP2P_FLAG_RESTART_ACK)
		mine->flags &= ~SMP2P_FLAG_RESTART_DONE;
	else
		mine->flags |= SMP2P_FLAG_RESTART_DONE;

	core_irq();
}

static bool wait_until(bool (*condition)(void))
{
	uint64_t end = time_us() + PEER_TIMEOUT_US;

	while (!condition()) {
		if (time_us() > end)
			return false;
		idle_wait();
	}

	return true;
}

/**
 * smp2p_start() - meet Linux; all bits of this core are 0 and seen so by it
 *
 * Return: NULL, or what went wrong.
 */
const char *smp2p_start(void)
{
	if (!wait_until(peer_ready))
		return "smp2p: no valid item of the peer";
	if (!(peer->version_features >> 8 & SMP2P_FEATURE_SSR_ACK))
		return "smp2p: the peer does not acknowledge restarts";

	mine = smem_get_or_alloc(CORE_HOST, CORE_SMP2P_TO_APPS, sizeof(*mine));
	if (!mine)
		return "smp2p: no room for the core's item";

	mine->entries[0].value = 0;
	bench_shared()->cores[CORE_INDEX].smp2p = (uintptr_t)&mine->entries[0].value;
	fill_item();
	announce_restart();
	if (!wait_until(restart_acked))
		return "smp2p: restart not acknowledged";

	return NULL;
}

/**
 * smp2p_set() - show Linux these bits and no other
 * @bits: BIT(BENCH_SMP2P_FATAL) and so on
 */
void smp2p_set(uint32_t bits)
{
	if (mine->entries[0].value == bits)
		return;

	mine->entries[0].value = bits;
	core_irq();
}

/** smp2p_get() - the bits that Linux shows, BIT(BENCH_SMP2P_STOP) */
uint32_t smp2p_get(void)
{
	return *peer_value;
}
