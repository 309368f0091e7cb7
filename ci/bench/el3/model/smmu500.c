// SPDX-License-Identifier: GPL-2.0-only
/*
 * An SMMU-500 whose registers are plain RAM: Linux's arm-smmu driver writes them,
 * and what it reads back is what it wrote or what EL3 put there. From a stream id
 * to its page tables as Arm IHI 0062 (SMMUv2) tells the hardware to go: stream
 * match registers, S2CR, CBAR, context bank. The ID registers say what the SMMUs
 * of these SoCs say, with fewer context banks (fields: Arm DDI 0517, MMU-500).
 *
 * What needs more than RAM is left out: nothing is cached, so invalidations are
 * not looked at, and sTLBGSTATUS and TLBSTATUS are always idle. Address
 * translation on demand (ATS1PR), stalls (SCTLR.CFCFG) and TTBR1 are not there.
 */
#include <string.h>

#include "smmu500.h"
#include "smmu500_regs.h"

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

	tz_boot_smmu(&boot);
	write_reg(ID0, ID0_S1TS | ID0_SMS | ID0_ATOSNS | ID0_PTFS_NO_AARCH32 |
		       ID0_PTFS_NO_AARCH32S | FIELD_PREP(ID0_NUMIRPT, boot.banks) |
		       ID0_CTTW | FIELD_PREP(ID0_NUMSIDB, SMMU500_SID_BITS) |
		       FIELD_PREP(ID0_NUMSMRG, NUM_SMR));
	write_reg(ID1, FIELD_PREP(ID1_NUMPAGENDXB, PAGENDXB) |
		       FIELD_PREP(ID1_NUMCB, boot.banks));
	write_reg(ID2, id2_of(boot.granules));
	write_reg(ID7, FIELD_PREP(ID7_MAJOR, 2u) | FIELD_PREP(ID7_MINOR, 1u));
	/* Nobody has configured it yet: what does not match goes through */
	write_reg(sCR0, boot.num ? 0 : sCR0_CLIENTPD);
	for (i = 0; i < boot.num; i++) {
		write_reg(SMR(i), SMR_VALID | boot.streams[i]);
		write_reg(S2CR(i), FIELD_PREP(S2CR_TYPE, S2CR_TYPE_BYPASS));
	}
}

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

static struct smmu500_found not_found(enum smmu_config config, uint32_t gfsr)
{
	return (struct smmu500_found){ config, SMMU500_NO_BANK, gfsr };
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

static struct smmu500_found follow_bank(unsigned int bank, struct pagetable *pt)
{
	struct smmu500_found found = { SMMU_STAGE2, bank, 0 };

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

/**
 * smmu500_follow() - what the SMMU does with a stream, and where it reports it
 * @sid:	stream id
 * @pt:		its page tables, if it SMMU_TRANSLATES
 */
struct smmu500_found smmu500_follow(uint32_t sid, struct pagetable *pt)
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
	return smmu500_follow(sid, pt).config;
}
