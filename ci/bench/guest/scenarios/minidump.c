// SPDX-License-Identifier: GPL-2.0-only
/*
 * A dump of what a table in SMEM names, which the crashed core wrote, and nobody checked: what is
 * not in its carveout is not read. The guest plays boot loader and core, and writes the table.
 */
#include <elf.h>
#include <sys/mman.h>

#include "dump.h"
#include "harness.h"
#include "lot.h"
#include "smem_layout.h"

/* As in the kernel's qcom_common.c */
#define TOC_ITEM	602
#define TOC_SUBSYSTEMS	10
#define TOC_INIT	1
#define REGION_VALID	0x56414c49u	/* VALI */
#define ENCRYPTION_DONE	0x444f4e45u	/* DONE */
#define ENABLED		0x454e424cu	/* ENBL */

#define REGION_SIZE	0x100u
#define MARK		0xa5u

struct toc_region {
	uint64_t name[2];	/* 16 characters; this memory is not written by bytes */
	uint32_t number;
	uint32_t valid;
	uint64_t address;
	uint64_t size;
};

struct toc_subsystem {
	uint32_t status;
	uint32_t enabled;
	uint32_t encryption;
	uint32_t encryption_required;
	uint32_t num_regions;
	uint64_t regions;
};

struct toc {
	uint32_t status;
	uint32_t revision;
	uint32_t enabled;
	struct toc_subsystem subsystems[TOC_SUBSYSTEMS];
	struct toc_region regions[];
};

/**
 * struct region - what a core wants to have dumped
 * @name:	up to 15 characters
 * @from_end:	@offset counts from the end of the carveout, not from its start
 * @offset:	of its first byte
 * @valid:	to be dumped
 * @inside:	all of it is in the carveout
 */
struct region {
	const char *name;
	bool from_end;
	int64_t offset;
	bool valid;
	bool inside;
};

static const struct region regions[] = {
	{ "program", false, 0, true, true },
	{ "last", true, -(int64_t)REGION_SIZE, true, true },
	{ "forgotten", false, 0, false, true },
	{ "across", true, -(int64_t)REGION_SIZE / 2, true, false },
	{ "behind", true, 0, true, false },
	{ "far-behind", true, 0x1000, true, false },
	{ "before", false, -(int64_t)REGION_SIZE, true, false },
};

/* Which subsystem of the table a core is, as the driver has it; others have no such table. */
static unsigned int subsystem_of(const struct core *core)
{
	return core_is_cdsp(core) ? 7 : 0;
}

/*
 * The table's item, allocated by the first call, and made to end after some bytes; its offset in
 * SMEM. No core runs meanwhile.
 */
static uint32_t toc_offset(volatile uint8_t *smem, size_t size)
{
	volatile struct smem_partition_header *part = (void *)(smem + SMEM_GLOBAL_PART_OFFSET);
	static volatile uint32_t offset;
	volatile struct smem_private_entry *entry;

	if (offset) {
		entry = (void *)(smem + offset - sizeof(*entry));
		entry->padding_data = entry->size - size;
		return offset;
	}
	entry = (void *)((volatile uint8_t *)part + part->free_uncached);
	entry->canary = SMEM_PRIVATE_CANARY;
	entry->item = TOC_ITEM;
	entry->size = sizeof(struct toc) + ARRAY_SIZE(regions) * sizeof(struct toc_region);
	entry->padding_data = entry->size - size;
	entry->padding_hdr = 0;
	offset = SMEM_GLOBAL_PART_OFFSET + part->free_uncached + sizeof(*entry);
	__sync_synchronize();
	part->free_uncached += sizeof(*entry) + entry->size;

	return offset;
}

static uint64_t address_of(const struct core *core, const struct region *region)
{
	return core->base + (region->from_end ? core->size : 0) + region->offset;
}

static void region_write(const struct core *core, const struct region *region,
			 volatile struct toc_region *to)
{
	char name[16] = "";
	uint64_t words[2];

	snprintf(name, sizeof(name), "%s", region->name);
	memcpy(words, name, sizeof(words));
	to->name[0] = words[0];
	to->name[1] = words[1];
	to->address = address_of(core, region);
	to->size = REGION_SIZE;
	to->valid = region->valid ? REGION_VALID : 0;
}

/**
 * struct toc_case - a table, and what the kernel makes of it
 * @name:	of the case
 * @size:	bytes that the item has, 0: all
 * @num:	of regions and one more, 0: as many as there are
 * @regions:	where they are, 0: in the item
 * @huge:	bytes of the first two regions, 0: as usual
 * @told:	words of the line that says why there is no such dump
 * @dumps:	the kernel dumps what the file names instead
 */
struct toc_case {
	const char *name;
	size_t size;
	uint32_t num;
	uint64_t regions;
	uint64_t huge;
	const char *told;
	bool dumps;
};

