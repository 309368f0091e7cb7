/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Layout of SMEM with partitions (version 12), as drivers/soc/qcom/smem.c reads
 * it. The older global heap will not do: it ends
 * at item 511, and the compute DSP's crash reason is item 601. Shared by the
 * firmware, which plays the boot loader, and the remote cores.
 *
 *	0		header; of its old heap only version and state are in use
 *	0x4000		a page each: partition of Linux and host 1, of Linux and 2, ...
 *	behind them	global partition
 *			each of them: header, then the items one by one
 *	end - 0x1000	partition table, then struct smem_info
 */
#ifndef SMEM_LAYOUT_H
#define SMEM_LAYOUT_H

#include <stdint.h>

#define SMEM_MASTER_SBL_VERSION_INDEX	7
#define SMEM_GLOBAL_PART_VERSION	(12u << 16)
#define SMEM_GLOBAL_HOST		0xfffe
#define SMEM_HOSTS			19	/* with Linux, which is 0 */
#define SMEM_PART_SIZE			0x1000	/* between two hosts */
#define SMEM_PART_OFFSET(host)		(0x4000 + ((host) - 1) * SMEM_PART_SIZE)
#define SMEM_GLOBAL_PART_OFFSET		SMEM_PART_OFFSET(SMEM_HOSTS)
#define SMEM_MIN_SIZE			0x20000	/* all of that, and some room in the global one */
#define SMEM_PTABLE_SIZE		0x1000	/* last page of SMEM */
#define SMEM_ITEM_LAST_FIXED		8	/* items below are the boot loader's */
#define SMEM_NUM_ITEMS			1024
#define SMEM_CACHELINE			64
#define SMEM_ALIGN			8

/* As little-endian words */
#define SMEM_PTABLE_MAGIC		0x434f5424	/* "$TOC" */
#define SMEM_PTABLE_VERSION		1
#define SMEM_PART_MAGIC			0x54525024	/* "$PRT" */
#define SMEM_INFO_MAGIC			0x49494953	/* "SIII" */
#define SMEM_PRIVATE_CANARY		0xa5a5

/* Hardware mutex that guards allocations: lock 3, one lock a 4 KiB page. */
#define SMEM_HWLOCK_OFFSET		(3 * 0x1000)
#define SMEM_HWLOCK_OWNER(host)		((host) + 1)

/**
 * struct smem_header - start of SMEM
 * @proc_comm:		legacy, unused
 * @version:		one version a processor; the boot loader's decides the layout
 * @initialized:	1
 * @free_offset:	legacy heap, unused
 * @available:		legacy heap, unused
 * @reserved:		0
 */
struct smem_header {
	uint32_t proc_comm[16];
	uint32_t version[32];
	uint32_t initialized;
	uint32_t free_offset;
	uint32_t available;
	uint32_t reserved;
};

/**
 * struct smem_ptable_entry - where a partition lies
 * @offset:	from the start of SMEM
 * @size:	bytes
 * @flags:	0
 * @host0:	SMEM_GLOBAL_HOST, or one of two hosts with access
 * @host1:	SMEM_GLOBAL_HOST, or the other
 * @cacheline:	alignment of "cached" items
 * @reserved:	0
 */
struct smem_ptable_entry {
	uint32_t offset;
	uint32_t size;
	uint32_t flags;
	uint16_t host0;
	uint16_t host1;
	uint32_t cacheline;
	uint32_t reserved[7];
};

/**
 * struct smem_info - behind the last partition table entry
 * @magic:	SMEM_INFO_MAGIC
 * @size:	bytes of SMEM
 * @base_addr:	its address
 * @reserved:	0
 * @num_items:	items are numbered below this
 */
struct smem_info {
	uint32_t magic;
	uint32_t size;
	uint32_t base_addr;
	uint32_t reserved;
	uint16_t num_items;
};

/**
 * struct smem_ptable - partition table
 * @magic:		SMEM_PTABLE_MAGIC
 * @version:		SMEM_PTABLE_VERSION
 * @num_entries:	SMEM_HOSTS
 * @reserved:		0
 * @entries:		the global partition, then those of Linux and host 1, 2, ...
 * @info:		struct smem_info
 */
struct smem_ptable {
	uint32_t magic;
	uint32_t version;
	uint32_t num_entries;
	uint32_t reserved[5];
	struct smem_ptable_entry entries[SMEM_HOSTS];
	struct smem_info info;
};

/**
 * struct smem_partition_header - start of a partition
 * @magic:		SMEM_PART_MAGIC
 * @host0:		as in the partition table
 * @host1:		as in the partition table
 * @size:		as in the partition table
 * @free_uncached:	first free byte, from the start of the partition
 * @free_cached:	end of the free bytes; "cached" items grow down to here
 * @reserved:		0
 */
struct smem_partition_header {
	uint32_t magic;
	uint16_t host0;
	uint16_t host1;
	uint32_t size;
	uint32_t free_uncached;
	uint32_t free_cached;
	uint32_t reserved[3];
};

/**
 * struct smem_private_entry - header of an item, its data behind it
 * @canary:		SMEM_PRIVATE_CANARY
 * @item:		number
 * @size:		bytes of data, padding included
 * @padding_data:	bytes of padding behind the data
 * @padding_hdr:	bytes between this header and the data
 * @reserved:		0
 */
struct smem_private_entry {
	uint16_t canary;
	uint16_t item;
	uint32_t size;
	uint16_t padding_data;
	uint16_t padding_hdr;
	uint32_t reserved;
};

#endif /* SMEM_LAYOUT_H */
