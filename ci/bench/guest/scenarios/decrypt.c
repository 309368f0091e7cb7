// SPDX-License-Identifier: GPL-2.0-only
/*
 * A modem whose memory is decrypted when it goes down: TrustZone refuses the shutdown meanwhile,
 * and the driver asks again every 100 ms, but not for ever.
 */
#include "harness.h"

#define FIRST		1
#define RETRIES		50
#define RETRY_US	100000	/* half is checked: on a busy machine the guest's ticks are late */

/**
 * struct decrypt_case - how long it takes
 * @name:	of the case
 * @refused:	shutdowns that are refused because of it
 * @broken:	those after them fail for another reason, which does not pass
 * @calls:	that the driver makes then
 * @want:	what the stop gives
 */
struct decrypt_case {
	const char *name;
	uint32_t refused;
	bool broken;
	unsigned int calls;
	int want;
};

static const struct decrypt_case cases[] = {
	{ "soon", 3, false, FIRST + 3, 0 },
	{ "in-time", RETRIES, false, FIRST + RETRIES, 0 },
	{ "never", FOR_LONG, false, FIRST + RETRIES, -EINVAL },
	{ "broken", 2, true, FIRST + 2, -EIO },
};

static void plan_decrypt(const struct core *core, const struct decrypt_case *c)
{
	struct bench_rule rule = rule_refuse(SCM_PAS_SHUTDOWN, core->pas_id, c->refused, -2);

	rules_set(rule);
	rule.nth += rule.count;
	rule.count = FOR_LONG;
	rule.status = -1;
	if (c->broken)
		rules_add(rule);
}

/* The shutdowns since @from: as many as there should be, not too fast, the modem mapped at each. */
static bool asked_patiently(const struct core *core, uint32_t from, unsigned int want)
{
	uint64_t first = 0, last = 0;
	unsigned int calls = 0;
	struct bench_event e;
	bool ok = true;

	for (uint32_t i = from; i < record_len(); i++) {
		record_get(i, &e);
		if (e.kind != BENCH_EV_CALL || (e.fn & ~SCM_FAST_CALL) != SCM_PAS_SHUTDOWN ||
		    e.pas_id != core->pas_id)
			continue;
		if (!calls++)
			first = e.time_us;
		last = e.time_us;
		/* of the one that is carried out, too, this is how it was when it came */
		if (!(e.flags & BENCH_F_MAPPED))
			ok = fail("%s: unmapped at shutdown %u", core->name, calls);
	}
	if (last - first < (uint64_t)(want - 1) * RETRY_US / 2)
		ok = fail("%s: %u shutdowns in %llu us", core->name, calls,
			  (unsigned long long)(last - first));

	return (calls == want || fail("%s: %u shutdowns, want %u", core->name, calls, want)) && ok;
}

static bool decrypt(const struct test *t)
{
	const struct decrypt_case *c = t->param;
	const struct core *core = t->core;
	uint32_t from;
	bool ok;
	int ret;

	if (!core_good_start(core))
		return false;
	from = record_len();
	plan_decrypt(core, c);
	ret = core_stop(core);
	rules_clear();
	ok = ret == c->want || fail("%s: stop gave %d (%s)", core->name, ret, strerror(-ret));
	ok = asked_patiently(core, from, c->calls) && ok;
	if (record_up(core->pas_id) != !!c->want)
		ok = fail("%s: TrustZone has it %s", core->name, c->want ? "down" : "up");
	if (c->want)
		ok = core_good_stop(core) && ok;
	ok = core_wait(core, "offline", LIMIT_SETTLE_MS) && baseline_back() && ok;

	return core_good_cycle(core) && ok;
}

static void add(struct core *core, const struct decrypt_case *c)
{
	struct test *t = test_add("C3 S1 S3 S4 S5", decrypt, core, "%s.decrypt.%s", core->name,
				  c->name);

	t->param = c;
	/* asking in vain for a while is no failure */
	t->loud = c->want;
}

static void build(struct core *core)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		add(core, &cases[i]);
}

BUILD("five-cores", MACHINES_ALL, build, .when = core_is_modem);
