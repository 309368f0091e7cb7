// SPDX-License-Identifier: GPL-2.0-only
/*
 * The sweep of time: something happens to the core at each call of a start, a stop and a recovery.
 * Nothing hangs, and when it is over the core works and has given all back. As with the sweep of
 * calls case=GLOB selects "NN.what".
 */
#include "flow.h"
#include "harness.h"
#include "option.h"
#include "settle.h"

#define MAX_BAD		3	/* cases that fail, after which a flow is given up */
#define MAX_CALLS	64
#define QUIET_MS	40	/* in which a crash that was reported is taken up */

SUITE("sweep-time", "boot warm-up");

/**
 * struct event - what happens
 * @name:	in names of cases
 * @what:	as BENCH_ACT_RAISE has it
 * @machines:	where it can
 */
struct event {
	const char *name;
	uint32_t what;
	unsigned int machines;
};

static const struct event events[] = {
	{ "fatal", 1u << BENCH_SMP2P_FATAL, MACHINES_ALL },
	{ "ready", 1u << BENCH_SMP2P_READY, MACHINES_ALL },
	{ "handover", 1u << BENCH_SMP2P_HANDOVER, MACHINES_ALL },
	{ "stop-ack", 1u << BENCH_SMP2P_STOP_ACK, MACHINES_ALL },
	{ "all-at-once", BENCH_RAISE_SMP2P | BENCH_RAISE_WDOG, MACHINES_ALL },
	{ "watchdog", BENCH_RAISE_WDOG, MACHINES_ALL },
	{ "fault", BENCH_RAISE_FAULT, ONLY_EL2_SMMU500 },
};

/* Whatever was reported is taken up, and over. */
static void quiet(const struct core *core)
{
	core_barrier(core);
	usleep(QUIET_MS * 1000);
	core_barrier(core);
}

static bool all_well(struct core *core)
{
	bool ok = true;

	quiet(core);
	if (core_is(core, "running") && !record_up(core->pas_id))
		ok = fail("%s: running, but its PAS is down", core->name);
	if (!core_is(core, "offline"))
		ok = core_succeeded(core, "stop", core_stop(core)) && ok;
	quiet(core);
	ok = core_all_given_back(core) && ok;

	return flow_mended(core) && clean_so_far() && ok;
}

static bool moment(const struct test *t, const struct flow *flow, const struct event *event,
		   unsigned int nth, bool *more)
{
	/* at this call or at the next one each bit is set anew */
	const struct bench_rule rule = {
		.fn = BENCH_ANY, .pas_id = BENCH_ANY, .nth = nth, .count = 2,
		.action = BENCH_ACT_RAISE, .result = { event->what, t->core->pas_id },
	};
	bool ok = flow_prepare(t->core, flow);

	if (ok) {
		rules_set(rule);
		ok = flow_run(t->core, flow);
	}
	*more = rules_seen() >= nth;
	rules_clear();
	ok = all_well(t->core) && ok;
	record_make_room();
	if (ok)
		return true;
	fail("that was --only %s --set case=%02u.%s", t->name, nth - 1, event->name);
	cores_settle();

	return false;
}

static bool moments(const struct test *t)
{
	const struct flow *flow = t->param;
	unsigned int run = 0, bad = 0;
	long begin = now_ms(), longest = 0;
	char name[32];

	for (size_t e = 0; e < ARRAY_SIZE(events) && bad < MAX_BAD; e++) {
		bool more = true;

		if (!(events[e].machines & MACHINE_BIT(shared->machine)))
			continue;
		for (unsigned int nth = 1; more && nth < MAX_CALLS && bad < MAX_BAD; nth++) {
			long since = now_ms();

			snprintf(name, sizeof(name), "%02u.%s", nth - 1, events[e].name);
			if (!option_case(name))
				continue;
			bad += !moment(t, flow, &events[e], nth, &more);
			run += more;
			if (now_ms() - since > longest)
				longest = now_ms() - since;
		}
	}
	out("# swept %s: %u moments, the longest %ld ms, %ld ms", t->name, run, longest,
	    now_ms() - begin);

	return run && !bad;
}

/* The acknowledgment of a stop comes when nobody waits for it any more. */
static bool late_stop_ack(const struct test *t)
{
	struct bench_rule rule = rule_refuse(SCM_PAS_SHUTDOWN, t->core->pas_id, 1, 0);
	bool ok;

	rule.action = BENCH_ACT_RAISE;
	rule.result[0] = 1u << BENCH_SMP2P_STOP_ACK;
	rule.result[1] = t->core->pas_id;
	core_behave(t->core, BENCH_CORE_IGNORE_STOP);
	ok = core_good_start(t->core);
	core_normal(t->core);
	rules_set(rule);
	ok = flow_run(t->core, &flow_stop) && ok;
	ok = rules_seen() == 1 && ok;

	return all_well(t->core) && ok;
}

SCENARIO("sweep-time", "late-stop-ack", "S1 S2 S3", MACHINES_ALL, late_stop_ack, .loud = true);

static void build(struct core *core)
{
	static const struct flow *const flows[] = { &flow_start, &flow_stop, &flow_recover };

	for (size_t i = 0; i < ARRAY_SIZE(flows); i++)
		test_param(test_add("S1 S2 S6 S9", moments, core, "%s.%s.moments", core->name,
				    flows[i]->name), flows[i], sizeof(*flows[i]));
}

BUILD("sweep-time", MACHINES_ALL, build, .loud = true);
