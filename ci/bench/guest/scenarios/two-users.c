// SPDX-License-Identifier: GPL-2.0-only
/* A core that two users started runs until both have stopped it. */
#include "out.h"
#include "rproc.h"
#include "scenario.h"

static bool two_users(const struct test *t)
{
	bool ok = true;

	if (!core_good_start(t->core))
		return false;
	if (core_start(t->core) || core_stop(t->core) || !core_is(t->core, "running"))
		ok = fail("%s does not run for its second user", t->core->name);

	return core_good_stop(t->core) && ok;
}

SCENARIO("life", "two-users", "S6", MACHINES_ALL, two_users);
