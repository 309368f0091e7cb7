// SPDX-License-Identifier: GPL-2.0-only
/* What a user does with a remote processor, step by step, while some calls fail. */
#include <errno.h>
#include <stdio.h>

#include "calls.h"
#include "checks.h"
#include "flow.h"
#include "kmsg.h"
#include "out.h"
#include "record.h"
#include "rproc.h"
#include "rules.h"
#include "settle.h"
#include "shared.h"
#include "snapshot.h"
#include "sys.h"

#define LIMIT_STEP_MS	20000	/* a stop and a start that time out, and calls that are busy */

const struct flow flow_start = { "start", FLOW_OFFLINE, { FLOW_START } };
const struct flow flow_restart = { "restart", FLOW_RUNNING, { FLOW_STOP, FLOW_START } };
const struct flow flow_stop = { "stop", FLOW_RUNNING, { FLOW_STOP } };
const struct flow flow_recover = { "recover", FLOW_RUNNING, { FLOW_CRASH } };
const struct flow flow_unbind = { "unbind", FLOW_RUNNING, { FLOW_UNBIND } };
const struct flow flow_bind = { "bind", FLOW_UNBOUND, { FLOW_BIND } };

bool flow_prepare(struct core *core, const struct flow *flow)
{
	switch (flow->from) {
	case FLOW_RUNNING:
		return core_good_start(core);
	case FLOW_UNBOUND:
		return core_bind(core, false);
	default:
		return true;
	}
}

/* The boot that a probe begins, which fails early if something is still up. */
static void wait_boot_over(const struct core *core, uint32_t from)
{
	char begun[64];

	if (!core->present || !core->auto_boot)
		return;
	snprintf(begun, sizeof(begun), "powering up %s", core->name);
	poll_until(kmsg_seen(begun) || record_calls(from, core->pas_id, SCM_PAS_SHUTDOWN),
		   LIMIT_SETTLE_MS);
	core_barrier(core);
}

/* 0, or a negative errno; of a crash, whether the recovery has begun */
static int step(struct core *core, enum flow_step what)
{
	uint32_t from = record_len();
	int ret = 0;

	switch (what) {
	case FLOW_START:
		return core_start(core);
	case FLOW_STOP:
		return core_stop(core);
	case FLOW_CRASH:
		if (!core_command(core, BENCH_CMD_FATAL, 0, NULL) ||
		    !record_wait_call(from, core->pas_id, SCM_PAS_SHUTDOWN, LIMIT_STATE_MS))
			return -1;
		core_barrier(core);
		return 0;
	case FLOW_UNBIND:
		ret = file_write(PAS_DRIVER "/unbind", core->device);
		cores_find();
		return ret;
	case FLOW_BIND:
		kmsg_watch(true);
		ret = file_write(PAS_DRIVER "/bind", core->device);
		cores_find();
		wait_boot_over(core, from);
		kmsg_watch(false);
		return ret;
	default:
		return 0;
	}
}

bool flow_run(struct core *core, const struct flow *flow)
{
	bool ok = true;

	for (size_t i = 0; i < FLOW_STEPS && flow->steps[i]; i++) {
		long begin = now_ms();

		if (step(core, flow->steps[i]) == -EPROTO)
			ok = fail("%s: a count of bytes instead of an errno", core->name);
		if (now_ms() - begin > LIMIT_STEP_MS)
			ok = fail("%s: step %zu took %ld ms", core->name, i + 1, now_ms() - begin);
	}

	return ok;
}

static unsigned int rule_hits(size_t i, const struct planted *planted)
{
	const struct bench_rule *rule = &planted->rules[i];
	uint32_t seen = shared->rules[i].seen, hits;

	hits = seen < rule->nth ? 0 : seen - rule->nth + 1;

	return hits < rule->count ? hits : rule->count;
}

unsigned int flow_hits(const struct planted *planted)
{
	unsigned int hits = 0;

	for (size_t i = 0; i < FLOW_RULES; i++) {
		if (planted->rules[i].fn)
			hits += rule_hits(i, planted);
	}

	return hits;
}

