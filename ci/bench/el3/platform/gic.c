// SPDX-License-Identifier: GPL-2.0-only
/*
 * GICv3 as TrustZone leaves it to Linux: every interrupt non-secure group 1.
 * One exception: on the CPUs that play remote cores an SGI of group 0, which
 * comes to EL3 as a FIQ and calls the CPU back.
 */
#include "arch.h"
#include "platform.h"

#define GICD_CTLR		0x0000
#define GICD_CTLR_GRP0		(1u << 0)
#define GICD_CTLR_GRP1NS	(1u << 1)
#define GICD_CTLR_ARE_S		(1u << 4)
#define GICD_CTLR_ARE_NS	(1u << 5)
#define GICD_TYPER		0x0004
#define GICD_IGROUPR		0x0080
#define GICD_ISPENDR		0x0200
#define GICD_ISACTIVER		0x0300
#define GICD_IGRPMODR		0x0d00

#define GICR_STRIDE		0x20000ul
#define GICR_TYPER		0x0008
#define GICR_TYPER_LAST		(1u << 4)
#define GICR_WAKER		0x0014
#define GICR_WAKER_SLEEP	(1u << 1)
#define GICR_WAKER_ASLEEP	(1u << 2)

/* Second frame of a redistributor: SGIs and PPIs */
#define GICR_SGI		0x10000ul
#define GICR_IGROUPR0		(GICR_SGI + 0x0080)
#define GICR_ISENABLER0		(GICR_SGI + 0x0100)
#define GICR_ICENABLER0		(GICR_SGI + 0x0180)
#define GICR_ICPENDR0		(GICR_SGI + 0x0280)
#define GICR_ISACTIVER0		(GICR_SGI + 0x0300)
#define GICR_ICACTIVER0		(GICR_SGI + 0x0380)
#define GICR_IPRIORITYR		(GICR_SGI + 0x0400)
#define GICR_IGRPMODR0		(GICR_SGI + 0x0d00)

#define PPI_EL1_PHYS_TIMER	30
#define PRIO_NONSECURE		0x80u
#define ICC_SRE_ALL		0xf	/* SRE, DFB, DIB, Enable below */
#define ICC_PMR_OPEN		0xff

static unsigned int num_cpus;

static uint64_t gicr(unsigned int cpu)
{
	return GICR_BASE + cpu * GICR_STRIDE;
}

static void redist_wake(unsigned int cpu)
{
	uint64_t base = gicr(cpu);
	uint64_t start = tz_time_us();

	write32(base + GICR_WAKER,
		read32(base + GICR_WAKER) & ~GICR_WAKER_SLEEP);
	while (read32(base + GICR_WAKER) & GICR_WAKER_ASLEEP) {
		if (tz_time_us() - start > 1000000)
			tz_panic("redistributor of cpu%u does not wake", cpu);
	}
}

static void redist_init(unsigned int cpu)
{
	uint64_t base = gicr(cpu);
	uint32_t call = cpu ? 1u << GIC_SGI_CALL : 0;

	redist_wake(cpu);
	write32(base + GICR_IGROUPR0, ~call);
	write32(base + GICR_IGRPMODR0, 0);
	/* SGI 15 with priority 0: nothing that the core masks is higher */
	write32(base + GICR_ISENABLER0, call);
}

void gic_init(void)
{
	uint32_t lines = (read32(GICD_BASE + GICD_TYPER) & 0x1f) + 1;
	uint32_t ctlr = GICD_CTLR_ARE_S | GICD_CTLR_ARE_NS;
	unsigned int cpu;

	write32(GICD_BASE + GICD_CTLR, ctlr);
	for (uint32_t i = 1; i < lines; i++) {
		write32(GICD_BASE + GICD_IGROUPR + 4 * i, ~0u);
		write32(GICD_BASE + GICD_IGRPMODR + 4 * i, 0);
	}
	write32(GICD_BASE + GICD_CTLR,
		ctlr | GICD_CTLR_GRP0 | GICD_CTLR_GRP1NS);

	for (cpu = 0; cpu < BENCH_MAX_CPUS; cpu++) {
		redist_init(cpu);
		num_cpus = cpu + 1;
		if (read32(gicr(cpu) + GICR_TYPER) & GICR_TYPER_LAST)
			break;
	}
}

