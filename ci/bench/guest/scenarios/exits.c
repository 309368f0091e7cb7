// SPDX-License-Identifier: GPL-2.0-only
/*
 * Exits: every call from the series' code to the rest of the kernel fails once, at each of its
 * occurrences in start, stop, recovery and probe (see ci/bench/failpoint). Whatever the operation
 * returns, the core is up, or down with everything given back, and the next operation succeeds.
 */
#include <fcntl.h>
#include <sys/syscall.h>

#include "harness.h"
#include "rsc.h"

#define MODULE		"/lib/firmware/failpoint.ko"
#define PLAN		"/sys/kernel/debug/failpoint/plan"
#define HITS		"/sys/kernel/debug/failpoint/hits"
#define MAX_NTH		64

SUITE("exits-modem", "boot warm-up failpoint");
SUITE("exits-cdsp", "boot warm-up failpoint");
SUITE("exits-probe", "boot warm-up failpoint");

/* The module that fails functions is there, and a recovery dumps what there is. */
static bool failpoint(const struct test *t)
{
	int fd = open(MODULE, O_RDONLY | O_CLOEXEC);
	bool ok;

	for_each_core(core)
		core_write(core, "coredump", "enabled");
	ok = (fd >= 0 && !syscall(SYS_finit_module, fd, "", 0)) || fail("%s: %m", MODULE);
	if (fd >= 0)
		close(fd);

	return ok;
}

/* an out-of-tree module is something to complain about */
SETUP("failpoint", "-", failpoint, ORDER_SETUP, .loud = true);

/* Operations in which functions fail, and one thing more to know of a function */
enum {
	START = 1 << 0,
	STOP = 1 << 1,
	RECOVER = 1 << 2,
	PROBE = 1 << 3,
	START_OWN_TABLE = 1 << 4,
	RUN = START | STOP | RECOVER,
	GROWS = 1 << 5	/* the common pool of TrustZone memory grows instead, and keeps that */
};

/**
 * struct exit_point - a function that can fail
 * @flags:	operations in which it is failed, GROWS
 * @function:	its symbol
 * @caller:	beginning of the symbols that call it
 * @value:	what it returns then; pointers that are errors look like negative errnos
 */
struct exit_point {
	unsigned int flags;
	const char *function;
	const char *caller;
	int value;
};

static const struct exit_point points[] = {
	{ RUN, "clk_prepare", "qcom_", -EIO },
	{ RUN, "clk_enable", "qcom_", -EIO },
	{ RUN, "__pm_runtime_resume", "qcom_pas_", -EIO },
	{ RUN, "regulator_enable", "qcom_pas_", -EIO },
	{ RUN, "qcom_q6v5_prepare", "qcom_pas_", -EIO },
	{ RUN, "request_firmware", "qcom_pas_", -EINVAL },
	{ RUN, "request_firmware_into_buf", "mdt_", -EIO },
	{ RUN, "ioremap_prot", "qcom_pas_", 0 },
	{ RUN, "iommu_paging_domain_alloc_flags", "rproc_", -ENOMEM },
	{ RUN, "iommu_attach_device", "rproc_", -EBUSY },
	{ RUN, "iommu_map", "rproc_", -ENOMEM },
	{ RUN, "dma_alloc_attrs", "qcom_", 0 },
	{ RUN | GROWS, "gen_pool_alloc_algo_owner", "qcom_tzmem_", 0 },
	{ RUN, "radix_tree_insert", "qcom_tzmem_", -ENOMEM },
	{ RUN, "__kmalloc_cache_noprof", "qcom_", 0 },
	{ RUN, "__kmalloc_noprof", "qcom_", 0 },
	{ RUN | START_OWN_TABLE, "kmemdup_noprof", "__qcom_", 0 },
	{ RUN, "rproc_coredump_add_segment", "qcom_", -ENOMEM },
	{ PROBE, "rproc_alloc", "devm_rproc_", 0 },
	{ PROBE, "devm_kmalloc", "devm_qcom_scm_", 0 },
	{ PROBE, "__devm_add_action", "devm_qcom_scm_", -ENOMEM },
	{ PROBE, "devm_clk_get", "qcom_pas_", -ENODEV },
	{ PROBE, "devm_clk_get_optional", "qcom_pas_", -EIO },
	{ PROBE, "devm_regulator_get_optional", "qcom_pas_", -EIO },
	{ PROBE, "dev_pm_domain_attach_by_name", "qcom_pas_", 0 },
	{ PROBE, "qcom_q6v5_init", "qcom_pas_", -EIO },
	{ PROBE, "rproc_add", "qcom_pas_", -ENOMEM },
};

/* NTH 0: fail none */
static bool plan_exit(const struct exit_point *point, unsigned int nth)
{
	char text[256];
	int ret;

	snprintf(text, sizeof(text), "%s %s %u %d", point->function, point->caller, nth,
		 point->value);
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

	return core_all_given_back(core);
}

