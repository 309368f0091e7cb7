// SPDX-License-Identifier: GPL-2.0-only
/*
 * Five cores at once, each from a process of its own: a call of one of them fails while all start,
 * or while all stop. The others do not notice.
 */
#include "flow.h"
#include "harness.h"
#include "option.h"
#include "together.h"
#include "way.h"

#define MAX_CALLS	128
#define ONE_IN		4	/* failures, unless all are asked for */
#define MAX_BAD		3	/* cases that fail, after which the rest is given up */

SUITE("sweep-five", "boot warm-up");

/* Whether the call is made for this core, or for nobody that is named */
static bool may_concern(const struct core *core, const struct bench_rule *rule)
{
	return rule->pas_id == BENCH_ANY || rule->pas_id == core->pas_id ||
	       (core->dtb_pas_id && rule->pas_id == core->dtb_pas_id);
}

/* The modem of this machine encrypts its dump first, and so is asked again if it says no. */
static bool asked_again(const struct bench_rule *rule)
{
	return rule->fn == SCM_PAS_SHUTDOWN && rule->pas_id == BENCH_PAS_MPSS;
}

/* All do it; those that fail must be those whom the rule concerns, and as many as calls failed. */
static bool together(int (*what)(const struct core *core), const char *name,
		     const struct bench_rule *rule, bool survives)
{
	unsigned int failed = 0, want = survives || asked_again(rule) ? 0 : 1;
	int results[BENCH_CORES] = { 0 };
	bool ok = true;

	cores_do(what, results);
	for_each_core(core) {
		int ret = results[core->index];

		if (!ret)
			continue;
		failed++;
		if (!may_concern(core, rule))
			ok = fail("%s: %s: %s, for a call that is not its own", core->name, name,
				  strerror(-ret));
	}
	/* how many bridges there are depends on who shares them */
	if (rules_seen() < rule->nth)
		return rule->pas_id == BENCH_ANY || fail("the call to fail was not made");

	return failed == want ? ok : fail("%u of all failed to %s, want %u", failed, name, want);
}

static bool none_left(void)
{
	bool ok = true;
	int results[BENCH_CORES] = { 0 };

	rules_clear();
	cores_do(core_stop, results);
	for_each_core(core)
		ok = core_is_down(core) && core_wait(core, "offline", LIMIT_SETTLE_MS) && ok;

	return baseline_back() && ok;
}

static bool fails_in_start(const struct bench_rule *rule, bool survives)
{
	bool ok;

	rules_set(*rule);
	ok = together(core_start, "start", rule, survives);

	return none_left() && ok;
}

static bool fails_in_stop(const struct bench_rule *rule, bool survives)
{
	bool ok = cores_start(false);

	rules_set(*rule);
	ok = together(core_stop, "stop", rule, survives) && ok;

	return none_left() && ok;
}

/* By what it is, not by a number: the order differs from time to time. */
static void name_case(char *name, size_t size, const struct bench_rule *rule, const struct way *way)
{
	snprintf(name, size, "%s-%x-%u.%s", call_name(rule->fn),
		 rule->pas_id == BENCH_ANY ? 0 : rule->pas_id, rule->nth, way->name);
}

static bool run_case(const struct test *t, const struct bench_rule *rule, const struct way *way,
		     const char *name, bool (*fails)(const struct bench_rule *rule, bool survives))
{
	bool ok;

	leftovers_tolerated = rule->fn == SCM_BRIDGE_DELETE;
	ok = fails(rule, way->survives);
	ok = cores_start(false) && ok;
	ok = none_left() && ok;
	if (leftovers_tolerated) {
		leftovers_tolerated = 0;
		baseline_take();
	}

	return flow_case_over(t->name, name, ok);
}

static bool sweep(const struct test *t, const struct made *calls, unsigned int num,
		  bool (*fails)(const struct bench_rule *rule, bool survives))
{
	unsigned int bad = 0, run = 0, seed = draw_begin();
	long begin = now_ms();
	char name[64];

	for (unsigned int i = 0; i < num && bad < MAX_BAD; i++) {
		for_each_way(way, calls[i].rule.fn) {
			const struct bench_rule rule = way_rule(way, &calls[i].rule);

			name_case(name, sizeof(name), &rule, way);
			if (!option_draw(1, ONE_IN) || !option_case(name))
				continue;
			run++;
			bad += !run_case(t, &rule, way, name, fails);
		}
	}
	out("# swept %s: %u calls, %u failures, seed=%u, %ld ms", t->name, num, run, seed,
	    now_ms() - begin);

	return run && !bad;
}

static bool five_start(const struct test *t)
{
	struct made calls[MAX_CALLS];
	uint32_t from = record_len();
	unsigned int num;

	if (!cores_start(false))
		return false;
	num = calls_made(from, calls, MAX_CALLS);

	return none_left() && sweep(t, calls, num, fails_in_start);
}

static bool five_stop(const struct test *t)
{
	struct made calls[MAX_CALLS];
	unsigned int num;
	uint32_t from;

	if (!cores_start(false))
		return false;
	from = record_len();
	if (!none_left())
		return false;
	num = calls_made(from, calls, MAX_CALLS);

	return sweep(t, calls, num, fails_in_stop);
}

SCENARIO("sweep-five", "start.once", "M4 M5 S1 S2 S3 S4", MACHINES_ALL, five_start, .once = true,
	 .loud = true);
SCENARIO("sweep-five", "stop.once", "M5 S1 S2 S3 S4", MACHINES_ALL, five_stop, .once = true,
	 .loud = true);
