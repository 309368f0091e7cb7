// SPDX-License-Identifier: GPL-2.0-only
/* A core is started by who has its character device open, and is stopped when that is closed. */
#include <errno.h>
#include <fcntl.h>
#include <linux/remoteproc_cdev.h>
#include <sys/ioctl.h>

#include "harness.h"

static void device_of(const struct core *core, char *path, size_t size)
{
	snprintf(path, size, "/dev%s", strrchr(core->dir, '/'));
}

static bool has_device(const struct core *core)
{
	char path[32];

	device_of(core, path, sizeof(path));
	return !access(path, F_OK);
}

/* Opens the device; from now on, @release says what closing it means */
static int device_open(const struct core *core, int32_t release)
{
	char path[32];
	int fd;

	device_of(core, path, sizeof(path));
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd >= 0 && !ioctl(fd, RPROC_SET_SHUTDOWN_ON_RELEASE, &release))
		return fd;
	fail("%s: %m", path);
	close(fd);

	return -1;
}

/* 0, a negative errno, or 1 if not all is taken */
static int device_write(int fd, const char *command)
{
	ssize_t len = write(fd, command, strlen(command));

	return len < 0 ? -errno : len != (ssize_t)strlen(command);
}

static bool device_writes(int fd, const char *command)
{
	int ret = device_write(fd, command);

	return !ret || fail("%s by the device gave %d", command, ret);
}

static bool by_device(const struct test *t)
{
	uint32_t from = record_len();
	int fd = device_open(t->core, 0);
	bool ok;

	ok = device_writes(fd, "start") && core_came_up(t->core, from);
	ok = device_writes(fd, "stop") && core_all_given_back(t->core) && ok;
	close(fd);

	return ok;
}

SCENARIO("life", "device", "S6 S8", MACHINES_ALL, by_device, .when = has_device);

/* Who writes is told when it fails, and the next attempt works. */
static bool device_refused(const struct test *t)
{
	const struct core *core = t->core;
	int fd = device_open(core, 0);
	bool ok;

	rules_set(rule_refuse(SCM_PAS_AUTH_AND_RESET, core->pas_id, 1, -2));
	ok = core_failed(core, "start by the device", device_write(fd, "start"));
	ok = device_writes(fd, "start") && ok;
	rules_set(rule_refuse(SCM_PAS_SHUTDOWN, core->pas_id, FOR_LONG, -2));
	ok = core_failed(core, "stop by the device", device_write(fd, "stop")) && ok;
	rules_clear();
	ok = device_writes(fd, "stop") && core_all_given_back(core) && ok;
	close(fd);

	return core_good_cycle(core) && ok;
}

SCENARIO("life", "device-refused", "S3 S4 S8", MACHINES_ALL, device_refused, .when = has_device,
	 .loud = true);

static bool released(const struct test *t)
{
	uint32_t from = record_len();
	int fd = device_open(t->core, 1);
	bool ok;

	ok = device_writes(fd, "start") && core_came_up(t->core, from);
	close(fd);
	ok = core_all_given_back(t->core) && ok;
	close(device_open(t->core, 0));

	return core_good_cycle(t->core) && ok;
}

SCENARIO("life", "device-released", "S6 S8", MACHINES_ALL, released, .when = has_device);

/* It is gone while the core is down, because the recovery from a crash has failed */
static bool released_after_crash(const struct test *t)
{
	struct core *core = t->core;
	int fd = device_open(core, 1);
	bool ok = device_writes(fd, "start");

	rules_set(rule_refuse(SCM_PAS_AUTH_AND_RESET, core->pas_id, FOR_LONG, -2));
	ok = core_command(core, BENCH_CMD_FATAL, 0, NULL) &&
	     core_wait(core, "offline", LIMIT_STATE_MS) && ok;
	core_barrier(core);
	rules_clear();
	close(fd);
	if (core_stop(core) != -EINVAL)
		ok = fail("%s: somebody still uses it", core->name);
	close(device_open(core, 0));

	return core_good_cycle(core) && ok;
}

SCENARIO("life", "device-released-after-crash", "S8", MACHINES_ALL, released_after_crash,
	 .when = has_device, .loud = true);
