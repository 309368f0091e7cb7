// SPDX-License-Identifier: GPL-2.0-only
/* The end: words, a dump of the registers, and QEMU's exit code. */
#include "arch.h"
#include "platform.h"

static const char *const vector_names[] = {
	[VEC_EL3_SYNC] = "sync from EL3",
	[VEC_EL3_IRQ] = "IRQ from EL3",
	[VEC_EL3_FIQ] = "FIQ from EL3",
	[VEC_EL3_SERROR] = "SError from EL3",
	[VEC_LOW_IRQ] = "IRQ from below",
	[VEC_LOW_SERROR] = "SError from below",
	[VEC_LOW_AARCH32] = "AArch32 from below",
};

/*
 * The first panic's words count. A second one on the same CPU ends at once,
 * other CPUs stand still and let the first one finish.
 */
static void begin_panic(void)
{
	static uint32_t owner;
	uint32_t none = 0;
	uint32_t self = cpu_id() + 1;

	if (!__atomic_compare_exchange_n(&owner, &none, self, false,
					 __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
		if (none == self)
			semihost_exit(EXIT_PANIC);
		for (;;)
			wfi();
	}
	log_break_lock();
}

void tz_panic(const char *fmt, ...)
{
	va_list ap;

	begin_panic();
	tz_log("TZ PANIC cpu%u at %lu us: ", cpu_id(), tz_time_us());
	va_start(ap, fmt);
	log_va(fmt, ap);
	va_end(ap);
	tz_log("\n");
	semihost_exit(EXIT_PANIC);
}

static void dump(const struct smc_frame *f, uint64_t sp)
{
	tz_log("TZ ESR %lx ELR %lx FAR %lx SPSR %lx SP %lx SCR %lx\n",
	       sysreg_read(esr_el3), f->elr, sysreg_read(far_el3), f->spsr, sp,
	       sysreg_read(scr_el3));
	for (unsigned int i = 0; i < 31; i++)
		tz_log("%sx%u %016lx%s", i % 4 ? " " : "TZ ", i, f->x[i],
		       i % 4 == 3 || i == 30 ? "\n" : "");
}

void exception_fatal(const struct smc_frame *f, unsigned int vector,
		     uint64_t sp)
{
	begin_panic();
	tz_log("TZ PANIC cpu%u at %lu us: %s\n", cpu_id(), tz_time_us(),
	       vector_names[vector]);
	dump(f, sp);
	semihost_exit(EXIT_PANIC);
}

void panic_below(const struct smc_frame *f, const char *what)
{
	begin_panic();
	tz_log("TZ PANIC cpu%u at %lu us: %s\n", cpu_id(), tz_time_us(), what);
	dump(f, (uint64_t)(f + 1));
	semihost_exit(EXIT_PANIC);
}
