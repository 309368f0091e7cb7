// SPDX-License-Identifier: GPL-2.0-only
/* The fault plan: rules that make TrustZone answer a call with a failure. */
#include <stddef.h>

#include "out.h"
#include "rules.h"
#include "shared.h"
#include "sys.h"

struct bench_rule rule_refuse(uint32_t fn, uint32_t pas_id, uint32_t count, int64_t status)
{
	return (struct bench_rule){
		.fn = fn,
		.pas_id = pas_id,
		.nth = 1,
		.count = count,
		.action = BENCH_ACT_FAIL,
		.status = status,
	};
}

struct bench_rule rule_busy(uint32_t fn, uint32_t pas_id, uint32_t count)
{
	struct bench_rule rule = rule_refuse(fn, pas_id, count, 0);

	rule.action = BENCH_ACT_BUSY;

	return rule;
}

static void write_rule(volatile struct bench_rule *to, const struct bench_rule *rule)
{
	to->pas_id = rule->pas_id;
	to->nth = rule->nth;
	to->count = rule->count;
	to->action = rule->action;
	to->seen = 0;
	to->status = rule->status;
	for (size_t i = 0; i < ARRAY_SIZE(rule->result); i++)
		to->result[i] = rule->result[i];
	/* @fn makes the rule live */
	__sync_synchronize();
	to->fn = rule->fn;
	__sync_synchronize();
}

void rules_add(struct bench_rule rule)
{
	for (size_t i = 0; i < BENCH_MAX_RULES; i++) {
		if (!shared->rules[i].fn) {
			write_rule(&shared->rules[i], &rule);
			return;
		}
	}
	fail("more than %d rules", BENCH_MAX_RULES);
}

void rules_clear(void)
{
	for (size_t i = 0; i < BENCH_MAX_RULES; i++)
		shared->rules[i].fn = 0;
	__sync_synchronize();
}

void rules_set(struct bench_rule rule)
{
	rules_clear();
	rules_add(rule);
}

uint32_t rules_seen(void)
{
	return shared->rules[0].seen;
}
