// SPDX-License-Identifier: GPL-2.0-only
/*
 * The CPUs: Linux's, and those that play remote cores. The latter wait in
 * cpu_hold() for an SGI, run a core's program at EL1, and come back by SGI.
 * CPU0 says what it wants, the other CPU what it does; both wait with a limit.
 */
#include "arch.h"
#include "platform.h"

#define SWITCH_TIMEOUT_US	5000000

enum cpu_state {
	CPU_HELD = 0,
	CPU_RUNNING,
};

/*
 * @want is written by CPU0, @state and @starts by the CPU itself; @entry and
 * @arg0 by CPU0 before it wants CPU_RUNNING. Only a change of @starts tells
 * that the CPU has started: it may be held again before CPU0 looks.
 */
struct cpu_ctl {
	uint32_t want;
	uint32_t state;
	uint32_t starts;
	uint64_t entry;
	uint64_t arg0;
};

static struct cpu_ctl cpus[BENCH_MAX_CPUS];

static uint32_t get(const uint32_t *field)
{
	return __atomic_load_n(field, __ATOMIC_ACQUIRE);
}

static void set(uint32_t *field, uint32_t value)
{
	__atomic_store_n(field, value, __ATOMIC_RELEASE);
}

/* Each CPU, before anything else in C. */
void cpu_early_init(void)
{
	sysreg_write(scr_el3, SCR_NS | SCR_RES1 | SCR_RW | SCR_FIQ);
	sysreg_write(cptr_el3, 0);
	sysreg_write(mdcr_el3, 0);
	isb();
	gic_cpu_init();
}

/* All of the PMU's counters for EL1 (MDCR_EL2.HPMN), if there is a PMU */
static uint64_t pmu_counters(void)
{
	uint64_t version = (sysreg_read(id_aa64dfr0_el1) >> 8) & 0xf;

	if (version == 0 || version == 0xf)
		return 0;
	return (sysreg_read(pmcr_el0) >> 11) & 0x1f;
}

static void el2_reset(void)
{
	sysreg_write(hcr_el2, HCR_EL2_RW);
	sysreg_write(sctlr_el2, SCTLR_EL2_RESET);
	sysreg_write(vpidr_el2, sysreg_read(midr_el1));
	sysreg_write(vmpidr_el2, sysreg_read(mpidr_el1));
	sysreg_write(cptr_el2, CPTR_EL2_RESET);
	sysreg_write(cnthctl_el2, CNTHCTL_EL2_EL1);
	sysreg_write(cntvoff_el2, 0);
	sysreg_write(vttbr_el2, 0);
	sysreg_write(hstr_el2, 0);
	sysreg_write(mdcr_el2, pmu_counters());
}

static void timers_off(void)
{
	sysreg_write(cntp_ctl_el0, 0);
	sysreg_write(cntv_ctl_el0, 0);
}

static void el1_reset(void)
{
	sysreg_write(sctlr_el1, SCTLR_EL1_RESET);
	sysreg_write(vbar_el1, 0);
	sysreg_write(cpacr_el1, CPACR_EL1_FP);
	sysreg_write(tcr_el1, 0);
	sysreg_write(mair_el1, 0);
	sysreg_write(ttbr0_el1, 0);
	sysreg_write(ttbr1_el1, 0);
	sysreg_write(cntkctl_el1, 0);
	sysreg_write(mdscr_el1, 0);
	sysreg_write(elr_el1, 0);
	sysreg_write(spsr_el1, 0);
	sysreg_write(esr_el1, 0);
	sysreg_write(far_el1, 0);
	sysreg_write(sp_el1, 0);
	sysreg_write(sp_el0, 0);
	timers_off();
}

static void __attribute__((noreturn)) run(unsigned int cpu)
{
	struct cpu_ctl *ctl = &cpus[cpu];
	uint64_t entry = ctl->entry;
	uint64_t arg0 = ctl->arg0;

	el2_reset();
	el1_reset();
	gic_core_reset(cpu, true);
	tlb_icache_flush();
	set(&ctl->state, CPU_RUNNING);
	set(&ctl->starts, ctl->starts + 1);
	el_enter(entry, SPSR_EL1H, arg0);
}

static void __attribute__((noreturn)) wait_for_run(unsigned int cpu)
{
	for (;;) {
		while (gic_ack_group0() != GIC_SGI_CALL)
			wfi();
		if (get(&cpus[cpu].want) == CPU_RUNNING)
			run(cpu);
	}
}

/*
 * After reset: memory is looked at only after the first SGI, since CPU0 may
 * not have set it up yet.
 */
void cpu_boot_hold(void)
{
	wait_for_run(cpu_id());
}

/*
 * The holding loop, from a running program. It comes here because CPU0 wants
 * it, or has ended by itself: then a late SGI must not start it once more.
 */
static void __attribute__((noreturn)) cpu_hold(void)
{
	unsigned int cpu = cpu_id();

	timers_off();
	gic_core_reset(cpu, false);
	set(&cpus[cpu].want, CPU_HELD);
	set(&cpus[cpu].state, CPU_HELD);
	wait_for_run(cpu);
}

void cpu_park(void)
{
	stack_restart(cpu_hold);
}

bool cpu_stop_wanted(unsigned int cpu)
{
	return get(&cpus[cpu].want) == CPU_HELD;
}

bool cpu_running(unsigned int cpu)
{
	return cpu < BENCH_MAX_CPUS && get(&cpus[cpu].state) == CPU_RUNNING;
}

/* Until *@field is @value, which the other CPU writes. */
static void await(unsigned int cpu, const uint32_t *field, uint32_t value,
		  const char *what)
{
	uint64_t start = tz_time_us();

	while (get(field) != value) {
		if (tz_time_us() - start > SWITCH_TIMEOUT_US)
			tz_panic("cpu%u does not %s", cpu, what);
		cpu_relax();
	}
}

void cpu_release(unsigned int cpu, uint64_t entry, uint64_t arg0)
{
	struct cpu_ctl *ctl = &cpus[cpu];
	uint32_t starts;

	if (!cpu || cpu >= gic_num_cpus())
		tz_panic("release of cpu%u, which is not there", cpu);
	if (cpu_running(cpu))
		tz_panic("release of cpu%u, which runs", cpu);
	starts = get(&ctl->starts);
	ctl->entry = entry;
	ctl->arg0 = arg0;
	set(&ctl->want, CPU_RUNNING);
	gic_send_sgi(cpu);
	await(cpu, &ctl->starts, starts + 1, "start");
}

void cpu_stop(unsigned int cpu)
{
	if (!cpu || cpu >= BENCH_MAX_CPUS)
		tz_panic("stop of cpu%u, which is not a core's", cpu);
	if (!cpu_running(cpu))
		return;
	set(&cpus[cpu].want, CPU_HELD);
	gic_send_sgi(cpu);
	await(cpu, &cpus[cpu].state, CPU_HELD, "stop");
}

/* As booting.rst wants it: x0 = device tree, everything masked and off. */
void cpu_enter_linux(uint64_t entry, uint64_t dtb)
{
	bool el1 = tz_machine() == BENCH_MACHINE_HYP;

	el2_reset();
	el1_reset();
	if (!el1)
		sysreg_write(scr_el3, sysreg_read(scr_el3) | SCR_HCE);
	tlb_icache_flush();
	el_enter(entry, el1 ? SPSR_EL1H : SPSR_EL2H, dtb);
}
