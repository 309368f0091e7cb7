// SPDX-License-Identifier: GPL-2.0-only
/* The SMMU has a context bank for one core that runs: the second start is refused, and can wait. */
#include "harness.h"

SUITE("few-banks", "boot");

static bool refused(const struct core *core)
{
	uint32_t from = record_len();
	bool ok;
	int ret;

	kmsg_watch(true);
	ret = core_start(core);
	kmsg_watch(false);
	ok = core_failed(core, "start", ret);
	if (!kmsg_seen("can't attach iommu device"))
		ok = fail("%s: nothing in the log says that the SMMU has no room", core->name);
	if (record_calls(from, core->pas_id, SCM_PAS_INIT_IMAGE))
		ok = fail("%s: TrustZone was asked for a core without an address space", core->name);

	return core_wait(core, "offline", LIMIT_SETTLE_MS) && ok;
}

/* While @other runs it cannot start */
static bool waits_for(const struct core *core, const struct core *other)
{
	bool ok = core_good_start(other) && refused(core) &&
		  (core_is(other, "running") || fail("%s is down", other->name));

	return core_good_stop(other) && ok;
}

static bool no_bank(const struct test *t)
{
	bool ok = core_good_cycle(t->core);

	baseline_take();
	for_each_core(core) {
		if (core != t->core)
			ok = waits_for(t->core, core) && ok;
	}

	return core_good_cycle(t->core) && core_good_cycle(t->core) && ok;
}

SCENARIO("few-banks", "no-bank", "S1 S2 S4", ONLY_EL2_SMMU500, no_bank, .loud = true);
