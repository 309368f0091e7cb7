// SPDX-License-Identifier: GPL-2.0-only
/*
 * Allocations: of all that a start, stop, recovery or bind makes, the first fails, then the second,
 * until the operation has no more (fail-nth, see fault-injection.rst in the kernel). A seed takes
 * every eighth of them, so that eight seeds take all. Not those of an unbind: the driver core WARNs
 * when it has no memory for the name of a device link that it removes.
 */
#include <fcntl.h>

#include "harness.h"
#include "lot.h"

#define FAULTS		"/sys/kernel/debug/"
#define STEP		8
#define MAX_NTH		2000

/* Allocations that may sleep fail too, of any size, and nothing is said of it. */
static bool faults(const struct test *t)
{
	static const struct {
		const char *path, *value;
	} settings[] = {
		{ FAULTS "failslab/ignore-gfp-wait", "N" },
		{ FAULTS "failslab/verbose", "0" },
		{ FAULTS "fail_page_alloc/ignore-gfp-wait", "N" },
		{ FAULTS "fail_page_alloc/ignore-gfp-highmem", "N" },
		{ FAULTS "fail_page_alloc/min-order", "0" },
		{ FAULTS "fail_page_alloc/verbose", "0" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(settings); i++) {
		if (file_write(settings[i].path, settings[i].value))
			return fail("%s: %m", settings[i].path);
	}

	return true;
}

SETUP("fail-nth", "-", faults, ORDER_SETUP);
SUITE("nth", "boot warm-up fail-nth");

/* What a core must be before the operation */
enum from { OFFLINE, RUNNING, CRASHED, UNBOUND };

static const struct op {
	const char *name;
	enum from from;
	const char *file;	/* of the core, or of the driver if it is absolute */
	const char *value;	/* NULL: the device */
} ops[] = {
	{ "start", OFFLINE, "state", "start" },
	{ "stop", RUNNING, "state", "stop" },
	{ "recover", CRASHED, "recovery", "recover" },
	{ "bind", UNBOUND, PAS_DRIVER "/bind", NULL },
};

/**
 * write_failing() - write, while an allocation fails
 * @path:	the file
 * @text:	what is written
 * @nth:	which allocation
 * @failed:	receives whether there were that many
 *
 * Return: 0 or a negative errno, as file_write()
 */
static int write_failing(const char *path, const char *text, unsigned int nth, bool *failed)
{
	int plan = open("/proc/thread-self/fail-nth", O_RDWR | O_CLOEXEC);
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	char left[16] = "", number[16];
	int ret = 0;

	snprintf(number, sizeof(number), "%u", nth);
	*failed = false;
	if (plan < 0 || fd < 0 || pwrite(plan, number, strlen(number), 0) < 0) {
		fail("%s: cannot be planned: %m", path);
		return 0;
	}
	if (write(fd, text, strlen(text)) < 0)
		ret = -errno;
	if (pread(plan, left, sizeof(left) - 1, 0) <= 0 || pwrite(plan, "0", 1, 0) < 0)
		fail("%s: no plan afterwards: %m", path);
	*failed = left[0] == '0';
	close(fd);
	close(plan);

	return ret;
}

static bool crash(struct core *core)
{
	return !core_write(core, "recovery", "disabled") &&
	       core_command(core, BENCH_CMD_FATAL, 0, NULL) &&
	       core_wait(core, "crashed", LIMIT_STATE_MS);
}

static bool prepare(struct core *core, enum from from)
{
	if (from == UNBOUND)
		return core_bind(core, false);
	if (from == OFFLINE)
		return true;

	return core_good_start(core) && (from == RUNNING || crash(core));
}

/* Up or down, and all that is not needed for it is given back. */
static bool is_whole(const struct core *core)
{
	if (core_is(core, "running"))
		return record_up(core->pas_id) || fail("%s: running, but down", core->name);
	if (core_is(core, "crashed"))
		return true;

	return core_all_given_back(core);
}

/* A boot at probe is over, and what was not bound is bound. */
static bool bound_again(struct core *core, bool was_kept)
{
	cores_find();
	if (core->present)
		return !core->auto_boot || !was_kept || core_wait_boot_over(core);

	return core_is_down(core) && core_bind(core, true) &&
	       (!core->auto_boot || core_wait_boot_over(core));
}

static bool fail_one(struct core *core, const struct op *op, unsigned int nth, bool *failed)
{
	const char *text = op->value ?: core->device;
	char path[128];
	bool ok;
	int ret;

	if (!prepare(core, op->from))
		return false;
	snprintf(path, sizeof(path), "%s%s%s", op->file[0] == '/' ? "" : core->dir,
		 op->file[0] == '/' ? "" : "/", op->file);
	kmsg_watch(true);
	ret = write_failing(path, text, nth, failed);
	ok = !ret || core_failed(core, op->name, ret);
	if (op->from == UNBOUND || !op->value)
		ok = bound_again(core, op->from == UNBOUND) && ok;
	kmsg_watch(false);
	ok = is_whole(core) && ok;
	if (op->from == CRASHED)
		core_write(core, "recovery", "enabled");
	if (!core_is(core, "offline") && core_stop(core))
		ok = fail("%s: cannot be stopped", core->name);
	/* pages for the arguments of calls, which the pool keeps */
	if (!ok)
		fail("allocation %u: %d (%s)", nth, ret, strerror(-ret));

	return core_good_cycle(core) && ok;
}

static bool each(const struct test *t)
{
	const struct op *op = t->param;
	unsigned int nth = 1 + lots_seed % STEP, num = 0;
	bool ok = true, failed = true;

	for (; ok && failed && nth < MAX_NTH; nth += STEP) {
		ok = fail_one(t->core, op, nth, &failed);
		num += failed;
	}
	out("# seed %u: %u allocations failed, every %dth up to %u", lots_seed, num, STEP, nth - STEP);

	return ok && (!failed || fail("it never ends"));
}

static void build(struct core *core)
{
	for (size_t i = 0; i < ARRAY_SIZE(ops); i++)
		test_add("S1 S2 S4", each, core, "%s.nth.%s", core->name, ops[i].name)->param = &ops[i];
}

BUILD("nth", MACHINES_ALL, build, .loud = true);