unsigned int gic_num_cpus(void)
{
	return num_cpus;
}

/* This CPU's interface; SCR_EL3.NS is set, so "EL1" is the non-secure bank. */
void gic_cpu_init(void)
{
	sysreg_write(ICC_SRE_EL3, ICC_SRE_ALL);
	isb();
	sysreg_write(ICC_SRE_EL2, ICC_SRE_ALL);
	sysreg_write(ICC_SRE_EL1, ICC_SRE_ALL & ~8);
	sysreg_write(ICC_PMR_EL1, ICC_PMR_OPEN);
	sysreg_write(ICC_IGRPEN0_EL1, 1);
	isb();
}

/*
 * End what the last program acknowledged and did not end. Not by writing
 * ICC_AP1R0_EL1: QEMU ignores that for the non-secure bank.
 */
static void end_active(unsigned int cpu)
{
	uint32_t active = read32(gicr(cpu) + GICR_ISACTIVER0);

	sysreg_write(ICC_CTLR_EL1, 0);
	for (unsigned int id = 0; id < 32; id++) {
		if (active & ~(1u << GIC_SGI_CALL) & 1u << id)
			sysreg_write(ICC_EOIR1_EL1, id);
	}
	isb();
}

/*
 * Forget what the last program on this core's CPU left in the GIC. To @run,
 * the physical timer can wake a WFI; to hold, only the SGI can.
 */
void gic_core_reset(unsigned int cpu, bool run)
{
	uint64_t base = gicr(cpu);
	uint32_t others = ~(1u << GIC_SGI_CALL);
	uint32_t reg = GICR_IPRIORITYR + (PPI_EL1_PHYS_TIMER & ~3u);
	uint32_t shift = 8 * (PPI_EL1_PHYS_TIMER & 3);

	end_active(cpu);
	write32(base + GICR_ICENABLER0, others);
	write32(base + GICR_ICPENDR0, others);
	write32(base + GICR_ICACTIVER0, others);
	sysreg_write(ICC_PMR_EL1, ICC_PMR_OPEN);
	sysreg_write(ICC_IGRPEN1_EL1, run);
	isb();
	if (!run)
		return;

	write32(base + reg, (read32(base + reg) & ~(0xffu << shift)) |
			    PRIO_NONSECURE << shift);
	write32(base + GICR_ISENABLER0, 1u << PPI_EL1_PHYS_TIMER);
}

/* Acknowledge and end a group 0 interrupt; its number, or 1023 for none. */
unsigned int gic_ack_group0(void)
{
	unsigned int id = sysreg_read(ICC_IAR0_EL1) & 0xffffff;

	if (id < 1020)
		sysreg_write(ICC_EOIR0_EL1, id);
	isb();
	return id;
}

void gic_send_sgi(unsigned int cpu)
{
	dsb();
	sysreg_write(ICC_SGI0R_EL1,
		     (uint64_t)GIC_SGI_CALL << 24 | 1ul << cpu);
	isb();
}

void gic_pend_spi(unsigned int spi)
{
	unsigned int id = 32 + spi;

	write32(GICD_BASE + GICD_ISPENDR + 4 * (id / 32), 1u << (id % 32));
}

static bool spi_bit(uint32_t reg, unsigned int spi)
{
	unsigned int id = 32 + spi;

	return read32(GICD_BASE + reg + 4 * (id / 32)) & 1u << (id % 32);
}

bool gic_spi_pending(unsigned int spi)
{
	return spi_bit(GICD_ISPENDR, spi);
}

bool gic_spi_active(unsigned int spi)
{
	return spi_bit(GICD_ISACTIVER, spi);
}
