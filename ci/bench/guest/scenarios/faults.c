// SPDX-License-Identifier: GPL-2.0-only
/*
 * Single failures. A good start, stop and recovery show in the record which calls they make; then
 * each of these calls is failed once, in each way that it can fail.
 */
#include <string.h>

#include "guest.h"

#define MAX_CALLS	64

/**
 * struct way - a way for a call to fail
 * @fn:		the call
 * @name:	of the way, in names of tests
 * @action:	what TrustZone does
 * @status:	what it answers
 * @result0:	and its first result
 * @expect:	what the driver must make of it
 * @told:	whether the kernel must say so
 * @rows:	behaviour rows that are at stake
 */
struct way {
	uint32_t fn;
	const char *name;
	uint32_t action;
	int64_t status;
	uint64_t result0;
	enum expect expect;
	bool told;
	const char *rows;
};

/* Not carried out; status or result say so */
#define WAY_FAIL(call, text, st, res, rows_) \
	{ call, text, BENCH_ACT_FAIL, st, res, EXPECT_FAIL, true, rows_ }
/* Carried out, and answered with an error all the same */
#define WAY_DONE(call, rows_) \
	{ call, "done-but-st-2", BENCH_ACT_DO_AND_FAIL, -2, 0, EXPECT_FAIL, true, rows_ }
/* Tried again by the kernel, which is nothing to talk about */
#define WAY_BUSY(call, rows_) \
	{ call, "busy-once", BENCH_ACT_BUSY, -12, 0, EXPECT_SURVIVE, false, rows_ }
#define WAYS_PAS(call, rows_) \
	WAY_BUSY(call, rows_), WAY_DONE(call, rows_), WAY_FAIL(call, "res1", 0, 1, rows_), \
	WAY_FAIL(call, "st-1", -1, 0, rows_), WAY_FAIL(call, "st-2", -2, 0, rows_)

static const struct way ways[] = {
	WAYS_PAS(FN_INIT_IMAGE, "M3 M4 C2 S1 S2 S4"),
	WAYS_PAS(FN_MEM_SETUP, "M3 C2 S1 S2 S4"),
	WAYS_PAS(FN_AUTH_AND_RESET, "B1 M3 C2 S1 S2 S4"),
	WAYS_PAS(FN_SHUTDOWN, "C3 S2 S3 S4"),
	WAY_FAIL(FN_BRIDGE_CREATE, "res1", 0, 1, "B2 M3 S1 S2 S4"),
	WAY_FAIL(FN_BRIDGE_CREATE, "st-1", -1, 0, "B2 M3 S1 S2 S4"),
	WAY_FAIL(FN_BRIDGE_CREATE, "st-2", -2, 0, "B2 M3 S1 S2 S4"),
	WAY_FAIL(FN_GET_RSC_TABLE, "st-1", -1, 0, "T5 T6 S1 S2 S4"),
	WAY_FAIL(FN_GET_RSC_TABLE, "st-2", -2, 0, "T5 T6 S1 S2 S4"),
	{ FN_BRIDGE_DELETE, "done-but-st-2", BENCH_ACT_DO_AND_FAIL, -2, 0, EXPECT_SURVIVE, true,
	  "B5 S2" },
	{ FN_BRIDGE_DELETE, "kept-st-2", BENCH_ACT_FAIL, -2, 0, EXPECT_SURVIVE, true, "B5 S2" },
	{ FN_IS_CALL_AVAILABLE, "st-1", BENCH_ACT_FAIL, -1, 0, EXPECT_SURVIVE, false, "T5" },
	{ FN_IS_CALL_AVAILABLE, "res0", BENCH_ACT_FAIL, 0, 0, EXPECT_SURVIVE, false, "T5" },
};

/* The operations in which calls are failed */
static const struct {
	const char *name;
	bool (*fn)(const struct test *t);
} ops[] = {
	{ "start", sc_fault_start },
	{ "stop", sc_fault_stop },
	{ "recover", sc_fault_recover },
};

enum { OP_START, OP_STOP, OP_RECOVER };

