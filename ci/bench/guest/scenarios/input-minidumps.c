// SPDX-License-Identifier: GPL-2.0-only
/* Tables of what is to be dumped, with mistakes drawn by lot. */
#include <elf.h>
#include <sys/mman.h>

#include "dump.h"
#include "harness.h"
#include "lot.h"
#include "minidump.h"

#define CASES		50
#define MAX_MISTAKES	4

SUITE("input-minidumps", "boot warm-up");

/* In words, for this memory is not written by bytes */
static void spoil(volatile uint32_t *word)
{
	/* a region and what is left of the carveout; or of the item */
	*word = lot_value(*word, lot(2) ? REGION_SIZE : sizeof(struct toc));
}

static volatile uint32_t *any_word(volatile void *of, size_t size)
{
	return (volatile uint32_t *)of + lot(size / sizeof(uint32_t));
}

/* Each as often as it stands here */
static void mistake(volatile struct toc *toc, volatile struct toc_subsystem *subsystem)
{
	volatile struct toc_region *region = &toc->regions[lot(REGIONS)];
	volatile struct toc_region *other = &toc->regions[lot(REGIONS)];

	switch (lot(10)) {
	case 0:
		spoil(any_word(subsystem, sizeof(*subsystem)));
		break;
	case 1:
		subsystem->num_regions = lot_value(subsystem->num_regions, REGIONS);
		break;
	case 2:
		subsystem->regions += lot_value(0, REGION_SIZE);
		break;
	case 3:
		region->address = other->address + lot(2 * REGION_SIZE) - REGION_SIZE;
		region->valid = REGION_VALID;
		break;
	case 4:
		region->size = lot_value(region->size, REGION_SIZE);
		break;
	case 5:
		region->size = -other->size + lot(3) - 1;
		break;
	case 6:
		/* not terminated, or not text */
		region->name[0] = lot(2) ? UINT64_MAX : 0x2573257325732573;
		region->name[1] = region->name[0];
		break;
	default:
		spoil(any_word(region, sizeof(*region)));
	}
}

/* A dump that there is, is whole: sections lie in it, and names end. */
static bool sections_whole(const struct core *core, const char *dump, size_t size)
{
	const Elf32_Ehdr *ehdr = (const Elf32_Ehdr *)dump;
	const Elf32_Shdr *shdr = (const Elf32_Shdr *)(dump + ehdr->e_shoff);
	const Elf32_Shdr *names = shdr + ehdr->e_shstrndx;

	if (!ehdr->e_shnum)
		return true;
	for (size_t i = 1; i < ehdr->e_shnum; i++) {
		if ((size_t)((const char *)(shdr + i + 1) - dump) > size ||
		    shdr[i].sh_offset > size || shdr[i].sh_size > size - shdr[i].sh_offset ||
		    shdr[i].sh_name >= names->sh_size)
			return fail("%s: section %zu is not in the dump", core->name, i);
	}

	return !dump[names->sh_offset + names->sh_size - 1] ||
	       fail("%s: the last name does not end", core->name);
}

/* If there is one: a recovery has made it before it is over. */
static bool dump_is_whole(const struct core *core)
{
	char link[DUMP_PATH], *dump;
	size_t size;
	bool ok;

	snprintf(link, sizeof(link), "%s/devcoredump", core->dir);
	if (access(link, F_OK))
		return true;
	dump = dump_take(core, &size);
	ok = dump && sections_whole(core, dump, size);
	free(dump);

	return ok;
}

static bool input_toc(const struct test *t)
{
	const uint32_t *number = t->param;
	const struct core *core = t->core;
	volatile struct toc_subsystem *subsystem;
	volatile struct toc *toc;
	volatile uint8_t *smem;
	bool ok;

	lots_begin(lots_seed, *number);
	if (!minidump_write(core, &minidump_table) || core_write(core, "coredump", "enabled"))
		return false;
	smem = physical_map(BENCH_SMEM_BASE, BENCH_SMEM_SIZE);
	if (!smem)
		return false;
	toc = (volatile void *)(smem + minidump_item(smem, lot(4) ? sizeof(*toc) + sizeof(toc->regions[0]) *
						  REGIONS : lot(sizeof(*toc))));
	subsystem = &toc->subsystems[minidump_subsystem(core)];
	for (uint32_t i = lot(MAX_MISTAKES + 1); i; i--)
		mistake(toc, subsystem);
	munmap((void *)smem, BENCH_SMEM_SIZE);

	/* it goes on running, for the next one */
	ok = core_is(core, "running") || core_good_start(core);

	return ok && core_crash_and_recover(core, BENCH_CMD_FATAL) && dump_is_whole(core);
}

/* And the next table is as good as ever. */
static bool input_end(const struct test *t)
{
	const struct core *core = t->core;
	bool ok;

	ok = minidump_mark(core) && minidump_write(core, &minidump_table) && minidump_crash(core);
	core_write(core, "coredump", "disabled");

	return minidump_write(core, NULL) && core_good_stop(core) && core_good_cycle(core) && ok;
}

static void build(struct core *core)
{
	for (uint32_t i = 0; i < CASES; i++)
		test_param(test_add("K2", input_toc, core, "%s.input.minidump.%u.%u", core->name,
				    lots_seed, i), &i, sizeof(i));
	test_add("K2 C5 S1", input_end, core, "%s.input.minidump.end", core->name);
}

BUILD("input-minidumps", MACHINES_ALL, build, .when = core_is_cdsp, .loud = true);
