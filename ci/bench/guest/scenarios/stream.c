// SPDX-License-Identifier: GPL-2.0-only
/* Through its stream a core reaches its carveout and its devices, and no memory of Linux. */
#include "harness.h"

static bool reads(const struct core *core, uint64_t address, bool expected)
{
	uint64_t answer;

	return core_command(core, BENCH_CMD_READ, address, &answer) &&
	       ((answer != UINT64_MAX) == expected ||
		fail("%s: %s read %llx", core->name, expected ? "cannot" : "can",
		     (unsigned long long)address));
}

static bool stream(const struct test *t)
{
	const struct core *core = t->core;
	bool ok;

	if (!core_good_start(core))
		return false;
	ok = reads(core, core->base, true) && reads(core, BENCH_DEVMEM_BASE, true) &&
	     reads(core, BENCH_KERNEL_BASE, false);

	return core_good_stop(core) && ok;
}

SCENARIO("life", "stream", "C1 T1", ONLY_EL2_IOMMU, stream);
