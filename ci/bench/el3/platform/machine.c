// SPDX-License-Identifier: GPL-2.0-only
/* What the model sees of the machine: time, RAM, the SMMUv3's registers. */
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
