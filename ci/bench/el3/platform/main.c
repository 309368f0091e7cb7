// SPDX-License-Identifier: GPL-2.0-only
/* CPU0 after reset: set up the machine, load Linux, enter it. */
#include "arch.h"
#include "platform.h"
#include "smem.h"

#define RAM_END		((uint64_t)BENCH_RAM_BASE + BENCH_RAM_SIZE)

void main(void) __attribute__((noreturn));

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

void *phys_ptr(uint64_t pa, uint64_t size)
{
	if (pa < BENCH_RAM_BASE || pa > RAM_END || size > RAM_END - pa)
		return NULL;
	return (void *)pa;
}

void main(void)
{
	struct boot_image image;

	uart_init();
	tz_log("TZ boot\n");
	gic_init();
	dtb_open();
	fwcfg_load(&image);
	dtb_finish(&image);
	smem_init((void *)BENCH_SMEM_BASE, BENCH_SMEM_SIZE);
	model_lock(0);
	model_init(tz_machine());
	model_unlock();
	tz_log("TZ enters Linux at %lx, %u CPUs, %lu us\n", image.kernel_entry,
	       gic_num_cpus(), tz_time_us());
	cpu_enter_linux(image.kernel_entry, BENCH_DTB_BASE);
}
