// SPDX-License-Identifier: GPL-2.0-only
/* An image with one flipped bit: TrustZone refuses it, and the true one starts afterwards. */
#include "harness.h"

SUITE("flip", "boot warm-up");

static bool flip(const struct test *t)
{
	const struct core *core = t->core;
	uint32_t from = record_len();
	struct bench_event e;
	bool ok;

	if (!core_set_image(core, "flipped"))
		return false;
	ok = core_failed(core, "start", core_start(core));
	if (!record_call(from, core->pas_id, SCM_PAS_AUTH_AND_RESET, &e))
		ok = fail("%s: never came to auth_and_reset", core->name);
	else if (!e.status && !e.result[0])
		ok = fail("%s: TrustZone accepted it", core->name);
	if (record_core_events(from, core->pas_id, "ready"))
		ok = fail("%s: the core ran it", core->name);
	if (core_is(core, "running"))
		core_stop(core);

	return core_set_image(core, NULL) && baseline_back() && core_good_cycle(core) && ok;
}

SCENARIO("flip", "flip", "S1 S2 S4", MACHINES_ALL, flip, .loud = true);
