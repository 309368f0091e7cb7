// SPDX-License-Identifier: GPL-2.0-only
/* The suite that `make demo` shows: the life of each core, step by step. */
#include "harness.h"

SUITE("demo", "boot");

static bool start(const struct test *t)
{
	return core_good_start(t->core);
}

SCENARIO("demo", "start", "M1 B1 C1", MACHINES_ALL, start);

/* A running core crashes and is running again. */
static bool recover(const struct test *t)
{
	return core_crash_and_recover(t->core, BENCH_CMD_FATAL);
}

SCENARIO("demo", "recover", "S6", MACHINES_ALL, recover, .loud = true);

static bool stop(const struct test *t)
{
	return core_good_stop(t->core);
}

SCENARIO("demo", "stop", "S1 C1", MACHINES_ALL, stop);

static bool restart(const struct test *t)
{
	return core_good_cycle(t->core) && core_good_cycle(t->core);
}

SCENARIO("demo", "restart", "S2 S6", MACHINES_ALL, restart);