/* What must become of a step, by the calls that failed in it */
enum outcome { SUCCEEDS, FAILS, EITHER };

/* Whether the kernel cannot but fail of a rule; @before: what it had hit before the step */
static enum outcome outcome_of(const struct planted *planted, size_t i, unsigned int before,
			       bool fresh)
{
	const struct bench_rule *rule = &planted->rules[i];

	if (!rule->fn || rule_hits(i, planted) == before)
		return SUCCEEDS;
	/* the bridge of a carveout may be in the way of the next one */
	if (rule->fn == SCM_BRIDGE_DELETE)
		return rule->count == 1 ? SUCCEEDS : EITHER;
	/* one that was announced and not authenticated is in nobody's way; or asked for in vain */
	if (rule->fn == SCM_PAS_SHUTDOWN && planted->rules[1].fn)
		return EITHER;
	/*
	 * may mean that it is up since before the driver was bound: it is shut down, whatever
	 * comes of that, and announced again
	 */
	if (fresh && (rule->fn == SCM_PAS_INIT_IMAGE || rule->fn == SCM_PAS_SHUTDOWN))
		return EITHER;
	/* asked twenty times and once more */
	if (rule->action == BENCH_ACT_BUSY)
		return rule->count == BENCH_ANY ? FAILS : SUCCEEDS;

	return planted->ways[i]->survives ? SUCCEEDS : FAILS;
}

static enum outcome outcome(const struct planted *planted, const unsigned int *before, bool fresh)
{
	enum outcome one, all = SUCCEEDS;

	for (size_t i = 0; i < FLOW_RULES; i++) {
		one = outcome_of(planted, i, before[i], fresh);
		if (one == FAILS)
			return FAILS;
		if (one == EITHER)
			all = EITHER;
	}

	return all;
}

/* Any of the two may be up still, or as the kernel sees it */
static bool may_be_kept(const struct planted *planted)
{
	for (size_t i = 0; i < FLOW_RULES; i++) {
		if (planted->rules[i].fn == SCM_PAS_SHUTDOWN && rule_hits(i, planted))
			return true;
	}

	return false;
}

/* What the bridge that TrustZone did not delete lies over stays, and so does the bridge. */
static void tolerate(const struct planted *planted)
{
	leftovers_tolerated = 0;
	for (size_t i = 0; i < FLOW_RULES; i++) {
		if (planted->rules[i].fn == SCM_BRIDGE_DELETE)
			leftovers_tolerated += rule_hits(i, planted);
	}
}

static bool is_whole(const struct core *core, const struct planted *planted)
{
	tolerate(planted);
	if (!core->present)
		return may_be_kept(planted) ||
		       (core_is_down(core) && no_new_bridge() && cpu_maps(core, false));
	if (core_is(core, "running"))
		return record_up(core->pas_id) ||
		       may_be_kept(planted) ||
		       fail("%s: running, but its PAS is down", core->name);
	if (core_is(core, "crashed") || may_be_kept(planted))
		return true;

	return core_all_given_back(core);
}

/* @ran: before, since a stop had failed; a start then takes it down first */
static bool started(const struct core *core, const char *what, int ret, enum outcome want,
		    uint32_t from, bool ran)
{
	bool runs = core->present && core_is(core, "running");

	if (want == SUCCEEDS)
		return core_succeeded(core, what, ret) && core_came_up(core, from);
	if (ran && ret)
		return true;
	if (want == FAILS && runs)
		return fail("%s: running after a failed %s", core->name, what);

	return !runs || core_came_up(core, from);
}

