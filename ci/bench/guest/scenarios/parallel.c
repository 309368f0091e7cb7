// SPDX-License-Identifier: GPL-2.0-only
/* All cores start at once, again and again; what one start gives back serves the next. */
#include "harness.h"
#include "together.h"

#define ROUNDS	8

static bool more_than_one(const struct core *core)
{
	return cores_present() > 1;
}

static bool parallel(const struct test *t)
{
	for (int i = 0; i < ROUNDS; i++) {
		if (!cores_cycle(false))
			return fail("round %d of %d", i + 1, ROUNDS);
	}

	return true;
}

SCENARIO("life", "parallel", "M5 S6", MACHINES_ALL, parallel, .once = true, .when = more_than_one,
	 .order = ORDER_LAST);
