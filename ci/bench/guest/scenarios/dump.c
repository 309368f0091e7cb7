// SPDX-License-Identifier: GPL-2.0-only
/* A dump of a crashed core: the CPU reads the carveout once more, after TrustZone gave it back. */
#include <dirent.h>
#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "guest.h"

#define DUMP_CLASS	"/sys/class/devcoredump"
#define MDT_TYPE_MASK	(7u << 24)
#define MDT_TYPE_HASH	(2u << 24)
#define CODE_SEGMENT	2	/* the first that is loaded, see image/mkimage.py */

/* Whether a segment is loaded, and dumped. */
static bool loadable(const Elf32_Phdr *phdr)
{
	return phdr->p_type == PT_LOAD && (phdr->p_flags & MDT_TYPE_MASK) != MDT_TYPE_HASH &&
	       phdr->p_memsz;
}

/* A dump has each segment of the file once, however many boots there were (T6). */
static bool segments_once(const struct core *core, const char *dump)
{
	char path[256], name[128];
	unsigned int want = 0, have = ((const Elf32_Ehdr *)dump)->e_phnum;
	const Elf32_Ehdr *ehdr;
	size_t size;

	snprintf(path, sizeof(path), "%s/firmware", core->dir);
	if (file_read(path, name, sizeof(name)) <= 0)
		return false;
	snprintf(path, sizeof(path), "/lib/firmware/%s", name);
	ehdr = file_slurp(path, &size);
	if (!ehdr)
		return fail("%s: cannot be read", path);
	for (unsigned int i = 0; i < ehdr->e_phnum; i++)
		want += loadable((const Elf32_Phdr *)((const char *)ehdr + ehdr->e_phoff) + i);
	free((void *)ehdr);

	return have == want || fail("%s: %u segments in the dump, %u in the file", core->name, have,
				    want);
}

/**
 * dump_program_start() - the first bytes of the program, from the file that it was loaded from
 * @core:	the core
 * @bytes:	receives DUMP_PROBE bytes
 *
 * Return: true if they could be read
 */
bool dump_program_start(const struct core *core, unsigned char *bytes)
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
	ok = offset + DUMP_PROBE <= size;
	if (ok)
		memcpy(bytes, file + offset, DUMP_PROBE);
	free(file);

	return ok;
}

static bool dump_find(char *path)
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
			snprintf(path, DUMP_PATH, DUMP_CLASS "/%.32s/data", d->d_name);
	}
	closedir(dir);

	return found;
}

/**
 * dump_wait() - wait for the dump of a core that crashed
 * @core:	the core
 * @path:	receives the DUMP_PATH bytes of its path; what is written there throws it away
 *
 * Return: true if there is one
 */
bool dump_wait(const struct core *core, char *path)
{
	long end = now_ms() + LIMIT_SETTLE_MS;

	while (!dump_find(path)) {
		if (now_ms() >= end)
			return fail("%s: no dump", core->name);
		kmsg_wait(POLL_MS);
	}

	return true;
}

/**
 * dump_take() - wait for the dump of a core that crashed, and take it out of the kernel
 * @core:	the core
 * @size:	receives its size
 *
 * Return: the dump, to be freed, or NULL
 */
void *dump_take(const struct core *core, size_t *size)
{
	char path[DUMP_PATH];
	void *dump;

	if (!dump_wait(core, path))
		return NULL;
	dump = file_slurp(path, size);
	if (!dump || *size < sizeof(Elf32_Ehdr) || memcmp(dump, ELFMAG, SELFMAG)) {
		fail("%s: the dump cannot be read, or is no ELF", core->name);
		free(dump);
		dump = NULL;
	}
	if (file_write(path, "0"))
		fail("%s: cannot be thrown away", path);

	return dump;
}

static bool dump_check(const struct core *core)
{
	unsigned char program[DUMP_PROBE];
	size_t size;
	bool ok;
	char *dump = dump_take(core, &size);

	if (!dump)
		return false;
	ok = segments_once(core, dump);
	if (!dump_program_start(core, program))
		ok = fail("%s: cannot read its firmware", core->name);
	else if (!memmem(dump, size, program, sizeof(program)))
		ok = fail("%s: the dump of %zu bytes does not hold the program", core->name, size);
	free(dump);

	return ok;
}

/* A boot that fails after the segments were noted down leaves none of them to the next. */
static bool failed_boot(const struct core *core)
{
	const struct bench_rule rule = {
		.fn = FN_INIT_IMAGE,
		.pas_id = core->pas_id,
		.nth = 1,
		.count = 1,
		.action = BENCH_ACT_FAIL,
		.status = -2,
	};
	int ret;

	/* where there is a table to ask for, while the file is parsed; elsewhere at the first call */
	core_plan_set(core, BENCH_CORE_NORMAL, BENCH_RSC_BAD_NUM, 0);
	plan_set(&rule);
	ret = core_start(core);
	plan_clear();
	core_plan_set(core, BENCH_CORE_NORMAL, BENCH_RSC_DEFAULT, 0);

	return core_failed(core, "start", ret);
}

bool sc_coredump(const struct test *t)
{
	const struct core *core = t->core;
	bool ok;

	if (!failed_boot(core))
		return false;
	if (core_write(core, "coredump", "enabled"))
		return fail("%s: dumps cannot be enabled", core->name);
	ok = core_good_start(core) && core_expect_crash_and_recovery(core, BENCH_CMD_FATAL) &&
	     (!core->full_dump || dump_check(core));
	core_write(core, "coredump", "disabled");

	return core_good_stop(core) && ok;
}
