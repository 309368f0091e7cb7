// SPDX-License-Identifier: GPL-2.0-only
/*
 * TrustZone refuses to take one of the regions that Linux gives to the modem at probe, or the one
 * that it shares with the cdsp: the driver does not bind, takes those back that came before, and
 * binds the next time. Or TrustZone refuses to give one back at unbind: then it is the core's still
 * when the driver binds again.
 */
#include "harness.h"

/* Which of the regions is refused, and how */
static const struct way {
	const char *name;
	unsigned int nth;
	int64_t status;
	uint64_t result0;
} ways[] = {
	{ "st-2", 1, -2, 0 },
	{ "res1", 1, 0, 1 },
	{ "third", 3, -2, 0 },
};

static bool has_regions(const struct core *core)
{
	return core_is_modem(core) || core_is_cdsp(core);
}

static bool bound_works(struct core *core)
{
	bool ok = true;

	if (core->auto_boot)
		ok = core_wait_auto_boot(core) && core_good_stop(core);
	kmsg_watch(false);

	return core_good_cycle(core) && ok;
}

static bool assign_refused(const struct test *t)
{
	const struct way *way = t->param;
	struct bench_rule rule = rule_refuse(SCM_ASSIGN_MEM, BENCH_ANY, 1, way->status);
	/* the refused one is tried once more, as if it were the core's already */
	unsigned int want = 2 * way->nth, calls, assigned;
	struct core *core = t->core;
	uint32_t from;
	bool ok;
	int ret;

	if (!core_bind(core, false))
		return false;
	from = record_len();
	assigned = shared->assigned;
	rule.nth = way->nth;
	rule.result[0] = way->result0;
	rules_set(rule);
	ret = file_write(PAS_DRIVER "/bind", core->device);
	rules_clear();
	calls = record_calls(from, BENCH_ANY, SCM_ASSIGN_MEM);
	ok = !check_series || calls == want ||
	     fail("%s: %u calls of assign_mem, want %u", core->name, calls, want);
	if (check_series && shared->assigned != assigned)
		ok = fail("%s: %u regions assigned, were %u", core->name, shared->assigned, assigned);
	cores_find();
	ok = core_failed(core, "bind", ret) && ok;
	if (core->present)
		ok = fail("%s: bound, although its memory was not assigned", core->name);
	if (core->present && !core_bind(core, false))
		return false;

	return core_bind(core, true) && bound_works(core) && ok;
}

/* One assignment fails, after which the driver can be bound. */
static bool core_binds_again(struct core *core, uint32_t action, bool bind)
{
	struct bench_rule rule = rule_refuse(SCM_ASSIGN_MEM, BENCH_ANY, 1, -2);
	bool ok;

	rule.action = action;
	rules_set(rule);
	ok = core_bind(core, bind) && (rules_seen() || fail("%s: nothing was assigned", core->name));
	rules_clear();
	if (!bind)
		ok = core_bind(core, true) && ok;

	return bound_works(core) && ok;
}

static bool kept_at_unbind(const struct test *t)
{
	return core_binds_again(t->core, BENCH_ACT_FAIL, false) &&
	       core_binds_again(t->core, BENCH_ACT_DO_AND_FAIL, false);
}

static bool done_at_bind(const struct test *t)
{
	return core_bind(t->core, false) && core_binds_again(t->core, BENCH_ACT_DO_AND_FAIL, true);
}

SCENARIO("five-cores", "region-kept-at-unbind", "S1 S2", MACHINES_ALL, kept_at_unbind,
	 .when = has_regions, .loud = true);
SCENARIO("five-cores", "region-assigned-unannounced", "S1 S2", MACHINES_ALL, done_at_bind,
	 .when = has_regions, .loud = true);

static void build(struct core *core)
{
	for (size_t i = 0; i < ARRAY_SIZE(ways); i++) {
		/* the cdsp has one */
		if (core_is_modem(core) || ways[i].nth == 1)
			test_add("S1 S2 S4", assign_refused, core, "%s.assign-refused.%s",
				 core->name, ways[i].name)->param = &ways[i];
	}
}

BUILD("five-cores", MACHINES_ALL, build, .when = has_regions, .loud = true);
