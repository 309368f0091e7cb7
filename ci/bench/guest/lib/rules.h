/* SPDX-License-Identifier: GPL-2.0-only */
/* The fault plan: rules that make TrustZone answer a call with a failure. */
#ifndef RULES_H
#define RULES_H

#include "bench.h"

#define FOR_LONG	1000	/* more calls than any scenario makes */

/**
 * rule_refuse() - a rule that refuses the next calls
 * @fn:		function word without the fast-call bit
 * @pas_id:	PAS id in the first argument, or BENCH_ANY
 * @count:	how many matching calls, from the next one on; BENCH_ANY: all
 * @status:	that is answered; no call is carried out
 *
 * Return: the rule, for rules_set() or rules_add(); the caller may change any of its members.
 */
struct bench_rule rule_refuse(uint32_t fn, uint32_t pas_id, uint32_t count, int64_t status);

/* rule_busy() - the same, but TrustZone is busy: the kernel asks again, for 600 ms */
struct bench_rule rule_busy(uint32_t fn, uint32_t pas_id, uint32_t count);

/* rules_set() - make @rule the only one */
void rules_set(struct bench_rule rule);

/* rules_add() - add @rule to those that are there, at most BENCH_MAX_RULES */
void rules_add(struct bench_rule rule);

/* rules_clear() - no call fails any more */
void rules_clear(void);

/* rules_seen() - number of calls that the first rule has matched, whether it hit them or not */
uint32_t rules_seen(void);

#endif /* RULES_H */