static bool start(struct core *core)
{
	uint32_t from = record_len();
	int ret = core_start(core);

	if (!ret)
		return core_came_up(core, from);

	return core_failed(core, "start", ret) &&
	       (core_is(core, "offline") ||
		fail("%s: not offline after a failed start", core->name));
}

/* With a table of the file's own, where TrustZone has none to ask for. */
static bool start_own_table(struct core *core)
{
	bool ok;

	if (!core_set_firmware(core, IMAGE_OWN_TABLE))
		return false;
	core_answer(core, BENCH_RSC_ABSENT, 0);
	ok = start(core);
	core_normal(core);
	if (core_is(core, "running"))
		ok = core_good_stop(core) && ok;

	return core_set_image(core, NULL) && ok;
}

static bool stop(struct core *core)
{
	int ret = core_stop(core);

	if (!ret)
		return true;

	return core_failed(core, "stop", ret) &&
	       (!core_is(core, "running") || !core_stop(core) ||
		fail("%s: a second stop fails", core->name));
}

/* With a dump, see failpoint() */
static bool recover(struct core *core)
{
	char begun[64];

	snprintf(begun, sizeof(begun), "recovering %s", core->name);
	kmsg_watch(true);
	if (!core_command(core, BENCH_CMD_FATAL, 0, NULL))
		return false;
	if (!poll_until(kmsg_seen(begun), LIMIT_STATE_MS))
		return fail("%s: nobody recovers it", core->name);
	kmsg_watch(false);
	core_barrier(core);

	return true;
}

static bool probe(struct core *core)
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

/* What a core must be before the operation */
enum from { OFFLINE, RUNNING, UNBOUND };

static const struct op {
	unsigned int bit;
	const char *name;
	enum from from;
	bool (*run)(struct core *core);
} ops[] = {
	{ START, "start", OFFLINE, start },
	{ STOP, "stop", RUNNING, stop },
	{ RECOVER, "recover", RUNNING, recover },
	{ PROBE, "probe", UNBOUND, probe },
	{ START_OWN_TABLE, "start-own-table", OFFLINE, start_own_table },
};

static bool prepare(struct core *core, enum from from)
{
	if (from == UNBOUND)
		return core_bind(core, false);

	return from == OFFLINE || core_good_start(core);
}

/* An operation, and the function that fails in it */
struct exit_case {
	const struct op *op;
	const struct exit_point *point;
};

/* Fails the first occurrence, then the second, until the operation has no more. */
static bool exit_once(const struct test *t)
{
	const struct exit_case *c = t->param;
	bool ok = true, more = true;
	unsigned int nth;

	for (nth = 1; more && ok && nth <= MAX_NTH; nth++) {
		if (!prepare(t->core, c->op->from) || !plan_exit(c->point, nth))
			return false;
		leftovers_tolerated = !!(c->point->flags & GROWS);
		ok = c->op->run(t->core);
		more = hits() >= nth;
		ok = plan_exit(c->point, 0) && works_again(t->core) && ok;
	}
	/* ci/check/coverage/run wants each point to have failed somewhere */
	out("# exit point %s of %s: %u", c->point->function, c->point->caller, nth - 1 - !more);

	return ok && (!more || fail("it never ends"));
}

static void add_case(struct core *core, const struct op *op, const struct exit_point *point)
{
	const struct exit_case c = { op, point };

	test_param(test_add("S1 S2 S4", exit_once, core, "%s.%s.%s.%s", core->name, op->name,
			    point->caller, point->function), &c, sizeof(c));
}

static void add_ops(struct core *core, unsigned int bits)
{
	for (const struct op *op = ops; op < ops + ARRAY_SIZE(ops); op++) {
		for (size_t p = 0; p < ARRAY_SIZE(points); p++) {
			if (op->bit & bits & points[p].flags)
				add_case(core, op, &points[p]);
		}
	}
}

static void build_run(struct core *core)
{
	add_ops(core, RUN);
}

/* One core a boot, or the record overflows */
BUILD("exits-modem", MACHINES_ALL, build_run, .when = core_is_modem, .loud = true);
BUILD("exits-cdsp", MACHINES_ALL, build_run, .when = core_is_cdsp, .loud = true);

/* The modem alone has such an image, and only here TrustZone is asked for a table. */
static void build_own_table(struct core *core)
{
	add_ops(core, START_OWN_TABLE);
}

BUILD("exits-modem", ONLY_EL2_IOMMU, build_own_table, .when = core_is_modem, .loud = true);

/* A probe that starts nothing, so that only its own functions fail. */
static bool no_auto_boot(const struct core *core)
{
	return !core->auto_boot;
}

static void build_probe(struct core *core)
{
	add_ops(core, PROBE);
}

BUILD("exits-probe", MACHINES_ALL, build_probe, .when = no_auto_boot, .loud = true);
