// SPDX-License-Identifier: GPL-2.0-only
/* The same thing again and again: what leaks one object in a few times shows in the end. */
#include "harness.h"
#include "memory.h"
#include "slabs.h"

#define WARM_UP		5
#define LEAKY		4	/* a leak shows if it happens in one of so many times, */
#define NOISE		20	/* and if it is more than what comes and goes */

SUITE("wear", "boot warm-up");

static bool start(struct core *core)
{
	return core_good_start(core) && core_succeeded(core, "stop", core_stop(core)) &&
	       core_is_down(core);
}

static bool recovery(struct core *core)
{
	if (!core_is(core, "running") && !core_good_start(core))
		return false;

	return core_crash_and_recover(core, BENCH_CMD_FATAL);
}

/* Unbound while it runs */
static bool bind(struct core *core)
{
	bool ok;

	if (!core_is(core, "running") && !core_good_start(core))
		return false;
	ok = core_bind(core, false) && core_is_down(core) && core_bind(core, true) &&
	     (!core->auto_boot || core_wait_auto_boot(core));
	kmsg_watch(false);

	return ok;
}

/**
 * struct wear - what is repeated
 * @name:	of the test
 * @times:	by all cores of the machine together
 * @once:	does it
 */
struct wear {
	const char *name;
	unsigned int times;
	bool (*once)(struct core *core);
};

static const struct wear wears[] = {
	{ "starts", 1000, start },
	{ "recoveries", 200, recovery },
	{ "binds", 100, bind },
};

static bool repeat(const struct test *t, unsigned int times)
{
	const struct wear *w = t->param;

	for (unsigned int i = 0; i < times; i++) {
		if (!w->once(t->core))
			return fail("time %u of %u", i + 1, times);
	}
	if (core_is(t->core, "running") && core_stop(t->core))
		return fail("%s: cannot be stopped", t->core->name);

	return core_all_given_back(t->core);
}

static bool wear(const struct test *t)
{
	const struct wear *w = t->param;
	unsigned int times = w->times / cores_present();
	long begin;

	if (!repeat(t, WARM_UP))
		return false;
	memory_take();
	slabs_take();
	begin = now_ms();
	if (!repeat(t, times))
		return false;
	out("# %u times in %ld ms", times, now_ms() - begin);

	return slabs_back(times / LEAKY + NOISE) && memory_back();
}

static void build(struct core *core)
{
	for (size_t i = 0; i < ARRAY_SIZE(wears); i++)
		test_add("S1 S6 M5", wear, core, "%s.wear.%s", core->name, wears[i].name)->param =
			&wears[i];
}

BUILD("wear", MACHINES_ALL, build, .loud = true);
