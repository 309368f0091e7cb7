// SPDX-License-Identifier: GPL-2.0-only
/*
 * An SMMU-500 whose registers are plain RAM: Linux's arm-smmu driver writes them,
 * and what it reads back is what it wrote or what EL3 put there. From a stream id
 * to its page tables as Arm IHI 0062 (SMMUv2) tells the hardware to go: stream
 * match registers, S2CR, CBAR, context bank. The ID registers say what the SMMUs
 * of these SoCs say, with fewer context banks (fields: Arm DDI 0517, MMU-500).
 *
 * Names as in drivers/iommu/arm/arm-smmu/arm-smmu.h of the base; what that does
 * not have is named as in IHI 0062: sGFAR, bits of sGFSR and sGFSYNR0, FSR.FORMAT.
 *
 * What needs more than RAM is left out: nothing is cached, so invalidations are
 * not looked at, and sTLBGSTATUS and TLBSTATUS are always idle. Address
 * translation on demand (ATS1PR), stalls (SCTLR.CFCFG) and TTBR1 are not there.
 */
#include <string.h>

#include "tz.h"
#include "smmu500.h"

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
#define SID_BITS			15u
#define PAGENDXB			6u
#define PAGES				(1u << (PAGENDXB + 1))	/* in each half */

_Static_assert(2 * PAGES * 0x1000 == BENCH_SMMU500_SIZE, "BENCH_SMMU500_SIZE");

#define NO_BANK				BENCH_SMMU500_CBS

/* What was reported and Linux has not handled, as far as is known: FSR, sGFSR */
static uint32_t reported[BENCH_SMMU500_CBS];
static uint32_t reported_globally;

/* Aligned, and in RAM that is always there */
static volatile uint32_t *reg32(uint32_t off)
{
	return phys_ptr(BENCH_SMMU500_BASE + off, sizeof(uint32_t));
}

static uint32_t read_reg(uint32_t off)
{
	return *reg32(off);
}

static void write_reg(uint32_t off, uint32_t v)
{
	*reg32(off) = v;
}

static uint64_t read_reg64(uint32_t off)
{
	return read_reg(off) | (uint64_t)read_reg(off + 4) << 32;
}

static void write_reg64(uint32_t off, uint64_t v)
{
	write_reg(off, (uint32_t)v);
	write_reg(off + 4, (uint32_t)(v >> 32));
}

static uint32_t id2_of(uint32_t granules)
{
	uint32_t v = FIELD_PREP(ID2_UBS, ID2_48_BITS) | FIELD_PREP(ID2_OAS, ID2_48_BITS) |
		     FIELD_PREP(ID2_IAS, ID2_48_BITS);

	if (granules & 0x1000)
		v |= ID2_PTFS_4K;
	if (granules & 0x4000)
		v |= ID2_PTFS_16K;
	if (granules & 0x10000)
		v |= ID2_PTFS_64K;
	return v;
}

/**
 * smmu500_reset() - as the boot loader leaves it to Linux
 *
 * All off, and what tz_boot_smmu() says: streams of cores that already run.
 */
void smmu500_reset(void)
{
	struct tz_boot_smmu boot;
	unsigned int i;

	memset(phys_ptr(BENCH_SMMU500_BASE, BENCH_SMMU500_SIZE), 0, BENCH_SMMU500_SIZE);
	memset(reported, 0, sizeof(reported));
	reported_globally = 0;

	tz_boot_smmu(&boot);
	write_reg(ID0, ID0_S1TS | ID0_SMS | ID0_ATOSNS | ID0_PTFS_NO_AARCH32 |
		       ID0_PTFS_NO_AARCH32S | FIELD_PREP(ID0_NUMIRPT, BENCH_SMMU500_CBS) |
		       ID0_CTTW | FIELD_PREP(ID0_NUMSIDB, SID_BITS) |
		       FIELD_PREP(ID0_NUMSMRG, NUM_SMR));
	write_reg(ID1, FIELD_PREP(ID1_NUMPAGENDXB, PAGENDXB) |
		       FIELD_PREP(ID1_NUMCB, BENCH_SMMU500_CBS));
	write_reg(ID2, id2_of(boot.granules));
	write_reg(ID7, FIELD_PREP(ID7_MAJOR, 2u) | FIELD_PREP(ID7_MINOR, 1u));
	/* Nobody has configured it yet: what does not match goes through */
	write_reg(sCR0, boot.num ? 0 : sCR0_CLIENTPD);
	for (i = 0; i < boot.num; i++) {
		write_reg(SMR(i), SMR_VALID | boot.streams[i]);
		write_reg(S2CR(i), FIELD_PREP(S2CR_TYPE, S2CR_TYPE_BYPASS));
	}
}

