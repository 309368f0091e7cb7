// SPDX-License-Identifier: GPL-2.0-only
/*
 * The fault plan (struct bench_rule). It lies in memory that the guest writes
 * at any time: each field is read once, into a copy that is then used.
 */
#include <string.h>

#include "model.h"

static void copy_rule(struct bench_rule *to, const volatile struct bench_rule *from)
{
	unsigned int i;

	to->fn = from->fn;
	to->pas_id = from->pas_id;
	to->nth = from->nth;
	to->count = from->count;
	to->action = from->action;
	to->seen = from->seen;
	to->status = from->status;
	for (i = 0; i < 3; i++)
		to->result[i] = from->result[i];
}

static bool rule_matches(const struct bench_rule *rule, const struct scm_call *c)
{
	return rule->fn && rule->fn == c->fn &&
	       (rule->pas_id == BENCH_ANY || rule->pas_id == c->args[0]);
}

/* @seen counts this call already; nth 0 means the first, like 1. */
static bool rule_hits(const struct bench_rule *rule)
{
	uint32_t nth = rule->nth ? rule->nth : 1;

	return rule->seen >= nth &&
	       (rule->count == BENCH_ANY || rule->seen - nth < rule->count);
}

/**
 * fault_match() - count a call at every rule, find the one that hits it
 * @c:		the call, not yet carried out
 * @hit:	copy of the first rule that hits
 *
 * Return: what is to be done; BENCH_ACT_NONE: nothing out of the ordinary.
 */
enum bench_action fault_match(struct scm_call *c, struct bench_rule *hit)
{
	volatile struct bench_rule *rules = model_shared()->rules;
	enum bench_action action = BENCH_ACT_NONE;
	struct bench_rule rule;
	unsigned int i;

	for (i = 0; i < BENCH_MAX_RULES; i++) {
		copy_rule(&rule, &rules[i]);
		if (!rule_matches(&rule, c))
			continue;
		if (rule.seen != UINT32_MAX)
			rule.seen++;
		rules[i].seen = rule.seen;
		if (action != BENCH_ACT_NONE || !rule_hits(&rule) ||
		    rule.action > BENCH_ACT_BUSY)
			continue;
		action = (enum bench_action)rule.action;
		*hit = rule;
	}
	return action;
}

/**
 * fault_answer() - answer what a rule says
 * @c:		the call
 * @hit:	the rule
 */
void fault_answer(struct scm_call *c, const struct bench_rule *hit)
{
	bool busy = hit->action == BENCH_ACT_BUSY;

	c->flags |= BENCH_F_INJECTED;
	c->status = busy ? SCM_EBUSY : hit->status;
	if (busy)
		memset(c->result, 0, sizeof(c->result));
	else
		memcpy(c->result, hit->result, sizeof(c->result));
}

/**
 * fault_core_plan() - how a core is to behave just now
 * @core:	which
 * @plan:	a copy
 */
void fault_core_plan(const struct core *core, struct bench_core_plan *plan)
{
	const volatile struct bench_core_plan *from =
		&model_shared()->cores[core - model.cores];

	plan->mode = from->mode;
	plan->rsc_mode = from->rsc_mode;
	plan->rsc_size = from->rsc_size;
	plan->command = from->command;
	plan->arg = from->arg;
	plan->answer = from->answer;
}
