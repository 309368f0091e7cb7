/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Layout of SMEM with a global heap (version 11), as drivers/soc/qcom/smem.c
 * reads it: a header with a table of contents, then the heap. Shared by the
 * firmware, which plays the boot loader, and the remote cores.
 */
#ifndef SMEM_LAYOUT_H
#define SMEM_LAYOUT_H

#include <stdint.h>

#define SMEM_ITEM_COUNT			512
#define SMEM_ITEM_LAST_FIXED		8	/* items below are the boot loader's */
#define SMEM_MASTER_SBL_VERSION_INDEX	7
#define SMEM_GLOBAL_HEAP_VERSION	(11u << 16)
#define SMEM_ALIGN			8

/* The partition table lies here when there is one; this layout has none. */
#define SMEM_PTABLE_SIZE		4096

/* Hardware mutex that guards allocations: lock 3, one lock a 4 KiB page. */
#define SMEM_HWLOCK_OFFSET		(3 * 0x1000)
#define SMEM_HWLOCK_OWNER(host)		((host) + 1)

struct smem_proc_comm {
	uint32_t command;
	uint32_t status;
	uint32_t params[2];
};

/**
 * struct smem_global_entry - one item of the table of contents
 * @allocated:	1 once the other members are valid
 * @offset:	from the start of SMEM
 * @size:	bytes, a multiple of 8
 * @aux_base:	0: in the main region
 */
struct smem_global_entry {
	uint32_t allocated;
	uint32_t offset;
	uint32_t size;
	uint32_t aux_base;
};

/**
 * struct smem_header - start of SMEM
 * @proc_comm:		legacy, unused
 * @version:		one version a processor; the boot loader's decides the layout
 * @initialized:	1
 * @free_offset:	first free byte of the heap, from the start of SMEM
 * @available:		free bytes
 * @reserved:		0
 * @toc:		table of contents
 */
struct smem_header {
	struct smem_proc_comm proc_comm[4];
	uint32_t version[32];
	uint32_t initialized;
	uint32_t free_offset;
	uint32_t available;
	uint32_t reserved;
	struct smem_global_entry toc[SMEM_ITEM_COUNT];
};

#endif /* SMEM_LAYOUT_H */