static const struct toc_case all = { .name = "all" };

/* Writes the table, or takes it away. */
static bool toc_write(const struct core *core, const struct toc_case *c)
{
	volatile uint8_t *smem = physical_map(BENCH_SMEM_BASE, BENCH_SMEM_SIZE);
	volatile struct toc_subsystem *subsystem;
	volatile struct toc *toc;
	uint32_t offset;

	if (!smem)
		return false;
	offset = toc_offset(smem, c && c->size ? c->size :
			    sizeof(*toc) + ARRAY_SIZE(regions) * sizeof(struct toc_region));
	toc = (volatile void *)(smem + offset);
	subsystem = &toc->subsystems[subsystem_of(core)];
	for (size_t i = 0; i < ARRAY_SIZE(regions); i++)
		region_write(core, &regions[i], &toc->regions[i]);
	subsystem->status = TOC_INIT;
	subsystem->enabled = ENABLED;
	subsystem->encryption = ENCRYPTION_DONE;
	subsystem->num_regions = c && c->num ? c->num - 1 : ARRAY_SIZE(regions);
	subsystem->regions = c && c->regions ? c->regions :
			     BENCH_SMEM_BASE + offset + offsetof(struct toc, regions);
	for (size_t i = 0; c && c->huge && i < 2; i++)
		toc->regions[i].size = c->huge;
	toc->status = c ? TOC_INIT : 0;
	munmap((void *)smem, BENCH_SMEM_SIZE);

	return true;
}

/* The end of the carveout, where there is nothing of the image, says that it is. */
static bool mark_end(const struct core *core)
{
	const size_t page = 0x1000;
	volatile uint64_t *end = physical_map(core->base + core->size - page, page);

	if (!end)
		return false;
	for (size_t i = 0; i < page / sizeof(*end); i++)
		end[i] = MARK * (UINT64_MAX / UINT8_MAX);
	munmap((void *)end, page);

	return true;
}

static bool all_are(const unsigned char *data, unsigned char want)
{
	for (size_t i = 0; i < REGION_SIZE; i++) {
		if (data[i] != want)
			return false;
	}

	return true;
}

static bool content_right(const struct core *core, const struct region *region,
			  const unsigned char *data)
{
	unsigned char program[DUMP_PROBE];

	if (!region->inside)
		return all_are(data, 0xff);
	if (region->from_end)
		return all_are(data, MARK);

	return dump_program_start(core, program) && !memcmp(data, program, sizeof(program));
}

/* A section for each region to be dumped, in order, after the null section and the names. */
static bool dump_right(const struct core *core, const char *dump, size_t size)
{
	const Elf32_Ehdr *ehdr = (const Elf32_Ehdr *)dump;
	const Elf32_Shdr *names = (const Elf32_Shdr *)(dump + ehdr->e_shoff) + 1;
	const Elf32_Shdr *section = names;
	bool ok = true;

	for (size_t i = 0; i < ARRAY_SIZE(regions); i++) {
		const struct region *r = &regions[i];

		if (!r->valid)
			continue;
		if (++section - names > ehdr->e_shnum - 2)
			return fail("%s: the dump lacks %s", core->name, r->name);
		if (strcmp(dump + names->sh_offset + section->sh_name, r->name) ||
		    section->sh_addr != address_of(core, r) || section->sh_size != REGION_SIZE ||
		    section->sh_offset + REGION_SIZE > size)
			ok = fail("%s: section %td is not %s", core->name, section - names, r->name);
		else if (!content_right(core, r, (const unsigned char *)dump + section->sh_offset))
			ok = fail("%s: %s is not what it should be", core->name, r->name);
	}

	return (section - names == ehdr->e_shnum - 2 ||
		fail("%s: the dump has %u sections", core->name, ehdr->e_shnum)) && ok;
}

/* One crash, which is dumped. */
static bool crash_and_dump(const struct core *core)
{
	size_t size;
	char *dump;
	bool ok;

	kmsg_watch(true);
	ok = core_crash_and_recover(core, BENCH_CMD_FATAL);
	if (!says("invalid copy request"))
		ok = fail("%s: nothing is said of what is not dumped", core->name);
	kmsg_watch(false);
	dump = dump_take(core, &size);
	if (!dump)
		return false;
	ok = dump_right(core, dump, size) && ok;
	free(dump);

	return ok;
}

static bool minidump(const struct test *t)
{
	const struct core *core = t->core;
	bool ok;

	if (!mark_end(core) || !toc_write(core, &all))
		return false;
	if (core_write(core, "coredump", "enabled"))
		return fail("%s: dumps cannot be enabled", core->name);
	/* twice: nothing of the first dump is in the second */
	ok = core_good_start(core) && crash_and_dump(core) && crash_and_dump(core);
	core_write(core, "coredump", "disabled");

	return toc_write(core, NULL) && core_good_stop(core) && core_good_cycle(core) && ok;
}

