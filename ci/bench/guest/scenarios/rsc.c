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

/* Images of the modem: without a table, and with a malformed one */
#define PLAIN_IMAGE	"modem.mdt"
#define OWN_BAD_TABLE	"modem-badrsc.mbn"

/* One whose section headers lie, see image/malform.py */
#define OWN(way)	"modem-rsc-" way ".mbn"

/**
 * struct own_case - an image with sections
 * @firmware:	its name
 * @found:	the driver uses its table
 * @rsc:	what comes of it
 */
static const struct own_case {
	const char *firmware;
	bool found;
	struct rsc_case rsc;
} own_cases[] = {
	{ OWN_TABLE, true, { "own", "T2 C5", BENCH_RSC_DEFAULT, 0, 0, 1 } },
	{ OWN_TABLE, true, { "own-absent", "T2 T5", BENCH_RSC_ABSENT, 0, 0, 0 } },
	{ OWN_BAD_TABLE, true, { "own-malformed", "T2", BENCH_RSC_DEFAULT, 0, -EINVAL, 0 } },
	/* a table that is not in the file is malformed, one that nobody can name is none */
	{ OWN("shoff-odd"), true, { "shoff-odd", "T2 F1", BENCH_RSC_DEFAULT, 0, -EINVAL, 0 } },
	{ OWN("table-offset"), true, { "table-offset", "T2 F1", BENCH_RSC_DEFAULT, 0, -EINVAL, 0 } },
	{ OWN("table-size"), true, { "table-size", "T2 F1", BENCH_RSC_DEFAULT, 0, -EINVAL, 0 } },
	{ OWN("table-wraps"), true, { "table-wraps", "T2 F1", BENCH_RSC_DEFAULT, 0, -EINVAL, 0 } },
	{ OWN("names-offset"), false, { "names-offset", "T2 F1", BENCH_RSC_DEFAULT, 0, 0, 1 } },
	{ OWN("names-size"), false, { "names-size", "T2 F1", BENCH_RSC_DEFAULT, 0, 0, 1 } },
	{ OWN("name-behind"), false, { "name-behind", "T2 F1", BENCH_RSC_DEFAULT, 0, 0, 1 } },
	{ OWN("name-other"), false, { "name-other", "T2 F1", BENCH_RSC_DEFAULT, 0, 0, 1 } },
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

/* Whether the CPU can read the log that a trace entry names, which should be in the carveout. */
static bool trace_is(const struct core *core, bool open)
{
	const char *number = strrchr(core->dir, '/') + 1;
	char path[128], text[128];

	snprintf(path, sizeof(path), "/sys/kernel/debug/remoteproc/%s/trace0", number);
	if (file_read(path, text, sizeof(text)) <= 0)
		return fail("%s cannot be read", path);

	return !strstr(text, "not available") == open ||
	       fail("%s is \"%s\"", path, text);
}

/* A table of TrustZone's has a device, a table of the file's a trace; without either it is none. */
static bool table_is_right(const struct test *t)
{
	bool devices = t->mode == BENCH_RSC_DEFAULT || t->mode == BENCH_RSC_LARGE;

	return table_has(t->core, "devmem", devices) &&
	       table_has(t->core, "trace", t->own_table) &&
	       (!t->own_table || trace_is(t->core, false));
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

/*
 * While a dump waits to be read, the CPU maps the carveout: then the log can be read, unless its
 * entry, which nobody has checked, names what is not in the carveout.
 */
static bool sc_rsc_trace(const struct test *t)
{
	const struct core *core = t->core;
	char dump[DUMP_PATH];
	uint32_t from;
	bool ok;

	if (core_write(core, "firmware", t->firmware) || core_write(core, "coredump", "inline"))
		return fail("%s: firmware or dumps cannot be set", core->name);
	if (!core_good_start(core))
		return false;
	from = record_len();
	if (!core_command(core, BENCH_CMD_FATAL, 0, NULL) || !dump_wait(core, dump))
		return false;
	ok = cpu_maps(core, true) && trace_is(core, t->own_table);
	if (file_write(dump, "0"))
		ok = fail("%s: cannot be thrown away", dump);
	core_barrier(core);
	ok = core_came_up(core, from) && trace_is(core, false) && ok;
	core_write(core, "coredump", "disabled");
	ok = core_good_stop(core) && ok;

	return core_set_image(core, NULL) && core_good_cycle(core) && ok;
}

static void add_trace(struct core *core, const char *name, const char *firmware, bool in_carveout)
{
	struct test *t = test_add("C5 F1", sc_rsc_trace, core, "%s.rsc.trace-%s", core->name, name);

	t->firmware = firmware;
	t->own_table = in_carveout;
}

static struct test *add_case(struct core *core, const struct rsc_case *rsc)
{
	struct test *t = test_add(rsc->rows, sc_rsc_table, core, "%s.rsc.%s", core->name, rsc->name);

	t->mode = rsc->mode;
	t->size = rsc->size;
	t->want = rsc->want;
	t->calls = rsc->calls;

	return t;
}

static void add_own_cases(struct core *core)
{
	for (size_t i = 0; i < ARRAY_SIZE(own_cases); i++) {
		struct test *t = add_case(core, &own_cases[i].rsc);

		t->firmware = own_cases[i].firmware;
		t->own_table = own_cases[i].found;
	}
	add_trace(core, "inside", OWN_TABLE, true);
	add_trace(core, "far", "modem-fartrace.mbn", false);
	add_trace(core, "long", "modem-longtrace.mbn", false);
}

/* Adds the tests of resource tables; only where Linux owns the stream is there anything to ask. */
void rsc_build(void)
{
	if (shared->machine != BENCH_MACHINE_EL2_IOMMU)
		return;
	for (size_t c = 0; c < BENCH_CORES; c++) {
		if (!cores[c].present)
			continue;
		test_add("T3 M5", sc_rsc_warm_up, &cores[c], "%s.rsc.warm-up", cores[c].name)
			->setup = true;
		for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
			add_case(&cores[c], &cases[i]);
		test_add("T6", sc_rsc_fresh, &cores[c], "%s.rsc.fresh", cores[c].name);
	}
	/* the only core that has such images */
	if (cores[BENCH_CORE_MPSS].present)
		add_own_cases(&cores[BENCH_CORE_MPSS]);
}
