// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whether Linux itself maps a carveout while it calls. Nobody tells: its page tables are
 * walked, so that any kernel can be looked at. Linux is stopped in its SMC, as ever.
 *
 * On arm64 the lower half of the kernel's addresses is the linear map, from which "no-map"
 * keeps the carveouts; what ioremap() and memremap() map is in the upper half.
 */
#include "kernel.h"
#include "pagetable.h"

#define TTBR_TABLE	0xffffffffffc0ull	/* no ASID, no CnP */
#define TCR_T1SZ(tcr)	((tcr) >> 16 & 0x3f)
#define TCR_EPD1	(1ull << 23)
#define TCR_TG1(tcr)	((tcr) >> 30 & 3)

/**
 * kernel_flags() - BENCH_F_* that describe what the kernel maps of an image's memory
 * @pas:	the image
 */
uint16_t kernel_flags(const struct pas *pas)
{
	/* TG1 has other numbers than TG0; 0 is none */
	static const unsigned int tg0[] = { TG0_16K + 1, TG0_16K, TG0_4K, TG0_64K };
	struct tz_tables tables;
	struct pagetable pt;

	if (model_shared()->timed || !tz_kernel_tables(&tables) || tables.tcr & TCR_EPD1 ||
	    !pagetable_set_size(&pt, tg0[TCR_TG1(tables.tcr)], TCR_T1SZ(tables.tcr)))
		return 0;
	pt.ttb = tables.ttbr & TTBR_TABLE;
	return pagetable_reaches(&pt, pas->carveout) ? BENCH_F_CPU_MAPPED : 0;
}
