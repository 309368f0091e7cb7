// SPDX-License-Identifier: GPL-2.0-only
/* Remote processors: what they are, where they are in sysfs, and how they are made to behave. */
#include <errno.h>
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core.h"
#include "kmsg.h"
#include "out.h"
#include "shared.h"
#include "sys.h"

#define CLASS_DIR	"/sys/class/remoteproc"
#define MAX_RPROC	8
#define DEVICES		"/sys/bus/platform/devices/*.remoteproc"

#define CORE(name_, NAME, ...)				\
	[BENCH_CORE_##NAME] = {				\
		.name = name_,				\
		.index = BENCH_CORE_##NAME,		\
		.pas_id = BENCH_PAS_##NAME,		\
		__VA_ARGS__				\
	}
#define CORE_DSP(name_, NAME, ...)			\
	CORE(name_, NAME, .auto_boot = true, .relocatable = true, __VA_ARGS__)
#define CORE_DTB(NAME)					\
	.dtb_pas_id = BENCH_PAS_##NAME##_DTB

struct core cores[BENCH_CORES] = {
	CORE("modem", MPSS, .full_dump = true, CORE_DTB(MPSS)),
	CORE_DSP("cdsp", CDSP, CORE_DTB(CDSP)),
	CORE_DSP("adsp", ADSP, CORE_DTB(ADSP)),
	CORE_DSP("cdsp1", CDSP1),
	CORE_DSP("gpdsp0", GPDSP0),
	CORE_DSP("gpdsp1", GPDSP1),
};

#define PLACE(NAME, ...)						\
	[BENCH_SOC_NONE][BENCH_CORE_##NAME] = {				\
		BENCH_##NAME##_BASE, BENCH_##NAME##_SIZE, __VA_ARGS__	\
	}
