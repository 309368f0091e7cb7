// SPDX-License-Identifier: GPL-2.0-only
/* What the model sees of the machine: time, RAM, the SMMUv3's registers, Linux's. */
#include "arch.h"
#include "platform.h"

static uint64_t ram_size = BENCH_RAM_SIZE;

/* Split so that counter * 1000000 cannot overflow. */
uint64_t tz_time_us(void)
{
	uint64_t freq = sysreg_read(cntfrq_el0);
	uint64_t now;

	isb();
	now = sysreg_read(cntpct_el0);
	return now / freq * 1000000 + now % freq * 1000000 / freq;
}

uint32_t smmu_read32(uint32_t off)
{
	return read32(SMMU_BASE + off);
}

uint64_t smmu_read64(uint32_t off)
{
	return read64(SMMU_BASE + off);
}

bool tz_kernel_tables(struct tz_tables *tables)
{
	if (cpu_id())
		return false;
	if ((sysreg_read(spsr_el3) & SPSR_EL_MASK) != SPSR_EL2) {
		tables->ttbr = sysreg_read(ttbr1_el1);
		tables->tcr = sysreg_read(tcr_el1);
		return true;
	}
	if (!(sysreg_read(hcr_el2) & HCR_EL2_E2H))
		return false;
	tables->ttbr = sysreg_read(TTBR1_EL2);
	tables->tcr = sysreg_read(tcr_el2);
	return true;
}

void ram_set_size(uint64_t size)
{
	ram_size = size;
}

void *phys_ptr(uint64_t pa, uint64_t size)
{
	uint64_t end = BENCH_RAM_BASE + ram_size;

	if (pa < BENCH_RAM_BASE || pa > end || size > end - pa)
		return NULL;
	return (void *)pa;
}
