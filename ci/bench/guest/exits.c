// SPDX-License-Identifier: GPL-2.0-only
/*
 * Exits: each call that the series' code makes to the rest of the kernel is failed once, at each
 * of its occurrences in start, stop, recovery and probe (see ci/bench/failpoint). Whatever comes
 * of the operation, it must be whole: up, or down with all given back; and the next one is good.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "guest.h"

#define MODULE		"/lib/firmware/failpoint.ko"
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

struct op {
	const char *name;
	bool (*run)(struct core *core);
	bool from_running;
	bool from_unbound;
};

static const struct op ops[] = {
	{ "start", op_start, false, false },
	{ "stop", op_stop, true, false },
	{ "recover", op_recover, true, false },
	{ "probe", op_probe, false, true },
};

static bool prepare(struct core *core, const struct op *op)
{
	if (op->from_unbound)
		return core_bind(core, false);

	return !op->from_running || core_good_start(core);
}

/* Fails the first occurrence, then the second, until the operation has no more. */
static bool sc_exit(const struct test *t)
{
	const struct op *op = &ops[t->mode];
	const struct exit_point *point = op->from_unbound ? &probe_points[t->size] :
							    &run_points[t->size];
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
	/* ci/coverage wants each point to have failed somewhere */
	out("# exit point %s of %s: %u", point->function, point->caller, nth - 1 - !more);

	return ok && (!more || fail("it never ends"));
}

static bool load_module(void)
{
	int fd = open(MODULE, O_RDONLY | O_CLOEXEC);
	long ret = fd < 0 ? -1 : syscall(SYS_finit_module, fd, "", 0);

	if (ret)
		fail("%s: %s", MODULE, strerror(errno));
	if (fd >= 0)
		close(fd);

	return !ret;
}

/* The module that fails functions is there, and a recovery dumps what can be dumped. */
static bool sc_loaded(const struct test *t)
{
	(void)t;
	for (size_t c = 0; c < BENCH_CORES; c++) {
		if (cores[c].present && cores[c].full_dump)
			core_write(&cores[c], "coredump", "enabled");
	}

	return load_module();
}

static void add_op(struct core *core, size_t op, const struct exit_point *points, size_t num)
{
	for (size_t p = 0; p < num; p++) {
		struct test *t = test_add("S1 S2 S4", sc_exit, core, "%s.%s.%s.%s", core->name,
					  ops[op].name, points[p].caller, points[p].function);

		t->mode = op;
		t->size = p;
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
	test_add("-", sc_loaded, NULL, "failpoint")->setup = true;
	for (size_t op = 0; op < ARRAY_SIZE(ops); op++) {
		if (!ops[op].from_unbound)
			add_op(core, op, run_points, ARRAY_SIZE(run_points));
		else if (!core->auto_boot)
			add_op(core, op, probe_points, ARRAY_SIZE(probe_points));
	}
}