/* ---- from a stream id to its page tables ---- */

/**
 * struct found - what a stream leads to
 * @config:	what is done with it
 * @bank:	context bank that a fault is reported in, or NO_BANK
 * @gfsr:	global fault that each access raises, 0: none
 */
struct found {
	enum smmu_config config;
	unsigned int bank;
	uint32_t gfsr;
};

static bool smr_matches(uint32_t smr, uint32_t sid)
{
	uint32_t ignored = (uint32_t)FIELD_GET(SMR_MASK, smr);

	return smr & SMR_VALID && !((smr ^ sid) & SMR_ID & ~ignored);
}

/* The groups that match a stream: which, and how many */
static unsigned int match_smr(uint32_t sid, unsigned int *group)
{
	unsigned int i, n = 0;

	for (i = 0; i < NUM_SMR; i++)
		if (smr_matches(read_reg(SMR(i)), sid)) {
			*group = i;
			n++;
		}
	return n;
}

static struct found not_found(enum smmu_config config, uint32_t gfsr)
{
	return (struct found){ config, NO_BANK, gfsr };
}

/* Stage 1 as a context bank has it; off, it lets through what comes */
static enum smmu_config read_bank(unsigned int bank, struct pagetable *pt)
{
	uint32_t sctlr = read_reg(CB(bank) + CB_SCTLR);
	uint32_t tcr = read_reg(CB(bank) + CB_TCR);

	if (!(sctlr & SCTLR_M))
		return SMMU_BYPASS;
	if (!(read_reg(CBA2R(bank)) & CBA2R_VA64) || (sctlr & SCTLR_E) ||
	    !pagetable_set_size(pt, FIELD_GET(TCR_TG0, tcr), FIELD_GET(TCR_T0SZ, tcr)))
		return SMMU_BAD_CONTEXT;
	/* TTBR0 not to be walked: each access faults */
	if (tcr & TCR_EPD0)
		return SMMU_ABORT;
	pt->ttb = read_reg64(CB(bank) + CB_TTBR0) & TTBR0_ADDR;
	return SMMU_TRANSLATES;
}

static struct found follow_bank(unsigned int bank, struct pagetable *pt)
{
	struct found found = { SMMU_STAGE2, bank, 0 };

	if (bank >= BENCH_SMMU500_CBS)
		return not_found(SMMU_BAD_CONTEXT, sGFSR_UCBF);
	switch (FIELD_GET(CBAR_TYPE, read_reg(CBAR(bank)))) {
	case CBAR_TYPE_S1_TRANS_S2_BYPASS:
		found.config = read_bank(bank, pt);
		break;
	case CBAR_TYPE_S1_TRANS_S2_FAULT:
		found.config = SMMU_ABORT;
		break;
	}
	return found;
}

static struct found follow(uint32_t sid, struct pagetable *pt)
{
	uint32_t scr0 = read_reg(sCR0), s2cr;
	unsigned int group = 0;

	memset(pt, 0, sizeof(*pt));
	if (scr0 & sCR0_CLIENTPD)
		return not_found(SMMU_BYPASS, 0);
	switch (match_smr(sid, &group)) {
	case 0:
		return scr0 & sCR0_USFCFG ? not_found(SMMU_BAD_STREAM, sGFSR_USF)
					  : not_found(SMMU_BYPASS, 0);
	case 1:
		break;
	default:	/* what hardware does then is not defined: refused (choice) */
		return not_found(SMMU_BAD_STREAM, sGFSR_SMCF);
	}

	s2cr = read_reg(S2CR(group));
	switch (FIELD_GET(S2CR_TYPE, s2cr)) {
	case S2CR_TYPE_TRANS:
		return follow_bank((unsigned int)FIELD_GET(S2CR_CBNDX, s2cr), pt);
	case S2CR_TYPE_BYPASS:
		return not_found(SMMU_BYPASS, 0);
	default:
		return not_found(SMMU_ABORT, sGFSR_ICF);
	}
}