/* One step, of which the rules say what must become of it. */
static bool step_fails(struct core *core, enum flow_step what, const struct planted *planted,
		       bool fresh)
{
	unsigned int before[FLOW_RULES];
	bool ran = core->present && core_is(core, "running"), ok = true;
	uint32_t from = record_len();
	long begin = now_ms();
	enum outcome want;
	int ret;

	for (size_t i = 0; i < FLOW_RULES; i++)
		before[i] = rule_hits(i, planted);
	ret = step(core, what);
	want = outcome(planted, before, fresh);
	tolerate(planted);
	switch (what) {
	case FLOW_START:
		if (want == FAILS)
			ok = core_failed(core, "start", ret);
		ok = started(core, "start", ret, want, from, ran) && ok;
		break;
	case FLOW_STOP:
		if (want == SUCCEEDS)
			ok = core_succeeded(core, "stop", ret);
		else if (want == FAILS)
			ok = core_failed(core, "stop", ret);
		break;
	case FLOW_CRASH:
		ok = ret ? fail("%s: crash not noticed", core->name) :
			   started(core, "recovery", 0, want, from, ran);
		break;
	case FLOW_UNBIND:
		ok = core_succeeded(core, "unbind", ret) && !core->present;
		break;
	case FLOW_BIND:
		if (want == SUCCEEDS)
			ok = core_succeeded(core, "bind", ret);
		if (core->present != !ret)
			ok = fail("%s: bind gave %d, and it is %s", core->name, ret,
				  core->present ? "there" : "not there");
		if (core->present && core->auto_boot)
			ok = started(core, "boot at probe", 0, want, from, ran) && ok;
		break;
	default:
		break;
	}
	if (now_ms() - begin > LIMIT_STEP_MS)
		ok = fail("%s: a step took %ld ms", core->name, now_ms() - begin);

	return is_whole(core, planted) && ok;
}

/* What a user would do next to get on with a flow that failed */
static enum flow_step next_step(const struct core *core, const struct flow *flow)
{
	if (!core->present)
		return FLOW_BIND;
	if (core_is(core, "running") ||
	    (flow->steps[0] == FLOW_STOP && !core_is(core, "offline")))
		return FLOW_STOP;

	return FLOW_START;
}

bool flow_fails(struct core *core, const struct flow *flow, const struct planted *planted,
		unsigned int attempts)
{
	bool fresh = flow == &flow_bind || flow == &flow_unbind, ok = true;
	enum flow_step what = FLOW_END;
	unsigned int hits = 0;

	rules_clear();
	for (size_t i = 0; i < FLOW_RULES; i++) {
		if (planted->rules[i].fn)
			rules_add(planted->rules[i]);
	}
	for (size_t i = 0; i < FLOW_STEPS && flow->steps[i] && ok; i++) {
		what = flow->steps[i];
		ok = step_fails(core, what, planted, fresh);
	}
	/* a stop makes few calls, and a probe that starts nothing makes none */
	while (ok && attempts-- &&
	       (flow_hits(planted) > hits || what == FLOW_BIND || what == FLOW_STOP)) {
		hits = flow_hits(planted);
		what = next_step(core, flow);
		ok = step_fails(core, what, planted, fresh);
	}

	return ok;
}

bool flow_mended(struct core *core)
{
	bool left = leftovers_tolerated;
	bool ok = true;

	rules_clear();
	if (!core->present) {
		ok = core_succeeded(core, "bind", step(core, FLOW_BIND)) && core->present;
		if (!ok)
			return false;
	}
	if (!core_is(core, "offline"))
		ok = core_succeeded(core, "stop", core_stop(core));
	ok = core_good_start(core) && core_good_stop(core) && ok;
	if (left) {
		/* no more may follow */
		leftovers_tolerated = 0;
		baseline_take();
	}

	return ok;
}

unsigned int flow_learn(struct core *core, const struct flow *flow, struct made *calls,
			unsigned int max)
{
	const struct planted none = { 0 };
	unsigned int num;
	uint32_t from;

	if (!flow_prepare(core, flow))
		return 0;
	from = record_len();
	if (!flow_fails(core, flow, &none, 0))
		return 0;
	num = calls_made(from, calls, max);
	if (!flow_mended(core))
		return 0;
	if (!num || num == max)
		fail("%s: %u calls in %s", core->name, num, flow->name);

	return num < max ? num : 0;
}

bool flow_case_over(const char *test, const char *name, bool ok)
{
	ok = clean_so_far() && ok;
	record_make_room();
	if (ok)
		return true;
	fail("that was --only %s --set case=%s", test, name);
	cores_settle();

	return false;
}
