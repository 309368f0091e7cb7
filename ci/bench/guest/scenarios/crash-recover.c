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

/* Before it bit, the core had found words for it. */
static bool watchdog_told(const struct test *t)
{
	bool ok;

	if (!core_good_start(t->core))
		return false;
	kmsg_watch(true);
	ok = core_crash_and_recover(t->core, BENCH_CMD_WDOG_TOLD);
	kmsg_watch(false);
	if (!kmsg_seen("watchdog received") || !kmsg_seen(".c:4:watchdog on command"))
		ok = fail("%s: the log does not have its words", t->core->name);

	return core_good_stop(t->core) && ok;
}

SCENARIO("life", "watchdog-told", "S6", MACHINES_ALL, watchdog_told, .loud = true);

static bool crashes_and_stays(const struct core *core)
{
	return core_command(core, BENCH_CMD_FATAL, 0, NULL) &&
	       core_wait(core, "crashed", LIMIT_STATE_MS);
}

/* Nobody but a user recovers it, in sysfs or debugfs; who is told if that fails, and may try again. */
static bool recover_by_hand(const struct test *t)
{
	struct core *core = t->core;
	char debugfs[128];
	bool ok;

	snprintf(debugfs, sizeof(debugfs), "/sys/kernel/debug/remoteproc%s/recovery",
		 strrchr(core->dir, '/'));
	core_write(core, "recovery", "disabled");
	ok = core_good_start(core) && crashes_and_stays(core);
	rules_set(rule_refuse(SCM_PAS_SHUTDOWN, core->pas_id, FOR_LONG, -2));
	ok = core_failed(core, "recovery", core_write(core, "recovery", "recover")) && ok;
	ok = core_failed(core, debugfs, file_write(debugfs, "recover")) && ok;
	if (!core_is(core, "crashed"))
		ok = fail("%s: not crashed any more", core->name);
	rules_clear();
	ok = core_succeeded(core, debugfs, file_write(debugfs, "recover")) && ok;
	ok = core_wait(core, "running", LIMIT_SETTLE_MS) && crashes_and_stays(core) && ok;
	ok = core_succeeded(core, "recovery", core_write(core, "recovery", "recover")) && ok;
	core_write(core, "recovery", "enabled");

	return core_good_stop(core) && core_good_cycle(core) && ok;
}

SCENARIO("life", "recover-by-hand", "S2 S4 S6", MACHINES_ALL, recover_by_hand, .loud = true);
