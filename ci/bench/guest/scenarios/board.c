// SPDX-License-Identifier: GPL-2.0-only
/* A machine that was made from a board's device tree: each of its remote processors lives. */
#include <glob.h>

#include "harness.h"

SUITE("board", "boot warm-up");

static bool all_there(const struct test *t)
{
	glob_t nodes;
	size_t want;

	if (glob("/sys/firmware/devicetree/base/soc@0/remoteproc@*", 0, NULL, &nodes))
		return fail("the device tree has no remote processor");
	want = nodes.gl_pathc;
	globfree(&nodes);

	return cores_present() == want ||
	       fail("%u of %zu remote processors in sysfs", cores_present(), want);
}

SCENARIO("board", "all-there", "D2", MACHINES_ALL, all_there, .once = true, .order = ORDER_SETUP);

/* What of the suite "life" depends on the device tree */
static void build(struct core *core)
{
	static const struct {
		const char *name;
		const char *proves;
	} lives[] = {
		{ "start-stop", "D2 S1 C1" },
		{ "restart", "D2 S6" },
		{ "crash-recover", "D2 S6" },
		{ "watchdog-recover", "D2 S6" },
		{ "stream", "D2 C1 T1" },
		{ "unbind-rebind", "D2 S6" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(lives); i++) {
		const struct scenario *s = scenario_find("life", lives[i].name);

		test_add(lives[i].proves, s->run, core, "%s.%s", core->name, s->name)->loud = s->loud;
	}
}

BUILD("board", ONLY_EL2_IOMMU, build);

static void build_parallel(struct core *core)
{
	test_add("D2 M5 S6", scenario_find("life", "parallel")->run, NULL, "parallel");
}

BUILD("board", ONLY_EL2_IOMMU, build_parallel, .once = true, .order = ORDER_LAST);
