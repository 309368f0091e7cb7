// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the remoteproc core owes to other drivers, and to several users of one processor: a module
 * with a processor of its own plays each scenario (see ci/bench/rproc-users).
 */
#include <dirent.h>
#include <fcntl.h>
#include <sys/syscall.h>

#include "harness.h"

#define MODULE		"/lib/firmware/rproc-users.ko"
#define DEBUGFS		"/sys/kernel/debug/remoteproc"

SUITE("users", "boot");

static const struct users_case {
	const char *name;
	const char *proves;
} cases[] = {
	{ "failed-boot", "S1 K1" },
	{ "recovery", "S8 K1" },
	{ "failed-recovery", "S8 S2" },
	{ "refused-recovery", "S8 S2" },
	{ "refused-stop", "S8 S3" },
	{ "userspace", "S8 K1" },
	{ "recovery-disabled", "K1 S8" },
	{ "attached", "K1" },
	{ "no-detach", "K1 S3" },
	{ "attached-table", "K1 S3" },
	{ "failed-attach", "K1 S1" },
	{ "attach-on-recovery", "K1 S8" },
	{ "storm", "S9" },
	{ "late-crash", "S9" },
	{ "outrun-crash", "S8 S9" },
	{ "refused-removal", "S1 S3" },
	{ "unstoppable-removal", "S1 S3" },
	{ "crashed-removal", "S1 S6" },
	{ "removed", "S1 S8" },
	{ "bad-tables", "T4 K1" },
	{ "carveout", "T4 K1" },
	{ "few-vrings", "T4 K1" },
};

/* Whether debugfs says that of the module's processor */
static bool table_says(const char *what)
{
	DIR *handle = opendir(DEBUGFS);
	char path[300], name[32] = "", *text;
	struct dirent *d;
	bool ok;

	while (handle && strcmp(name, "users") && (d = readdir(handle))) {
		snprintf(path, sizeof(path), DEBUGFS "/%.200s/name", d->d_name);
		if (file_read(path, name, sizeof(name)) < 0)
			name[0] = '\0';
		snprintf(path, sizeof(path), DEBUGFS "/%.200s/resource_table", d->d_name);
	}
	if (handle)
		closedir(handle);
	if (strcmp(name, "users"))
		return fail("no such processor in " DEBUGFS);
	text = file_slurp(path, NULL);
	ok = text && strstr(text, what);
	free(text);

	return ok || fail("%s does not say: %s", path, what);
}

static bool load(const char *name)
{
	int fd = open(MODULE, O_RDONLY | O_CLOEXEC);
	char run[64];
	bool ok;

	if (fd < 0)
		return fail("%s: %m", MODULE);
	snprintf(run, sizeof(run), "run=%s", name);
	ok = !syscall(SYS_finit_module, fd, run, 0) || fail("%s: %m", MODULE);
	close(fd);

	return ok;
}

static bool unload(void)
{
	return !syscall(SYS_delete_module, "rproc_users", 0) || fail("%s stays: %m", MODULE);
}

static bool users(const struct test *t)
{
	const struct users_case *c = t->param;

	return load(c->name) && unload();
}

/* A processor that remains, so that its table can be read */
static bool looked_at(const char *name, const char *what)
{
	bool ok = load(name) && table_says(what);

	return unload() && ok;
}

static bool shown(const struct test *t)
{
	return looked_at("shown", "Vring 1");
}

static bool spoilt(const struct test *t)
{
	return looked_at("spoilt", "No resource table found");
}

static void build(struct core *none)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		test_add(cases[i].proves, users, NULL, "%s", cases[i].name)->param = &cases[i];
}

BUILD("users", MACHINES_ALL, build, .once = true, .loud = true);
SCENARIO("users", "shown", "K1", MACHINES_ALL, shown, .once = true, .loud = true);
SCENARIO("users", "spoilt", "T4 K1", MACHINES_ALL, spoilt, .once = true, .loud = true);
