/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The baseline: clocks, power domains, regulators, interrupts, bridges and memory as they are
 * while every core is down. A stop, and a start that fails, must bring all of it back.
 */
#ifndef SNAPSHOT_H
#define SNAPSHOT_H

#include <stdbool.h>

/* Bridges, each with the memory below it, that TrustZone refused to delete and that may remain */
extern unsigned int leftovers_tolerated;

/**
 * baseline_take() - remember how things are while every core is down
 *
 * Taken once more it says what a warm-up may change: the pool of TrustZone memory grows once.
 *
 * Context: sleeps until nothing changes any more, for at most LIMIT_SETTLE_MS.
 */
void baseline_take(void);

/**
 * baseline_unbound() - compare with how things are while a core has no driver
 * @unbound:	that from now on, and the usual baseline again if not
 *
 * Context: the core is as it says. Sleeps the first time, which takes that baseline.
 */
void baseline_unbound(bool unbound);

/* baseline_have() - whether there is one */
bool baseline_have(void);

/**
 * baseline_back() - whether everything is as it was at the baseline
 *
 * Context: sleeps until it is, for at most LIMIT_SETTLE_MS.
 *
 * Return: true if it is, or if there is no baseline yet.
 */
bool baseline_back(void);

/* baseline_differs() - whether anything is not as at the baseline, as it must be now and then */
bool baseline_differs(void);

/* no_new_bridge() - whether the only bridges are those of the baseline; fail() if not */
bool no_new_bridge(void);

/* no_new_buffer() - the same of coherent buffers, such as those of metadata (M3) */
bool no_new_buffer(void);

/*
 * no_domain_on() - whether no power domain was on at the baseline; fail() if one was
 *
 * Nobody counts the users of one: left on by the first start it would be on ever after, as at the
 * baseline.
 */
bool no_domain_on(void);

/* no_firmware_kept() - whether no firmware was in memory at the baseline; the base keeps some */
bool no_firmware_kept(void);

#endif /* SNAPSHOT_H */
