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

/* What the SMMU stops is a crash where the SMMU can say so, though the core does not die. */
static bool cannot_read(const struct core *core, uint64_t address)
{
	uint32_t from = record_len();

	return reads(core, address, false) &&
	       (shared->machine != BENCH_MACHINE_EL2_SMMU500 || core_recovers(core, from));
}

static bool stream(const struct test *t)
{
	const struct core *core = t->core;
	bool ok;

	if (!core_good_start(core))
		return false;
	ok = reads(core, core->base, true) && reads(core, BENCH_DEVMEM_BASE, true) &&
	     cannot_read(core, BENCH_KERNEL_BASE);

	return core_good_stop(core) && ok;
}

SCENARIO("life", "stream", "C1 T1", ONLY_EL2_IOMMU, stream, .loud = true);
