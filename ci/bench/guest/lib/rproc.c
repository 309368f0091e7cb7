// SPDX-License-Identifier: GPL-2.0-only
/* Operations on a remote processor, each with what must hold after it. */
#include <stdio.h>

#include "calls.h"
#include "checks.h"
#include "kmsg.h"
#include "out.h"
#include "record.h"
#include "rproc.h"
#include "shared.h"
#include "snapshot.h"
#include "sys.h"

#define LIMIT_AUTO_BOOT_MS	30000

int core_start(const struct core *core)
{
	return core_write(core, "state", "start");
}

int core_stop(const struct core *core)
{
	return core_write(core, "state", "stop");
}

bool core_came_up(const struct core *core, uint32_t from)
{
	struct bench_event e;
	uint32_t want = 0;

	if (!core_wait(core, "running", LIMIT_SETTLE_MS))
		return false;
	if (!record_call(from, core->pas_id, SCM_PAS_AUTH_AND_RESET, &e))
		return fail("%s: no auth_and_reset in the record", core->name);
	if (shared->machine != BENCH_MACHINE_HYP && !shared->no_bridges)
		want |= BENCH_F_BRIDGED;
	if (BENCH_HAS_IOMMU(shared->machine))
		want |= BENCH_F_MAPPED;
	if ((e.flags & want) != want)
		return fail("%s: auth_and_reset with flags %x, want %x", core->name, e.flags, want);
	/* before Linux was told of it, so that there is nothing to wait for */
	if (!record_core_events(from, core->pas_id, "ready"))
		return fail("%s: the core itself did not become ready", core->name);

	return no_new_bridge() && no_new_buffer() && cpu_maps(core, false);
}

bool core_good_start(const struct core *core)
{
	uint32_t from = record_len();

	return core_succeeded(core, "start", core_start(core)) && core_came_up(core, from);
}

bool core_down_in_order(const struct core *core, uint32_t from)
{
	struct bench_event image, dtb;

	if (!core->dtb_pas_id || !record_call(from, core->pas_id, SCM_PAS_SHUTDOWN, &image) ||
	    !record_call(from, core->dtb_pas_id, SCM_PAS_SHUTDOWN, &dtb))
		return true;

	return image.seq < dtb.seq ||
	       fail("%s: the dtb image was shut down before the main image", core->name);
}

bool mapped_at_shutdown(uint32_t pas_id, uint32_t from)
{
	struct bench_event e;

	if (!record_first(from, pas_id, SCM_PAS_SHUTDOWN, &e))
		return fail("PAS %u was not asked for", pas_id);

	return !BENCH_HAS_IOMMU(shared->machine) || (e.flags & BENCH_F_MAPPED) ||
	       fail("PAS %u was unmapped before it was shut down", pas_id);
}

bool core_good_stop(const struct core *core)
{
	uint32_t from = record_len();

	if (!core_succeeded(core, "stop", core_stop(core)) ||
	    !core_wait(core, "offline", LIMIT_SETTLE_MS) || !core_is_down(core) ||
	    !core_down_in_order(core, from))
		return false;

	return !cores_offline() || baseline_back();
}

bool core_good_cycle(const struct core *core)
{
	return core_good_start(core) && core_good_stop(core);
}

bool core_all_given_back(const struct core *core)
{
	return core_is_down(core) && core_wait(core, "offline", LIMIT_SETTLE_MS) && baseline_back();
}

bool core_works_again(const struct core *core, bool ok)
{
	bool works;

	if (!core_is(core, "offline") && core_stop(core))
		ok = fail("%s: cannot be stopped", core->name);
	works = core_good_cycle(core);
	if (leftovers_tolerated) {
		/* memory below a bridge that may still be there stays; no more may follow */
		leftovers_tolerated = 0;
		baseline_take();
	}

	return works && core_good_cycle(core) && ok;
}

bool core_recovers(const struct core *core, uint32_t from)
{
	if (!record_wait_call(from, core->pas_id, SCM_PAS_SHUTDOWN, LIMIT_STATE_MS))
		return fail("%s: crash not noticed", core->name);
	/* the shutdown is made under the lock that the whole recovery holds */
	core_barrier(core);

	return core_came_up(core, from);
}

bool core_crash_and_recover(const struct core *core, uint32_t command)
{
	uint32_t from = record_len();

	/* the kernel's memory, where no core has any business */
	return core_command(core, command, BENCH_KERNEL_BASE, NULL) && core_recovers(core, from);
}

bool core_bind(struct core *core, bool bind)
{
	const char *path = bind ? PAS_DRIVER "/bind" : PAS_DRIVER "/unbind";

	kmsg_watch(bind && core->auto_boot);
	if (!core_succeeded(core, path, file_write(path, core->device)))
		return false;
	cores_find();
	if (core->present != bind)
		return fail("%s: %s in sysfs after it", core->name,
			    core->present ? "still" : "not");

	return true;
}

bool core_unbind_refused(struct core *core, uint32_t pas_id)
{
	bool ok;

	kmsg_watch(true);
	ok = core_succeeded(core, "unbind", file_write(PAS_DRIVER "/unbind", core->device));
	cores_find();
	if (!record_up(pas_id) || (pas_id != core->pas_id && record_up(core->pas_id)))
		ok = fail("%s: not just PAS %u is up", core->name, pas_id);
	if (!says("shutdown failed"))
		ok = fail("%s: nothing is said in the log", core->name);
	kmsg_watch(false);

	return ok;
}

bool core_wait_boot_over(const struct core *core)
{
	char begun[64];

	snprintf(begun, sizeof(begun), "powering up %s", core->name);
	if (!poll_until(kmsg_seen(begun), LIMIT_AUTO_BOOT_MS))
		return fail("%s: the boot at probe did not begin", core->name);
	core_barrier(core);

	return true;
}

bool core_wait_auto_boot(const struct core *core)
{
	return core_wait_boot_over(core) &&
	       (core_is(core, "running") || fail("%s did not start at probe", core->name));
}

bool core_refused_aloud(const struct core *core, int ret)
{
	unsigned int lines;

	kmsg_complaint(&lines);

	return core_failed(core, "start", ret) && core_wait(core, "offline", LIMIT_SETTLE_MS) &&
	       core_is_down(core) && no_new_bridge() &&
	       (lines || fail("%s: refused without a word", core->name));
}

bool core_bind_works(struct core *core)
{
	bool ok = core_bind(core, true);

	ok = (core->auto_boot ? core_wait_auto_boot(core) : core_good_start(core)) && ok;
	kmsg_watch(false);

	return core_good_stop(core) && core_good_cycle(core) && ok;
}

bool cores_boot_over(bool must_run)
{
	bool ok = true;

	for_each_core(core) {
		if (core->auto_boot)
			ok = (must_run ? core_wait_auto_boot(core) :
			      core_wait_boot_over(core)) && ok;
		if (core_is(core, "running"))
			ok = core_good_stop(core) && ok;
	}
	kmsg_watch(false);

	return ok;
}
