// SPDX-License-Identifier: GPL-2.0-only
/* Start and stop, once and often. The suite "life" is what every kernel must do. */
#include "harness.h"

#define MANY_CYCLES	25

SUITE("life", "boot warm-up");

static bool start_stop(const struct test *t)
{
	return core_good_cycle(t->core);
}

SCENARIO("life", "start-stop", "M1 M3 B1 C1 C2 C5 S1", MACHINES_ALL, start_stop);

static bool restart(const struct test *t)
{
	return core_good_cycle(t->core) && core_good_cycle(t->core);
}

SCENARIO("life", "restart", "S2 S6", MACHINES_ALL, restart);

/* What leaks a little each time shows in the end, at the latest when a pool grows. */
static bool many_cycles(const struct test *t)
{
	for (int i = 0; i < MANY_CYCLES; i++) {
		if (!core_good_cycle(t->core))
			return fail("cycle %d of %d", i + 1, MANY_CYCLES);
	}

	return true;
}

SCENARIO("life", "many-cycles", "S1 M2 M5", MACHINES_ALL, many_cycles);
