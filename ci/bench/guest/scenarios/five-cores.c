// SPDX-License-Identifier: GPL-2.0-only
/* Five cores start at once and wait for each other before authentication; no memory is lost. */
#include "harness.h"
#include "memory.h"
#include "together.h"

#define FIVE		5
#define ROUNDS		20
#define WARM_UP_ROUNDS	3
#define KIB		1024u

SUITE("five-cores", "boot warm-up");

/* Rounds with the images that @choose has set, or with those that were there. */
static bool rounds(bool (*choose)(unsigned int round))
{
	bool ok = true;

	if (cores_present() != FIVE)
		return fail("%u cores, not %d", cores_present(), FIVE);
	for_each_core(core)
		core_answer(core, BENCH_RSC_LARGE, 16 * KIB);
	for (unsigned int i = 0; i < WARM_UP_ROUNDS + ROUNDS && ok; i++) {
		if (i == WARM_UP_ROUNDS)
			memory_take();
		ok = (!choose || choose(i)) && cores_cycle(true);
		if (!ok)
			fail("round %u of %d", i + 1, WARM_UP_ROUNDS + ROUNDS);
	}
	out("# bridges: %u after each of %d rounds", shared->bridges, WARM_UP_ROUNDS + ROUNDS);
	for_each_core(core)
		core_normal(core);

	return ok && memory_back();
}

/* Metadata as large as the device tree's images have it, a resource table of 16 KiB each. */
static bool five_cores(const struct test *t)
{
	return rounds(NULL);
}

SCENARIO("five-cores", "five-cores", "M5 C5 S1", MACHINES_ALL, five_cores, .once = true);

/* Other sizes for each core in each round. */
static bool other_sizes(unsigned int round)
{
	static const struct {
		const char *metadata;
		uint32_t table;
	} sizes[] = {
		{ "65536", 16 * KIB },
		{ "4097", 128 * KIB },
		{ "131072", 1 * KIB },
		{ "40000", 32 * KIB },
	};
	bool ok = true;

	for_each_core(core) {
		unsigned int i = (round + core->index) % ARRAY_SIZE(sizes);

		core_answer(core, BENCH_RSC_LARGE, sizes[i].table);
		ok = core_set_image(core, sizes[i].metadata) && ok;
	}

	return ok;
}

static bool five_cores_sizes(const struct test *t)
{
	return rounds(other_sizes);
}

SCENARIO("five-cores", "five-cores-sizes", "M5 C5 S1", MACHINES_ALL, five_cores_sizes,
	 .once = true);
