// SPDX-License-Identifier: GPL-2.0-only
/* TrustZone refuses to give back a dtb image, alone or with the main image. */
#include "harness.h"

/* No call but the shutdown of the dtb image, which is asked for anew. */
static bool just_asks_for_dtb(const struct core *core, uint32_t from)
{
	bool ok = mapped_at_shutdown(core->dtb_pas_id, from);

	if (record_calls(from, core->pas_id, 0))
		ok = fail("%s: calls for the main image", core->name);
	if (record_calls(from, core->dtb_pas_id, SCM_PAS_INIT_IMAGE))
		ok = fail("%s: a dtb image that is up was announced", core->name);

	return ok;
}

/* The dtb image alone is refused: the core is down, and does not start as long as that lasts. */
static bool refused_dtb(const struct test *t)
{
	const struct core *core = t->core;
	uint32_t from;
	bool ok;

	if (!core_good_start(core))
		return false;
	rules_set(rule_refuse(SCM_PAS_SHUTDOWN, core->dtb_pas_id, FOR_LONG, -2));
	ok = core_failed(core, "stop", core_stop(core));
	if (record_up(core->pas_id))
		ok = fail("%s: the main image was not shut down", core->name);
	from = record_len();
	ok = core_failed(core, "stop", core_stop(core)) && just_asks_for_dtb(core, from) && ok;
	from = record_len();
	ok = core_failed(core, "start", core_start(core)) && just_asks_for_dtb(core, from) && ok;
	rules_clear();

	return core_good_cycle(core) && core_good_cycle(core) && ok;
}

/* Both are refused, each in its own way: the first error is the one that is told. */
static bool refused_both(const struct test *t)
{
	const struct core *core = t->core;
	bool ok;
	int ret;

	rules_set(rule_refuse(SCM_PAS_AUTH_AND_RESET, core->pas_id, 1, -2));
	rules_add(rule_refuse(SCM_PAS_SHUTDOWN, core->pas_id, FOR_LONG, -2));
	rules_add(rule_refuse(SCM_PAS_SHUTDOWN, core->dtb_pas_id, FOR_LONG, -1));
	ok = core_failed(core, "start", core_start(core));
	if (record_up(core->pas_id) || !record_up(core->dtb_pas_id))
		ok = fail("%s: not just the dtb image is up", core->name);
	ret = core_start(core);
	if (ret != -EINVAL)
		ok = fail("%s: start gave %d (%s), not the first error", core->name, ret,
			  strerror(-ret));
	rules_clear();

	return core_good_cycle(core) && core_good_cycle(core) && ok;
}

SCENARIO("refused", "refused-dtb", "C3 S2 S3", MACHINES_ALL, refused_dtb, .when = core_has_dtb, .loud = true);
SCENARIO("refused", "refused-both", "C3 S2 S3", MACHINES_ALL, refused_both, .when = core_has_dtb, .loud = true);

/* of a modem that decrypts its memory, and whose dtb image the driver knows */
SCENARIO("five-cores", "refused-dtb", "C3 S2 S3", MACHINES_ALL, refused_dtb, .when = core_is_modem, .loud = true);
SCENARIO("five-cores", "refused-both", "C3 S2 S3", MACHINES_ALL, refused_both,
	 .when = core_is_modem, .loud = true);
