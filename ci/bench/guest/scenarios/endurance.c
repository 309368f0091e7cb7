// SPDX-License-Identifier: GPL-2.0-only
/*
 * A thousand scenarios in one boot, drawn at random from a fixed seed: a small leak, or something
 * that is given back almost always, shows in the end.
 */
#include "harness.h"
#include "lot.h"
#include "memory.h"

#define SCENARIOS	1000
#define WARM_UP		50
#define MAX_POOL	512
#define LIMIT_MEAN_MS	50

SUITE("endurance", "");

static struct test pool[MAX_POOL];
static size_t pool_num;
static long took_ms;
static unsigned int done;

static struct core *any_core(void)
{
	struct core *core;

	do
		core = &cores[lot(BENCH_CORES)];
	while (!core->present);

	return core;
}

/* From the life of a core without a failure of TrustZone, as often as all the failures together */
static struct test any_life(void)
{
	static const char *const names[] = {
		"start-stop", "start-stop", "restart", "crash-recover", "watchdog-recover",
	};
	const struct scenario *s = scenario_find("life", names[lot(ARRAY_SIZE(names))]);
	struct test t = { .core = any_core(), .run = s->run };

	snprintf(t.name, sizeof(t.name), "%s.%s", t.core->name, s->name);

	return t;
}

static bool one_scenario(unsigned int number)
{
	struct test t = any_life();

	if (lot(2))
		t = pool[lot(pool_num)];

	return (t.run(&t) && clean_so_far()) || fail("scenario %u: %s", number, t.name);
}

static bool thousand(const struct test *t)
{
	long start;

	out("# seed %u, %zu failures to draw from", lots_seed, pool_num);
	lots_begin(lots_seed, 0);
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

static bool all_done(void)
{
	return done == SCENARIOS || fail("only %u scenarios", done);
}

static bool memory(const struct test *t)
{
	return all_done() && memory_back();
}

static bool speed(const struct test *t)
{
	if (!all_done())
		return false;
	out("# %u scenarios in %ld ms, %ld.%02ld ms each", done, took_ms, took_ms / SCENARIOS,
	    took_ms % SCENARIOS / 10);

	return took_ms <= SCENARIOS * LIMIT_MEAN_MS ||
	       fail("more than %d ms each", LIMIT_MEAN_MS);
}

/*
 * Draws from the single failures. Not from those of a bridge that TrustZone does not delete: the
 * memory below it is lost on purpose.
 */
static void build(struct core *core)
{
	size_t all;

	scenario_find("faults", "single-failures")->build(NULL);
	all = tests_take(pool, MAX_POOL);
	for (size_t i = 0; i < all; i++) {
		if (!strstr(pool[i].name, call_name(SCM_BRIDGE_DELETE)))
			pool[pool_num++] = pool[i];
	}
	struct test *t = test_add("S1 S2 S3 S6", thousand, NULL, "thousand");

	t->setup = true;
	t->loud = true;
	test_add("S1 M5", memory, NULL, "thousand.memory");
	test_add("-", speed, NULL, "thousand.speed");
}

BUILD("endurance", MACHINES_ALL, build, .once = true);
