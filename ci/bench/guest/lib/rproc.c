// SPDX-License-Identifier: GPL-2.0-only
/* Remote processors through sysfs: finding, starting, stopping, waiting. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "guest.h"

#define CLASS_DIR	"/sys/class/remoteproc"
#define MAX_RPROC	8

#define MACHINES_FEW	(MACHINE_BIT(BENCH_MACHINE_EL2_IOMMU) | MACHINE_BIT(BENCH_MACHINE_HYP))
#define CORE(name_, NAME, ...)				\
	[BENCH_CORE_##NAME] = {				\
		.name = name_,				\
		.index = BENCH_CORE_##NAME,		\
		.pas_id = BENCH_PAS_##NAME,		\
		.base = BENCH_##NAME##_BASE,		\
		.size = BENCH_##NAME##_SIZE,		\
		__VA_ARGS__				\
	}
#define CORE_DSP(name_, NAME, ...)			\
	CORE(name_, NAME, .auto_boot = true, .relocatable = true, __VA_ARGS__)
#define CORE_DTB(NAME)					\
	.dtb_pas_id = BENCH_PAS_##NAME##_DTB, .dtb_base = BENCH_##NAME##_DTB_BASE

struct core cores[BENCH_CORES] = {
	CORE("modem", MPSS, .machines = MACHINES_ALL, .full_dump = true, CORE_DTB(MPSS)),
	CORE_DSP("cdsp", CDSP, .machines = MACHINES_FEW, CORE_DTB(CDSP)),
	CORE_DSP("adsp", ADSP, CORE_DTB(ADSP)),
	CORE_DSP("cdsp1", CDSP1),
	CORE_DSP("gpdsp0", GPDSP0),
};

/* Whether the device tree has a carveout for a dtb image: the second, if there are two. */
static bool has_dtb(const char *dir)
{
	char path[PATH_MAX];
	size_t size = 0;

	snprintf(path, sizeof(path), "%s/device/of_node/memory-region", dir);
	free(file_slurp(path, &size));

	return size >= 2 * sizeof(uint32_t);
}

static void core_found(struct core *core, const char *dir)
{
	char path[PATH_MAX], target[PATH_MAX];
	const char *base;

	if (!has_dtb(dir)) {
		core->dtb_pas_id = 0;
		core->dtb_base = 0;
	}

	snprintf(core->dir, sizeof(core->dir), "%s", dir);
	core->present = true;
	snprintf(path, sizeof(path), "%s/device", dir);
	if (realpath(path, target)) {
		base = strrchr(target, '/');
		snprintf(core->device, sizeof(core->device), "%.60s", base ? base + 1 : target);
	}
}

/* Looks for the cores; numbers in sysfs change when a driver is bound again. */
void cores_find(void)
{
	char path[128], name[64];

	for (size_t c = 0; c < BENCH_CORES; c++)
		cores[c].present = false;

	for (int i = 0; i < MAX_RPROC; i++) {
		char dir[64];

		snprintf(dir, sizeof(dir), CLASS_DIR "/remoteproc%d", i);
		snprintf(path, sizeof(path), "%s/name", dir);
		if (file_read(path, name, sizeof(name)) < 0)
			continue;
		for (size_t c = 0; c < BENCH_CORES; c++) {
			if (!strcmp(cores[c].name, name))
				core_found(&cores[c], dir);
		}
	}
}

/* Number of cores that were found. */
unsigned int cores_present(void)
{
	unsigned int n = 0;

	for (size_t c = 0; c < BENCH_CORES; c++)
		n += cores[c].present;

	return n;
}

/* Writes an attribute of a core; 0 or a negative errno. */
int core_write(const struct core *core, const char *attr, const char *value)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", core->dir, attr);
	return file_write(path, value);
}

/* Reads the state of a core, "?" if it has none. */
void core_state(const struct core *core, char *buf, size_t size)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/state", core->dir);
	if (file_read(path, buf, size) < 0)
		snprintf(buf, size, "?");
}

bool core_is(const struct core *core, const char *state)
{
	char now[32];

	core_state(core, now, sizeof(now));
	return !strcmp(now, state);
}

/**
 * core_wait() - wait until a core is in some state
 * @core:	the core
 * @state:	as sysfs spells it
 * @ms:		limit
 *
 * Return: true if it is
 */
bool core_wait(const struct core *core, const char *state, long ms)
{
	long end = now_ms() + ms;
	char now[32];

	while (!core_is(core, state)) {
		if (now_ms() >= end) {
			core_state(core, now, sizeof(now));
			return fail("%s is %s, not %s after %ld ms", core->name, now, state, ms);
		}
		kmsg_wait(POLL_MS);
	}

	return true;
}

/*
 * Waits for whatever holds the lock of the rproc. Setting the firmware to what it is takes that
 * lock and changes nothing; while the core runs it is refused, but only under the lock.
 */
