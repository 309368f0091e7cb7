// SPDX-License-Identifier: GPL-2.0-only
/*
 * A dump of what a table in SMEM names, which the crashed core wrote, and nobody checked: what is
 * not in its carveout is not read.
 */
#include "dump.h"
#include "harness.h"
#include "minidump.h"

static bool minidump(const struct test *t)
{
	const struct core *core = t->core;
	bool ok;

	if (!minidump_mark(core) || !minidump_write(core, &minidump_table))
		return false;
	if (core_write(core, "coredump", "enabled"))
		return fail("%s: dumps cannot be enabled", core->name);
	/* twice: nothing of the first dump is in the second */
	ok = core_good_start(core) && minidump_crash(core) && minidump_crash(core);
	core_write(core, "coredump", "disabled");

	return minidump_write(core, NULL) && core_good_stop(core) && core_good_cycle(core) && ok;
}

SCENARIO("life", "minidump", "C5 K2 T6 S6", MACHINES_ALL, minidump, .when = core_is_cdsp, .loud = true);

/* Where functions fail they also fail in the dump of a table. */
static bool table(const struct test *t)
{
	return minidump_mark(t->core) && minidump_write(t->core, &minidump_table);
}

SCENARIO("exits-cdsp", "minidump-table", "-", MACHINES_ALL, table, .when = core_is_cdsp,
	 .order = ORDER_SETUP, .setup = true);

static const struct toc_case cases[] = {
	{ "no-entry", .size = offsetof(struct toc, subsystems[3]), .told = "has no entry 7",
	  .dumps = true },
	{ "half-entry", .size = offsetof(struct toc, subsystems[8]) - 4, .told = "has no entry 7",
	  .dumps = true },
	{ "no-header", .size = 8, .told = "TOC not found" },
	{ "no-regions", .num = 1, .told = "while adding minidump entries" },
	{ "too-many", .num = UINT32_MAX, .told = "while adding minidump entries" },
	{ "in-ram", .regions = BENCH_KERNEL_BASE, .told = "while adding minidump entries" },
	{ "nowhere", .regions = UINT64_MAX - 0x100, .told = "while adding minidump entries" },
	/* both together, they are none at all in 64 bits */
	{ "huge", .huge = 1ull << 63 },
	/* nearly all memory that there is: nobody is killed for it */
	{ "greedy", .huge = 0x1c000000, .told = "while adding minidump entries" },
	/* no memory there, but where PCI would have devices */
	{ "hole", .regions = BENCH_RAM_BASE / 2, .told = "while adding minidump entries" },
};

/* However bad the table is, the core is recovered, and the next dump is as good as ever. */
static bool bad_toc(const struct test *t)
{
	const struct toc_case *c = t->param;
	const struct core *core = t->core;
	size_t size;
	char *dump;
	bool ok;

	if (!minidump_mark(core) || !minidump_write(core, c))
		return false;
	if (core_write(core, "coredump", "enabled"))
		return fail("%s: dumps cannot be enabled", core->name);
	ok = core_good_start(core);
	kmsg_watch(true);
	ok = ok && core_crash_and_recover(core, BENCH_CMD_FATAL);
	if (c->told && !says(c->told))
		ok = fail("%s: no line says \"%s\"", core->name, c->told);
	kmsg_watch(false);
	if (c->dumps) {
		dump = dump_take(core, &size);
		ok = dump && ok;
		free(dump);
	}
	ok = minidump_write(core, &minidump_table) && minidump_crash(core) && ok;
	core_write(core, "coredump", "disabled");

	return minidump_write(core, NULL) && core_good_stop(core) && core_good_cycle(core) && ok;
}

static void build(struct core *core)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		test_add("K2", bad_toc, core, "%s.minidump.%s", core->name,
			 cases[i].name)->param = &cases[i];
}

BUILD("life", MACHINES_ALL, build, .when = core_is_cdsp, .loud = true);
