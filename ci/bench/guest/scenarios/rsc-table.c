// SPDX-License-Identifier: GPL-2.0-only
/* Resource tables, good and bad, as TrustZone may return them. */
#include "harness.h"
#include "rsc.h"

/* Only where Linux owns the stream is TrustZone asked for a table. */
SUITE("rsc", "boot warm-up");

/* The largest answer that a start takes: lets the pool grow before the baseline is taken anew. */
static bool warm_up(const struct test *t)
{
	bool ok;

	core_answer(t->core, BENCH_RSC_LARGE, 128 * KIB);
	ok = core_good_start(t->core) && !core_stop(t->core);
	core_normal(t->core);
	if (!core_wait(t->core, "offline", LIMIT_SETTLE_MS))
		return false;
	baseline_take();

	return ok;
}

SCENARIO("rsc", "rsc.warm-up", "T3 M5", ONLY_EL2_IOMMU, warm_up, .order = ORDER_SETUP,
	 .setup = true);

static const struct rsc_case cases[] = {
	{ "default", "T1 T2", BENCH_RSC_DEFAULT, 0, 0, 1 },
	{ "empty", "T4", BENCH_RSC_EMPTY, 0, 0, 1 },
	{ "zero-bytes", "T4", BENCH_RSC_ZERO_BYTES, 0, 0, 1 },
	{ "absent", "T5", BENCH_RSC_ABSENT, 0, 0, 0 },
	{ "large-32k", "T3", BENCH_RSC_LARGE, 32 * KIB, 0, 2 },
	{ "large-128k", "T3", BENCH_RSC_LARGE, 128 * KIB, 0, 2 },
	{ "too-large", "T3", BENCH_RSC_LARGE, 132 * KIB, -E2BIG, 1 },
	{ "huge", "T3 T4", BENCH_RSC_LARGE, 0xfffffff0u, -E2BIG, 1 },
	{ "small-named", "T3", BENCH_RSC_ALWAYS_SMALL, 8 * KIB, -E2BIG, 1 },
	{ "same-named", "T3", BENCH_RSC_ALWAYS_SMALL, 16 * KIB, -E2BIG, 1 },
	{ "always-small", "T3", BENCH_RSC_ALWAYS_SMALL, 32 * KIB, WANT_ANY_ERROR, 2 },
	{ "lie-larger", "T4", BENCH_RSC_LIE_LARGER, 0, WANT_ANY_ERROR, 1 },
	{ "short", "T4", BENCH_RSC_SHORT, 0, WANT_ANY_ERROR, 1 },
	{ "bad-num", "T4", BENCH_RSC_BAD_NUM, 0, WANT_ANY_ERROR, 1 },
	{ "bad-offset", "T4", BENCH_RSC_BAD_OFFSET, 0, WANT_ANY_ERROR, 1 },
	{ "cut-entry", "T4", BENCH_RSC_CUT_ENTRY, 0, WANT_ANY_ERROR, 1 },
};

static bool rsc_table(const struct test *t)
{
	return rsc_boot(t->core, t->param, NULL, false);
}

static void add(struct core *core, const struct rsc_case *c)
{
	struct test *t = test_add(c->proves, rsc_table, core, "%s.rsc.%s", core->name, c->name);

	t->param = c;
	t->loud = c->want;
}

static void build(struct core *core)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		add(core, &cases[i]);
}

BUILD("rsc", ONLY_EL2_IOMMU, build);

/* One boot, and whether there is a device in the table that the kernel then has. */
static bool boot_with(const struct core *core, uint32_t mode, bool device)
{
	core_answer(core, mode, 0);

	return core_good_start(core) && table_has(core, "devmem", device) && core_good_stop(core) &&
	       table_has(core, "devmem", false);
}

/* Each boot has its own table: none of an earlier boot, nor of one that failed. */
static bool fresh(const struct test *t)
{
	const struct core *core = t->core;
	bool ok;

	ok = boot_with(core, BENCH_RSC_DEFAULT, true) && boot_with(core, BENCH_RSC_EMPTY, false) &&
	     boot_with(core, BENCH_RSC_DEFAULT, true);
	core_answer(core, BENCH_RSC_BAD_OFFSET, 0);
	if (!core_start(core))
		ok = fail("%s: start with a malformed table succeeded", core->name);
	ok = ok && boot_with(core, BENCH_RSC_ZERO_BYTES, false) &&
	     boot_with(core, BENCH_RSC_DEFAULT, true);
	core_normal(core);

	return ok;
}

SCENARIO("rsc", "rsc.fresh", "T6", ONLY_EL2_IOMMU, fresh, .loud = true);
