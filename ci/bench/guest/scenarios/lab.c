// SPDX-License-Identifier: GPL-2.0-only
/*
 * What can be asked of a board, where no model answers: each remote processor that the kernel has
 * found starts, stops, starts again, recovers, and outlives its driver. Nothing is read that a
 * board may not have, so a real TrustZone and real firmware can be judged.
 */
#include <dirent.h>
#include <libgen.h>
#include <limits.h>

#include "harness.h"

#define CLASS		"/sys/class/remoteproc/"
#define FOUND_MS	30000	/* until the last driver has probed */
#define QUIET_MS	3000	/* so long nothing new has come up */
#define STATE_MS	20000	/* a start waits for 5 s, and loads its firmware before */

SUITE("lab", "", .bare = true);

/* Which one a test is about, as the directory of its class is called: remoteproc0 */
static const char *of(const struct test *t)
{
	return t->param;
}

static void attribute(const char *which, const char *name, char *text, size_t size)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), CLASS "%s/%s", which, name);
	if (file_read(path, text, size) < 0)
		text[0] = '\0';
}

static bool is(const char *which, const char *wanted)
{
	char state[32];

	attribute(which, "state", state, sizeof(state));
	return !strcmp(state, wanted);
}

/* Writes "start" or "stop", and waits for what comes of it. */
static bool ask(const char *which, const char *what, const char *wanted)
{
	char path[PATH_MAX], state[32];
	int ret;

	snprintf(path, sizeof(path), CLASS "%s/state", which);
	ret = file_write(path, what);
	if (ret)
		return fail("%s: %s: %s", which, what, strerror(-ret));
	if (poll_until(is(which, wanted), STATE_MS))
		return true;
	attribute(which, "state", state, sizeof(state));

	return fail("%s: %s after %s, not %s", which, state, what, wanted);
}

static bool started(const char *which)
{
	return is(which, "running") || ask(which, "start", "running");
}

static bool stopped(const char *which)
{
	return is(which, "offline") || ask(which, "stop", "offline");
}

static bool start_stop(const struct test *t)
{
	/* it may run already: by its driver, or by the boot loader */
	return stopped(of(t)) && started(of(t)) && stopped(of(t));
}

static bool restart(const struct test *t)
{
	for (unsigned int i = 0; i < 10; i++) {
		if (!started(of(t)) || !stopped(of(t)))
			return fail("in round %u", i + 1);
	}

	return true;
}

/* A crash that the kernel is told of; whether the core has one is another matter. */
static bool recover(const struct test *t)
{
	char path[PATH_MAX];
	bool ok;
	int ret;

	if (!started(of(t)))
		return false;
	snprintf(path, sizeof(path), "/sys/kernel/debug/remoteproc/%s/crash", of(t));
	kmsg_watch(true);
	ret = file_write(path, "1");
	if (ret)
		return fail("%s: %s", path, strerror(-ret));
	ok = poll_until(kmsg_seen("is now up"), STATE_MS);
	kmsg_watch(false);
	if (!ok)
		fail("%s: not up again", of(t));

	return ok && poll_until(is(of(t), "running"), STATE_MS) && stopped(of(t));
}

/* The new one gets the number that has become free. */
static bool rebind(const struct test *t)
{
	char link[PATH_MAX], device[PATH_MAX], driver[PATH_MAX], path[PATH_MAX + 16];
	int ret;

	if (!started(of(t)))
		return false;
	snprintf(link, sizeof(link), CLASS "%s/device", of(t));
	if (!realpath(link, device))
		return fail("%s: %s", link, strerror(errno));
	snprintf(path, sizeof(path), "%s/driver", device);
	if (!realpath(path, driver))
		return fail("%s: %s", path, strerror(errno));
	snprintf(path, sizeof(path), "%s/unbind", driver);
	ret = file_write(path, basename(device));
	if (ret)
		return fail("unbind: %s", strerror(-ret));
	snprintf(path, sizeof(path), "%s/bind", driver);
	ret = file_write(path, basename(device));
	if (ret)
		return fail("bind: %s", strerror(-ret));
	/* some start by themselves, and only their driver knows */
	poll_until(is(of(t), "running"), QUIET_MS);

	return stopped(of(t)) && started(of(t)) && stopped(of(t));
}

static int number_of(char *names, size_t size)
{
	DIR *dir = opendir(CLASS);
	struct dirent *entry;
	int n = 0;

	names[0] = '\0';
	while (dir && (entry = readdir(dir))) {
		if (strncmp(entry->d_name, "remoteproc", strlen("remoteproc")))
			continue;
		if (snprintf(names + strlen(names), size - strlen(names), "%s ", entry->d_name) > 0)
			n++;
	}
	if (dir)
		closedir(dir);

	return n;
}

static bool there_is_one(const struct test *t)
{
	char names[256];

	return number_of(names, sizeof(names)) ||
	       fail("no remote processor in " CLASS ": device tree, or drivers?");
}

static struct test *add(const char *proves, bool (*run)(const struct test *t), const char *which,
			const char *what)
{
	struct test *test;
	char name[48];

	attribute(which, "name", name, sizeof(name));
	for (char *c = name; *c; c++)
		*c = *c == ' ' || *c == '#' ? '-' : *c;
	test = test_add(proves, run, NULL, "%s.%s.%s", which, name, what);
	test_param(test, which, strlen(which) + 1);

	return test;
}

static void build(struct core *none)
{
	long end = now_ms() + FOUND_MS, quiet = now_ms() + QUIET_MS;
	int found = 0, now;
	char names[256];

	while (now_ms() < end && (now_ms() < quiet || !found)) {
		now = number_of(names, sizeof(names));
		if (now != found)
			quiet = now_ms() + QUIET_MS;
		found = now;
		kmsg_wait(POLL_MS);
	}
	test_add("-", there_is_one, NULL, "found");
	for (char *which = strtok(names, " "); which; which = strtok(NULL, " ")) {
		add("S6", start_stop, which, "start-stop");
		add("S2 S6", restart, which, "restart");
		/* a crash is reported at error level */
		add("S6", recover, which, "recover")->loud = true;
		add("S6", rebind, which, "unbind-rebind");
	}
}

BUILD("lab", MACHINES_ALL, build, .once = true, .name = "cores");
