// SPDX-License-Identifier: GPL-2.0-only
/*
 * A core that has gone wild faults a hundred thousand times in a row, in every state that it can be
 * in. That is one crash: one line that names the core, and one recovery. The rest is limited, and
 * nothing locks up.
 */
#include <sys/wait.h>

#include "harness.h"

#define STORM		100000
#define UNTIL_STOPPED	UINT32_MAX
#define FEW		20000	/* where the driver waits for the core: less than 5 s, for sure */
#define MAX_LINES	150	/* of the kernel, with what the SMMU's driver says at its limit */

SUITE("storm", "boot warm-up");

/* The log since kmsg_watch(): of crashes and recoveries of the core as many as there may be */
static bool log_is_bounded(const struct core *core, unsigned int crashes, unsigned int recoveries)
{
	char crash[64], recovery[64];
	unsigned int n;
	bool ok = true;

	snprintf(crash, sizeof(crash), "crash detected in %s: type mmufault", core->name);
	snprintf(recovery, sizeof(recovery), "recovering %s\n", core->name);
	n = kmsg_count(crash);
	if (n != crashes)
		ok = fail("%s: %u crashes in the log, want %u", core->name, n, crashes);
	n = kmsg_count(recovery);
	if (n != recoveries)
		ok = fail("%s: %u recoveries in the log, want %u", core->name, n, recoveries);
	n = kmsg_count("\n");
	out("# %u lines", n);

	return (n <= MAX_LINES || fail("%u lines in the log", n)) && ok;
}

static bool storm(const struct core *core, uint32_t count)
{
	return core_stray(core, BENCH_CMD_STRAY_READ, BENCH_KERNEL_BASE, count);
}

/* The storm goes on for as long as TrustZone takes to stop the core. */
static bool running(const struct test *t)
{
	const struct core *core = t->core;
	uint32_t from;
	bool ok;

	if (!core_good_start(core))
		return false;
	from = record_len();
	kmsg_watch(true);
	rules_set(rule_busy(SCM_PAS_SHUTDOWN, core->pas_id, 10));
	ok = storm(core, UNTIL_STOPPED) && core_recovers(core, from);
	rules_clear();
	ok = log_is_bounded(core, 1, 1) && ok;
	kmsg_watch(false);

	return core_good_stop(core) && core_good_cycle(core) && ok;
}

SCENARIO("storm", "storm.running", "S9 S6", ONLY_EL2_SMMU500, running, .loud = true);

/* Nobody stops the core: all of the storm is over before it is recovered. */
static bool recovery_disabled(const struct test *t)
{
	const struct core *core = t->core;
	uint32_t from;
	bool ok;

	if (!core_good_start(core) || core_write(core, "recovery", "disabled"))
		return false;
	from = record_len();
	kmsg_watch(true);
	ok = storm(core, STORM) && core_wait(core, "crashed", LIMIT_STATE_MS) && core_listens(core);
	ok = log_is_bounded(core, 1, 0) && ok;
	if (!core_write(core, "recovery", "enabled"))
		ok = core_recovers(core, from) && log_is_bounded(core, 1, 1) && ok;
	else
		ok = fail("%s: recovery cannot be enabled", core->name);
	kmsg_watch(false);

	return core_good_stop(core) && core_good_cycle(core) && ok;
}

SCENARIO("storm", "storm.kept", "S9 K1", ONLY_EL2_SMMU500, recovery_disabled, .loud = true);

/* Starts a core that strays at once, and has it behave well from the next start on. */
static int start_stray(const struct core *core, uint32_t count)
{
	uint32_t from = record_len();
	int status = 0;
	pid_t pid;

	core_behave_stray(core, BENCH_CORE_STRAY_AT_START, BENCH_KERNEL_BASE, count);
	pid = fork();
	if (!pid)
		_exit(-core_start(core));
	record_wait_core_event(from, core->pas_id, "smmu fault", LIMIT_STATE_MS);
	core_normal(core);
	if (pid < 0 || waitpid(pid, &status, 0) < 0 || !WIFEXITED(status))
		return -ECHILD;

	return -WEXITSTATUS(status);
}

