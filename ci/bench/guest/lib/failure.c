// SPDX-License-Identifier: GPL-2.0-only
/* Operations in which one call fails, after which everything must have been given back. */
#include "calls.h"
#include "checks.h"
#include "failure.h"
#include "kmsg.h"
#include "message.h"
#include "out.h"
#include "record.h"
#include "rproc.h"
#include "rsc.h"
#include "rules.h"
#include "snapshot.h"
#include "sys.h"

static void plant(const struct failure *f)
{
	if (f->rule.fn == SCM_BRIDGE_DELETE)
		leftovers_tolerated = 1;
	kmsg_watch(true);
	rules_set(f->rule);
}

/* The rule must have hit, or the test proves nothing. */
static bool was_hit(const struct failure *f)
{
	uint32_t seen = rules_seen();

	kmsg_watch(false);
	rules_clear();
	return seen >= f->rule.nth ||
	       fail("the call to fail was made %u times, want %u", seen, f->rule.nth);
}

bool failure_told(const struct test *t)
{
	const struct failure *f = t->param;

	return message_tells(&f->rule, f->about);
}

bool failure_start(const struct test *t)
{
	const struct failure *f = t->param;
	const struct core *core = t->core;
	uint32_t from = record_len();
	bool ok;
	int ret;

	plant(f);
	ret = core_start(core);
	ok = was_hit(f);
	if (f->survives)
		ok = core_succeeded(core, "start", ret) && core_came_up(core, from) && ok;
	else
		ok = core_failed(core, "start", ret) && core_all_given_back(core) && ok;

	return core_works_again(core, ok);
}

bool failure_stop(const struct test *t)
{
	const struct failure *f = t->param;
	const struct core *core = t->core;
	uint32_t from;
	bool ok;
	int ret;

	if (!core_good_start(core))
		return false;
	plant(f);
	ret = core_stop(core);
	ok = was_hit(f);
	if (!f->survives) {
		ok = core_failed(core, "stop", ret) && ok;
		from = record_len();
		ok = core_succeeded(core, "second stop", core_stop(core)) && ok;
		ok = mapped_at_shutdown(f->rule.pas_id, from) && ok;
	} else {
		ok = core_succeeded(core, "stop", ret) && ok;
	}
	ok = core_all_given_back(core) && ok;

	return core_works_again(core, ok);
}

bool failure_recover(const struct test *t)
{
	const struct failure *f = t->param;
	const struct core *core = t->core;
	uint32_t from = record_len();
	bool ok;

	if (!core_good_start(core))
		return false;
	plant(f);
	if (!core_command(core, BENCH_CMD_FATAL, 0, NULL))
		return false;
	poll_until(rules_seen() >= f->rule.nth, LIMIT_STATE_MS);
	core_barrier(core);
	ok = was_hit(f);
	if (f->survives) {
		ok = core_came_up(core, from) && ok;
		return core_works_again(core, ok);
	}

	if (core_is(core, "running"))
		ok = fail("%s: running after a failed recovery", core->name);
	if (f->rule.fn != SCM_PAS_SHUTDOWN)
		ok = core_is_down(core) && carveouts_forgotten(core) && baseline_back() && ok;
	ok = core_good_start(core) && ok;

	return core_works_again(core, ok);
}
