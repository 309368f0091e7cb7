// SPDX-License-Identifier: GPL-2.0-only
/* TrustZone refuses a shutdown, once or for long: the core keeps what it may still run on. */
#include <errno.h>
#include <string.h>

#include "guest.h"

/* Refuses the next @count shutdowns of a core's main image. */
static void refuse(const struct core *core, uint32_t count)
{
	const struct bench_rule rule = {
		.fn = FN_SHUTDOWN,
		.pas_id = core->pas_id,
		.nth = 1,
		.count = count,
		.action = BENCH_ACT_FAIL,
		.status = -2,
	};

	plan_set(&rule);
}

#define FOR_LONG	1000

static bool still_up(const struct core *core)
{
	return record_up(core->pas_id) || fail("%s: TrustZone has it down", core->name);
}

/* A stop that failed, and then no second stop but a start: the core is taken down and booted. */
bool sc_refused_then_start(const struct test *t)
{
	const struct core *core = t->core;
	uint32_t from;
	bool ok;
	int ret;

	if (!core_good_start(core))
		return false;
	refuse(core, 1);
	ok = core_failed(core, "stop", core_stop(core)) && still_up(core);
	plan_clear();
	from = record_len();
	ret = core_start(core);
	if (ret)
		ok = fail("%s: start: %s", core->name, strerror(-ret));
	if (!record_count(from, BENCH_EV_CALL, core->pas_id, FN_SHUTDOWN, NULL))
		ok = fail("%s: started without being shut down first", core->name);
	ok = core_came_up(core, from) && ok;

	return core_good_stop(core) && core_good_cycle(core) && ok;
}

/* As long as TrustZone refuses, neither stop nor start do anything; then both work. */
bool sc_refused_for_long(const struct test *t)
{
	const struct core *core = t->core;
	bool ok;

	if (!core_good_start(core))
		return false;
	refuse(core, FOR_LONG);
	ok = core_failed(core, "stop", core_stop(core)) && still_up(core);
	ok = core_failed(core, "stop", core_stop(core)) && still_up(core) && ok;
	ok = core_failed(core, "start", core_start(core)) && still_up(core) && ok;
	plan_clear();
	ok = core_good_start(core) && ok;

	return core_good_stop(core) && core_good_cycle(core) && ok;
}

/* A core that does not become ready, and is not given back either: its memory stays mapped. */
bool sc_refused_after_failed_start(const struct test *t)
{
	const struct core *core = t->core;
	bool ok;

	core_plan_set(core, BENCH_CORE_NEVER_READY, BENCH_RSC_DEFAULT, 0);
	refuse(core, FOR_LONG);
	ok = core_failed(core, "start", core_start(core)) && still_up(core);
	core_plan_set(core, BENCH_CORE_NORMAL, BENCH_RSC_DEFAULT, 0);
	ok = core_failed(core, "start", core_start(core)) && still_up(core) && ok;
	plan_clear();

	return core_good_cycle(core) && core_good_cycle(core) && ok;
}

/*
 * Unbound while TrustZone refuses: nobody can give the core back any more, which is said in the
 * log. The memory stays what it is; the last test of its suite.
 */
bool sc_refused_unbind(const struct test *t)
{
	struct core *core = t->core;
	bool ok;

	if (!core_good_start(core))
		return false;
	refuse(core, FOR_LONG);
	kmsg_watch(true);
	ok = !file_write(PAS_DRIVER "/unbind", core->device) && still_up(core);
	cores_find();
	if (!kmsg_seen("removed while TrustZone still holds its memory"))
		ok = fail("%s: nothing is said in the log", core->name);
	kmsg_watch(false);
	plan_clear();

	return ok;
}