/* It comes up all the same, and is recovered: it has crashed since it was released. */
static bool starting(const struct test *t)
{
	const struct core *core = t->core;
	uint32_t from = record_len();
	bool ok;

	kmsg_watch(true);
	ok = core_succeeded(core, "start", start_stray(core, FEW)) && core_recovers(core, from);
	ok = log_is_bounded(core, 1, 1) && ok;
	kmsg_watch(false);

	return core_good_stop(core) && core_good_cycle(core) && ok;
}

SCENARIO("storm", "storm.starting", "S9 S6", ONLY_EL2_SMMU500, starting, .loud = true);

/* It never comes up. The next start knows nothing of it. */
static bool failed_start(const struct test *t)
{
	const struct core *core = t->core;
	bool ok;
	int ret;

	kmsg_watch(true);
	ret = start_stray(core, UNTIL_STOPPED);
	ok = ret == -ETIMEDOUT || fail("%s: start gave %d (%s)", core->name, ret, strerror(-ret));
	ok = core_all_given_back(core) && log_is_bounded(core, 1, 0) && ok;
	kmsg_watch(true);
	ok = core_good_start(core) && ok;
	core_barrier(core);
	ok = core_good_stop(core) && log_is_bounded(core, 0, 0) && ok;
	kmsg_watch(false);

	return core_good_cycle(core) && ok;
}

SCENARIO("storm", "storm.failed-start", "S9 S2", ONLY_EL2_SMMU500, failed_start, .loud = true);

/* A core that is being stopped needs no recovery. */
static bool stopping(const struct test *t)
{
	const struct core *core = t->core;
	bool ok;

	core_behave_stray(core, BENCH_CORE_STRAY_AT_STOP, BENCH_KERNEL_BASE, FEW);
	ok = core_good_start(core);
	core_normal(core);
	kmsg_watch(true);
	ok = core_good_stop(core) && ok;
	ok = log_is_bounded(core, 1, 0) && core_is(core, "offline") && ok;
	kmsg_watch(false);

	return core_good_cycle(core) && ok;
}

SCENARIO("storm", "storm.stopping", "S9 S3", ONLY_EL2_SMMU500, stopping, .loud = true);

/* The driver is gone, and TrustZone does not give the core back: nobody listens. */
static bool unbound(const struct test *t)
{
	struct core *core = t->core;
	bool ok;

	if (!core_good_start(core))
		return false;
	rules_set(rule_refuse(SCM_PAS_SHUTDOWN, core->pas_id, FOR_LONG, -2));
	ok = core_unbind_refused(core, core->pas_id);
	rules_clear();
	kmsg_watch(true);
	ok = storm(core, STORM) && core_listens(core) && ok;
	ok = log_is_bounded(core, 0, 0) && ok;

	return core_bind_works(core) && ok;
}

SCENARIO("storm", "storm.unbound", "S9 C3", ONLY_EL2_SMMU500, unbound, .loud = true);

/* All cores at once: one report and one recovery each. */
static bool together(const struct test *t)
{
	uint32_t from;
	bool ok = true;

	for_each_core(core)
		ok = core_good_start(core) && ok;
	from = record_len();
	kmsg_watch(true);
	for_each_core(core)
		rules_add(rule_busy(SCM_PAS_SHUTDOWN, core->pas_id, 10));
	for_each_core(core)
		ok = storm(core, UNTIL_STOPPED) && ok;
	for_each_core(core)
		ok = core_recovers(core, from) && ok;
	rules_clear();
	for_each_core(core)
		ok = log_is_bounded(core, 1, 1) && ok;
	kmsg_watch(false);
	for_each_core(core)
		ok = core_good_stop(core) && ok;
	for_each_core(core)
		ok = core_good_cycle(core) && ok;

	return ok;
}

SCENARIO("storm", "storm.together", "S9 S6", ONLY_EL2_SMMU500, together, .once = true,
	 .loud = true);
