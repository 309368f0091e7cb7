// SPDX-License-Identifier: GPL-2.0-only
/*
 * The core's calls into EL3: on a SoC these would be wires, not calls.
 */
#include "core.h"

struct smc_result {
	uint64_t x0;
	uint64_t x1;
};

static struct smc_result smc(uint64_t fn, uint64_t a1, uint64_t a2)
{
	register uint64_t x0 __asm__("x0") = fn;
	register uint64_t x1 __asm__("x1") = a1;
	register uint64_t x2 __asm__("x2") = a2;

	__asm__ volatile("smc #0"
			 : "+r"(x0), "+r"(x1), "+r"(x2)
			 :
			 : "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10",
			   "x11", "x12", "x13", "x14", "x15", "x16", "x17",
			   "memory");

	return (struct smc_result){ x0, x1 };
}

/**
 * core_event() - put a line into the bench's record, and into the core's log
 * @what: NUL-terminated words
 */
void core_event(const char *what)
{
	log_line(what);
	smc(BENCH_SMC_CORE_EVENT, (uintptr_t)what, 0);
}

/** core_irq() - raise this core's SMP2P interrupt at the application CPU */
void core_irq(void)
{
	barrier_all();
	smc(BENCH_SMC_CORE_IRQ, 0, 0);
}

/** core_wdog() - let this core's watchdog bite */
void core_wdog(void)
{
	smc(BENCH_SMC_CORE_WDOG, 0, 0);
}

/**
 * core_stream_read() - read 64 bits as the core's bus master would
 * @iova:	address in front of the SMMU
 * @value:	what was read
 *
 * Return: false if the SMMU faulted the access.
 */
bool core_stream_read(uint64_t iova, uint64_t *value)
{
	struct smc_result res = smc(BENCH_SMC_CORE_READ, iova, 0);

	*value = res.x1;
	return res.x0 == 0;
}

/**
 * core_stream_stray() - an access that the core's bus master should not make
 * @iova:	address in front of the SMMU
 * @how:	BENCH_STRAY_*
 */
void core_stream_stray(uint64_t iova, uint64_t how)
{
	smc(BENCH_SMC_CORE_STRAY, iova, how);
}
