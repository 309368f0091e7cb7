// SPDX-License-Identifier: GPL-2.0-only
/*
 * While a dump waits to be read, the CPU maps the carveout. That is for the dump alone: nobody else
 * gets at it, be it the log that a trace entry names, or one that is not in the carveout.
 */
#include "dump.h"
#include "harness.h"
#include "rsc.h"

static const struct trace_case {
	const char *name;
	const char *firmware;
} cases[] = {
	{ "inside", IMAGE_OWN_TABLE },
	{ "far", "modem-fartrace.mbn" },
	{ "long", "modem-longtrace.mbn" },
};

static bool trace(const struct test *t)
{
	const struct trace_case *c = t->param;
	const struct core *core = t->core;
	char dump[DUMP_PATH];
	uint32_t from;
	bool ok;

	if (!core_set_firmware(core, c->firmware))
		return false;
	if (core_write(core, "coredump", "inline"))
		return fail("%s: dumps cannot be set", core->name);
	if (!core_good_start(core))
		return false;
	from = record_len();
	if (!core_command(core, BENCH_CMD_FATAL, 0, NULL) || !dump_wait(core, dump))
		return false;
	ok = cpu_maps(core, true) && trace_hidden(core);
	ok = dump_discard(core, dump) && ok;
	core_barrier(core);
	ok = core_came_up(core, from) && trace_hidden(core) && ok;
	core_write(core, "coredump", "disabled");
	ok = core_good_stop(core) && ok;

	return core_set_image(core, NULL) && core_good_cycle(core) && ok;
}

static void build(struct core *core)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		test_add("C5 F1", trace, core, "%s.rsc.trace-%s", core->name,
			 cases[i].name)->param = &cases[i];
}

BUILD("rsc", ONLY_EL2_IOMMU, build, .when = core_is_modem, .loud = true);
