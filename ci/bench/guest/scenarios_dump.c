// SPDX-License-Identifier: GPL-2.0-only
/* A dump of a crashed core: the CPU reads the carveout once more, after TrustZone gave it back. */
#include <dirent.h>
#include <elf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "guest.h"

#define DUMP_CLASS	"/sys/class/devcoredump"
#define PROBE_BYTES	64
#define CODE_SEGMENT	2	/* the first that is loaded, see image/mkimage.py */

/* The first bytes of the program, from the file that it was loaded from. */
static bool program_start(const struct core *core, unsigned char *bytes)
{
	char path[256], name[128];
	const Elf32_Phdr *phdr;
	size_t size, offset = 0;
	char *file, *dot;
	bool ok;

	snprintf(path, sizeof(path), "%s/firmware", core->dir);
	if (file_read(path, name, sizeof(name)) <= 0)
		return false;
	dot = strrchr(name, '.');
	if (dot && !strcmp(dot, ".mdt"))
		snprintf(dot, sizeof(name) - (dot - name), ".b%02d", CODE_SEGMENT);
	snprintf(path, sizeof(path), "/lib/firmware/%s", name);
	file = file_slurp(path, &size);
	if (!file)
		return false;
	if (size > sizeof(Elf32_Ehdr) && !memcmp(file, ELFMAG, SELFMAG)) {
		phdr = (const Elf32_Phdr *)(file + ((const Elf32_Ehdr *)file)->e_phoff);
		offset = phdr[CODE_SEGMENT].p_offset;
	}
	ok = offset + PROBE_BYTES <= size;
	if (ok)
		memcpy(bytes, file + offset, PROBE_BYTES);
	free(file);

	return ok;
}

static bool dump_find(char *path, size_t size)
{
	struct dirent *d;
	bool found = false;
	DIR *dir;

	dir = opendir(DUMP_CLASS);
	if (!dir)
		return false;
	while (!found && (d = readdir(dir))) {
		found = !strncmp(d->d_name, "devcd", strlen("devcd"));
		if (found)
			snprintf(path, size, DUMP_CLASS "/%.32s/data", d->d_name);
	}
	closedir(dir);

	return found;
}

/* Waits for the dump and takes it, so that there is none any more; NULL, or to be freed. */
static char *dump_take(const struct core *core, size_t *size)
{
	long end = now_ms() + LIMIT_SETTLE_MS;
	char path[128], *dump;

	while (!dump_find(path, sizeof(path))) {
		if (now_ms() >= end) {
			fail("%s: no dump", core->name);
			return NULL;
		}
		kmsg_wait(POLL_MS);
	}
	dump = file_slurp(path, size);
	/* any write throws it away */
	if (!dump || file_write(path, "0") || *size < sizeof(Elf32_Ehdr) ||
	    memcmp(dump, ELFMAG, SELFMAG)) {
		fail("%s: cannot be read, or thrown away, or is no ELF", path);
		free(dump);
		return NULL;
	}

	return dump;
}

static bool dump_check(const struct core *core)
{
	unsigned char program[PROBE_BYTES];
	size_t size;
	bool ok = true;
	char *dump;

	dump = dump_take(core, &size);
	if (!dump)
		return false;
	if (!program_start(core, program))
		ok = fail("%s: cannot read its firmware", core->name);
	else if (!memmem(dump, size, program, sizeof(program)))
		ok = fail("%s: the dump of %zu bytes does not hold the program", core->name, size);
	free(dump);

	return ok;
}

bool sc_coredump(const struct test *t)
{
	const struct core *core = t->core;
	bool ok;

	if (core_write(core, "coredump", "enabled"))
		return fail("%s: dumps cannot be enabled", core->name);
	ok = core_good_start(core) && core_expect_crash_and_recovery(core, BENCH_CMD_FATAL) &&
	     (!core->full_dump || dump_check(core));
	core_write(core, "coredump", "disabled");

	return core_good_stop(core) && ok;
}

/* From stopped to stopped: the number of segments in the dump of a crash, 0 if it failed. */
static unsigned int crash_and_count(const struct core *core)
{
	unsigned int segments = 0;
	size_t size;
	char *dump;

	if (!core_good_start(core))
		return 0;
	if (core_expect_crash_and_recovery(core, BENCH_CMD_FATAL)) {
		dump = dump_take(core, &size);
		if (dump)
			segments = ((const Elf32_Ehdr *)dump)->e_phnum;
		free(dump);
	}

	return core_good_stop(core) ? segments : 0;
}

/* A boot that fails while the firmware is parsed must add nothing to the dumps of later ones. */
bool sc_dump_fresh(const struct test *t)
{
	const struct core *core = t->core;
	unsigned int before, after = 0;
	int ret = 0;

	if (core_write(core, "coredump", "enabled"))
		return fail("%s: dumps cannot be enabled", core->name);
	before = crash_and_count(core);
	if (before) {
		core_plan_set(core, BENCH_CORE_NORMAL, BENCH_RSC_BAD_NUM, 0);
		ret = core_start(core);
		core_plan_set(core, BENCH_CORE_NORMAL, BENCH_RSC_DEFAULT, 0);
		after = crash_and_count(core);
	}
	core_write(core, "coredump", "disabled");
	if (ret >= 0 || ret == -EPROTO || !before || before != after)
		return fail("%s: dumps of %u and %u segments, between them a start that gave %d",
			    core->name, before, after, ret);

	return true;
}
