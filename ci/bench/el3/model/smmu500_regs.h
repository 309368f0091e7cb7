/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The registers of an SMMU-500, in RAM. Names as in
 * drivers/iommu/arm/arm-smmu/arm-smmu.h of the base; what that does not have is
 * named as in Arm IHI 0062 (SMMUv2): sGFAR, bits of sGFSR and sGFSYNR0, FSR.FORMAT.
 */
#ifndef SMMU500_REGS_H
#define SMMU500_REGS_H

#include "tz.h"

#define GENMASK_ULL(h, l)	((~0ull >> (63 - (h))) & (~0ull << (l)))
#define FIELD_GET(mask, v)	(((v) & (mask)) / ((mask) & -(mask)))
#define FIELD_PREP(mask, v)	((v) * ((mask) & -(mask)))

/* Global register space 0 */
#define sCR0				0x0
#define sCR0_USFCFG			(1u << 10)
#define sCR0_GCFGFIE			(1u << 5)
#define sCR0_CLIENTPD			(1u << 0)
#define ID0				0x20
#define ID0_S1TS			(1u << 30)
#define ID0_SMS				(1u << 27)
#define ID0_ATOSNS			(1u << 26)
#define ID0_PTFS_NO_AARCH32		(1u << 25)
#define ID0_PTFS_NO_AARCH32S		(1u << 24)
#define ID0_NUMIRPT			GENMASK_ULL(23, 16)
#define ID0_CTTW			(1u << 14)
#define ID0_NUMSIDB			GENMASK_ULL(12, 9)
#define ID0_NUMSMRG			GENMASK_ULL(7, 0)
#define ID1				0x24
#define ID1_NUMPAGENDXB			GENMASK_ULL(30, 28)
#define ID1_NUMCB			GENMASK_ULL(7, 0)
#define ID2				0x28
#define ID2_PTFS_64K			(1u << 14)
#define ID2_PTFS_16K			(1u << 13)
#define ID2_PTFS_4K			(1u << 12)
#define ID2_UBS				GENMASK_ULL(11, 8)
#define ID2_OAS				GENMASK_ULL(7, 4)
#define ID2_IAS				GENMASK_ULL(3, 0)
#define ID2_48_BITS			5u
#define ID7				0x3c
#define ID7_MAJOR			GENMASK_ULL(7, 4)
#define ID7_MINOR			GENMASK_ULL(3, 0)
#define sGFAR				0x40
#define sGFSR				0x48
#define sGFSR_MULTI			(1u << 31)
#define sGFSR_UCBF			(1u << 3)
#define sGFSR_SMCF			(1u << 2)
#define sGFSR_USF			(1u << 1)
#define sGFSR_ICF			(1u << 0)
#define sGFSYNR0			0x50
#define sGFSYNR0_WNR			(1u << 1)
#define sGFSYNR1			0x54
#define SMR(n)				(0x800 + 4 * (n))
#define SMR_VALID			(1u << 31)
#define SMR_MASK			GENMASK_ULL(30, 16)
#define SMR_ID				GENMASK_ULL(14, 0)
#define S2CR(n)				(0xc00 + 4 * (n))
#define S2CR_TYPE			GENMASK_ULL(17, 16)
#define S2CR_TYPE_TRANS			0
#define S2CR_TYPE_BYPASS		1
#define S2CR_CBNDX			GENMASK_ULL(7, 0)

/* Global register space 1 */
#define GR1				0x1000
#define CBAR(n)				(GR1 + 4 * (n))
#define CBAR_TYPE			GENMASK_ULL(17, 16)
#define CBAR_TYPE_S1_TRANS_S2_BYPASS	1
#define CBAR_TYPE_S1_TRANS_S2_FAULT	2
#define CBFRSYNRA(n)			(GR1 + 0x400 + 4 * (n))
#define CBA2R(n)			(GR1 + 0x800 + 4 * (n))
#define CBA2R_VA64			(1u << 0)

/* A context bank: a page of the upper half */
#define CB(n)				((PAGES + (n)) * 0x1000)
#define CB_SCTLR			0x0
#define SCTLR_CFIE			(1u << 6)
#define SCTLR_E				(1u << 4)
#define SCTLR_M				(1u << 0)
#define CB_TTBR0			0x20
#define TTBR0_ADDR			GENMASK_ULL(47, 4)
#define CB_TCR				0x30
#define TCR_TG0				GENMASK_ULL(15, 14)
#define TCR_EPD0			(1u << 7)
#define TCR_T0SZ			GENMASK_ULL(5, 0)
#define CB_FSR				0x58
#define FSR_MULTI			(1u << 31)
#define FSR_FORMAT			GENMASK_ULL(10, 9)
#define FSR_FORMAT_AARCH64		2u
#define FSR_PF				(1u << 3)
#define FSR_TF				(1u << 1)
#define CB_FAR				0x60
#define CB_FSYNR0			0x68
#define FSYNR0_WNR			(1u << 4)

/* Choice: what the cores and their default domains need, and some to spare */
#define NUM_SMR				64u
#define PAGENDXB			6u
#define PAGES				(1u << (PAGENDXB + 1))	/* in each half */

_Static_assert(2 * PAGES * 0x1000 == BENCH_SMMU500_SIZE, "BENCH_SMMU500_SIZE");

/* Aligned, and in RAM that is always there */
static inline volatile uint32_t *reg32(uint32_t off)
{
	return phys_ptr(BENCH_SMMU500_BASE + off, sizeof(uint32_t));
}

static inline uint32_t read_reg(uint32_t off)
{
	return *reg32(off);
}

static inline void write_reg(uint32_t off, uint32_t v)
{
	*reg32(off) = v;
}

static inline uint64_t read_reg64(uint32_t off)
{
	return read_reg(off) | (uint64_t)read_reg(off + 4) << 32;
}

static inline void write_reg64(uint32_t off, uint64_t v)
{
	write_reg(off, (uint32_t)v);
	write_reg(off + 4, (uint32_t)(v >> 32));
}

#endif /* SMMU500_REGS_H */
