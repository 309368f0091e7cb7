// SPDX-License-Identifier: GPL-2.0-only
/*
 * Unbound while TrustZone refuses: nobody can give back any more what is up, be it just the dtb
 * image, which is said in the log.
 */
#include "harness.h"

static bool refused_unbind(const struct test *t)
{
	struct core *core = t->core;
	uint32_t pas_id = core->dtb_pas_id ? core->dtb_pas_id : core->pas_id;
	bool ok;

	if (!core_good_start(core))
		return false;
	rules_set(rule_refuse(SCM_PAS_SHUTDOWN, pas_id, FOR_LONG, -2));
	kmsg_watch(true);
	ok = !file_write(PAS_DRIVER "/unbind", core->device);
	if (!record_up(pas_id) || (pas_id != core->pas_id && record_up(core->pas_id)))
		ok = fail("%s: not just PAS %u is up", core->name, pas_id);
	cores_find();
	if (!kmsg_seen("removed while TrustZone still holds its memory"))
		ok = fail("%s: nothing is said in the log", core->name);
	kmsg_watch(false);
	rules_clear();

	return ok;
}

/* leaves the core up for good, so that it comes last; and the SMMU goes down with the kernel */
SCENARIO("refused", "refused-unbind", "S6 C3", ONLY_EL2_MODEM | ONLY_HYP, refused_unbind,
	 .order = ORDER_LAST);
