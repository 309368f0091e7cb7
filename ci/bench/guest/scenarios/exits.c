// SPDX-License-Identifier: GPL-2.0-only
/*
 * Exits: each call that the series' code makes to the rest of the kernel is failed once, at each
 * of its occurrences in start, stop, recovery and probe (see ci/bench/failpoint). Whatever comes
 * of the operation, it must be whole: up, or down with all given back; and the next one is good.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "guest.h"

#define PLAN		"/sys/kernel/debug/failpoint/plan"
#define HITS		"/sys/kernel/debug/failpoint/hits"
#define MAX_NTH		64

/**
 * struct exit_point - a function that can fail
 * @function:	its symbol
 * @caller:	beginning of the symbols that call it
 * @value:	what it returns then
 * @grows:	the common pool of TrustZone memory grows instead, and keeps that
 */
struct exit_point {
	const char *function;
	const char *caller;
	const char *value;
	bool grows;
};

/* Negative errnos as the kernel has them: pointers that are errors look the same. */
#define NOTHING	"0"
#define IO	"-5"
#define NOMEM	"-12"
#define BUSY	"-16"
#define NODEV	"-19"
#define INVALID	"-22"

static const struct exit_point run_points[] = {
	{ "clk_prepare", "qcom_", IO, false },
	{ "clk_enable", "qcom_", IO, false },
	{ "__pm_runtime_resume", "qcom_pas_", IO, false },
	{ "regulator_enable", "qcom_pas_", IO, false },
	{ "qcom_q6v5_prepare", "qcom_pas_", IO, false },
	{ "request_firmware", "qcom_pas_", INVALID, false },
	{ "request_firmware_into_buf", "mdt_", IO, false },
	{ "ioremap_prot", "mdt_", NOTHING, false },
	{ "ioremap_prot", "qcom_pas_", NOTHING, false },
	{ "iommu_paging_domain_alloc_flags", "rproc_", NOMEM, false },
	{ "iommu_attach_device", "rproc_", BUSY, false },
	{ "iommu_map", "qcom_pas_", NOMEM, false },
	{ "iommu_map", "rproc_", NOMEM, false },
	{ "dma_alloc_attrs", "qcom_", NOTHING, false },
	{ "gen_pool_create", "qcom_tzmem_", NOTHING, false },
	{ "gen_pool_add_owner", "qcom_tzmem_", NOMEM, false },
	{ "gen_pool_alloc_algo_owner", "qcom_tzmem_", NOTHING, true },
	{ "radix_tree_insert", "qcom_tzmem_", NOMEM, false },
	{ "__kmalloc_cache_noprof", "qcom_", NOTHING, false },
	{ "__kmalloc_noprof", "qcom_", NOTHING, false },
	{ "kmemdup_noprof", "__qcom_", NOTHING, false },
	{ "rproc_coredump_add_segment", "qcom_", NOMEM, false },
};

static const struct exit_point probe_points[] = {
	{ "rproc_alloc", "devm_rproc_", NOTHING, false },
	{ "of_reserved_mem_lookup", "qcom_pas_", NOTHING, false },
	{ "__of_parse_phandle_with_args", "qcom_pas_", INVALID, false },
	{ "devm_kmalloc", "devm_qcom_scm_", NOTHING, false },
	{ "__devm_add_action", "devm_qcom_scm_", NOMEM, false },
	{ "devm_clk_get", "qcom_pas_", NODEV, false },
	{ "devm_clk_get_optional", "qcom_pas_", IO, false },
	{ "devm_regulator_get_optional", "qcom_pas_", IO, false },
	{ "dev_pm_domain_attach_by_name", "qcom_pas_", NOTHING, false },
	{ "qcom_q6v5_init", "qcom_pas_", IO, false },
	{ "rproc_add", "qcom_pas_", NOMEM, false },
};

/* Only in a stop, after which the translation goes as a whole */
static const struct exit_point unmap_points[] = { { "iommu_unmap", "qcom_pas_", NOTHING, false } };

static const struct exit_point own_table_points[] = {
	{ "kmemdup_noprof", "qcom_scm_pas_get_", NOTHING, false }
};

/* NTH 0: fail none */
static bool plan_exit(const struct exit_point *point, unsigned int nth)
{
	char text[256];
	int ret;

	snprintf(text, sizeof(text), "%s %s %u %s", point->function, point->caller, nth, point->value);
	ret = file_write(PLAN, text);

	return !ret || fail("the kernel has no function %s: %s", point->function, strerror(-ret));
}

static unsigned int hits(void)
{
	char text[32];

	return file_read(HITS, text, sizeof(text)) > 0 ? strtoul(text, NULL, 10) : 0;
}

static bool is_whole(const struct core *core)
{
	if (core_is(core, "running")) {
		if (!record_up(core->pas_id))
			return fail("%s: running, but its PAS is down", core->name);
		return true;
	}
	if (core_is(core, "crashed"))
		return true;
	if (record_up(core->pas_id) || (core->dtb_pas_id && record_up(core->dtb_pas_id)))
		return fail("%s: not running, but a PAS is up", core->name);

	return core_wait(core, "offline", LIMIT_SETTLE_MS) && baseline_back();
}

static bool op_start(struct core *core)
{
	uint32_t from = record_len();
	int ret = core_start(core);

	if (!ret)
		return core_came_up(core, from);

	return core_failed(core, "start", ret) &&
	       (core_is(core, "offline") || fail("%s: not offline after a failed start", core->name));
}

