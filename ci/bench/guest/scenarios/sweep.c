// SPDX-License-Identifier: GPL-2.0-only
/*
 * The sweep: in each flow each call fails in each way, once, three times in a row, and for as long
 * as it takes; and two calls of one start fail. A result is about a flow as a whole; what fails
 * in it is named in its reasons, and case=GLOB on the command line runs that alone.
 */
#include "flow.h"
#include "harness.h"
#include "option.h"
#include "together.h"

#define MAX_CALLS	48
#define MAX_PLANTED	(MAX_CALLS * 5)
#define MAX_BAD		3	/* cases that fail, after which a flow is given up */
#define SOME_PAIRS	60	/* of one start, unless all are asked for */

SUITE("sweep", "boot warm-up");

/**
 * struct lasting - how long a cause lasts
 * @name:	in names of tests
 * @count:	calls that fail
 * @attempts:	after the first, at most
 */
struct lasting {
	const char *name;
	uint32_t count;
	unsigned int attempts;
};

enum last { ONCE, THRICE, FOR_EVER };

static const struct lasting lastings[] = {
	[ONCE] = { "once", 1, 0 },
	[THRICE] = { "thrice", 3, 8 },
	[FOR_EVER] = { "for-ever", BENCH_ANY, 3 },
};

/* What a test is about */
struct sweep {
	const struct flow *flow;
	const struct lasting *lasting;
};

/* A call and a way for it to fail; "NN-call.way" */
struct failing {
	struct bench_rule rule;
	const struct way *way;
	unsigned int number;
	char name[48];
};

static unsigned int all_failing(const struct made *calls, unsigned int num,
				struct failing *failing)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < num; i++) {
		for_each_way(way, calls[i].rule.fn) {
			struct failing *f = &failing[n];

			if (n == MAX_PLANTED)
				return n;
			n++;
			*f = (struct failing){ way_rule(way, &calls[i].rule), way, i, "" };
			snprintf(f->name, sizeof(f->name), "%02u-%s.%s", i,
				 call_name(f->rule.fn), way->name);
		}
	}

	return n;
}

/* One case: the flow with what is planted, and all well after it. */
static bool run_case(const struct test *t, const struct flow *flow, const struct planted *planted,
		     unsigned int attempts, const char *name, bool must_hit)
{
	bool ok = flow_prepare(t->core, flow) && flow_fails(t->core, flow, planted, attempts);

	if (ok && must_hit && !flow_hits(planted))
		ok = fail("the call to fail was not made");
	ok = flow_mended(t->core) && ok;

	return flow_case_over(t->name, name, ok);
}

/* Each call that is busy for long takes 600 ms, and one attempt makes several. */
static unsigned int attempts(const struct lasting *lasting, const struct way *way)
{
	return lasting->count == BENCH_ANY && way->action == BENCH_ACT_BUSY ? 0 :
	       lasting->attempts;
}

static bool sweep(const struct test *t)
{
	static struct failing failing[MAX_PLANTED];
	const struct sweep *s = t->param;
	struct made calls[MAX_CALLS];
	unsigned int num = flow_learn(t->core, s->flow, calls, MAX_CALLS);
	unsigned int n = all_failing(calls, num, failing), bad = 0, run = 0;
	long begin = now_ms();

	for (unsigned int i = 0; i < n && bad < MAX_BAD; i++) {
		struct planted planted = { { failing[i].rule }, { failing[i].way } };

		if (!option_case(failing[i].name))
			continue;
		planted.rules[0].count = s->lasting->count;
		run++;
		bad += !run_case(t, s->flow, &planted, attempts(s->lasting, failing[i].way),
				 failing[i].name, true);
	}
	out("# swept %s: %u calls, %u failures, %ld ms", t->name, num, run, now_ms() - begin);

	return num && run && !bad;
}

static void build_flow(struct core *core, const struct flow *flow, enum last last)
{
	for (size_t i = 0; i <= last; i++) {
		const struct sweep s = { flow, &lastings[i] };

		test_param(test_add("M3 M4 B2 B5 C2 C3 S1 S2 S3 S4 S6 S7 S8", sweep, core, "%s.%s.%s",
				    core->name, flow->name, lastings[i].name), &s, sizeof(s));
	}
}

static void build(struct core *core)
{
	build_flow(core, &flow_start, FOR_EVER);
	build_flow(core, &flow_restart, FOR_EVER);
	build_flow(core, &flow_stop, FOR_EVER);
	build_flow(core, &flow_recover, FOR_EVER);
	build_flow(core, &flow_unbind, FOR_EVER);
	/* a probe that starts nothing makes no calls */
	if (core->auto_boot)
		build_flow(core, &flow_bind, FOR_EVER);
}

BUILD("sweep", MACHINES_ALL, build, .loud = true);

/* But one that assigns memory. Its modem, which may encrypt a dump, is asked for 5 s to go down. */
static void build_assigns(struct core *core)
{
	build_flow(core, &flow_bind, FOR_EVER);
	build_flow(core, &flow_unbind, THRICE);
}

BUILD("sweep-five", MACHINES_ALL, build_assigns, .when = core_is_modem, .loud = true);

/*
 * What fails nothing: a bridge that stays. What may fail nothing: an image that could be up since
 * before the boot, and a pool for all, in whose place there may be one for a single buffer
 */
