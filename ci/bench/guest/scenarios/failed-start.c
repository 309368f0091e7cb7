// SPDX-License-Identifier: GPL-2.0-only
/* A core does not come up: the start times out, all is given back, and the next one succeeds. */
#include "harness.h"

static bool times_out(const struct core *core, uint32_t mode)
{
	uint32_t from = record_len();
	int ret;

	core_behave(core, mode);
	ret = core_start(core);
	core_normal(core);
	if (ret != -ETIMEDOUT)
		return fail("%s: start gave %d (%s)", core->name, ret, strerror(-ret));

	return core_all_given_back(core) && core_down_in_order(core, from) && core_good_cycle(core);
}

static bool never_ready(const struct test *t)
{
	return times_out(t->core, BENCH_CORE_NEVER_READY);
}

SCENARIO("life", "never-ready", "S1 S2 S4 C2", MACHINES_ALL, never_ready, .loud = true);

/* The crash of a core that is not up yet is nothing to recover from. */
static bool crash_at_once(const struct test *t)
{
	return times_out(t->core, BENCH_CORE_CRASH_AT_ONCE);
}

SCENARIO("life", "crash-at-once", "S1 S2 S4 C2", MACHINES_ALL, crash_at_once, .loud = true);
