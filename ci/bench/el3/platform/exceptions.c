// SPDX-License-Identifier: GPL-2.0-only
/* Exceptions that a lower level takes to EL3. */
#include "arch.h"
#include "platform.h"

/* What EL3 cannot answer ends the run if Linux did it, else only the core. */
static void unexpected(const struct smc_frame *f, const char *what)
{
	unsigned int cpu = cpu_id();

	if (cpu) {
		tz_log("TZ cpu%u died: %s ESR %lx ELR %lx FAR %lx\n", cpu, what,
		       sysreg_read(esr_el3), f->elr, sysreg_read(far_el3));
		cpu_park();
	}
	panic_below(f, what);
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