static bool is_survived(uint32_t from, int ret)
{
	struct bench_event e;

	for (uint32_t i = from; i < record_len(); i++) {
		record_get(i, &e);
		if (e.kind == BENCH_EV_CALL && e.flags & BENCH_F_INJECTED)
			return e.fn == SCM_BRIDGE_DELETE ||
			       (!ret && (e.fn == SCM_PAS_INIT_IMAGE || e.fn == SCM_BRIDGE_CREATE));
	}

	return true;
}

/*
 * The first start of all, which makes calls that no later one makes: one call after the other
 * fails, as long as that keeps it the first. There is no baseline yet.
 */
static bool first_start(const struct test *t)
{
	struct bench_rule rule = rule_refuse(BENCH_ANY, BENCH_ANY, 1, -2);
	bool ok = true, more = true;

	for (; more && ok && rule.nth < MAX_CALLS; rule.nth++) {
		uint32_t from = record_len();
		int ret;

		rules_set(rule);
		ret = core_start(t->core);
		more = rules_seen() >= rule.nth;
		rules_clear();
		if (is_survived(from, ret))
			ok = core_succeeded(t->core, "start", ret) &&
			     core_came_up(t->core, from) && core_good_stop(t->core);
		else
			ok = core_failed(t->core, "start", ret) && core_all_given_back(t->core);
		if (!ok)
			fail("call %u of the first start", rule.nth);
	}
	out("# swept %s: %u calls", t->name, rule.nth - 2);

	return rule.nth > 2 && ok;
}

SCENARIO("sweep", "first-start.once", "M3 S1 S2 S4", MACHINES_ALL, first_start,
	 .when = core_is_modem, .order = ORDER_BEFORE_WARM_UP, .loud = true);

/* The system goes down with all cores up, and with a TrustZone that refuses whatever it is asked. */
static bool power_off(const struct test *t)
{
	bool ok = cores_start(false);

	rules_set(rule_refuse(BENCH_ANY, BENCH_ANY, BENCH_ANY, -2));

	return ok;
}

/* Where Linux has the SMMU, its driver lets all streams bypass it, whoever is up */
SCENARIO("sweep", "power-off", "S6", ONLY_EL2_MODEM | ONLY_HYP, power_off, .once = true,
	 .order = ORDER_VERY_LAST, .loud = true);

/* The calls of a good start, and those that take back what a failed one has done */
static unsigned int calls_of_a_start(struct core *core, struct made *calls)
{
	unsigned int num = flow_learn(core, &flow_start, calls, MAX_CALLS - 2);

	if (!num)
		return 0;
	calls[num++] = (struct made){ rule_refuse(SCM_PAS_SHUTDOWN, core->pas_id, 1, 0),
				      core->pas_id };
	if (core->dtb_pas_id)
		calls[num++] = (struct made){ rule_refuse(SCM_PAS_SHUTDOWN, core->dtb_pas_id, 1, 0),
					      core->dtb_pas_id };

	return num;
}

/*
 * Authenticated, reported as failed, and not given back: the driver takes it for an image that
 * nothing runs, which is in nobody's way, and cannot know better.
 */
static bool is_lost(const struct failing *a, const struct failing *b)
{
	return a->rule.fn == SCM_PAS_AUTH_AND_RESET && a->rule.action == BENCH_ACT_DO_AND_FAIL &&
	       b->rule.fn == SCM_PAS_SHUTDOWN && b->rule.action == BENCH_ACT_FAIL &&
	       a->rule.pas_id == b->rule.pas_id;
}

static bool pair(const struct test *t, const struct failing *a, const struct failing *b)
{
	const struct planted planted = { { a->rule, b->rule }, { a->way, b->way } };
	char name[2 * sizeof(a->name)];

	if (is_lost(a, b))
		return true;
	snprintf(name, sizeof(name), "%s+%s", a->name, b->name);
	if (!option_case(name))
		return true;

	return run_case(t, &flow_start, &planted, 3, name, false);
}

/* Two calls of one start; of the pairs that there are, some */
static bool pairs(const struct test *t)
{
	static struct failing failing[MAX_PLANTED];
	struct made calls[MAX_CALLS];
	unsigned int num = calls_of_a_start(t->core, calls);
	unsigned int n = all_failing(calls, num, failing), all = 0, bad = 0, run = 0;
	unsigned int seed = draw_begin();
	long begin = now_ms();

	for (unsigned int i = 0; i < n; i++) {
		for (unsigned int j = i + 1; j < n; j++)
			all += failing[i].number != failing[j].number;
	}
	for (unsigned int i = 0; i < n && bad < MAX_BAD; i++) {
		for (unsigned int j = i + 1; j < n && bad < MAX_BAD; j++) {
			if (failing[i].number == failing[j].number ||
			    !option_draw(SOME_PAIRS, all))
				continue;
			run++;
			bad += !pair(t, &failing[i], &failing[j]);
		}
	}
	out("# swept %s: %u of %u pairs, seed=%u, %ld ms", t->name, run, all, seed,
	    now_ms() - begin);

	return num && run && !bad;
}

SCENARIO("sweep", "start.pairs", "M3 M4 B2 B5 C2 C3 S1 S2 S4", MACHINES_ALL, pairs, .loud = true);
