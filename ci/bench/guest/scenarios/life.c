// SPDX-License-Identifier: GPL-2.0-only
/* The life of a core: start, stop, restart, crash, unbind. */
#include <errno.h>
#include <string.h>

#include "guest.h"

#define MANY_CYCLES	25

/* Boot of the kernel: the right cores, auto-boot where the driver asks for it, then all down. */
bool sc_boot(const struct test *t)
{
	bool ok = true;

	(void)t;
	if (!cores_present())
		return fail("no remote processor in sysfs");
	for (size_t c = 0; c < BENCH_CORES; c++) {
		struct core *core = &cores[c];

		if (!core->present)
			continue;
		if (core->auto_boot)
			ok = core_wait_auto_boot(core) && ok;
		if (core_is(core, "running"))
			ok = core_good_stop(core) && ok;
	}
	kmsg_watch(false);

	return ok;
}

bool sc_start(const struct test *t)
{
	return core_good_start(t->core);
}

bool sc_stop(const struct test *t)
{
	return core_good_stop(t->core);
}

/* A running core crashes and is running again. */
bool sc_recover(const struct test *t)
{
	return core_expect_crash_and_recovery(t->core, BENCH_CMD_FATAL);
}

/* From stopped to stopped: start, stop, start, stop. */
bool sc_restart(const struct test *t)
{
	return core_good_cycle(t->core) && core_good_cycle(t->core);
}

bool sc_start_stop(const struct test *t)
{
	return core_good_cycle(t->core);
}

/* What a user does first; ends with the core running. */
bool sc_start_stop_start(const struct test *t)
{
	return core_good_cycle(t->core) && core_good_start(t->core);
}

/* What leaks a little each time shows in the end, at the latest when a pool grows. */
bool sc_many_cycles(const struct test *t)
{
	for (int i = 0; i < MANY_CYCLES; i++) {
		if (!core_good_cycle(t->core))
			return fail("cycle %d of %d", i + 1, MANY_CYCLES);
	}

	return true;
}

static bool crash_recover(const struct core *core, uint32_t command)
{
	bool ok;

	if (!core_good_start(core))
		return false;
	/* twice: what the first recovery forgets, the second one trips over */
	ok = core_expect_crash_and_recovery(core, command) &&
	     core_expect_crash_and_recovery(core, command);

	return core_good_stop(core) && ok;
}

bool sc_crash_recover(const struct test *t)
{
	return crash_recover(t->core, BENCH_CMD_FATAL);
}

bool sc_watchdog_recover(const struct test *t)
{
	return crash_recover(t->core, BENCH_CMD_WDOG);
}

/*
 * A core touches what is not its own: the SMMU stops it, it dies of the bus error, and is running
 * again. What it may touch does it no harm.
 */
bool sc_bus_error(const struct test *t)
{
	const struct core *core = t->core;
	uint32_t from = record_len();
	bool ok;

	if (!core_good_start(core))
		return false;
	ok = core_command(core, BENCH_CMD_TOUCH, core->base, NULL) && core_is(core, "running") &&
	     core_expect_crash_and_recovery(core, BENCH_CMD_TOUCH);
	if (record_count(from, BENCH_EV_CORE, core->pas_id, 0, "smmu fault at read of") != 1)
		ok = fail("%s: not one fault of the SMMU in the record", core->name);

	return core_good_stop(core) && ok;
}

/* A start that must fail, all given back; then a good one. */
static bool failed_start(const struct core *core, uint32_t mode, int want)
{
	uint32_t from = record_len();
	int ret;

	core_plan_set(core, mode, BENCH_RSC_DEFAULT, 0);
	ret = core_start(core);
	core_plan_set(core, BENCH_CORE_NORMAL, BENCH_RSC_DEFAULT, 0);
	if (ret != want)
		return fail("%s: start gave %d (%s), want %d (%s)", core->name, ret,
			    strerror(-ret), want, strerror(-want));
	if (!core_wait(core, "offline", LIMIT_SETTLE_MS) || !baseline_back())
		return false;
	if (record_up(core->pas_id) || (core->dtb_pas_id && record_up(core->dtb_pas_id)))
		return fail("%s: a PAS is still up", core->name);

	return core_down_in_order(core, from) && core_good_cycle(core);
}

