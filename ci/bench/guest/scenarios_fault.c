// SPDX-License-Identifier: GPL-2.0-only
/*
 * Single failures. A good start, stop and recovery show in the record which calls they make; then
 * each of these calls is failed once, in each way that it can fail, and all must be given back.
 */
#include <errno.h>
#include <stdio.h>
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
static const struct kind absent = { "res0", BENCH_ACT_FAIL, 0, 0 };

static bool all_down(const struct core *core)
{
	if (record_up(core->pas_id) || (core->dtb_pas_id && record_up(core->dtb_pas_id)))
		return fail("%s: a PAS is still up", core->name);

	return core_wait(core, "offline", LIMIT_SETTLE_MS) && baseline_back();
}

/* The rule must have hit, or the test proved nothing. */
static bool fault_hit(const struct test *t)
{
	uint32_t seen = plan_seen();

	plan_clear();
	return seen >= t->fault.rule.nth ||
	       fail("the call to fail was made %u times, want %u", seen, t->fault.rule.nth);
}

/* After the failure, the next start and stop are good, and so is one more. */
static bool then_all_is_well(const struct core *core, bool ok)
{
	if (core_is(core, "running") && core_stop(core))
		ok = fail("%s: cannot be stopped", core->name);
	ok = core_good_cycle(core) && ok;

	return core_good_cycle(core) && ok;
}

static bool sc_fault_start(const struct test *t)
{
	const struct core *core = t->core;
	uint32_t from = record_len();
	bool ok;
	int ret;

	plan_set(&t->fault.rule);
	ret = core_start(core);
	ok = fault_hit(t);
	if (t->fault.expect == EXPECT_SURVIVE) {
		if (ret)
			ok = fail("%s: start: %s", core->name, strerror(-ret));
		ok = core_came_up(core, from) && ok;
	} else if (!ret) {
		ok = fail("%s: start succeeded", core->name);
	} else if (ret == -EPROTO) {
		ok = fail("%s: start gave a positive count for an error", core->name);
	} else {
		ok = all_down(core) && ok;
	}

	return then_all_is_well(core, ok);
}

/* The carveout of a PAS that TrustZone would not shut down must still be mapped (C3). */
static bool still_mapped(const struct test *t, uint32_t from)
{
	struct bench_event e;

	if (shared->leg != BENCH_LEG_EL2_IOMMU)
		return true;
	if (!record_find(from, BENCH_EV_CALL, t->fault.rule.pas_id, FN_SHUTDOWN, NULL, &e))
		return fail("no second shutdown of PAS %u", t->fault.rule.pas_id);

	return (e.flags & BENCH_F_MAPPED) ||
	       fail("PAS %u was unmapped before it was shut down", t->fault.rule.pas_id);
}

static bool sc_fault_stop(const struct test *t)
{
	const struct core *core = t->core;
	uint32_t from;
	bool ok;
	int ret;

	if (!core_good_start(core))
		return false;
	plan_set(&t->fault.rule);
	ret = core_stop(core);
	ok = fault_hit(t);
	if (t->fault.expect == EXPECT_SURVIVE) {
		if (ret)
			ok = fail("%s: stop: %s", core->name, strerror(-ret));
	} else {
		if (ret >= 0 || ret == -EPROTO)
			ok = fail("%s: stop gave %d, not an error", core->name, ret);
		from = record_len();
		ret = core_stop(core);
		if (ret)
			ok = fail("%s: second stop: %s", core->name, strerror(-ret));
		ok = still_mapped(t, from) && ok;
	}
	ok = all_down(core) && ok;

	return then_all_is_well(core, ok);
}

/* A recovery in which something fails; whatever state it leaves, a start must start the core. */
static bool sc_fault_recover(const struct test *t)
{
	const struct core *core = t->core;
	uint32_t from = record_len();
	long end = now_ms() + LIMIT_STATE_MS;
	bool ok;
	int ret;

	if (!core_good_start(core))
		return false;
	plan_set(&t->fault.rule);
	if (!core_command(core, BENCH_CMD_FATAL, 0, NULL))
		return false;
	while (plan_seen() < t->fault.rule.nth && now_ms() < end)
		kmsg_wait(POLL_MS);
	core_barrier(core);
	ok = fault_hit(t);
	if (t->fault.expect == EXPECT_SURVIVE) {
		ok = core_came_up(core, from) && ok;
		return then_all_is_well(core, ok);
	}

	if (core_is(core, "running"))
		ok = fail("%s: running after a failed recovery", core->name);
	if (t->fault.rule.fn != FN_SHUTDOWN)
		ok = baseline_back() && ok;
	from = record_len();
	ret = core_start(core);
	if (ret)
		ok = fail("%s: start after a failed recovery: %s", core->name, strerror(-ret));
	ok = core_came_up(core, from) && ok;

	return then_all_is_well(core, ok);
}

/* The first start needs memory of TrustZone's pool; when that cannot grow, nothing stays behind. */
bool sc_growth_fails(const struct test *t)
{
	static const struct bench_rule rule = {
		.fn = FN_BRIDGE_CREATE,
		.pas_id = BENCH_ANY,
		.nth = 1,
		.count = 1,
		.action = BENCH_ACT_FAIL,
		.result = { 1 },
	};
	uint32_t bridges = shared->bridges;
	bool ok;
	int ret;

	plan_set(&rule);
	ret = core_start(t->core);
	ok = plan_seen() >= 1 || fail("no bridge was asked for");
	plan_clear();
	if (ret >= 0 || ret == -EPROTO)
		ok = fail("%s: start gave %d, not an error", t->core->name, ret);
	if (shared->bridges != bridges)
		ok = fail("%u bridges, were %u", shared->bridges, bridges);

	return core_good_cycle(t->core) && ok;
}

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