#define PLACE_SOC(SOC, CORE, sid, mask, base_, size_, dtb_base_, dtb_size)	\
	[BENCH_SOC_##SOC][BENCH_CORE_##CORE] = { base_, size_, dtb_base_ },

static const struct {
	uint64_t base;
	uint64_t size;
	uint64_t dtb_base;
} places[BENCH_SOCS][BENCH_CORES] = {
	PLACE(MPSS, BENCH_MPSS_DTB_BASE),
	PLACE(CDSP, BENCH_CDSP_DTB_BASE),
	PLACE(ADSP, BENCH_ADSP_DTB_BASE),
	PLACE(CDSP1),
	PLACE(GPDSP0),
	BENCH_SOC_CORES(PLACE_SOC)
};

void cores_place(enum bench_soc soc)
{
	for (size_t c = 0; c < BENCH_CORES; c++) {
		cores[c].base = places[soc][c].base;
		cores[c].size = places[soc][c].size;
		cores[c].dtb_base = places[soc][c].dtb_base;
	}
}

bool core_is_modem(const struct core *core)
{
	return core && core->index == BENCH_CORE_MPSS;
}

bool core_is_cdsp(const struct core *core)
{
	return core && core->index == BENCH_CORE_CDSP;
}

bool core_has_dtb(const struct core *core)
{
	return core && core->dtb_pas_id;
}

/* Whether the device tree has a carveout for a dtb image: the second, if there are two. */
static bool dtb_carveout(const char *dir)
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

	if (!dtb_carveout(dir)) {
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

void cores_find(void)
{
	char dir[64], path[128], name[64];

	for (size_t c = 0; c < BENCH_CORES; c++)
		cores[c].present = false;

	for (int i = 0; i < MAX_RPROC; i++) {
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

unsigned int cores_present(void)
{
	unsigned int n = 0;

	for_each_core(core)
		n++;

	return n;
}

bool cores_all_present(void)
{
	glob_t found = { 0 };
	size_t want = glob(DEVICES, 0, NULL, &found) ? 0 : found.gl_pathc;

	globfree(&found);

	return (want && cores_present() == want) ||
	       fail("%u of %zu remote processors in sysfs", cores_present(), want);
}

bool cores_offline(void)
{
	for_each_core(core) {
		if (!core_is(core, "offline"))
			return false;
	}

	return true;
}

int core_write(const struct core *core, const char *attr, const char *value)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", core->dir, attr);
	return file_write(path, value);
}

/* "?" if it has none */
static void core_state(const struct core *core, char *buf, size_t size)
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

bool core_wait(const struct core *core, const char *state, long ms)
{
	char now[32];

	if (poll_until(core_is(core, state), ms))
		return true;
	core_state(core, now, sizeof(now));

	return fail("%s is %s, not %s after %ld ms", core->name, now, state, ms);
}

/*
 * Setting the firmware to what it is takes the lock and changes nothing. While the core runs it is
 * refused, but only under the lock.
 */
void core_barrier(const struct core *core)
{
	char path[128], name[128];

	snprintf(path, sizeof(path), "%s/firmware", core->dir);
	if (file_read(path, name, sizeof(name)) > 0)
		file_write(path, name);
}

/* A count of bytes is -EPROTO, see file_write(): the driver returned something positive. */
bool core_failed(const struct core *core, const char *op, int ret)
{
	return (ret < 0 && ret != -EPROTO) ||
	       fail("%s: %s gave %d, not an error", core->name, op, ret);
}

bool core_succeeded(const struct core *core, const char *op, int ret)
{
	return !ret || fail("%s: %s: %s", core->name, op, strerror(-ret));
}

void core_image_name(const struct core *core, const char *variant, char *name, size_t size)
{
	snprintf(name, size, "%s%s%s.%s", core->name, variant ? "-" : "", variant ? variant : "",
		 core->relocatable ? "mbn" : "mdt");
}

bool core_set_firmware(const struct core *core, const char *name)
{
	return core_succeeded(core, name, core_write(core, "firmware", name));
}

bool core_set_image(const struct core *core, const char *variant)
{
	char name[64];

	core_image_name(core, variant, name, sizeof(name));
	return core_set_firmware(core, name);
}

static void plan(const struct core *core, uint32_t mode, uint32_t rsc_mode, uint32_t rsc_size)
{
	volatile struct bench_core_plan *p = &shared->cores[core->index];

	p->mode = mode;
	p->rsc_mode = rsc_mode;
	p->rsc_size = rsc_size;
	p->command = BENCH_CMD_NONE;
	__sync_synchronize();
}

void core_behave(const struct core *core, uint32_t mode)
{
	plan(core, mode, BENCH_RSC_DEFAULT, 0);
}

void core_answer(const struct core *core, uint32_t rsc_mode, uint32_t size)
{
	plan(core, BENCH_CORE_NORMAL, rsc_mode, size);
}

void core_behave_stray(const struct core *core, uint32_t mode, uint64_t arg, uint32_t count)
{
	shared->cores[core->index].arg = arg;
	shared->cores[core->index].count = count;
	core_behave(core, mode);
}

void core_told(const struct core *core, const void *table, size_t size)
{
	uint64_t words[BENCH_TOLD_SIZE / sizeof(uint64_t)] = { 0 };
	volatile uint64_t *told = (volatile uint64_t *)shared->told;

	memcpy(words, table, size);
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		told[i] = words[i];
	core_answer(core, BENCH_RSC_TOLD, size);
}

void core_normal(const struct core *core)
{
	plan(core, BENCH_CORE_NORMAL, BENCH_RSC_DEFAULT, 0);
}

bool core_command(const struct core *core, uint32_t command, uint64_t arg, uint64_t *answer)
{
	volatile struct bench_core_plan *p = &shared->cores[core->index];

	p->arg = arg;
	__sync_synchronize();
	p->command = command;
	if (!poll_until(p->command == BENCH_CMD_NONE, LIMIT_SETTLE_MS))
		return fail("%s does not take command %u", core->name, command);
	__sync_synchronize();
	if (answer)
		*answer = p->answer;

	return true;
}

bool core_listens(const struct core *core)
{
	volatile struct bench_core_plan *p = &shared->cores[core->index];

	p->arg = core->base;
	__sync_synchronize();
	p->command = BENCH_CMD_READ;

	return poll_until(p->command == BENCH_CMD_NONE, LIMIT_STATE_MS) ||
	       fail("%s does not listen any more", core->name);
}

bool core_stray(const struct core *core, uint32_t command, uint64_t arg, uint32_t count)
{
	shared->cores[core->index].count = count;
	return core_command(core, command, arg, NULL);
}