/**
 * smmu500_find() - what the SMMU does with a stream
 * @sid:	stream id
 * @pt:		its page tables, if it SMMU_TRANSLATES
 */
enum smmu_config smmu500_find(uint32_t sid, struct pagetable *pt)
{
	return follow(sid, pt).config;
}

/* ---- what it reports ---- */

/*
 * FSR and sGFSR are write-one-to-clear, and RAM is not: after the driver's handler
 * wrote back what it had read, nothing has changed. But the handler ends with that,
 * so an interrupt that was pended, and is neither pending nor active any more, says
 * that it was written. Nobody but the handler reads FSR, and the handler only runs
 * after a fault, or with CONFIG_DEBUG_SHIRQ when a bank is freed; so it is enough to
 * look before the next fault and at each call. What stands in a bank of which nothing
 * was reported, the driver wrote when it was probed, to clear it.
 */
static bool handled(unsigned int spi)
{
	/* In this order: what is not pending any more is active or handled */
	return !gic_spi_pending(spi) && !gic_spi_active(spi);
}

/**
 * smmu500_settle() - clear what the driver has cleared by now
 */
void smmu500_settle(void)
{
	unsigned int i;

	for (i = 0; i < BENCH_SMMU500_CBS; i++) {
		if (reported[i] && !handled(BENCH_SPI_SMMU_CB + i))
			continue;
		reported[i] = 0;
		write_reg(CB(i) + CB_FSR, 0);
	}
	if (reported_globally && handled(BENCH_SPI_SMMU_GLOBAL)) {
		reported_globally = 0;
		write_reg(sGFSR, 0);
	}
}

/*
 * One more where one is not handled yet: the registers keep the first. While it is
 * being handled the interrupt comes again, as it does with hardware, where a bit is
 * left or new by the time the handler ends.
 */
static void report_again(unsigned int spi)
{
	if (!gic_spi_pending(spi))
		gic_pend_spi(spi);
}

static void report_in_bank(unsigned int bank, uint32_t sid, uint64_t iova, bool write,
			   uint32_t fsr)
{
	unsigned int spi = BENCH_SPI_SMMU_CB + bank;
	bool irq = read_reg(CB(bank) + CB_SCTLR) & SCTLR_CFIE;

	if (reported[bank]) {
		reported[bank] |= FSR_MULTI;
		write_reg(CB(bank) + CB_FSR, reported[bank]);
		if (irq)
			report_again(spi);
		return;
	}
	reported[bank] = fsr | (uint32_t)FIELD_PREP(FSR_FORMAT, FSR_FORMAT_AARCH64);
	write_reg64(CB(bank) + CB_FAR, iova);
	write_reg(CB(bank) + CB_FSYNR0, write ? FSYNR0_WNR : 0);
	write_reg(CBFRSYNRA(bank), sid);
	write_reg(CB(bank) + CB_FSR, reported[bank]);
	if (irq)
		gic_pend_spi(spi);
}

static void report_globally(uint32_t sid, uint64_t iova, bool write, uint32_t gfsr)
{
	bool irq = read_reg(sCR0) & sCR0_GCFGFIE;

	if (reported_globally) {
		reported_globally |= sGFSR_MULTI;
		write_reg(sGFSR, reported_globally);
		if (irq)
			report_again(BENCH_SPI_SMMU_GLOBAL);
		return;
	}
	reported_globally = gfsr;
	write_reg64(sGFAR, iova);
	write_reg(sGFSYNR0, write ? sGFSYNR0_WNR : 0);
	write_reg(sGFSYNR1, sid);
	write_reg(sGFSR, gfsr);
	if (irq)
		gic_pend_spi(BENCH_SPI_SMMU_GLOBAL);
}

/**
 * smmu500_fault() - report an access that was refused
 * @sid:	stream id that it came with
 * @iova:	where to
 * @write:	or a read
 */
void smmu500_fault(uint32_t sid, uint64_t iova, bool write)
{
	struct pagetable pt;
	struct found found = follow(sid, &pt);

	smmu500_settle();
	if (found.gfsr)
		report_globally(sid, iova, write, found.gfsr);
	else if (found.config == SMMU_TRANSLATES && pagetable_maps(&pt, iova))
		report_in_bank(found.bank, sid, iova, write, FSR_PF);
	else if (found.bank != NO_BANK)
		report_in_bank(found.bank, sid, iova, write, FSR_TF);
}
