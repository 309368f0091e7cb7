// SPDX-License-Identifier: GPL-2.0-only
/*
 * Single failures. A good start, stop and recovery show in the record which calls they make; then
 * each of these calls is failed once, in each way that it can fail.
 */
#include <string.h>

#include "guest.h"

#define MAX_CALLS	64

/* A way to fail: how it is called in test names, and the answer. */
struct kind {
	const char *name;
	uint32_t action;
	int64_t status;
	uint64_t result0;
};

static const struct kind eio = { "st-1", BENCH_ACT_FAIL, -1, 0 };
static const struct kind einval = { "st-2", BENCH_ACT_FAIL, -2, 0 };
static const struct kind refused = { "res1", BENCH_ACT_FAIL, 0, 1 };
static const struct kind busy = { "busy-once", BENCH_ACT_BUSY, -12, 0 };
static const struct kind done_but = { "done-but-st-2", BENCH_ACT_DO_AND_FAIL, -2, 0 };
static const struct kind kept = { "kept-st-2", BENCH_ACT_FAIL, -2, 0 };
static const struct kind absent = { "res0", BENCH_ACT_FAIL, 0, 0 };

/* One test for one call of an operation and one way to fail. */
static void add_fault(struct core *core, const char *op, bool (*fn)(const struct test *t),
		      unsigned int number, const struct bench_rule *which, const struct kind *kind,
		      enum expect expect)
{
	struct test *t = test_add("S1,S2,S3,S4,B2,B5,M3,M4,C2,C3", fn, core, "%s.%s.%02u-%s.%s",
				  core->name, op, number, call_name(which->fn), kind->name);

	t->fault.rule = *which;
	t->fault.rule.count = 1;
	t->fault.rule.action = kind->action;
	t->fault.rule.status = kind->status;
	t->fault.rule.result[0] = kind->result0;
	t->fault.expect = expect;
}

/* The ways in which a call can fail, and what they mean. */
static void add_faults(struct core *core, const char *op, bool (*fn)(const struct test *t),
		       unsigned int number, const struct bench_rule *which)
{
	switch (which->fn) {
	case FN_INIT_IMAGE:
	case FN_MEM_SETUP:
	case FN_AUTH_AND_RESET:
	case FN_SHUTDOWN:
		add_fault(core, op, fn, number, which, &busy, EXPECT_SURVIVE);
		add_fault(core, op, fn, number, which, &done_but, EXPECT_FAIL);
		/* fall through */
	case FN_BRIDGE_CREATE:
		add_fault(core, op, fn, number, which, &refused, EXPECT_FAIL);
		/* fall through */
	case FN_GET_RSC_TABLE:
		add_fault(core, op, fn, number, which, &eio, EXPECT_FAIL);
		add_fault(core, op, fn, number, which, &einval, EXPECT_FAIL);
		break;
	case FN_BRIDGE_DELETE:
		add_fault(core, op, fn, number, which, &done_but, EXPECT_SURVIVE);
		add_fault(core, op, fn, number, which, &kept, EXPECT_SURVIVE);
		break;
	case FN_IS_CALL_AVAILABLE:
		add_fault(core, op, fn, number, which, &eio, EXPECT_SURVIVE);
		add_fault(core, op, fn, number, which, &absent, EXPECT_SURVIVE);
		break;
	default:
		out("# no way known to fail %x in %s.%s", which->fn, core->name, op);
	}
}

/* Tests for the calls that the record shows from @from on. */
static unsigned int add_faults_since(struct core *core, const char *op,
				     bool (*fn)(const struct test *t), uint32_t from)
{
	struct bench_rule calls[MAX_CALLS];
	unsigned int num = 0;
	struct bench_event e;

	for (uint32_t i = from; i < record_len() && num < MAX_CALLS; i++) {
		struct bench_rule *which = &calls[num];

		record_get(i, &e);
		if (e.kind != BENCH_EV_CALL)
			continue;
		memset(which, 0, sizeof(*which));
		which->fn = e.fn & ~FN_FAST;
		which->pas_id = call_is_pas(e.fn) ? e.args[0] : BENCH_ANY;
		which->nth = 1;
		for (unsigned int j = 0; j < num; j++)
			which->nth += calls[j].fn == which->fn &&
				      calls[j].pas_id == which->pas_id;
		add_faults(core, op, fn, num, which);
		num++;
	}

	return num;
}

static bool learn(struct core *core)
{
	uint32_t from = record_len();
	bool ok = true;

	if (!core_good_start(core) || !add_faults_since(core, "start", sc_fault_start, from))
		return fail("%s: nothing to learn from a start", core->name);
	from = record_len();
	if (!core_good_stop(core) || !add_faults_since(core, "stop", sc_fault_stop, from))
		return fail("%s: nothing to learn from a stop", core->name);
	if (!core_good_start(core))
		return false;
	from = record_len();
	if (!core_expect_crash_and_recovery(core, BENCH_CMD_FATAL) ||
	    !add_faults_since(core, "recover", sc_fault_recover, from))
		ok = fail("%s: nothing to learn from a recovery", core->name);

	return core_good_stop(core) && ok;
}

static bool sc_learned_nothing(const struct test *t)
{
	(void)t;
	return fail("the good runs failed already, see above");
}

/* Adds the tests of single failures, after good runs that show what can fail. */
void faults_build(void)
{
	bool ok = sc_boot(NULL) && sc_warm_up(NULL);

	for (size_t c = 0; c < BENCH_CORES && ok; c++)
		ok = !cores[c].present || learn(&cores[c]);
	if (!ok)
		test_add("S2", sc_learned_nothing, NULL, "good-runs");
}
