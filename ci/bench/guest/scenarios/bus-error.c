// SPDX-License-Identifier: GPL-2.0-only
/*
 * A core reads memory that is not its own: the SMMU stops it, it dies of the bus error, and is
 * recovered. Reading its own memory does it no harm.
 */
#include "harness.h"

static bool bus_error(const struct test *t)
{
	const struct core *core = t->core;
	uint32_t from = record_len();
	bool ok;

	if (!core_good_start(core))
		return false;
	ok = core_command(core, BENCH_CMD_TOUCH, core->base, NULL) && core_is(core, "running") &&
	     core_crash_and_recover(core, BENCH_CMD_TOUCH);
	if (record_core_events(from, core->pas_id, "smmu fault at read of") != 1)
		ok = fail("%s: not one fault of the SMMU in the record", core->name);

	return core_good_stop(core) && ok;
}

SCENARIO("life", "bus-error", "C1 S6", ONLY_EL2_IOMMU, bus_error, .loud = true);
