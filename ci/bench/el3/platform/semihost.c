// SPDX-License-Identifier: GPL-2.0-only
/* Ending QEMU with an exit code of our choice, by semihosting. */
#include "arch.h"
#include "platform.h"

#define SYS_EXIT_EXTENDED		0x20
#define ADP_STOPPED_APPLICATION_EXIT	0x20026

static void hlt_exit(unsigned int code)
{
	uint64_t block[2] = { ADP_STOPPED_APPLICATION_EXIT, code };
	register uint64_t op __asm__("x0") = SYS_EXIT_EXTENDED;
	register uint64_t arg __asm__("x1") = (uint64_t)block;

	__asm__ volatile("dsb sy\n\thlt #0xf000" : "+r"(op) : "r"(arg) : "memory");
}

void semihost_exit(unsigned int code)
{
	static uint32_t tried;

	/* Without semihosting the HLT is undefined and leads here once more */
	if (!__atomic_fetch_add(&tried, 1, __ATOMIC_RELAXED))
		hlt_exit(code);
	log_break_lock();
	tz_log("TZ cannot end QEMU: it needs -semihosting-config enable=on,target=native\n");
	for (;;)
		wfi();
}