void core_barrier(const struct core *core)
{
	char path[128], name[128];

	snprintf(path, sizeof(path), "%s/firmware", core->dir);
	if (file_read(path, name, sizeof(name)) > 0)
		file_write(path, name);
}

/* Start and stop: 0 or a negative errno, as userspace gets it. */
int core_start(const struct core *core)
{
	return core_write(core, "state", "start");
}

int core_stop(const struct core *core)
{
	return core_write(core, "state", "stop");
}

/**
 * core_set_image() - choose one of the images that are there for a core
 * @core:	the core, offline
 * @variant:	what follows its name and a dash in the file's name, NULL: nothing does
 *
 * Return: true if the next start will load it
 */
bool core_set_image(const struct core *core, const char *variant)
{
	char name[64];
	int ret;

	/* the modem's image comes in pieces */
	snprintf(name, sizeof(name), "%s%s%s.%s", core->name, variant ? "-" : "",
		 variant ? variant : "", core->relocatable ? "mbn" : "mdt");
	ret = core_write(core, "firmware", name);

	return !ret || fail("%s: firmware %s: %s", core->name, name, strerror(-ret));
}

/**
 * core_failed() - whether an operation failed as it has to: with an errno
 * @core:	the core
 * @op:		what was tried
 * @ret:	what it gave; a count of bytes is -EPROTO, see file_write()
 */
bool core_failed(const struct core *core, const char *op, int ret)
{
	return (ret < 0 && ret != -EPROTO) ||
	       fail("%s: %s gave %d, not an error", core->name, op, ret);
}

/**
 * core_came_up() - whether a core really runs, and what TrustZone saw on the way
 * @core:	the core
 * @from:	length of the record before the start
 *
 * Return: true if sysfs and the record agree that it does
 */
bool core_came_up(const struct core *core, uint32_t from)
{
	struct bench_event e;
	uint32_t want = 0;

	if (!core_wait(core, "running", LIMIT_SETTLE_MS))
		return false;
	if (!record_find(from, BENCH_EV_CALL, core->pas_id, FN_AUTH_AND_RESET, NULL, &e))
		return fail("%s: no auth_and_reset in the record", core->name);
	if (shared->machine != BENCH_MACHINE_HYP)
		want |= BENCH_F_BRIDGED;
	if (shared->machine == BENCH_MACHINE_EL2_IOMMU)
		want |= BENCH_F_MAPPED;
	if ((e.flags & want) != want)
		return fail("%s: auth_and_reset with flags %x, want %x", core->name, e.flags, want);
	if (!record_wait(from, BENCH_EV_CORE, core->pas_id, 0, "ready", LIMIT_SETTLE_MS))
		return fail("%s: the core itself did not become ready", core->name);

	return no_new_bridge() && cpu_maps(core, false);
}

/**
 * core_good_start() - start a core that must come up
 * @core:	the core
 *
 * Return: true if sysfs and the record agree that it did
 */
bool core_good_start(const struct core *core)
{
	uint32_t from = record_len();
	int ret = core_start(core);

	if (ret)
		return fail("%s: start: %s", core->name, strerror(-ret));

	return core_came_up(core, from);
}

/* What was authenticated last goes down first: the main image, then the dtb image (C2). */
bool core_down_in_order(const struct core *core, uint32_t from)
{
	struct bench_event image, dtb;

	if (!core->dtb_pas_id ||
	    !record_find(from, BENCH_EV_CALL, core->pas_id, FN_SHUTDOWN, NULL, &image) ||
	    !record_find(from, BENCH_EV_CALL, core->dtb_pas_id, FN_SHUTDOWN, NULL, &dtb))
		return true;

	return image.seq < dtb.seq ||
	       fail("%s: the dtb image was shut down before the main image", core->name);
}

static bool stop_is_real(const struct core *core)
{
	if (record_up(core->pas_id))
		return fail("%s: stopped, but its PAS is still up", core->name);
	if (core->dtb_pas_id && record_up(core->dtb_pas_id))
		return fail("%s: stopped, but its dtb's PAS is still up", core->name);

	return true;
}

/**
 * core_good_stop() - stop a core that must stop
 * @core:	the core
 *
 * Return: true if TrustZone has it down and everything is back as it was
 */
bool core_good_stop(const struct core *core)
{
	uint32_t from = record_len();
	int ret = core_stop(core);

	if (ret)
		return fail("%s: stop: %s", core->name, strerror(-ret));
	if (!core_wait(core, "offline", LIMIT_SETTLE_MS) || !stop_is_real(core) ||
	    !core_down_in_order(core, from))
		return false;

	return !cores_offline() || baseline_back();
}

/* Start and stop, both good. */
bool core_good_cycle(const struct core *core)
{
	return core_good_start(core) && core_good_stop(core);
}

/* Whether every core is down. */
bool cores_offline(void)
{
	for (size_t c = 0; c < BENCH_CORES; c++) {
		if (cores[c].present && !core_is(&cores[c], "offline"))
			return false;
	}

	return true;
}
