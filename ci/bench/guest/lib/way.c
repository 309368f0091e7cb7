// SPDX-License-Identifier: GPL-2.0-only
/* The calls that an operation makes, and the ways in which each can fail. */
#include "call.h"
#include "record.h"
#include "rules.h"
#include "sys.h"
#include "way.h"

/* Not carried out; status or result say so */
#define WAY_FAIL(call, text, st, res, proves_) \
	{ call, text, BENCH_ACT_FAIL, st, res, false, true, proves_ }
/* Carried out, and answered with an error all the same */
#define WAY_DONE(call, proves_) \
	{ call, "done-but-st-2", BENCH_ACT_DO_AND_FAIL, -2, 0, false, true, proves_ }
/* Tried again by the kernel, which is nothing to talk about */
#define WAY_BUSY(call, proves_) \
	{ call, "busy", BENCH_ACT_BUSY, -12, 0, true, false, proves_ }
#define WAYS_PAS(call, proves_) \
	WAY_BUSY(call, proves_), WAY_DONE(call, proves_), WAY_FAIL(call, "res1", 0, 1, proves_), \
	WAY_FAIL(call, "st-1", -1, 0, proves_), WAY_FAIL(call, "st-2", -2, 0, proves_)

static const struct way ways[] = {
	WAYS_PAS(SCM_PAS_INIT_IMAGE, "M3 M4 C2 S1 S2 S4"),
	WAYS_PAS(SCM_PAS_MEM_SETUP, "M3 C2 S1 S2 S4"),
	WAYS_PAS(SCM_PAS_AUTH_AND_RESET, "B1 M3 C2 S1 S2 S4"),
	WAYS_PAS(SCM_PAS_SHUTDOWN, "C3 S2 S3 S4"),
	WAY_FAIL(SCM_BRIDGE_CREATE, "res1", 0, 1, "B2 M3 S1 S2 S4"),
	WAY_FAIL(SCM_BRIDGE_CREATE, "st-1", -1, 0, "B2 M3 S1 S2 S4"),
	WAY_FAIL(SCM_BRIDGE_CREATE, "st-2", -2, 0, "B2 M3 S1 S2 S4"),
	WAY_FAIL(SCM_PAS_GET_RSC_TABLE, "st-1", -1, 0, "T5 T6 S1 S2 S4"),
	WAY_FAIL(SCM_PAS_GET_RSC_TABLE, "st-2", -2, 0, "T5 T6 S1 S2 S4"),
	{ SCM_BRIDGE_DELETE, "done-but-st-2", BENCH_ACT_DO_AND_FAIL, -2, 0, true, true, "B5 S2" },
	{ SCM_BRIDGE_DELETE, "kept-st-2", BENCH_ACT_FAIL, -2, 0, true, true, "B5 S2" },
	WAY_FAIL(SCM_IS_CALL_AVAILABLE, "st-1", -1, 0, "T5 S1 S2 S4"),
	{ SCM_IS_CALL_AVAILABLE, "res0", BENCH_ACT_FAIL, 0, 0, true, false, "T5" },
	WAY_FAIL(SCM_PAS_IS_SUPPORTED, "st-2", -2, 0, "S1 S2"),
	WAY_FAIL(SCM_PAS_IS_SUPPORTED, "res0", 0, 0, "S1 S2"),
	WAY_FAIL(SCM_ASSIGN_MEM, "res1", 0, 1, "S1 S2"),
	WAY_FAIL(SCM_ASSIGN_MEM, "st-2", -2, 0, "S1 S2"),
};

const struct way *way_next(const struct way *way, uint32_t fn)
{
	for (way = way ? way + 1 : ways; way < ways + ARRAY_SIZE(ways); way++) {
		if (way->fn == fn)
			return way;
	}

	return NULL;
}

struct bench_rule way_rule(const struct way *way, const struct bench_rule *which)
{
	struct bench_rule rule = *which;

	rule.action = way->action;
	rule.status = way->status;
	rule.result[0] = way->result0;

	return rule;
}

unsigned int calls_made(uint32_t from, struct made *calls, unsigned int max)
{
	unsigned int num = 0;
	struct bench_event e;

	for (uint32_t i = from; i < record_len() && num < max; i++) {
		struct bench_rule *rule = &calls[num].rule;

		record_get(i, &e);
		if (e.kind != BENCH_EV_CALL)
			continue;
		*rule = rule_refuse(e.fn & ~SCM_FAST_CALL,
				    call_is_pas(e.fn) ? e.args[0] : BENCH_ANY, 1, 0);
		for (unsigned int j = 0; j < num; j++)
			rule->nth += calls[j].rule.fn == rule->fn &&
				     calls[j].rule.pas_id == rule->pas_id;
		calls[num++].about = e.pas_id;
	}

	return num;
}
