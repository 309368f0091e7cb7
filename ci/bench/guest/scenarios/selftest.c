// SPDX-License-Identifier: GPL-2.0-only
/*
 * Suites of the harness' own tests, which need no firmware: all but the first must turn red. For
 * notoken and badnonce it is main.c that misbehaves.
 */
#include "harness.h"

SUITE("selftest-pass", "", .bare = true);
SUITE("selftest-notoken", "", .bare = true);
SUITE("selftest-badnonce", "", .bare = true);
SUITE("selftest-panic", "", .bare = true);
SUITE("selftest-hang", "", .bare = true);

static bool alive(const struct test *t)
{
	return true;
}

SCENARIO("selftest-pass", "alive", "-", MACHINES_ALL, alive, .once = true);
SCENARIO("selftest-notoken", "alive", "-", MACHINES_ALL, alive, .once = true);
SCENARIO("selftest-badnonce", "alive", "-", MACHINES_ALL, alive, .once = true);
SCENARIO("selftest-panic", "alive", "-", MACHINES_ALL, alive, .once = true);

/* An init that exits is a panic: the harness must not take it for anything else. */
static bool die(const struct test *t)
{
	exit(1);
}

SCENARIO("selftest-panic", "die", "-", MACHINES_ALL, die, .once = true);

/* A silent hang: the harness' limit has to end it. */
static bool hang(const struct test *t)
{
	for (;;)
		pause();

	return false;
}

SCENARIO("selftest-hang", "hang", "-", MACHINES_ALL, hang, .once = true);
