// SPDX-License-Identifier: GPL-2.0-only
/*
 * Start, stop, restart, recovery and nothing else: the harness compares the record with that of a
 * kernel without the series.
 */
#include "harness.h"

SUITE("same-calls", "boot");

/* What only the series does is not checked: both kernels do the same. */
static void as_base(struct core *core)
{
	check_series = false;
}

BUILD("same-calls", MACHINES_ALL, as_base, .once = true, .order = ORDER_BOOT);

static bool same_calls(const struct test *t)
{
	const struct core *core = t->core;
	bool ok;

	if (!core_good_cycle(core) || !core_good_cycle(core) || !core_good_start(core))
		return false;
	ok = core_crash_and_recover(core, BENCH_CMD_FATAL) &&
	     core_crash_and_recover(core, BENCH_CMD_WDOG);

	return core_good_stop(core) && ok;
}

SCENARIO("same-calls", "same-calls", "P3", ONLY_HYP, same_calls, .loud = true);