SCENARIO("life", "minidump", "C5 K2 T6 S6", MACHINES_ALL, minidump, .when = core_is_cdsp, .loud = true);

/* Where functions fail they also fail in the dump of a table. */
static bool table(const struct test *t)
{
	return mark_end(t->core) && toc_write(t->core, &all);
}

SCENARIO("exits-cdsp", "minidump-table", "-", MACHINES_ALL, table, .when = core_is_cdsp,
	 .order = ORDER_SETUP, .setup = true);

static const struct toc_case cases[] = {
	{ "no-entry", .size = offsetof(struct toc, subsystems[3]), .told = "has no entry 7",
	  .dumps = true },
	{ "half-entry", .size = offsetof(struct toc, subsystems[8]) - 4, .told = "has no entry 7",
	  .dumps = true },
	{ "no-header", .size = 8, .told = "TOC not found" },
	{ "no-regions", .num = 1, .told = "while adding minidump entries" },
	{ "too-many", .num = UINT32_MAX, .told = "while adding minidump entries" },
	{ "in-ram", .regions = BENCH_KERNEL_BASE, .told = "while adding minidump entries" },
	{ "nowhere", .regions = UINT64_MAX - 0x100, .told = "while adding minidump entries" },
	/* both together, they are none at all in 64 bits */
	{ "huge", .huge = 1ull << 63 },
	/* nearly all memory that there is: nobody is killed for it */
	{ "greedy", .huge = 0x1c000000, .told = "while adding minidump entries" },
	/* no memory there, but where PCI would have devices */
	{ "hole", .regions = BENCH_RAM_BASE / 2, .told = "while adding minidump entries" },
};

/* However bad the table is, the core is recovered, and the next dump is as good as ever. */
static bool bad_toc(const struct test *t)
{
	const struct toc_case *c = t->param;
	const struct core *core = t->core;
	size_t size;
	char *dump;
	bool ok;

	if (!mark_end(core) || !toc_write(core, c))
		return false;
	if (core_write(core, "coredump", "enabled"))
		return fail("%s: dumps cannot be enabled", core->name);
	ok = core_good_start(core);
	kmsg_watch(true);
	ok = ok && core_crash_and_recover(core, BENCH_CMD_FATAL);
	if (c->told && !says(c->told))
		ok = fail("%s: no line says \"%s\"", core->name, c->told);
	kmsg_watch(false);
	if (c->dumps) {
		dump = dump_take(core, &size);
		ok = dump && ok;
		free(dump);
	}
	ok = toc_write(core, &all) && crash_and_dump(core) && ok;
	core_write(core, "coredump", "disabled");

	return toc_write(core, NULL) && core_good_stop(core) && core_good_cycle(core) && ok;
}

static void build(struct core *core)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		test_add("K2", bad_toc, core, "%s.minidump.%s", core->name,
			 cases[i].name)->param = &cases[i];
}

BUILD("life", MACHINES_ALL, build, .when = core_is_cdsp, .loud = true);

/* ---- tables with mistakes drawn by lot ---- */

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
	volatile struct toc_region *region = &toc->regions[lot(ARRAY_SIZE(regions))];
	volatile struct toc_region *other = &toc->regions[lot(ARRAY_SIZE(regions))];

	switch (lot(10)) {
	case 0:
		spoil(any_word(subsystem, sizeof(*subsystem)));
		break;
	case 1:
		subsystem->num_regions = lot_value(subsystem->num_regions, ARRAY_SIZE(regions));
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
	if (!toc_write(core, &all) || core_write(core, "coredump", "enabled"))
		return false;
	smem = physical_map(BENCH_SMEM_BASE, BENCH_SMEM_SIZE);
	if (!smem)
		return false;
	toc = (volatile void *)(smem + toc_offset(smem, lot(4) ? sizeof(*toc) + sizeof(toc->regions[0]) *
						  ARRAY_SIZE(regions) : lot(sizeof(*toc))));
	subsystem = &toc->subsystems[subsystem_of(core)];
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

	ok = mark_end(core) && toc_write(core, &all) && crash_and_dump(core);
	core_write(core, "coredump", "disabled");

	return toc_write(core, NULL) && core_good_stop(core) && core_good_cycle(core) && ok;
}

static void build_input(struct core *core)
{
	for (uint32_t i = 0; i < CASES; i++)
		test_param(test_add("K2", input_toc, core, "%s.input.minidump.%u.%u", core->name,
				    lots_seed, i), &i, sizeof(i));
	test_add("K2 C5 S1", input_end, core, "%s.input.minidump.end", core->name);
}

BUILD("input-minidumps", MACHINES_ALL, build_input, .when = core_is_cdsp, .loud = true);
