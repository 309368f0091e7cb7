// SPDX-License-Identifier: GPL-2.0-only
/*
 * From a stream id to its page tables: stream table and context descriptor, as
 * Arm IHI 0070 tells the hardware to read them (5.2 stream table entry, 5.4
 * context descriptor, 6.3 registers). Names as in drivers/iommu/arm/
 * arm-smmu-v3/arm-smmu-v3.h, where it has them.
 *
 * What Linux does not use for a core's stream is a finding: stage 2, which is
 * for guests, and substreams.
 */
#include <string.h>

#include "tz.h"
#include "smmuv3.h"

#define GENMASK_ULL(h, l)	((~0ull >> (63 - (h))) & (~0ull << (l)))
#define FIELD_GET(mask, v)	(((v) & (mask)) / ((mask) & -(mask)))

/* Registers, page 0 */
#define CR0				0x20
#define CR0_SMMUEN			(1u << 0)
#define GBPA				0x44
#define GBPA_ABORT			(1u << 20)
#define STRTAB_BASE			0x80
#define STRTAB_BASE_ADDR		GENMASK_ULL(51, 6)
#define STRTAB_BASE_CFG			0x88
#define STRTAB_BASE_CFG_FMT		GENMASK_ULL(17, 16)
#define STRTAB_BASE_CFG_FMT_LINEAR	0
#define STRTAB_BASE_CFG_FMT_2LVL	1
#define STRTAB_BASE_CFG_SPLIT		GENMASK_ULL(10, 6)
#define STRTAB_BASE_CFG_LOG2SIZE	GENMASK_ULL(5, 0)

/* Stream table: level 1 descriptors and entries, in words of 64 bits */
#define STRTAB_L1_DESC_SIZE		8
#define STRTAB_L1_DESC_SPAN		GENMASK_ULL(4, 0)
#define STRTAB_L1_DESC_L2PTR		GENMASK_ULL(51, 6)
#define STE_SIZE			64
#define STE_0_V				(1ull << 0)
#define STE_0_CFG			GENMASK_ULL(3, 1)
#define STE_0_CFG_BYPASS		4
#define STE_0_CFG_S1_TRANS		5
#define STE_0_CFG_S2_TRANS		6
#define STE_0_CFG_NESTED		7
#define STE_0_S1CTXPTR			GENMASK_ULL(51, 6)
#define STE_0_S1CDMAX			GENMASK_ULL(63, 59)

/* Context descriptors */
#define CD_0_T0SZ			GENMASK_ULL(5, 0)
#define CD_0_TG0			GENMASK_ULL(7, 6)
#define CD_0_EPD0			(1ull << 14)
#define CD_0_ENDI			(1ull << 15)
#define CD_0_V				(1ull << 31)
#define CD_0_AA64			(1ull << 41)
#define CD_1_TTB0			GENMASK_ULL(51, 4)

static bool find_ste(uint32_t sid, uint64_t *ste)
{
	uint64_t base = smmu_read64(STRTAB_BASE) & STRTAB_BASE_ADDR;
	uint32_t cfg = smmu_read32(STRTAB_BASE_CFG);
	unsigned int split = FIELD_GET(STRTAB_BASE_CFG_SPLIT, cfg);
	unsigned int span;
	uint64_t desc, index;

	/* LOG2SIZE counts stream ids in both formats; 32 is the most there are */
	if ((uint64_t)sid >> FIELD_GET(STRTAB_BASE_CFG_LOG2SIZE, cfg))
		return false;

	switch (FIELD_GET(STRTAB_BASE_CFG_FMT, cfg)) {
	case STRTAB_BASE_CFG_FMT_LINEAR:
		*ste = base + (uint64_t)sid * STE_SIZE;
		return true;
	case STRTAB_BASE_CFG_FMT_2LVL:
		desc = base + (uint64_t)(sid >> split) * STRTAB_L1_DESC_SIZE;
		if (!pagetable_read(desc, &desc))
			return false;
		/* Span n: 2^(n - 1) entries; 0: none */
		span = FIELD_GET(STRTAB_L1_DESC_SPAN, desc);
		index = sid & ((1ull << split) - 1);
		if (!span || index >= 1ull << (span - 1))
			return false;
		*ste = (desc & STRTAB_L1_DESC_L2PTR) + index * STE_SIZE;
		return true;
	default:
		return false;
	}
}

/* The only descriptor: no core has substreams */
static enum smmu_config read_stage1(uint64_t ste0, struct pagetable *pt)
{
	uint64_t cd = ste0 & STE_0_S1CTXPTR;
	uint64_t cd0, cd1;

	if (FIELD_GET(STE_0_S1CDMAX, ste0) ||
	    !pagetable_read(cd, &cd0) || !pagetable_read(cd + 8, &cd1) ||
	    !(cd0 & CD_0_V) || !(cd0 & CD_0_AA64) || (cd0 & CD_0_ENDI) ||
	    !pagetable_set_size(pt, FIELD_GET(CD_0_TG0, cd0), FIELD_GET(CD_0_T0SZ, cd0)))
		return SMMU_BAD_CONTEXT;
	/* TTB0 not to be walked: each access faults */
	if (cd0 & CD_0_EPD0)
		return SMMU_ABORT;
	pt->ttb = cd1 & CD_1_TTB0;
	return SMMU_TRANSLATES;
}

/**
 * smmuv3_find() - what the SMMU does with a stream
 * @sid:	stream id
 * @pt:		its page tables, if it SMMU_TRANSLATES
 */
enum smmu_config smmuv3_find(uint32_t sid, struct pagetable *pt)
{
	uint64_t ste, ste0;

	memset(pt, 0, sizeof(*pt));
	if (!(smmu_read32(CR0) & CR0_SMMUEN))
		return smmu_read32(GBPA) & GBPA_ABORT ? SMMU_ABORT : SMMU_BYPASS;
	if (!find_ste(sid, &ste) || !pagetable_read(ste, &ste0) || !(ste0 & STE_0_V))
		return SMMU_BAD_STREAM;

	switch (FIELD_GET(STE_0_CFG, ste0)) {
	case STE_0_CFG_BYPASS:
		return SMMU_BYPASS;
	case STE_0_CFG_S1_TRANS:
		return read_stage1(ste0, pt);
	case STE_0_CFG_S2_TRANS:
	case STE_0_CFG_NESTED:
		return SMMU_STAGE2;
	default:	/* 0b0xx */
		return SMMU_ABORT;
	}
}
