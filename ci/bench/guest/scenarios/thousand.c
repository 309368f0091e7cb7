// SPDX-License-Identifier: GPL-2.0-only
/*
 * A thousand scenarios in one boot, drawn by lot, always the same ones: what is given back almost
 * always, or leaks a little, shows in the end.
 */
#include <stdio.h>
#include <string.h>

#include "guest.h"

#define SCENARIOS	1000
#define WARM_UP		50
#define MAX_POOL	512
#define SEED		20251u
#define LIMIT_MEAN_MS	50

static struct test pool[MAX_POOL];
static size_t pool_num;
static uint32_t seed = SEED;
static long took_ms;
static unsigned int done;

static uint32_t lot(uint32_t below)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % below;
}

/* Lives of a core without a failure of TrustZone, as often as all the failures together */
static const struct scenario lives[] = {
	{ "start-stop", "", sc_start_stop, MACHINES_ALL },
	{ "start-stop", "", sc_start_stop, MACHINES_ALL },
	{ "restart", "", sc_restart, MACHINES_ALL },
	{ "crash-recover", "", sc_crash_recover, MACHINES_ALL },
	{ "watchdog-recover", "", sc_watchdog_recover, MACHINES_ALL },
};

static struct core *any_core(void)
{
	struct core *core;

	do
		core = &cores[lot(BENCH_CORES)];
	while (!core->present);

	return core;
}

static bool one_scenario(unsigned int number)
{
	const struct scenario *life = &lives[lot(ARRAY_SIZE(lives))];
	struct test t = { .core = any_core(), .fn = life->fn };

	snprintf(t.name, sizeof(t.name), "%s.%s", t.core->name, life->name);
	if (lot(2))
		t = pool[lot(pool_num)];

	return (t.fn(&t) && clean_so_far()) || fail("scenario %u: %s", number, t.name);
}

static bool sc_thousand(const struct test *t)
{
	long start;

	(void)t;
	out("# seed %u, %zu failures to draw from", SEED, pool_num);
	for (unsigned int i = 0; i < WARM_UP; i++) {
		if (!one_scenario(i))
			return false;
	}
	memory_take();
	start = now_ms();
	for (done = 0; done < SCENARIOS; done++) {
		if (!one_scenario(WARM_UP + done))
			return false;
	}
	took_ms = now_ms() - start;

	return true;
}

static bool sc_thousand_memory(const struct test *t)
{
	(void)t;
	return (done == SCENARIOS || fail("only %u scenarios", done)) && memory_back();
}

static bool sc_thousand_speed(const struct test *t)
{
	(void)t;
	if (done != SCENARIOS)
		return fail("only %u scenarios", done);
	out("# %u scenarios in %ld ms, %ld.%02ld ms each", done, took_ms, took_ms / SCENARIOS,
	    took_ms % SCENARIOS / 10);

	return took_ms <= SCENARIOS * LIMIT_MEAN_MS ||
	       fail("more than %d ms each", LIMIT_MEAN_MS);
}

/* The three results; which scenarios there are does not matter here. */
void thousand_list(void)
{
	test_add("S1 S2 S3 S6", sc_thousand, NULL, "thousand")->setup = true;
	test_add("S1 M5", sc_thousand_memory, NULL, "thousand.memory");
	test_add("-", sc_thousand_speed, NULL, "thousand.speed");
}

/*
 * Draws from the tests of single failures. Not from those of a bridge that TrustZone does not
 * delete: the memory below it is lost on purpose.
 */
void thousand_build(void)
{
	size_t all;

	faults_build();
	all = tests_take(pool, MAX_POOL);
	for (size_t i = 0; i < all; i++) {
		if (pool[i].fault.rule.fn != FN_BRIDGE_DELETE)
			pool[pool_num++] = pool[i];
	}
	thousand_list();
}
