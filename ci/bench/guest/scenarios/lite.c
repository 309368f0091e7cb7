// SPDX-License-Identifier: GPL-2.0-only
/*
 * A lite image that the boot loader started, behind a stream that Linux then took over. That it was
 * shut down in time is the model's to say; here, that it was up at all, and is not any more.
 */
#include "harness.h"

#define LITE(SOC, CORE, PAS, base, size)	\
	{ BENCH_SOC_##SOC, BENCH_CORE_##CORE, BENCH_PAS_##PAS },

static const struct {
	enum bench_soc soc;
	enum bench_core_index core;
	uint32_t id;
} images[] = { BENCH_SOC_LITE(LITE) };

static bool has_lite(const struct core *core)
{
	for (size_t i = 0; i < ARRAY_SIZE(images); i++) {
		if (core && images[i].soc == shared->soc && images[i].core == core->index)
			return true;
	}

	return false;
}

static bool lite(const struct test *t)
{
	const struct core *core = t->core;
	bool ok = true;

	for (size_t i = 0; i < ARRAY_SIZE(images); i++) {
		if (images[i].soc != shared->soc || images[i].core != core->index)
			continue;
		if (!record_calls(0, images[i].id, SCM_PAS_SHUTDOWN))
			ok = fail("%s: PAS %u was left running", core->name, images[i].id);
		else if (record_up(images[i].id))
			ok = fail("%s: PAS %u is still up", core->name, images[i].id);
	}

	return core_good_cycle(core) && ok;
}

SCENARIO("board", "lite", "C6 D2", ONLY_EL2_SMMU500, lite, .when = has_lite);
