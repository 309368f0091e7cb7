// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lets everything grow that may grow once; what comes later is compared with this. Each start
 * takes a page of qcom_scm's pool for the arguments of get_rsc_table, and that pool keeps what it
 * has grown by: a TrustZone that is busy at first makes all of them want a page at once.
 */
#include "harness.h"
#include "together.h"

static bool warm_up(const struct test *t)
{
	bool ok;

	rules_set(rule_busy(SCM_PAS_GET_RSC_TABLE, BENCH_ANY, cores_present()));
	ok = cores_start(false);
	rules_clear();
	ok = cores_stop() && ok;
	baseline_take();

	ok = no_firmware_kept() && ok;

	return no_domain_on() && ok;
}

SETUP("warm-up", "M5", warm_up, ORDER_WARM_UP);
