/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A table in SMEM that names what is to be dumped of a core. The guest plays boot loader and core,
 * and writes it.
 */
#ifndef MINIDUMP_H
#define MINIDUMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core.h"

/* As in the kernel's qcom_common.c */
#define TOC_SUBSYSTEMS	10
#define REGION_VALID	0x56414c49u	/* VALI */

#define REGION_SIZE	0x100u
#define REGIONS		7

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

/* minidump_table - a good one */
extern const struct toc_case minidump_table;

/* minidump_subsystem() - which one of the table a core is; only the cdsp has such a table */
unsigned int minidump_subsystem(const struct core *core);

/*
 * minidump_item() - the table's item in @smem, all of SMEM, which the first call allocates; it ends
 * after @size bytes. No core runs meanwhile. Returns its offset.
 */
uint32_t minidump_item(volatile uint8_t *smem, size_t size);

/* minidump_write() - write the table of a case, or take it away: NULL */
bool minidump_write(const struct core *core, const struct toc_case *c);

/* minidump_mark() - the end of the carveout, where there is nothing of the image, says that it is */
bool minidump_mark(const struct core *core);

/* minidump_crash() - crash a core, which recovers, and look whether all of the table is dumped */
bool minidump_crash(const struct core *core);

#endif /* MINIDUMP_H */
