// SPDX-License-Identifier: GPL-2.0-only
/*
 * A table in SMEM of what is to be dumped, which a core wrote, and nobody checked: what is not in
 * its carveout is not read.
 */
#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "checks.h"
#include "dump.h"
#include "kmsg.h"
#include "minidump.h"
#include "out.h"
#include "rproc.h"
#include "shared.h"
#include "smem_layout.h"

/* As in the kernel's qcom_common.c */
#define TOC_ITEM	602
#define TOC_INIT	1
#define ENCRYPTION_DONE	0x444f4e45u	/* DONE */
#define ENABLED		0x454e424cu	/* ENBL */

#define MARK		0xa5u

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

static const struct region regions[REGIONS] = {
	{ "program", false, 0, true, true },
	{ "last", true, -(int64_t)REGION_SIZE, true, true },
	{ "forgotten", false, 0, false, true },
	{ "across", true, -(int64_t)REGION_SIZE / 2, true, false },
	{ "behind", true, 0, true, false },
	{ "far-behind", true, 0x1000, true, false },
	{ "before", false, -(int64_t)REGION_SIZE, true, false },
};

/* As the driver has it */
unsigned int minidump_subsystem(const struct core *core)
{
	return core_is_cdsp(core) ? 7 : 0;
}

uint32_t minidump_item(volatile uint8_t *smem, size_t size)
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
	entry->size = sizeof(struct toc) + REGIONS * sizeof(struct toc_region);
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

const struct toc_case minidump_table = { .name = "all" };

bool minidump_write(const struct core *core, const struct toc_case *c)
{
	volatile uint8_t *smem = physical_map(BENCH_SMEM_BASE, BENCH_SMEM_SIZE);
	volatile struct toc_subsystem *subsystem;
	volatile struct toc *toc;
	uint32_t offset;

	if (!smem)
		return false;
	offset = minidump_item(smem, c && c->size ? c->size :
			    sizeof(*toc) + REGIONS * sizeof(struct toc_region));
	toc = (volatile void *)(smem + offset);
	subsystem = &toc->subsystems[minidump_subsystem(core)];
	for (size_t i = 0; i < REGIONS; i++)
		region_write(core, &regions[i], &toc->regions[i]);
	subsystem->status = TOC_INIT;
	subsystem->enabled = ENABLED;
	subsystem->encryption = ENCRYPTION_DONE;
	subsystem->num_regions = c && c->num ? c->num - 1 : REGIONS;
	subsystem->regions = c && c->regions ? c->regions :
			     BENCH_SMEM_BASE + offset + offsetof(struct toc, regions);
	for (size_t i = 0; c && c->huge && i < 2; i++)
		toc->regions[i].size = c->huge;
	toc->status = c ? TOC_INIT : 0;
	munmap((void *)smem, BENCH_SMEM_SIZE);

	return true;
}

bool minidump_mark(const struct core *core)
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

	for (size_t i = 0; i < REGIONS; i++) {
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

bool minidump_crash(const struct core *core)
{
	size_t size;
	char *dump;
	bool ok;

	kmsg_watch(true);
	ok = core_crash_and_recover(core, BENCH_CMD_FATAL);
	if (!says("invalid copy request"))
		ok = fail("%s: nothing is said of what is not dumped", core->name);
	if (kmsg_seen("no memory for a coredump"))
		ok = fail("%s: there was memory for a dump", core->name);
	kmsg_watch(false);
	dump = dump_take(core, &size);
	if (!dump)
		return false;
	ok = dump_right(core, dump, size) && ok;
	free(dump);

	return ok;
}
