// SPDX-License-Identifier: GPL-2.0-only
/* Resource tables, good and bad, as TrustZone may return them. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "guest.h"

#define KIB	1024u

struct rsc_case {
	const char *name;
	const char *rows;
	uint32_t mode;
	uint32_t size;
	int want;		/* as in struct test */
	unsigned int calls;	/* of get_rsc_table */
};

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

/* Images of the modem: without a table, with one that has a trace entry, with a malformed one */
#define PLAIN_IMAGE	"modem.mdt"
#define OWN_TABLE	"modem-rsc.mbn"
#define OWN_BAD_TABLE	"modem-badrsc.mbn"

static const struct {
	const char *firmware;
	struct rsc_case rsc;
} own_cases[] = {
	{ OWN_TABLE, { "own", "T2", BENCH_RSC_DEFAULT, 0, 0, 1 } },
	{ OWN_TABLE, { "own-absent", "T2 T5", BENCH_RSC_ABSENT, 0, 0, 0 } },
	{ OWN_BAD_TABLE, { "own-malformed", "T2", BENCH_RSC_DEFAULT, 0, -EINVAL, 0 } },
};

/* Largest answer that a start takes: lets the pool grow before the baseline is taken anew. */
static bool sc_rsc_warm_up(const struct test *t)
{
	bool ok;

	core_plan_set(t->core, BENCH_CORE_NORMAL, BENCH_RSC_LARGE, 128 * KIB);
	ok = core_good_start(t->core) && !core_stop(t->core);
	core_plan_set(t->core, BENCH_CORE_NORMAL, BENCH_RSC_DEFAULT, 0);
	if (!core_wait(t->core, "offline", LIMIT_SETTLE_MS))
		return false;
	baseline_take();

	return ok;
}

/* The table that the driver uses must be the one of this boot, in each boot. */
static bool table_has(const struct core *core, const char *entry, bool expected)
{
	char path[128], *text;
	const char *number = strrchr(core->dir, '/') + 1;
	bool there;
	size_t len;

	snprintf(path, sizeof(path), "/sys/kernel/debug/remoteproc/%s/resource_table", number);
	text = file_slurp(path, &len);
	if (!text)
		return fail("%s: cannot be read", path);
	there = strstr(text, entry);
	free(text);
	if (there != expected)
		return fail("%s: resource table %s a %s", core->name,
			    there ? "has" : "does not have", entry);

	return true;
}

static bool calls_made(const struct test *t, uint32_t from)
{
	unsigned int n = record_count(from, BENCH_EV_CALL, t->core->pas_id, FN_GET_RSC_TABLE, NULL);

	return n == t->calls || fail("%u calls of get_rsc_table, want %u", n, t->calls);
}

/* A table of TrustZone's has a device, a table of the file's a trace; without either it is none. */
static bool table_is_right(const struct test *t)
{
	bool devices = t->mode == BENCH_RSC_DEFAULT || t->mode == BENCH_RSC_LARGE;

	return table_has(t->core, "devmem", devices) && table_has(t->core, "trace", t->firmware);
}

bool sc_rsc_table(const struct test *t)
{
	const struct core *core = t->core;
	uint32_t from = record_len();
	bool ok;
	int ret;

	core_plan_set(core, BENCH_CORE_NORMAL, t->mode, t->size);
	if (t->firmware && core_write(core, "firmware", t->firmware))
		return fail("%s: firmware cannot be set", core->name);
	ret = core_start(core);
	core_plan_set(core, BENCH_CORE_NORMAL, BENCH_RSC_DEFAULT, 0);

	ok = calls_made(t, from);
	if (t->want == WANT_ANY_ERROR ? ret >= 0 || ret == -EPROTO : ret != t->want)
		ok = fail("%s: start gave %d (%s)", core->name, ret, strerror(-ret));
	if (!ret) {
		ok = core_came_up(core, from) && table_is_right(t) && ok;
		ok = core_good_stop(core) && ok;
	}
	if (t->firmware && core_write(core, "firmware", PLAIN_IMAGE))
		return fail("%s: firmware cannot be set back", core->name);
	if (!core_wait(core, "offline", LIMIT_SETTLE_MS) || !baseline_back())
		return false;

	ok = core_good_start(core) && table_has(core, "devmem", true) &&
	     table_has(core, "trace", false) && ok;
	return core_good_stop(core) && ok;
}

/* One boot, and whether there is a device in the table that the kernel then has. */
static bool boot_with(const struct core *core, uint32_t mode, bool device)
{
	core_plan_set(core, BENCH_CORE_NORMAL, mode, 0);

	return core_good_start(core) && table_has(core, "devmem", device) && core_good_stop(core) &&
	       table_has(core, "devmem", false);
}

/* Each boot has its own table: none of an earlier boot, nor of one that failed. */
static bool sc_rsc_fresh(const struct test *t)
{
	const struct core *core = t->core;
	bool ok;

	ok = boot_with(core, BENCH_RSC_DEFAULT, true) && boot_with(core, BENCH_RSC_EMPTY, false) &&
	     boot_with(core, BENCH_RSC_DEFAULT, true);
	core_plan_set(core, BENCH_CORE_NORMAL, BENCH_RSC_BAD_OFFSET, 0);
	if (!core_start(core))
		ok = fail("%s: start with a malformed table succeeded", core->name);
	ok = ok && boot_with(core, BENCH_RSC_ZERO_BYTES, false) &&
	     boot_with(core, BENCH_RSC_DEFAULT, true);
	core_plan_set(core, BENCH_CORE_NORMAL, BENCH_RSC_DEFAULT, 0);

	return ok;
}

static void add_case(struct core *core, const struct rsc_case *rsc, const char *firmware)
{
	struct test *t = test_add(rsc->rows, sc_rsc_table, core, "%s.rsc.%s", core->name, rsc->name);

	t->mode = rsc->mode;
	t->size = rsc->size;
	t->want = rsc->want;
	t->calls = rsc->calls;
	t->firmware = firmware;
}

static void add_own_cases(struct core *core)
{
	for (size_t i = 0; i < ARRAY_SIZE(own_cases); i++)
		add_case(core, &own_cases[i].rsc, own_cases[i].firmware);
}

/* Adds the tests of resource tables; only where Linux owns the stream is there anything to ask. */
void rsc_build(void)
{
	if (shared->leg != BENCH_LEG_EL2_IOMMU)
		return;
	for (size_t c = 0; c < BENCH_CORES; c++) {
		if (!cores[c].present)
			continue;
		test_add("T3 M5", sc_rsc_warm_up, &cores[c], "%s.rsc.warm-up", cores[c].name)
			->setup = true;
		for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
			add_case(&cores[c], &cases[i], NULL);
		test_add("T6", sc_rsc_fresh, &cores[c], "%s.rsc.fresh", cores[c].name);
	}
	/* the only core that has such images */
	if (cores[BENCH_CORE_MPSS].present)
		add_own_cases(&cores[BENCH_CORE_MPSS]);
}
