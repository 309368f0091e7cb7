/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Registers and table formats of the SMMUv3, as far as a walk needs them. Names
 * as in drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.h and io-pgtable-arm.c, where
 * these have them; values from Arm IHI 0070 (5.2 stream table entry, 5.4
 * context descriptor, 6.3 registers) and, for page tables, Arm DDI 0487 (D8).
 */
#ifndef SMMU_REGS_H
#define SMMU_REGS_H

#include <stdint.h>

#define GENMASK_ULL(h, l)	((~0ull >> (63 - (h))) & (~0ull << (l)))
#define FIELD_GET(mask, v)	(((v) & (mask)) / ((mask) & -(mask)))

/* Registers, page 0 */
#define ARM_SMMU_CR0			0x20
#define CR0_SMMUEN			(1u << 0)
#define ARM_SMMU_GBPA			0x44
#define GBPA_ABORT			(1u << 20)
#define ARM_SMMU_STRTAB_BASE		0x80
#define STRTAB_BASE_ADDR_MASK		GENMASK_ULL(51, 6)
#define ARM_SMMU_STRTAB_BASE_CFG	0x88
#define STRTAB_BASE_CFG_FMT		GENMASK_ULL(17, 16)
#define STRTAB_BASE_CFG_FMT_LINEAR	0
#define STRTAB_BASE_CFG_FMT_2LVL	1
#define STRTAB_BASE_CFG_SPLIT		GENMASK_ULL(10, 6)
#define STRTAB_BASE_CFG_LOG2SIZE	GENMASK_ULL(5, 0)

/* Stream table: level 1 descriptors and entries */
#define STRTAB_L1_DESC_SIZE		8
#define STRTAB_L1_DESC_SPAN		GENMASK_ULL(4, 0)
#define STRTAB_L1_DESC_L2PTR_MASK	GENMASK_ULL(51, 6)
#define STRTAB_STE_SIZE			64
#define STRTAB_STE_0_V			(1ull << 0)
#define STRTAB_STE_0_CFG		GENMASK_ULL(3, 1)
#define STRTAB_STE_0_CFG_ABORT_MAX	3	/* 0b0xx: abort */
#define STRTAB_STE_0_CFG_BYPASS		4
#define STRTAB_STE_0_CFG_S1_TRANS	5
#define STRTAB_STE_0_CFG_S2_TRANS	6
#define STRTAB_STE_0_CFG_NESTED		7
#define STRTAB_STE_0_S1FMT		GENMASK_ULL(5, 4)
#define STRTAB_STE_0_S1FMT_LINEAR	0
#define STRTAB_STE_0_S1CTXPTR_MASK	GENMASK_ULL(51, 6)
#define STRTAB_STE_0_S1CDMAX		GENMASK_ULL(63, 59)
#define STRTAB_STE_1_S1DSS		GENMASK_ULL(1, 0)
#define STRTAB_STE_1_S1DSS_TERMINATE	0
#define STRTAB_STE_1_S1DSS_BYPASS	1
#define STRTAB_STE_1_PRIVCFG		GENMASK_ULL(49, 48)
#define STRTAB_STE_1_PRIVCFG_PRIV	3
#define STRTAB_STE_2_VTCR_S2T0SZ	GENMASK_ULL(37, 32)
#define STRTAB_STE_2_VTCR_S2SL0		GENMASK_ULL(39, 38)
#define STRTAB_STE_2_VTCR_S2TG		GENMASK_ULL(47, 46)
#define STRTAB_STE_2_S2AA64		(1ull << 51)
#define STRTAB_STE_2_S2ENDI		(1ull << 52)
#define STRTAB_STE_2_S2AFFD		(1ull << 53)
#define STRTAB_STE_2_S2HD		(1ull << 55)
#define STRTAB_STE_2_S2HA		(1ull << 56)
#define STRTAB_STE_3_S2TTB_MASK		GENMASK_ULL(51, 4)
/* Words of an entry, as offsets */
#define STRTAB_STE_WORD(n)		(8 * (n))

/* Context descriptors */
#define CTXDESC_L1_DESC_V		(1ull << 0)
#define CTXDESC_L1_DESC_L2PTR_MASK	GENMASK_ULL(51, 12)
#define CTXDESC_CD_SIZE			64
#define CTXDESC_CD_0_TCR_T0SZ		GENMASK_ULL(5, 0)
#define CTXDESC_CD_0_TCR_TG0		GENMASK_ULL(7, 6)
#define CTXDESC_CD_0_TCR_EPD0		(1ull << 14)
#define CTXDESC_CD_0_ENDI		(1ull << 15)
#define CTXDESC_CD_0_V			(1ull << 31)
#define CTXDESC_CD_0_AFFD		(1ull << 35)
#define CTXDESC_CD_0_AA64		(1ull << 41)
#define CTXDESC_CD_0_TCR_HD		(1ull << 42)
#define CTXDESC_CD_0_TCR_HA		(1ull << 43)
#define CTXDESC_CD_1_TTB0_MASK		GENMASK_ULL(51, 4)

/* T0SZ and S2T0SZ of a translation without extensions: 48 to 25 bits */
#define TCR_T0SZ_MIN			16
#define TCR_T0SZ_MAX			39

/* Page tables, VMSAv8-64; AP and APTable are stage 1's, HAP is stage 2's */
#define ARM_LPAE_LAST_LEVEL		3
#define ARM_LPAE_S2_MAX_CONCAT_BITS	4	/* 16 tables side by side */
#define ARM_LPAE_PTE_SIZE		8
#define ARM_LPAE_PTE_VALID		(1ull << 0)
#define ARM_LPAE_PTE_TABLE		(1ull << 1)	/* at level 3: page */
#define ARM_LPAE_PTE_AP_UNPRIV		(1ull << 6)
#define ARM_LPAE_PTE_AP_RDONLY		(1ull << 7)
#define ARM_LPAE_PTE_HAP_READ		(1ull << 6)
#define ARM_LPAE_PTE_HAP_WRITE		(1ull << 7)
#define ARM_LPAE_PTE_AF			(1ull << 10)
#define ARM_LPAE_PTE_DBM		(1ull << 51)
#define ARM_LPAE_PTE_CONT		(1ull << 52)
#define ARM_LPAE_PTE_APTABLE_PRIV	(1ull << 61)
#define ARM_LPAE_PTE_APTABLE_RDONLY	(1ull << 62)
#define ARM_LPAE_PTE_ADDR_MASK(g)	GENMASK_ULL(47, (g))

#endif /* SMMU_REGS_H */
