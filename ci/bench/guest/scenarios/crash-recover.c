// SPDX-License-Identifier: GPL-2.0-only
/* A core crashes, by itself or for its watchdog, and is recovered. */
#include "harness.h"

static bool recover_twice(const struct core *core, uint32_t command)
{
	bool ok;

	if (!core_good_start(core))
		return false;
	/* twice: what the first recovery forgets, the second one trips over */
	ok = core_crash_and_recover(core, command) && core_crash_and_recover(core, command);

	return core_good_stop(core) && ok;
}

static bool crash_recover(const struct test *t)
{
	return recover_twice(t->core, BENCH_CMD_FATAL);
}

SCENARIO("life", "crash-recover", "S6 M3 C1", MACHINES_ALL, crash_recover, .loud = true);

static bool watchdog_recover(const struct test *t)
{
	return recover_twice(t->core, BENCH_CMD_WDOG);
}

SCENARIO("life", "watchdog-recover", "S6 M3 C1", MACHINES_ALL, watchdog_recover, .loud = true);
