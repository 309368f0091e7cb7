// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sleeping between two looks at shared memory. No interrupt reaches a core
 * from Linux, whose qcom,ipc kick ends in a page of RAM, so the core looks by
 * itself: WFI, ended by the EL1 physical timer. Interrupts stay masked; a
 * pending one ends WFI all the same and need not be taken.
 */
#include "core.h"

#define POLLS_PER_SECOND	5000

#define GICR_BASE		0x080a0000ul
#define GICR_STRIDE		0x20000ul
#define GICR_ISENABLER0		0x10100ul
#define PPI_EL1_PHYS_TIMER	30

/** idle_init() - let the timer's interrupt end WFI on this CPU */
void idle_init(void)
{
	volatile uint32_t *isenabler = (volatile uint32_t *)
		(GICR_BASE + CORE_CPU * GICR_STRIDE + GICR_ISENABLER0);

	__asm__ volatile("msr S3_0_C12_C12_5, %0\n"	/* ICC_SRE_EL1 */
			 "isb\n"
			 "msr S3_0_C4_C6_0, %1\n"	/* ICC_PMR_EL1 */
			 "msr S3_0_C12_C12_7, %0\n"	/* ICC_IGRPEN1_EL1 */
			 "isb" :: "r"(1ul), "r"(0xfful) : "memory");
	*isenabler = BIT(PPI_EL1_PHYS_TIMER);
	barrier_all();
}

/** idle_wait() - sleep for one polling interval, 200 us */
void idle_wait(void)
{
	uint64_t frequency;

	__asm__ volatile("mrs %0, cntfrq_el0" : "=r"(frequency));
	__asm__ volatile("msr cntp_tval_el0, %0\n"
			 "msr cntp_ctl_el0, %1\n"
			 "isb\n"
			 "wfi\n"
			 "msr cntp_ctl_el0, xzr\n"
			 "isb" :: "r"(frequency / POLLS_PER_SECOND), "r"(1ul) : "memory");
}

/** time_us() - microseconds of the system counter */
uint64_t time_us(void)
{
	uint64_t frequency;
	uint64_t count;

	__asm__ volatile("isb\n"
			 "mrs %0, cntpct_el0\n"
			 "mrs %1, cntfrq_el0" : "=r"(count), "=r"(frequency));

	return count / (frequency / 1000000);
}
