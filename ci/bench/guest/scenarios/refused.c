// SPDX-License-Identifier: GPL-2.0-only
/* TrustZone refuses a shutdown, once or for long: the core keeps what it may still run on. */
#include "harness.h"

SUITE("refused", "boot warm-up");

/* Refuses the next @count shutdowns of a core's main image. */
static void refuse(const struct core *core, uint32_t count)
{
	rules_set(rule_refuse(SCM_PAS_SHUTDOWN, core->pas_id, count, -2));
}

static bool still_up(const struct core *core)
{
	return record_up(core->pas_id) || fail("%s: TrustZone has it down", core->name);
}

/* A stop that failed, and then no second stop but a start: the core is taken down and booted. */
static bool refused_then_start(const struct test *t)
{
	const struct core *core = t->core;
	uint32_t from;
	bool ok;

	if (!core_good_start(core))
		return false;
	refuse(core, 1);
	ok = core_failed(core, "stop", core_stop(core)) && still_up(core);
	rules_clear();
	from = record_len();
	ok = core_succeeded(core, "start", core_start(core)) && ok;
	if (!record_calls(from, core->pas_id, SCM_PAS_SHUTDOWN))
		ok = fail("%s: started without being shut down first", core->name);
	ok = core_came_up(core, from) && ok;

	return core_good_stop(core) && core_good_cycle(core) && ok;
}

/* As long as TrustZone refuses, neither stop nor start do anything; then both work. */
static bool refused_for_long(const struct test *t)
{
	const struct core *core = t->core;
	bool ok;

	if (!core_good_start(core))
		return false;
	refuse(core, FOR_LONG);
	ok = core_failed(core, "stop", core_stop(core)) && still_up(core);
	ok = core_failed(core, "stop", core_stop(core)) && still_up(core) && ok;
	ok = core_failed(core, "start", core_start(core)) && still_up(core) && ok;
	rules_clear();
	ok = core_good_start(core) && ok;

	return core_good_stop(core) && core_good_cycle(core) && ok;
}

/* A core that does not become ready, and is not given back either: its memory stays mapped. */
static bool refused_after_failed_start(const struct test *t)
{
	const struct core *core = t->core;
	bool ok;

	core_behave(core, BENCH_CORE_NEVER_READY);
	refuse(core, FOR_LONG);
	ok = core_failed(core, "start", core_start(core)) && still_up(core);
	core_normal(core);
	ok = core_failed(core, "start", core_start(core)) && still_up(core) && ok;
	rules_clear();

	return core_good_cycle(core) && core_good_cycle(core) && ok;
}

/*
 * An image that TrustZone has not authenticated and does not give back runs nothing: it loses its
 * mapping after it was asked for, and does not keep the core from starting.
 */
static bool refused_announced(const struct test *t)
{
	const struct core *core = t->core;
	uint32_t from = record_len();
	bool ok;

	rules_set(rule_refuse(SCM_PAS_AUTH_AND_RESET, core->pas_id, 1, -2));
	rules_add(rule_refuse(SCM_PAS_SHUTDOWN, core->pas_id, FOR_LONG, -2));
	ok = core_failed(core, "start", core_start(core)) && mapped_at_shutdown(core->pas_id, from);
	if (record_up(core->pas_id))
		ok = fail("%s: up, although it was not authenticated", core->name);
	if (core->dtb_pas_id && record_up(core->dtb_pas_id))
		ok = fail("%s: its dtb is up, which TrustZone did not refuse to take down", core->name);
	/* by the start that fails, and by the core of remoteproc; there is nothing to wait for */
	if (record_calls(from, core->pas_id, SCM_PAS_SHUTDOWN) != 2)
		ok = fail("%s: asked for again and again", core->name);
	from = record_len();
	ok = core_succeeded(core, "start", core_start(core)) && ok;
	ok = core_came_up(core, from) && ok;
	rules_clear();

	return core_good_stop(core) && core_good_cycle(core) && ok;
}

SCENARIO("refused", "refused-then-start", "S2 S3 C3", MACHINES_ALL, refused_then_start, .loud = true);
SCENARIO("refused", "refused-for-long", "S2 S3 C3", MACHINES_ALL, refused_for_long, .loud = true);
SCENARIO("refused", "refused-after-failed-start", "S1 S2 C3", MACHINES_ALL,
	 refused_after_failed_start, .loud = true);
SCENARIO("refused", "refused-announced", "M2 C2 C3 S2", MACHINES_ALL, refused_announced, .loud = true);
