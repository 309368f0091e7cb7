// SPDX-License-Identifier: GPL-2.0-only
/*
 * Unbound while TrustZone refuses to give back an image, the main one or just that of the dtb.
 * What is up keeps all that it runs on, and its memory is not touched: TrustZone and the SMMU would
 * notice. A fault of the core is nobody's any more. Bound again, the core is taken down by the first
 * start for which TrustZone relents.
 */
#include "harness.h"

/* The core that nobody drives reaches for memory that is not its own. */
static bool fault_is_nobodys(const struct core *core)
{
	uint32_t from = record_len();
	bool ok;

	kmsg_watch(true);
	ok = core_stray(core, BENCH_CMD_STRAY_READ, BENCH_KERNEL_BASE, 1) &&
	     record_wait_core_event(from, core->pas_id, "smmu fault", LIMIT_SETTLE_MS) &&
	     core_listens(core);
	if (kmsg_seen("crash detected"))
		ok = fail("%s: the fault of a core without a driver is a crash", core->name);
	kmsg_watch(false);

	return ok;
}

/* Bound again. A start at probe asks for what is up, and gets no further. */
static bool bind_again(struct core *core, uint32_t pas_id)
{
	uint32_t from = record_len();
	bool ok = core_bind(core, true);

	if (ok && core->auto_boot) {
		ok = record_wait_call(from, pas_id, SCM_PAS_SHUTDOWN, LIMIT_STATE_MS) ||
		     fail("%s: not started at probe", core->name);
		core_barrier(core);
	}
	kmsg_watch(false);

	return ok;
}

/* The start that succeeds shut down first what was up */
static bool was_taken_down(const struct core *core, uint32_t pas_id, uint32_t from)
{
	struct bench_event shutdown, init;

	if (!record_call(from, pas_id, SCM_PAS_SHUTDOWN, &shutdown) ||
	    !record_call(from, pas_id, SCM_PAS_INIT_IMAGE, &init))
		return fail("%s: PAS %u was not shut down and announced", core->name, pas_id);

	return shutdown.seq < init.seq ||
	       fail("%s: PAS %u was announced while it was up", core->name, pas_id);
}

static bool refused_rebind(struct core *core, uint32_t pas_id)
{
	uint32_t from;
	bool ok;

	if (!core_good_start(core))
		return false;
	rules_set(rule_refuse(SCM_PAS_SHUTDOWN, pas_id, FOR_LONG, -2));
	ok = core_unbind_refused(core, pas_id);
	if (pas_id == core->pas_id && shared->machine == BENCH_MACHINE_EL2_SMMU500)
		ok = fault_is_nobodys(core) && ok;
	ok = bind_again(core, pas_id) && ok;
	ok = core_failed(core, "start", core_start(core)) && ok;
	if (!record_up(pas_id))
		ok = fail("%s: PAS %u is down", core->name, pas_id);
	rules_clear();

	from = record_len();
	ok = core_good_start(core) && was_taken_down(core, pas_id, from) && ok;

	return core_good_stop(core) && core_good_cycle(core) && ok;
}

static bool main_image(const struct test *t)
{
	return refused_rebind(t->core, t->core->pas_id);
}

SCENARIO("refused", "refused-rebind", "S6 S7 C3", MACHINES_ALL, main_image, .loud = true);

static bool dtb_image(const struct test *t)
{
	return refused_rebind(t->core, t->core->dtb_pas_id);
}

SCENARIO("refused", "refused-rebind.dtb", "S6 S7 C3", MACHINES_ALL, dtb_image,
	 .when = core_has_dtb, .loud = true);

static bool are_several(const struct core *none)
{
	return cores_present() > 1;
}

