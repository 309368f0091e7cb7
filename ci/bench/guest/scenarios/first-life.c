// SPDX-License-Identifier: GPL-2.0-only
/* What a user does first with each core. The harness measures how long it takes from boot. */
#include "harness.h"

SUITE("first-life", "boot");

/* Ends with the core running. */
static bool start_stop_start(const struct test *t)
{
	return core_good_cycle(t->core) && core_good_start(t->core);
}

SCENARIO("first-life", "start-stop-start", "S1 S6", MACHINES_ALL, start_stop_start);

static bool stop(const struct test *t)
{
	return core_good_stop(t->core);
}

SCENARIO("first-life", "stop", "S1", MACHINES_ALL, stop, .order = ORDER_LAST);
