// SPDX-License-Identifier: GPL-2.0-only
/*
 * Single failures. A good start, stop and recovery show in the record which calls they make. Then
 * each of these calls fails once, in every way that it can fail.
 */
#include "failure.h"
#include "harness.h"
#include "way.h"

#define MAX_CALLS	64

/* No set-up: to see the calls, boot and warm-up run while the plan is made */
SUITE("faults", "");

/* An operation in which calls are failed */
struct op {
	const char *name;
	bool (*run)(const struct test *t);
};

static const struct op start = { "start", failure_start };
static const struct op stop = { "stop", failure_stop };
static const struct op recover = { "recover", failure_recover };

/* Makes a new test one of @way, for the call that @which says. */
static void set_failure(struct test *t, const struct way *way, const struct bench_rule *which,
			uint32_t about)
{
	const struct failure f = {
		.rule = way_rule(way, which),
		.survives = way->survives,
		.about = about,
	};

	test_param(t, &f, sizeof(f));
	t->told = way->told ? failure_told : NULL;
	/* the crash before a recovery is never silent */
	t->loud = way->told || t->run == failure_recover;
}

/* One test for each way in which a call can fail. */
static void add_failures(struct core *core, const struct op *op, unsigned int number,
			 const struct bench_rule *which, uint32_t about)
{
	bool known = false;

	for_each_way(way, which->fn) {
		set_failure(test_add(way->proves, op->run, core, "%s.%s.%02u-%s.%s", core->name,
				     op->name, number, call_name(which->fn), way->name),
			    way, which, about);
		known = true;
	}
	if (!known)
		out("# no way known to fail %x in %s.%s", which->fn, core->name, op->name);
}

/* Tests for the calls that the record shows from @from on. */
static bool add_failures_since(struct core *core, const struct op *op, uint32_t from)
{
	struct made calls[MAX_CALLS];
	unsigned int num = calls_made(from, calls, MAX_CALLS);

	for (unsigned int i = 0; i < num; i++)
		/* of a bridge the model says whose carveout it is on; what is asked for a
		 * table is whether there are tables
		 */
		add_failures(core, op, i, &calls[i].rule,
			     calls[i].rule.fn == SCM_IS_CALL_AVAILABLE ? core->pas_id :
			     calls[i].about);

	return num || fail("%s: nothing to learn from %s", core->name, op->name);
}

static bool learn(struct core *core)
{
	uint32_t from = record_len();
	bool ok;

	if (!core_good_start(core) || !add_failures_since(core, &start, from))
		return false;
	from = record_len();
	if (!core_good_stop(core) || !add_failures_since(core, &stop, from))
		return false;
	if (!core_good_start(core))
		return false;
	from = record_len();
	ok = core_crash_and_recover(core, BENCH_CMD_FATAL) &&
	     add_failures_since(core, &recover, from);

	return core_good_stop(core) && ok;
}

static bool good_runs(const struct test *t)
{
	return fail("the good runs failed already, see above");
}

static void build(struct core *none)
{
	bool ok = setup_run("boot") && setup_run("warm-up");

	for_each_core(core)
		ok = ok && learn(core);
	if (!ok)
		test_add("S2", good_runs, NULL, "good-runs");
}

BUILD("faults", MACHINES_ALL, build, .once = true, .name = "single-failures");

/* The first PAS call that is made at all, where TrustZone is asked for a resource table. */
static void build_first(struct core *core)
{
	static const struct way way = {
		SCM_PAS_GET_RSC_TABLE, "st-2", BENCH_ACT_FAIL, -2, 0, false, true, "T5 S1 S2 S4"
	};
	const struct bench_rule which = rule_refuse(way.fn, core->pas_id, 1, 0);

	set_failure(test_add(way.proves, failure_start, core, "%s.first-call-fails", core->name),
		    &way, &which, core->pas_id);
}

BUILD("life", ONLY_EL2_IOMMU, build_first, .when = core_is_modem, .order = ORDER_BEFORE_WARM_UP);
