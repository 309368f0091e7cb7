// SPDX-License-Identifier: GPL-2.0-only
/* Tidying up after a test that failed. */
#include "kmsg.h"
#include "out.h"
#include "record.h"
#include "rproc.h"
#include "rules.h"
#include "shared.h"
#include "settle.h"
#include "snapshot.h"

static void settle(struct core *core)
{
	core_normal(core);
	if (!core->device[0])
		return;
	if (core->present)
		core_bind(core, false);
	if (core_bind(core, true) && core->auto_boot && core_wait_boot_over(core) &&
	    core_is(core, "running"))
		core_stop(core);
}

void cores_settle(void)
{
	rules_clear();
	leftovers_tolerated = 0;
	out("# settle: bind the drivers anew");
	/* also those that are unbound, and not in sysfs */
	for (size_t c = 0; c < BENCH_CORES; c++)
		settle(&cores[c]);
	kmsg_watch(false);
	if (baseline_have())
		baseline_take();
}

bool cores_work(void)
{
	uint32_t violations = shared->violations;

	for (size_t c = 0; c < BENCH_CORES; c++) {
		if (record_core_events(0, cores[c].pas_id, "ready") &&
		    (!cores[c].present || core_start(&cores[c]) || core_stop(&cores[c])))
			return false;
	}

	return shared->violations == violations;
}
