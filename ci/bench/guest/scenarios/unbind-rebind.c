// SPDX-License-Identifier: GPL-2.0-only
/* Unbinding stops the core; bound again, it works as before. */
#include "harness.h"

static bool unbind_rebind(const struct test *t)
{
	struct core *core = t->core;
	uint32_t from;
	bool ok;

	if (!core_good_start(core) || !core_bind(core, false) || !core_is_down(core))
		return false;
	from = record_len();
	if (!cpu_maps(core, false) || !core_bind(core, true))
		return false;
	ok = core->auto_boot ? core_wait_auto_boot(core) : core_good_start(core);
	kmsg_watch(false);
	if (record_calls(from, core->pas_id, SCM_PAS_SHUTDOWN))
		ok = fail("%s: shut down by a start, although it was not up", core->name);

	return core_good_stop(core) && core_good_cycle(core) && ok;
}

SCENARIO("life", "unbind-rebind", "S6 S7", MACHINES_ALL, unbind_rebind);
/* with memory that is assigned to the modem while the driver is bound */
SCENARIO("five-cores", "unbind-rebind", "S1 S6 S7", MACHINES_ALL, unbind_rebind,
	 .when = core_is_modem);
