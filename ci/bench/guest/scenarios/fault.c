// SPDX-License-Identifier: GPL-2.0-only
/* Operations in which one call fails, and all that must be given back then. */
#include <errno.h>
#include <string.h>

#include "guest.h"

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

	message_keep();
	plan_clear();
	return seen >= t->fault.rule.nth ||
	       fail("the call to fail was made %u times, want %u", seen, t->fault.rule.nth);
}

/* Plants the failure of a test. */
static void plant(const struct test *t)
{
	if (t->fault.rule.fn == FN_BRIDGE_DELETE)
		leftovers_tolerated = 1;
	message_watch();
	plan_set(&t->fault.rule);
}

bool sc_fault_start(const struct test *t)
{
	const struct core *core = t->core;
	uint32_t from = record_len();
	bool ok;
	int ret;

	plant(t);
	ret = core_start(core);
	ok = fault_hit(t);
	if (t->fault.expect == EXPECT_SURVIVE) {
		if (ret)
			ok = fail("%s: start: %s", core->name, strerror(-ret));
		ok = core_came_up(core, from) && ok;
	} else {
		ok = core_failed(core, "start", ret) && all_down(core) && ok;
	}

	return core_works_again(core, ok);
}

/* The carveout of a PAS that TrustZone would not shut down must still be mapped (C3). */
static bool still_mapped(const struct test *t, uint32_t from)
{
	struct bench_event e;

	if (shared->machine != BENCH_MACHINE_EL2_IOMMU)
		return true;
	if (!record_find(from, BENCH_EV_CALL, t->fault.rule.pas_id, FN_SHUTDOWN, NULL, &e))
		return fail("no second shutdown of PAS %u", t->fault.rule.pas_id);

	return (e.flags & BENCH_F_MAPPED) ||
	       fail("PAS %u was unmapped before it was shut down", t->fault.rule.pas_id);
}

bool sc_fault_stop(const struct test *t)
{
	const struct core *core = t->core;
	uint32_t from;
	bool ok;
	int ret;

	if (!core_good_start(core))
		return false;
	plant(t);
	ret = core_stop(core);
	ok = fault_hit(t);
	if (t->fault.expect == EXPECT_SURVIVE) {
		if (ret)
			ok = fail("%s: stop: %s", core->name, strerror(-ret));
	} else {
		ok = core_failed(core, "stop", ret) && ok;
		from = record_len();
		ret = core_stop(core);
		if (ret)
			ok = fail("%s: second stop: %s", core->name, strerror(-ret));
		ok = still_mapped(t, from) && ok;
	}
	ok = all_down(core) && ok;

	return core_works_again(core, ok);
}

/* A recovery in which something fails; whatever state it leaves, a start must start the core. */
bool sc_fault_recover(const struct test *t)
{
	const struct core *core = t->core;
	uint32_t from = record_len();
	long end = now_ms() + LIMIT_STATE_MS;
	bool ok;
	int ret;

	if (!core_good_start(core))
		return false;
	plant(t);
	if (!core_command(core, BENCH_CMD_FATAL, 0, NULL))
		return false;
	while (plan_seen() < t->fault.rule.nth && now_ms() < end)
		kmsg_wait(POLL_MS);
	core_barrier(core);
	ok = fault_hit(t);
	if (t->fault.expect == EXPECT_SURVIVE) {
		ok = core_came_up(core, from) && ok;
		return core_works_again(core, ok);
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

	return core_works_again(core, ok);
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
	ok = core_failed(t->core, "start", ret) && ok;
	if (shared->bridges != bridges)
		ok = fail("%u bridges, were %u", shared->bridges, bridges);

	return core_good_cycle(t->core) && ok;
}
