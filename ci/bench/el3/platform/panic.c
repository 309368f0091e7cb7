// SPDX-License-Identifier: GPL-2.0-only
/* Exceptions at EL3, and the end when one is not ours to handle. */
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

/* Linux did what EL3 cannot answer: the end. A core did: only its own. */
static void unexpected(const struct smc_frame *f, const char *what)
{
	unsigned int cpu = cpu_id();

	if (cpu) {
		tz_log("TZ cpu%u died: %s ESR %lx ELR %lx FAR %lx\n", cpu, what,
		       sysreg_read(esr_el3), f->elr, sysreg_read(far_el3));
		cpu_park();
	}
	begin_panic();
	tz_log("TZ PANIC cpu0 at %lu us: %s\n", tz_time_us(), what);
	dump(f, (uint64_t)(f + 1));
	semihost_exit(EXIT_PANIC);
}

/* A synchronous exception from below: an SMC, or a trap that we never set. */
void exception_lower(struct smc_frame *f)
{
	uint64_t esr = sysreg_read(esr_el3);

	if (esr >> ESR_EC_SHIFT != ESR_EC_SMC64)
		unexpected(f, "sync from below");
	if (esr & ESR_SMC_IMM)
		f->x[0] = SMCCC_NOT_SUPPORTED;	/* the SMCCC knows only 0 */
	else
		smc_dispatch(f, cpu_id());
}

/*
 * Group 0: CPU0 calls a core's CPU back. A late SGI of a start that had
 * already happened is for nobody.
 */
void exception_fiq(struct smc_frame *f)
{
	unsigned int cpu = cpu_id();
	unsigned int id = gic_ack_group0();

	if (id >= 1020)
		return;
	if (!cpu || id != GIC_SGI_CALL)
		unexpected(f, "FIQ from below");
	if (cpu_stop_wanted(cpu))
		cpu_park();
}