/* All drivers go while TrustZone gives nothing back: each core finds what is its own again. */
static bool all_refused(const struct test *t)
{
	bool ok = true;

	for_each_core(core)
		ok = core_good_start(core) && ok;
	rules_set(rule_refuse(SCM_PAS_SHUTDOWN, BENCH_ANY, FOR_LONG, -2));
	for_each_core(core)
		ok = core_unbind_refused(core, core->pas_id) && ok;
	for (size_t c = 0; c < BENCH_CORES; c++) {
		if (cores[c].device[0])
			ok = bind_again(&cores[c], cores[c].pas_id) && ok;
	}
	rules_clear();
	for_each_core(core)
		ok = core_good_start(core) && ok;
	for_each_core(core)
		ok = core_good_stop(core) && ok;
	for_each_core(core)
		ok = core_good_cycle(core) && ok;

	return ok;
}

SCENARIO("refused", "all-refused-rebind", "S6 S7 C3", MACHINES_ALL, all_refused, .once = true,
	 .when = are_several, .loud = true);

/* TrustZone relents while no driver is bound: the first start at or after the next probe is good. */
static bool relented(const struct test *t)
{
	struct core *core = t->core;
	bool ok;

	if (!core_good_start(core))
		return false;
	rules_set(rule_refuse(SCM_PAS_SHUTDOWN, core->pas_id, FOR_LONG, -2));
	ok = core_unbind_refused(core, core->pas_id);
	rules_clear();

	return core_bind_works(core) && ok;
}

SCENARIO("refused", "refused-unbind", "S6 S7 C3", MACHINES_ALL, relented, .loud = true);

/* ... of a core that has not said that it can do without what Linux votes for it (S1). */
static bool before_handover(const struct test *t)
{
	bool ok;

	core_behave(t->core, BENCH_CORE_NO_HANDOVER);
	ok = relented(t);
	core_normal(t->core);

	return core_good_cycle(t->core) && ok;
}

SCENARIO("refused", "refused-unbind.no-handover", "S1 S6", MACHINES_ALL, before_handover,
	 .loud = true);

/* Unbound, the core is down and all is given back; bound again, it works. */
static bool down_after_unbind(struct core *core)
{
	bool ok = core_bind(core, false) && core_is_down(core);

	rules_clear();
	ok = core_bind(core, true) && ok;
	if (core->auto_boot)
		ok = core_wait_auto_boot(core) && core_good_stop(core) && ok;
	kmsg_watch(false);

	return baseline_back() && core_good_cycle(core) && ok;
}

/* A start fails, and TrustZone does not let go of the core until rules_clear(). */
static bool start_kept(const struct core *core)
{
	bool ok;

	core_behave(core, BENCH_CORE_NEVER_READY);
	/* when the start fails, and when the remoteproc core releases what it had */
	rules_set(rule_refuse(SCM_PAS_SHUTDOWN, core->pas_id, FOR_LONG, -2));
	ok = core_failed(core, "start", core_start(core));
	core_normal(core);

	return ok;
}

/* A failed start that TrustZone does not let go of, and then unbind: it is asked once more (S1). */
static bool after_failed_start(const struct test *t)
{
	struct core *core = t->core;
	bool ok = start_kept(core);

	if (!record_up(core->pas_id))
		ok = fail("%s: TrustZone has it down", core->name);
	rules_clear();

	return down_after_unbind(core) && ok;
}

SCENARIO("refused", "refused-start-unbind", "S1 S6", MACHINES_ALL, after_failed_start, .loud = true);

/* It does not let go then either: what the core has is kept until the next bind. */
static bool after_failed_start_refused(const struct test *t)
{
	struct core *core = t->core;
	bool ok = start_kept(core);

	ok = core_unbind_refused(core, core->pas_id) && ok;
	rules_clear();

	return core_bind_works(core) && ok;
}

SCENARIO("refused", "refused-start-refused-unbind", "S1 S6 C3", ONLY_EL2_IOMMU,
	 after_failed_start_refused, .loud = true);

/* Refused to whom stops the core, but not to whom gives back what it ran on. */
static bool refused_once(const struct test *t)
{
	struct core *core = t->core;

	if (!core_good_start(core))
		return false;
	rules_set(rule_refuse(SCM_PAS_SHUTDOWN, core->pas_id, 1, -2));

	return down_after_unbind(core);
}

SCENARIO("refused", "refused-once-unbind", "S1 S6", MACHINES_ALL, refused_once, .loud = true);
