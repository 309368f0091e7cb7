// SPDX-License-Identifier: GPL-2.0-only
/* What happens to a core beside start and stop: auto-boot, crash, unbinding, and tidying up. */
#include <stdio.h>
#include <string.h>

#include "guest.h"

/**
 * core_wait_boot_over() - wait until the boot that the driver began at probe is over
 * @core:	the core; what the kernel logs must be kept since its probe
 *
 * Return: true if it is, one way or the other
 */
bool core_wait_boot_over(const struct core *core)
{
	long end = now_ms() + LIMIT_AUTO_BOOT_MS;
	char begun[64];

	snprintf(begun, sizeof(begun), "powering up %s", core->name);
	while (!kmsg_seen(begun)) {
		if (now_ms() >= end)
			return fail("%s: the boot at probe did not begin", core->name);
		kmsg_wait(POLL_MS);
	}
	core_barrier(core);

	return true;
}

/* The same, and the core must run. */
bool core_wait_auto_boot(const struct core *core)
{
	return core_wait_boot_over(core) &&
	       (core_is(core, "running") || fail("%s did not start at probe", core->name));
}

/**
 * core_expect_crash_and_recovery() - crash a running core
 * @core:	the core
 * @command:	how: BENCH_CMD_FATAL, BENCH_CMD_WDOG or BENCH_CMD_TOUCH
 *
 * Return: true if the driver noticed, shut it down and started it again
 */
bool core_expect_crash_and_recovery(const struct core *core, uint32_t command)
{
	uint32_t from = record_len();

	/* the kernel's memory, where no core has any business */
	if (!core_command(core, command, BENCH_KERNEL_BASE, NULL))
		return false;
	if (!record_wait(from, BENCH_EV_CALL, core->pas_id, FN_SHUTDOWN, NULL, LIMIT_STATE_MS))
		return fail("%s: crash not noticed", core->name);
	/* the shutdown is made under the lock that the whole recovery holds */
	core_barrier(core);

	return core_came_up(core, from);
}

/**
 * core_bind() - bind the driver to a core, or unbind it
 * @core:	the core
 * @bind:	which
 *
 * Return: true if the core appeared or vanished
 */
bool core_bind(struct core *core, bool bind)
{
	const char *path = bind ? PAS_DRIVER "/bind" : PAS_DRIVER "/unbind";
	int ret;

	kmsg_watch(bind && core->auto_boot);
	ret = file_write(path, core->device);
	if (ret)
		return fail("%s: %s: %s", core->name, path, strerror(-ret));
	cores_find();
	if (core->present != bind)
		return fail("%s: %s in sysfs after it", core->name,
			    core->present ? "still" : "not");

	return true;
}

/**
 * core_works_again() - after an operation of which something failed
 * @core:	the core, up or down
 * @ok:		whether all was well so far
 *
 * Return: true if it was, and the next start and stop are good, and so is one more
 */
bool core_works_again(const struct core *core, bool ok)
{
	if (!core_is(core, "offline") && core_stop(core))
		ok = fail("%s: cannot be stopped", core->name);
	ok = core_good_cycle(core) && ok;
	if (leftovers_tolerated) {
		/* memory below a bridge that may still be there stays; no more may follow */
		leftovers_tolerated = 0;
		baseline_take();
	}

	return core_good_cycle(core) && ok;
}

/*
 * After a test that failed: bind every driver anew and leave the cores down, so that the next
 * test fails for reasons of its own.
 */
void cores_settle(void)
{
	plan_clear();
	leftovers_tolerated = 0;
	out("# settle: bind the drivers anew");
	for (size_t c = 0; c < BENCH_CORES; c++) {
		struct core *core = &cores[c];

		core_plan_set(core, BENCH_CORE_NORMAL, BENCH_RSC_DEFAULT, 0);
		if (!core->device[0])
			continue;
		if (core->present)
			core_bind(core, false);
		if (core_bind(core, true) && core->auto_boot && core_wait_boot_over(core) &&
		    core_is(core, "running"))
			core_stop(core);
	}
	kmsg_watch(false);
	if (baseline_have())
		baseline_take();
}
