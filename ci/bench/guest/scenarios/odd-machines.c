// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who decides where device tree and TrustZone do not fit the usual picture: a DSP at EL2 whose node
 * names no stream, a node below a hypervisor that names one, a TrustZone without SHM bridges, or
 * one whose bridges do not work.
 */
#include "harness.h"

SUITE("odd-machines", "");

/* By the allocator, or else at the first start */
static unsigned int said_at_boot;

/* As the set-ups "boot" and "warm-up", but not every core can start */
static bool boot(const struct test *t)
{
	bool ok = cores_all_present();

	said_at_boot = kmsg_count("SHM Bridge not supported");
	ok = cores_boot_over(false) && ok;
	/* without bridges the first start is a scenario of its own */
	if (!shared->no_bridges)
		ok = core_good_cycle(&cores[BENCH_CORE_MPSS]) && ok;
	baseline_take();

	return ok;
}

SCENARIO("odd-machines", "boot", "S1 S6", MACHINES_ALL, boot, .once = true, .setup = true,
	 .order = ORDER_BOOT, .loud = true);

static bool never_called(const struct core *core, uint32_t from, uint32_t fn)
{
	return !record_calls(from, BENCH_ANY, fn) ||
	       fail("%s: %s was called", core->name, call_name(fn));
}

/* ---- P2: a core at EL2 without iommus that is not known to have no IOMMU ---- */

static bool is_untold(const struct core *core)
{
	return !core_is_modem(core);
}

/* No call that the base does not make, and the reason in the log */
static bool as_base(const struct core *core, uint32_t from)
{
	bool ok = never_called(core, from, SCM_BRIDGE_CREATE);

	ok = never_called(core, from, SCM_PAS_GET_RSC_TABLE) && ok;
	if (!says("the node has no iommus"))
		ok = fail("%s: nobody says that the node has no iommus", core->name);

	return ok;
}

/* TrustZone refuses the metadata, which is where the base has it. */
static bool no_iommus(const struct test *t)
{
	const struct core *core = t->core;
	uint32_t from = record_len();
	struct bench_event e;
	bool ok;

	kmsg_watch(true);
	ok = core_failed(core, "start", core_start(core));
	kmsg_watch(false);
	if (!record_first(from, BENCH_ANY, 0, &e) || e.fn != SCM_PAS_INIT_IMAGE ||
	    e.pas_id != core->dtb_pas_id || !strstr(e.what, "outside every bridge"))
		ok = fail("%s: its first call is not that of the base", core->name);
	ok = never_called(core, from, SCM_PAS_AUTH_AND_RESET) && ok;
	ok = as_base(core, from) && core_all_given_back(core) && ok;

	return core_good_cycle(&cores[BENCH_CORE_MPSS]) && ok;
}

SCENARIO("odd-machines", "no-iommus", "P2 S5", ONLY_EL2_MODEM, no_iommus, .when = is_untold,
	 .loud = true);

/* What the node lacks is not blamed for a file that is not there. */
static bool no_file(const struct test *t)
{
	const struct core *core = t->core;
	char file[64], gone[72];
	bool ok;
	int ret;

	snprintf(file, sizeof(file), "/lib/firmware/%s_dtb.mbn", core->name);
	snprintf(gone, sizeof(gone), "%s.gone", file);
	if (rename(file, gone))
		return fail("%s: %m", file);
	kmsg_watch(true);
	ret = core_start(core);
	kmsg_watch(false);
	ok = !rename(gone, file) || fail("%s: %m", gone);
	if (ret != -ENOENT)
		ok = fail("%s: a start without a file gave %d", core->name, ret);
	if (kmsg_seen("has no iommus"))
		ok = fail("%s: a file is missing, and iommus are said to be", core->name);

	return core_all_given_back(core) && ok;
}

SCENARIO("odd-machines", "no-iommus-no-file", "P2 S4 S5", ONLY_EL2_MODEM, no_file,
	 .when = is_untold, .loud = true);

