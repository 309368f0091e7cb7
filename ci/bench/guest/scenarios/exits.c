// SPDX-License-Identifier: GPL-2.0-only
/*
 * Exits: every call from the series' code to the rest of the kernel fails, at each of its
 * occurrences in start, stop, recovery and probe (see ci/bench/failpoint): once, or from there on
 * until the cause is gone. A start or probe that needs what the call was for fails. Whatever the
 * operation returns, the core is up, or down with everything given back, and when the cause is gone
 * the next operation succeeds.
 */
#include <fcntl.h>
#include <limits.h>
#include <sys/syscall.h>

#include "harness.h"
#include "points.h"
#include "rsc.h"

#define MODULE		"/lib/firmware/failpoint.ko"
#define PLAN		"/sys/kernel/debug/failpoint/plan"
#define HITS		"/sys/kernel/debug/failpoint/hits"
#define MAX_NTH		64
#define EPROBE_DEFER	517	/* known to the kernel alone */
#define ATTEMPTS	3	/* while the cause lasts */

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
SETUP("failpoint", "-", failpoint, ORDER_BOOT, .loud = true);

static unsigned int hits(void)
{
	char text[32];

	return file_read(HITS, text, sizeof(text)) > 0 ? strtoul(text, NULL, 10) : 0;
}

