// SPDX-License-Identifier: GPL-2.0-only
/*
 * Single failures. A good start, stop and recovery show in the record which calls they make. Then
 * each of these calls fails once, in every way that it can fail.
 */
#include "failure.h"
#include "harness.h"

#define MAX_CALLS	64

/* No set-up: to see the calls, boot and warm-up run while the plan is made */
SUITE("faults", "");

/**
 * struct way - a way for a call to fail
 * @fn:		the call
 * @name:	of the way, in names of tests
 * @action:	what TrustZone does
 * @status:	what it answers
 * @result0:	and its first result
 * @survives:	the operation must succeed all the same
 * @told:	the kernel must say so
 * @proves:	requirements that are at stake
 */
struct way {
	uint32_t fn;
	const char *name;
	uint32_t action;
	int64_t status;
	uint64_t result0;
	bool survives;
	bool told;
	const char *proves;
};

/* Not carried out; status or result say so */
#define WAY_FAIL(call, text, st, res, proves_) \
	{ call, text, BENCH_ACT_FAIL, st, res, false, true, proves_ }
/* Carried out, and answered with an error all the same */
#define WAY_DONE(call, proves_) \
	{ call, "done-but-st-2", BENCH_ACT_DO_AND_FAIL, -2, 0, false, true, proves_ }
/* Tried again by the kernel, which is nothing to talk about */
#define WAY_BUSY(call, proves_) \
	{ call, "busy-once", BENCH_ACT_BUSY, -12, 0, true, false, proves_ }
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
};

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
	struct failure f = { .rule = *which, .survives = way->survives, .about = about };

	f.rule.action = way->action;
	f.rule.status = way->status;
	f.rule.result[0] = way->result0;
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

	for (size_t i = 0; i < ARRAY_SIZE(ways); i++) {
		if (ways[i].fn != which->fn)
			continue;
		set_failure(test_add(ways[i].proves, op->run, core, "%s.%s.%02u-%s.%s", core->name,
				     op->name, number, call_name(which->fn), ways[i].name),
			    &ways[i], which, about);
		known = true;
	}
	if (!known)
		out("# no way known to fail %x in %s.%s", which->fn, core->name, op->name);
}

/* Tests for the calls that the record shows from @from on. */
static bool add_failures_since(struct core *core, const struct op *op, uint32_t from)
{
	struct bench_rule calls[MAX_CALLS];
	unsigned int num = 0;
	struct bench_event e;

	for (uint32_t i = from; i < record_len() && num < MAX_CALLS; i++) {
		struct bench_rule *which = &calls[num];

		record_get(i, &e);
		if (e.kind != BENCH_EV_CALL)
			continue;
		*which = rule_refuse(e.fn & ~SCM_FAST_CALL,
				     call_is_pas(e.fn) ? e.args[0] : BENCH_ANY, 1, 0);
		for (unsigned int j = 0; j < num; j++)
			which->nth += calls[j].fn == which->fn &&
				      calls[j].pas_id == which->pas_id;
		/* of a bridge the model says whose carveout it is on; what is asked for a
		 * table is whether there are tables
		 */
		add_failures(core, op, num, which,
			     which->fn == SCM_IS_CALL_AVAILABLE ? core->pas_id : e.pas_id);
		num++;
	}

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
	static const struct way way = WAY_FAIL(SCM_PAS_GET_RSC_TABLE, "st-2", -2, 0, "T5 S1 S2 S4");
	const struct bench_rule which = rule_refuse(way.fn, core->pas_id, 1, 0);

	set_failure(test_add(way.proves, failure_start, core, "%s.first-call-fails", core->name),
		    &way, &which, core->pas_id);
}

BUILD("life", ONLY_EL2_IOMMU, build_first, .when = core_is_modem, .order = ORDER_BEFORE_WARM_UP);