/* One that takes the metadata is not helped to release a core that nobody has mapped. */
static bool no_iommus_believed(const struct test *t)
{
	static const uint32_t want[] = { SCM_PAS_INIT_IMAGE, SCM_PAS_AUTH_AND_RESET };
	const struct core *core = t->core;
	uint32_t from = record_len();
	struct bench_event e;
	bool ok;

	rules_set(rule_refuse(SCM_PAS_INIT_IMAGE, BENCH_ANY, FOR_LONG, 0));
	rules_add(rule_refuse(SCM_PAS_AUTH_AND_RESET, BENCH_ANY, FOR_LONG, -2));
	kmsg_watch(true);
	ok = core_failed(core, "start", core_start(core));
	kmsg_watch(false);
	rules_clear();
	for (size_t i = 0; i < ARRAY_SIZE(want); i++) {
		record_get(from + i, &e);
		if (e.kind != BENCH_EV_CALL || e.fn != want[i] || e.pas_id != core->dtb_pas_id)
			ok = fail("%s: call %zu is %s, not %s", core->name, i, call_name(e.fn),
				  call_name(want[i]));
	}

	return as_base(core, from) && core_all_given_back(core) && ok;
}

SCENARIO("odd-machines", "no-iommus-believed", "P2 S5", ONLY_EL2_MODEM, no_iommus_believed,
	 .when = is_untold, .loud = true);

/* ---- P1: iommus below a hypervisor ---- */

static bool has_iommus(const struct core *core)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/device/of_node/iommus", core->dir);
	return !access(path, F_OK);
}

/* Ignored, which is said once; that all is as without is for the comparison of calls to show. */
static bool iommus_ignored(const struct test *t)
{
	struct core *core = t->core;
	uint32_t from;
	bool ok;

	if (!core_bind(core, false))
		return false;
	from = record_len();
	kmsg_watch(true);
	ok = core_succeeded(core, "bind", file_write(PAS_DRIVER "/bind", core->device));
	cores_find();
	if (core->auto_boot)
		ok = core_wait_auto_boot(core) && core_good_stop(core) && ok;
	ok = core_good_cycle(core) && ok;
	if (check_series && kmsg_count("iommus ignored") != 1)
		ok = fail("%s: %u lines say that its iommus are ignored", core->name,
			  kmsg_count("iommus ignored"));
	kmsg_watch(false);
	ok = never_called(core, from, SCM_PAS_GET_RSC_TABLE) && ok;

	return never_called(core, from, SCM_BRIDGE_CREATE) && ok;
}

SCENARIO("odd-machines", "iommus-ignored", "P1 P3", ONLY_HYP, iommus_ignored, .when = has_iommus);

/* ---- P4: no bridges ---- */

static bool no_bridges(const struct core *core)
{
	return shared->no_bridges;
}

/* Whether the kernel has the machine on its list of those whose bridges do not work. */
static bool is_listed(void)
{
	static const char name[] = "qcom,sc8180x";
	size_t size = 0;
	char *names = file_slurp("/proc/device-tree/compatible", &size);
	bool listed = names && memmem(names, size, name, sizeof(name));

	free(names);
	return listed;
}

static bool without_bridges(const struct test *t)
{
	static const char once[] = "no SHM bridges, doing without";
	const struct core *core = t->core;
	bool ok;

	kmsg_watch(true);
	ok = core_succeeded(core, "start", core_start(core)) && !core_stop(core);
	baseline_take();
	ok = core_good_cycle(core) && core_good_cycle(core) && ok;
	if (check_series && said_at_boot + kmsg_count(once) != 1)
		ok = fail("%u lines say that there are no bridges", said_at_boot + kmsg_count(once));
	kmsg_watch(false);
	if (is_listed())
		ok = never_called(core, 0, SCM_BRIDGE_ENABLE) && ok;

	return never_called(core, 0, SCM_BRIDGE_CREATE) && ok;
}

/* What comes later is compared with this */
SCENARIO("odd-machines", "no-bridges", "P4 B3", ONLY_EL2_MODEM, without_bridges,
	 .when = no_bridges, .setup = true, .order = ORDER_WARM_UP);

/* What fails is not said to have been bridged. */
static bool says_not_bridged(const struct test *t)
{
	const struct core *core = t->core;
	bool ok;

	rules_set(rule_refuse(SCM_PAS_INIT_IMAGE, core->pas_id, FOR_LONG, -2));
	kmsg_watch(true);
	ok = core_failed(core, "start", core_start(core));
	kmsg_watch(false);
	rules_clear();
	if (!says("in tzmem") || kmsg_seen("bridged"))
		ok = fail("%s: the log does not say that the metadata is in tzmem, not bridged",
			  core->name);

	return core_all_given_back(core) && core_good_cycle(core) && ok;
}

SCENARIO("odd-machines", "no-bridges-told", "P4 S5", ONLY_EL2_MODEM, says_not_bridged,
	 .when = no_bridges, .loud = true);
