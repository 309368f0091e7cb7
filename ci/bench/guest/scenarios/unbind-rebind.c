// SPDX-License-Identifier: GPL-2.0-only
/* Unbinding stops the core; bound again, it works as before. */
#include "harness.h"

static bool unbind_rebind(const struct test *t)
{
	struct core *core = t->core;

	if (!core_good_start(core) || !core_bind(core, false) || !core_is_down(core))
		return false;
	if (!cpu_maps(core, false) || !core_bind(core, true))
		return false;
	if (core->auto_boot && (!core_wait_auto_boot(core) || !core_good_stop(core)))
		return false;
	kmsg_watch(false);

	return core_good_cycle(core);
}

SCENARIO("life", "unbind-rebind", "S6", MACHINES_ALL, unbind_rebind);
/* with memory that is assigned to the modem while the driver is bound */
SCENARIO("five-cores", "unbind-rebind", "S1 S6", MACHINES_ALL, unbind_rebind,
	 .when = core_is_modem);
