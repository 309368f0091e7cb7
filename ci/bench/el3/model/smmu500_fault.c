// SPDX-License-Identifier: GPL-2.0-only
/* What an SMMU-500 reports to Linux: accesses that it refused. */
#include <string.h>

#include "smmu500.h"
#include "smmu500_regs.h"

/* What was reported and Linux has not handled, as far as is known: FSR, sGFSR */
static uint32_t reported[BENCH_SMMU500_CBS];
static uint32_t reported_globally;

/**
 * smmu500_fault_reset() - nothing was reported yet
 */
void smmu500_fault_reset(void)
{
	memset(reported, 0, sizeof(reported));
	reported_globally = 0;
}

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
	struct smmu500_found found = smmu500_follow(sid, &pt);

	smmu500_settle();
	if (found.gfsr)
		report_globally(sid, iova, write, found.gfsr);
	else if (found.config == SMMU_TRANSLATES && pagetable_maps(&pt, iova))
		report_in_bank(found.bank, sid, iova, write, FSR_PF);
	else if (found.bank != SMMU500_NO_BANK)
		report_in_bank(found.bank, sid, iova, write, FSR_TF);
}