/* Makes a new test one of @way, for the call that @which says. */
static void set_fault(struct test *t, const struct way *way, const struct bench_rule *which,
		      uint32_t about)
{
	t->told = way->told ? message_tells : NULL;
	t->fault.rule = *which;
	t->fault.rule.count = 1;
	t->fault.rule.action = way->action;
	t->fault.rule.status = way->status;
	t->fault.rule.result[0] = way->result0;
	t->fault.expect = way->expect;
	t->fault.about = about;
}

/* One test for each way in which a call can fail. */
static void add_faults(struct core *core, unsigned int op, unsigned int number,
		       const struct bench_rule *which, uint32_t about)
{
	bool known = false;

	for (size_t i = 0; i < ARRAY_SIZE(ways); i++) {
		struct test *t;

		if (ways[i].fn != which->fn)
			continue;
		t = test_add(ways[i].rows, ops[op].fn, core, "%s.%s.%02u-%s.%s", core->name,
			     ops[op].name, number, call_name(which->fn), ways[i].name);
		set_fault(t, &ways[i], which, about);
		known = true;
	}
	if (!known)
		out("# no way known to fail %x in %s.%s", which->fn, core->name, ops[op].name);
}

/* Tests for the calls that the record shows from @from on. */
static unsigned int add_faults_since(struct core *core, unsigned int op, uint32_t from)
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
		/* of a bridge the model says whose carveout it is on */
		add_faults(core, op, num, which, e.pas_id);
		num++;
	}

	return num;
}

static bool learn(struct core *core)
{
	uint32_t from = record_len();
	bool ok = true;

	if (!core_good_start(core) || !add_faults_since(core, OP_START, from))
		return fail("%s: nothing to learn from a start", core->name);
	from = record_len();
	if (!core_good_stop(core) || !add_faults_since(core, OP_STOP, from))
		return fail("%s: nothing to learn from a stop", core->name);
	if (!core_good_start(core))
		return false;
	from = record_len();
	if (!core_expect_crash_and_recovery(core, BENCH_CMD_FATAL) ||
	    !add_faults_since(core, OP_RECOVER, from))
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

/* Whether an operation makes a call, on the machine and for the core in question. */
static bool makes_call(const struct core *core, unsigned int op, uint32_t fn)
{
	if (op == OP_START && fn == FN_SHUTDOWN)
		return false;
	if (op == OP_STOP && fn != FN_SHUTDOWN)
		return false;

	switch (fn) {
	case FN_MEM_SETUP:
		return core->relocatable;
	case FN_BRIDGE_CREATE:
	case FN_BRIDGE_DELETE:
		return shared->machine != BENCH_MACHINE_HYP;
	case FN_GET_RSC_TABLE:
	case FN_IS_CALL_AVAILABLE:
		/* a recovery does not parse the firmware again */
		return op == OP_START && shared->machine == BENCH_MACHINE_EL2_IOMMU;
	default:
		return true;
	}
}

static void list_op(struct core *core, unsigned int op)
{
	for (size_t i = 0; i < ARRAY_SIZE(ways); i++) {
		struct test *t;

		if (!makes_call(core, op, ways[i].fn))
			continue;
		t = test_add(ways[i].rows, ops[op].fn, core, "%s.%s.*-%s.%s", core->name,
			     ops[op].name, call_name(ways[i].fn), ways[i].name);
		t->told = ways[i].told ? message_tells : NULL;
	}
}

/* The same without a bench, where nobody knows the numbers of the calls. */
void faults_list(void)
{
	for (size_t c = 0; c < BENCH_CORES; c++) {
		for (unsigned int op = 0; cores[c].present && op < ARRAY_SIZE(ops); op++)
			list_op(&cores[c], op);
	}
}

/**
 * fault_first_call() - add a test of the first PAS call that is made for a core at all
 * @core:	a core that was not started yet, on the machine that asks for resource tables
 */
void fault_first_call(struct core *core)
{
	static const struct way way = WAY_FAIL(FN_GET_RSC_TABLE, "st-2", -2, 0, "T5 S1 S2 S4");
	const struct bench_rule which = {
		.fn = way.fn,
		.pas_id = core->pas_id,
		.nth = 1,
	};

	set_fault(test_add(way.rows, sc_fault_start, core, "%s.first-call-fails", core->name),
		  &way, &which, core->pas_id);
}
