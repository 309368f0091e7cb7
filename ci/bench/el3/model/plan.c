// SPDX-License-Identifier: GPL-2.0-only
/*
 * The fault plan (struct bench_rule) and the cores' plans. They lie in memory
 * that the guest writes at any time: only copies are looked at.
 */
#include <string.h>

#include "plan.h"
#include "ram.h"
#include "stream.h"

static bool rule_matches(const struct bench_rule *rule, const struct scm_call *c)
{
	return rule->fn && (rule->fn == BENCH_ANY || rule->fn == c->fn) &&
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
 * plan_match() - count a call at every rule, find the one that hits it
 * @c:		the call, not yet carried out
 * @hit:	copy of the first rule that hits
 *
 * Return: what is to be done; BENCH_ACT_NONE: nothing out of the ordinary.
 */
enum bench_action plan_match(const struct scm_call *c, struct bench_rule *hit)
{
	volatile struct bench_rule *rules = model_shared()->rules;
	enum bench_action action = BENCH_ACT_NONE;
	struct bench_rule rule;
	unsigned int i;

	for (i = 0; i < BENCH_MAX_RULES; i++) {
		rule = rules[i];
		if (!rule_matches(&rule, c))
			continue;
		if (rule.seen != UINT32_MAX)
			rule.seen++;
		rules[i].seen = rule.seen;
		if (action != BENCH_ACT_NONE || !rule_hits(&rule) ||
		    rule.action > BENCH_ACT_RAISE)
			continue;
		action = (enum bench_action)rule.action;
		*hit = rule;
	}
	return action;
}

/**
 * plan_answer() - answer what a rule says
 * @c:		the call
 * @hit:	the rule
 */
void plan_answer(struct scm_call *c, const struct bench_rule *hit)
{
	bool busy = hit->action == BENCH_ACT_BUSY;

	c->flags |= BENCH_F_INJECTED;
	c->status = busy ? SCM_EBUSY : hit->status;
	if (busy)
		memset(c->result, 0, sizeof(c->result));
	else
		memcpy(c->result, hit->result, sizeof(c->result));
}

/* The core's word in SMEM, where it says it is, and its doorbell */
static void raise_smp2p(const struct core *core, uint32_t bits)
{
	const struct tz_smem smem = tz_smem();
	struct bench_core_plan plan;

	plan_of_core(core, &plan);
	if (plan.smp2p & 3 ||
	    !range_contains((struct range){ smem.base, smem.size }, (struct range){ plan.smp2p, 4 }))
		return;
	*(volatile uint32_t *)caller_ptr(plan.smp2p, 4) ^= bits;
	gic_pend_spi(core->spi_smp2p);
}

/**
 * plan_raise() - let happen what a rule says
 * @c:		the call, answered as ever
 * @hit:	the rule
 */
void plan_raise(struct scm_call *c, const struct bench_rule *hit)
{
	const struct pas *pas = pas_find(hit->result[1]);
	uint32_t what = (uint32_t)hit->result[0];
	uint64_t pa;

	c->flags |= BENCH_F_INJECTED;
	if (!pas)
		return;
	if (what & BENCH_RAISE_SMP2P)
		raise_smp2p(pas->core, what & BENCH_RAISE_SMP2P);
	if (what & BENCH_RAISE_WDOG)
		gic_pend_spi(pas->core->spi_wdog);
	if (what & BENCH_RAISE_FAULT && pas->core->sid != CORE_NO_STREAM)
		stream_access(pas->core->sid, BENCH_KERNEL_BASE, false, &pa);
}

/**
 * plan_of_core() - how a core is to behave just now
 * @core:	which
 * @plan:	a copy
 */
void plan_of_core(const struct core *core, struct bench_core_plan *plan)
{
	const volatile struct bench_core_plan *plans = model_shared()->cores;

	*plan = plans[core - model.cores];
}
