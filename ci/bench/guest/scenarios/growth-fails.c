// SPDX-License-Identifier: GPL-2.0-only
/* The first start needs memory of TrustZone's pool; when that cannot grow, nothing stays behind. */
#include "harness.h"

static bool growth_fails(const struct test *t)
{
	/* all of them: a buffer that finds no room in a pool may get one of its own */
	struct bench_rule rule = rule_refuse(SCM_BRIDGE_CREATE, BENCH_ANY, FOR_LONG, 0);
	uint32_t bridges = shared->bridges;
	bool ok;
	int ret;

	rule.result[0] = 1;
	rules_set(rule);
	ret = core_start(t->core);
	ok = rules_seen() >= 1 || fail("no bridge was asked for");
	rules_clear();
	ok = core_failed(t->core, "start", ret) && ok;
	if (shared->bridges != bridges)
		ok = fail("%u bridges, were %u", shared->bridges, bridges);

	return core_good_cycle(t->core) && ok;
}

/* elsewhere the pool has grown before the guest is there, or is not used */
SCENARIO("life", "growth-fails", "B4 S1 S2", ONLY_EL2_MODEM, growth_fails,
	 .order = ORDER_BEFORE_WARM_UP, .loud = true);