/* With a table of the file's own, where TrustZone has none to ask for. */
static bool op_start_own_table(struct core *core)
{
	bool ok;

	if (core_write(core, "firmware", OWN_TABLE))
		return fail("%s: firmware cannot be set", core->name);
	core_plan_set(core, BENCH_CORE_NORMAL, BENCH_RSC_ABSENT, 0);
	ok = op_start(core);
	core_plan_set(core, BENCH_CORE_NORMAL, BENCH_RSC_DEFAULT, 0);
	if (core_is(core, "running"))
		ok = core_good_stop(core) && ok;

	return core_set_image(core, NULL) && ok;
}

static bool op_stop(struct core *core)
{
	int ret = core_stop(core);

	if (!ret)
		return true;

	return core_failed(core, "stop", ret) &&
	       (!core_is(core, "running") || !core_stop(core) ||
		fail("%s: a second stop fails", core->name));
}

/* With a dump, see sc_loaded() */
static bool op_recover(struct core *core)
{
	long end = now_ms() + LIMIT_STATE_MS;
	char begun[64];

	snprintf(begun, sizeof(begun), "recovering %s", core->name);
	kmsg_watch(true);
	if (!core_command(core, BENCH_CMD_FATAL, 0, NULL))
		return false;
	while (!kmsg_seen(begun)) {
		if (now_ms() >= end)
			return fail("%s: nobody recovers it", core->name);
		kmsg_wait(POLL_MS);
	}
	kmsg_watch(false);
	core_barrier(core);

	return true;
}

static bool op_probe(struct core *core)
{
	int ret = file_write(PAS_DRIVER "/bind", core->device);

	cores_find();
	if (core->present)
		core_barrier(core);
	if (core->present != !ret)
		return fail("%s: bind gave %d, and it is %s", core->name, ret,
			    core->present ? "there" : "not there");

	return !ret || core_failed(core, "bind", ret);
}

/* After an operation of which one call failed: all is whole, and works. */
static bool works_again(struct core *core)
{
	if (!core->present)
		return core_bind(core, true) && core_good_cycle(core);

	return core_works_again(core, is_whole(core));
}

enum from { OFFLINE, RUNNING, UNBOUND };

/**
 * struct op - an operation in which functions fail
 * @name:	in names of tests
 * @run:	does it
 * @from:	what the core must be before
 * @points:	the functions
 * @num:	how many
 */
struct op {
	const char *name;
	bool (*run)(struct core *core);
	enum from from;
	const struct exit_point *points;
	size_t num;
};

#define POINTS(points) points, ARRAY_SIZE(points)

static const struct op start = { "start", op_start, OFFLINE, POINTS(run_points) };
static const struct op stop = { "stop", op_stop, RUNNING, POINTS(run_points) };
static const struct op stop_unmap = { "stop", op_stop, RUNNING, POINTS(unmap_points) };
static const struct op recover = { "recover", op_recover, RUNNING, POINTS(run_points) };
static const struct op probe = { "probe", op_probe, UNBOUND, POINTS(probe_points) };
static const struct op start_own_table = {
	"start-own-table", op_start_own_table, OFFLINE, POINTS(own_table_points)
};

static bool prepare(struct core *core, const struct op *op)
{
	if (op->from == UNBOUND)
		return core_bind(core, false);

	return op->from == OFFLINE || core_good_start(core);
}

/* Fails the first occurrence, then the second, until the operation has no more. */
static bool sc_exit(const struct test *t)
{
	const struct op *op = t->op;
	const struct exit_point *point = &op->points[t->number];
	bool ok = true, more = true;
	unsigned int nth;

	for (nth = 1; more && ok && nth <= MAX_NTH; nth++) {
		if (!prepare(t->core, op) || !plan_exit(point, nth))
			return false;
		leftovers_tolerated = point->grows;
		ok = op->run(t->core);
		more = hits() >= nth;
		ok = plan_exit(point, 0) && works_again(t->core) && ok;
	}
	/* ci/check/coverage/run wants each point to have failed somewhere */
	out("# exit point %s of %s: %u", point->function, point->caller, nth - 1 - !more);

	return ok && (!more || fail("it never ends"));
}

static void add_op(struct core *core, const struct op *op)
{
	for (size_t p = 0; p < op->num; p++) {
		struct test *t = test_add("S1 S2 S4", sc_exit, core, "%s.%s.%s.%s", core->name,
					  op->name, op->points[p].caller, op->points[p].function);

		t->op = op;
		t->number = p;
	}
}

/**
 * exits_build() - add a test for each operation of a core and each function that can fail in it
 * @core:	the core; one for a boot, or the record overflows
 */
void exits_build(struct core *core)
{
	if (!core->present)
		return;
	add_op(core, &start);
	add_op(core, &stop);
	add_op(core, &stop_unmap);
	add_op(core, &recover);
	/* the only core that has such an image, where there is a table to ask for */
	if (core->index == BENCH_CORE_MPSS && shared->machine == BENCH_MACHINE_EL2_IOMMU)
		add_op(core, &start_own_table);
}

/* The same for probe, of cores that do not start by themselves then. */
void exits_probe_build(void)
{
	for (size_t c = 0; c < BENCH_CORES; c++) {
		if (cores[c].present && !cores[c].auto_boot)
			add_op(&cores[c], &probe);
	}
}