bool sc_never_ready(const struct test *t)
{
	return failed_start(t->core, BENCH_CORE_NEVER_READY, -ETIMEDOUT);
}

/* The crash of a core that is not up yet is nothing to recover from. */
bool sc_crash_at_once(const struct test *t)
{
	return failed_start(t->core, BENCH_CORE_CRASH_AT_ONCE, -ETIMEDOUT);
}

/* Without a handover, stop gives back what start took. */
bool sc_no_handover(const struct test *t)
{
	bool ok;

	core_plan_set(t->core, BENCH_CORE_NO_HANDOVER, BENCH_RSC_DEFAULT, 0);
	ok = core_good_start(t->core);
	/* what start took is still held: if that does not show, nothing that leaks would */
	if (ok && !baseline_differs())
		ok = fail("%s: clocks and power domains do not show", t->core->name);
	ok = core_good_stop(t->core) && ok;
	core_plan_set(t->core, BENCH_CORE_NORMAL, BENCH_RSC_DEFAULT, 0);

	return core_good_cycle(t->core) && ok;
}

/* Without a stop-ack, stop powers the core off all the same. */
bool sc_stop_ignored(const struct test *t)
{
	bool ok;

	core_plan_set(t->core, BENCH_CORE_IGNORE_STOP, BENCH_RSC_DEFAULT, 0);
	ok = core_good_cycle(t->core);
	core_plan_set(t->core, BENCH_CORE_NORMAL, BENCH_RSC_DEFAULT, 0);

	return core_good_cycle(t->core) && ok;
}

/* Unbinding stops the core; bound again, it works as before. */
bool sc_unbind_rebind(const struct test *t)
{
	struct core *core = t->core;

	if (!core_good_start(core) || !core_bind(core, false))
		return false;
	if (record_up(core->pas_id) || (core->dtb_pas_id && record_up(core->dtb_pas_id)))
		return fail("%s: unbound, but a PAS is still up", core->name);
	if (!cpu_maps(core, false) || !core_bind(core, true))
		return false;
	if (core->auto_boot && (!core_wait_auto_boot(core) || !core_good_stop(core)))
		return false;
	kmsg_watch(false);

	return core_good_cycle(core);
}

/* What of the memory a core reaches through its stream: its carveout, and nothing of Linux. */
bool sc_stream(const struct test *t)
{
	uint64_t answer;
	bool ok;

	if (!core_good_start(t->core))
		return false;
	ok = core_command(t->core, BENCH_CMD_READ, t->core->base, &answer);
	if (ok && answer == UINT64_MAX)
		ok = fail("%s: cannot read its own carveout", t->core->name);
	if (ok)
		ok = core_command(t->core, BENCH_CMD_READ, BENCH_DEVMEM_BASE, &answer);
	if (ok && answer == UINT64_MAX)
		ok = fail("%s: cannot read the device of its resource table", t->core->name);
	if (ok)
		ok = core_command(t->core, BENCH_CMD_READ, BENCH_KERNEL_BASE, &answer);
	if (ok && answer != UINT64_MAX)
		ok = fail("%s: can read the memory of the kernel", t->core->name);

	return core_good_stop(t->core) && ok;
}

/* Start, stop, restart, recovery and nothing else: another kernel's record is compared with it. */
bool sc_same_calls(const struct test *t)
{
	const struct core *core = t->core;
	bool ok;

	if (!core_good_cycle(core) || !core_good_cycle(core) || !core_good_start(core))
		return false;
	ok = core_expect_crash_and_recovery(core, BENCH_CMD_FATAL) &&
	     core_expect_crash_and_recovery(core, BENCH_CMD_WDOG);

	return core_good_stop(core) && ok;
}
