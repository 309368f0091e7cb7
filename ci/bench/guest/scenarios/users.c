// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the remoteproc core owes to other drivers, and to several users of one processor: a module
 * with a processor of its own plays each scenario (see ci/bench/rproc-users).
 */
#include <fcntl.h>
#include <sys/syscall.h>

#include "harness.h"

#define MODULE		"/lib/firmware/rproc-users.ko"

SUITE("users", "boot");

static const struct users_case {
	const char *name;
	const char *proves;
} cases[] = {
	{ "recovery", "S8 K1" },
	{ "failed-recovery", "S8 S2" },
	{ "refused-recovery", "S8 S2" },
	{ "refused-stop", "S8 S3" },
	{ "userspace", "S8 K1" },
	{ "recovery-disabled", "K1 S8" },
	{ "attached", "K1" },
	{ "attach-on-recovery", "K1 S8" },
	{ "storm", "S9" },
	{ "removed", "S1 S8" },
	{ "bad-tables", "T4 K1" },
};

static bool users(const struct test *t)
{
	const struct users_case *c = t->param;
	int fd = open(MODULE, O_RDONLY | O_CLOEXEC);
	char run[64];
	bool ok;

	if (fd < 0)
		return fail("%s: %m", MODULE);
	snprintf(run, sizeof(run), "run=%s", c->name);
	ok = !syscall(SYS_finit_module, fd, run, 0) || fail("%s: %m", MODULE);
	close(fd);

	return ok && (!syscall(SYS_delete_module, "rproc_users", 0) || fail("%s stays: %m", MODULE));
}

static void build(struct core *none)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		test_add(cases[i].proves, users, NULL, "%s", cases[i].name)->param = &cases[i];
}

BUILD("users", MACHINES_ALL, build, .once = true, .loud = true);