static bool start(struct core *core)
{
	bool crashed = core_is(core, "crashed");
	uint32_t from = record_len();
	int ret = core_start(core);

	if (!ret)
		return core_came_up(core, from);

	return core_failed(core, "start", ret) &&
	       (core_is(core, "offline") || crashed ||
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

	return !ret || core_failed(core, "stop", ret);
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

/* The cause is gone: it works. */
static bool works_again(struct core *core)
{
	if (!core->present && !core_bind(core, true))
		return false;
	baseline_unbound(false);

	return core_works_again(core, true);
}

static const struct op {
	unsigned int bit;
	const char *name;
	const char *from;	/* state of the core before it, NULL: unbound */
	const char *to;		/* and after it, NULL: bound */
	bool (*run)(struct core *core);
	bool (*again)(struct core *core);	/* what is tried if it failed */
} ops[] = {
	{ START, "start", "offline", "running", start, start },
	{ STOP, "stop", "running", "offline", stop, stop },
	{ RECOVER, "recover", "running", "running", recover, start },
	{ PROBE, "probe", NULL, NULL, probe, probe },
	{ DEFER, "defer", NULL, NULL, probe, probe },
	{ START_OWN_TABLE, "start-own-table", "offline", "offline", start_own_table,
	  start_own_table },
	{ FIRST_START, "first-start", "offline", "running", start, start },
};

static bool prepare(struct core *core, const struct op *op)
{
	if (!op->from) {
		bool ok = core_bind(core, false);

		baseline_unbound(ok);
		return ok;
	}

	return core_is(core, op->from) || core_good_start(core);
}

static bool is_done(const struct core *core, const struct op *op)
{
	return core->present && (!op->to || core_is(core, op->to));
}

static bool is_whole(const struct core *core, const struct op *op)
{
	baseline_unbound(!core->present);
	if (!core->present)
		return core_is_down(core) && baseline_back();
	/* as far as the driver got with its stop */
	if (core_is(core, "running"))
		return op->bit == STOP || record_up(core->pas_id) ||
		       fail("%s: running, but its PAS is down", core->name);
	if (core_is(core, "crashed"))
		return true;

	return core_all_given_back(core);
}

/**
 * struct exit_case - an operation, and the function that fails in it
 * @op:		the operation
 * @point:	the function
 * @count:	how many of its calls fail, one after the other
 */
struct exit_case {
	const struct op *op;
	const struct exit_point *point;
	unsigned int count;
};

/* From the NTH call on; NTH 0: none fails */
static bool plan_exit(const struct exit_case *c, unsigned int nth)
{
	int ret, value = c->op->bit == DEFER ? -EPROBE_DEFER : c->point->value;
	char text[256];

	snprintf(text, sizeof(text), "%s %s %u %u %d", c->point->function, c->point->caller, nth,
		 nth ? c->count : 0, value);
	ret = file_write(PLAN, text);

	return !ret || fail("the kernel has no function %s: %s", c->point->function, strerror(-ret));
}

/* A core is not brought up, and a driver not bound, without what it takes. */
static bool not_without(struct core *core, const struct exit_case *c, unsigned int nth)
{
	if (!(c->op->bit & (START | PROBE | DEFER)) || c->point->flags & (SPARE | GROWS) ||
	    hits() < nth || !is_done(core, c->op))
		return true;

	return fail("%s: %s succeeded without %s", core->name, c->op->name, c->point->function);
}

/* The operation, and if it fails what a user does then: which works, unless the cause lasts */
static bool attempts(struct core *core, const struct exit_case *c, unsigned int nth)
{
	bool mute = c->point->flags & MUTE && c->count > 1;
	unsigned int max = c->count > 1 ? ATTEMPTS : 2;
	bool ok = c->op->run(core) && (mute || is_whole(core, c->op)) && not_without(core, c, nth);

	for (unsigned int i = 1; i < max && !is_done(core, c->op); i++)
		ok = c->op->again(core) && (mute || is_whole(core, c->op)) && ok;

	return ok && (c->count > 1 || is_done(core, c->op) ||
		      fail("%s: fails once more", core->name));
}

/* Fails the first occurrence, then the second, until the operation has no more. */
static bool exits(const struct test *t)
{
	const struct exit_case *c = t->param;
	bool ok = true, more = true;
	unsigned int nth;

	for (nth = 1; more && ok && nth <= MAX_NTH; nth++) {
		if (!prepare(t->core, c->op) || !plan_exit(c, nth))
			return false;
		leftovers_tolerated = !!(c->point->flags & GROWS);
		ok = attempts(t->core, c, nth);
		more = hits() >= nth;
		ok = plan_exit(c, 0) && works_again(t->core) && ok;
	}
	/* ci/check/coverage/run wants each point to have failed somewhere */
	out("# exit point %s of %s: %u", c->point->function, c->point->caller, nth - 1 - !more);

	return ok && (!more || fail("it never ends"));
}

/*
 * A pool that cannot be made is made by a later start. Until then each image has one of its own, if
 * that can be made.
 */
static bool first_start(const struct test *t)
{
	const struct exit_case *c = t->param;
	uint32_t bridges = shared->bridges;
	bool ok = plan_exit(c, 1) && attempts(t->core, c, 1);

	if (core_is(t->core, "running"))
		ok = core_good_stop(t->core) && ok;
	if (shared->bridges != bridges)
		ok = fail("%u bridges, were %u", shared->bridges, bridges);
	out("# exit point %s of %s: %u", c->point->function, c->point->caller, hits());

	return plan_exit(c, 0) && ok;
}

static void add_case(struct core *core, const struct op *op, const struct exit_point *point,
		     unsigned int count, const char *suffix)
{
	const struct exit_case c = { op, point, count };

	test_param(test_add("S1 S2 S4", op->bit == FIRST_START ? first_start : exits, core,
			    "%s.%s.%s.%s%s", core->name, op->name, point->caller, point->function,
			    suffix), &c, sizeof(c));
}

static void add_ops(struct core *core, unsigned int bits)
{
	for (const struct op *op = ops; op < ops + ARRAY_SIZE(ops); op++) {
		for (const struct exit_point *p = exit_points; p < exit_points + exit_points_nr; p++) {
			if (!(op->bit & bits & p->flags))
				continue;
			add_case(core, op, p, 1, "");
			/* memory that a pool has grown by and has no use for */
			if (!(p->flags & GROWS))
				add_case(core, op, p, INT_MAX, ".for-ever");
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

static void build_first_start(struct core *core)
{
	add_ops(core, FIRST_START);
}

/* Elsewhere there is a pool before the guest is there, or there is none. */
BUILD("exits-modem", ONLY_EL2_MODEM, build_first_start, .when = core_is_modem,
      .order = ORDER_BEFORE_WARM_UP, .loud = true);

/* A probe that starts nothing, so that only its own functions fail. */
static bool no_auto_boot(const struct core *core)
{
	return !core->auto_boot;
}

static void build_probe(struct core *core)
{
	add_ops(core, PROBE | DEFER);
}

BUILD("exits-probe", MACHINES_ALL, build_probe, .when = no_auto_boot, .loud = true);
