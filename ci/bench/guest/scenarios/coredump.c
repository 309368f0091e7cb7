// SPDX-License-Identifier: GPL-2.0-only
/* A dump of a crashed core: the CPU reads the carveout once more, after TrustZone gave it back. */
#include <elf.h>

#include "dump.h"
#include "harness.h"

#define MDT_TYPE_MASK	(7u << 24)
#define MDT_TYPE_HASH	(2u << 24)

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

	snprintf(path, sizeof(path), "%s/firmware", core->dir);
	if (file_read(path, name, sizeof(name)) <= 0)
		return false;
	snprintf(path, sizeof(path), "/lib/firmware/%s", name);
	ehdr = file_slurp(path, NULL);
	if (!ehdr)
		return fail("%s: cannot be read", path);
	for (unsigned int i = 0; i < ehdr->e_phnum; i++)
		want += loadable((const Elf32_Phdr *)((const char *)ehdr + ehdr->e_phoff) + i);
	free((void *)ehdr);

	return have == want || fail("%s: %u segments in the dump, %u in the file", core->name, have,
				    want);
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
	int ret;

	/* while the file is parsed if there is a table to ask for, else at the first call */
	core_answer(core, BENCH_RSC_BAD_NUM, 0);
	rules_set(rule_refuse(SCM_PAS_INIT_IMAGE, core->pas_id, 1, -2));
	ret = core_start(core);
	rules_clear();
	core_normal(core);

	return core_failed(core, "start", ret);
}

static bool coredump(const struct test *t)
{
	const struct core *core = t->core;
	bool ok;

	if (!failed_boot(core))
		return false;
	if (core_write(core, "coredump", "enabled"))
		return fail("%s: dumps cannot be enabled", core->name);
	ok = core_good_start(core) && core_crash_and_recover(core, BENCH_CMD_FATAL) &&
	     (!core->full_dump || dump_check(core));
	core_write(core, "coredump", "disabled");

	return core_good_stop(core) && ok;
}

SCENARIO("life", "coredump", "C5 T6 S6", MACHINES_ALL, coredump, .loud = true);
