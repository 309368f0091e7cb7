// SPDX-License-Identifier: GPL-2.0-only
/* Ending QEMU with an exit code of our choice, by semihosting. */
#include "arch.h"
#include "platform.h"

#define SYS_EXIT_EXTENDED		0x20
#define ADP_STOPPED_APPLICATION_EXIT	0x20026

void semihost_exit(unsigned int code)
{
	uint64_t block[2] = { ADP_STOPPED_APPLICATION_EXIT, code };
	register uint64_t op __asm__("x0") = SYS_EXIT_EXTENDED;
	register uint64_t arg __asm__("x1") = (uint64_t)block;

	dsb();
	__asm__ volatile("hlt #0xf000" : "+r"(op) : "r"(arg) : "memory");
	/* Only without -semihosting-config; the harness's timeout ends that */
	for (;;)
		wfi();
}
