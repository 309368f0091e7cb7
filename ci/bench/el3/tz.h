/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The firmware's two halves and what they offer each other: the platform
 * (boot, GIC, UART, PSCI, CPUs) and the TrustZone model (SCM calls, PAS,
 * bridges, the record). No inline assembly here: the model also builds for
 * the host.
 *
 * Locking. There is one lock for the model, and the platform holds it around
 * every call into the model (model_init, scm_call, core_call, record_unknown,
 * model_end). The model therefore takes no lock of its own and its functions
 * never run at the same time on two CPUs. cpu_release() and cpu_stop() are
 * for code that runs so, on CPU0. They wait for the other CPU while the lock
 * stays held, and that is safe because the other CPU never insists on it:
 *
 *  - at EL1 it takes the secure SGI as a FIQ to EL3, whatever it masked;
 *  - on its way to core_call() it only tries the lock, and goes to the holding
 *    loop without calling the model as soon as CPU0 wants it stopped;
 *  - inside core_call() it cannot be, since CPU0 holds the lock.
 *
 * The lock of the log nests inside the model's; nothing is called under it.
 */
#ifndef TZ_H
#define TZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bench.h"
#include "socs.h"

/**
 * struct smc_frame - what the caller of an SMC had, and gets back
 * @x:		x0..x30; the answer goes to x[0]..x[3]
 * @elr:	address that the call returns to
 * @spsr:	its PSTATE
 */
struct smc_frame {
	uint64_t x[31];
	uint64_t elr;
	uint64_t spsr;
};

/* ---- the platform, for the model ---- */

/**
 * tz_time_us() - microseconds since reset
 */
uint64_t tz_time_us(void);

/**
 * tz_log() - print to the secure UART
 * @fmt: %s %c %d %ld %u %lu %x %lx %p %%, with a zero-padded or blank-padded
 *	 width ("%08x"); nothing else. The caller ends the line with "\n".
 *
 * One call is one piece: the output of two CPUs does not mix inside it.
 */
void tz_log(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/**
 * tz_panic() - dump and end QEMU with exit code 66
 * @fmt: as in tz_log(), without the line's end
 */
void tz_panic(const char *fmt, ...)
	__attribute__((format(printf, 1, 2), noreturn));

/**
 * tz_machine() - the machine that the device tree names in "bench,machine"
 *
 * A device tree without that is QEMU's own (KUnit). It describes no core, and
 * the machine is BENCH_MACHINE_EL2_MODEM.
 */
enum bench_machine tz_machine(void);

/**
 * tz_soc() - the SoC that it names in "bench,soc", BENCH_SOC_NONE if it names none
 */
enum bench_soc tz_soc(void);

/**
 * struct tz_smem - shared memory
 * @base:	where
 * @size:	bytes
 */
struct tz_smem {
	uint64_t base;
	uint64_t size;
};

/**
 * tz_smem() - where the device tree has SMEM; QEMU's own has none, and it is unused
 */
struct tz_smem tz_smem(void);

/**
 * tz_has_bridges() - whether TrustZone offers SHM bridges
 *
 * Unless the device tree has the property "bench,no-bridges".
 */
bool tz_has_bridges(void);

#define TZ_BOOT_PAS	4

/**
 * tz_boot_pas() - images that the boot loader has started
 * @ids:	receives their PAS ids, at most TZ_BOOT_PAS
 *
 * Return: how many, as "bench,boot-pas" lists them; by default none.
 */
unsigned int tz_boot_pas(uint32_t *ids);

#define TZ_BOOT_STREAMS	4

/**
 * struct tz_boot_smmu - what the boot loader left in the SMMU-500
 * @granules:	the page sizes that it has, added up
 * @banks:	context banks
 * @num:	streams that bypass it
 * @streams:	their ids, and masks from bit 16 on
 */
struct tz_boot_smmu {
	uint32_t granules;
	uint32_t banks;
	unsigned int num;
	uint32_t streams[TZ_BOOT_STREAMS];
};

/**
 * tz_boot_smmu() - the SMMU as the device tree wants it
 * @smmu:	"bench,smmu-granules" and "bench,smmu-banks", by default all that there
 *		are, and "bench,smmu-boot-streams", pairs of id and mask, by default none
 */
void tz_boot_smmu(struct tz_boot_smmu *smmu);

/**
 * cpu_release() - let a remote core's CPU run
 * @cpu:	BENCH_CPU_*
 * @entry:	physical address
 * @arg0:	its x0
 *
 * The CPU leaves the holding loop for non-secure EL1h at @entry with all other
 * registers 0, DAIF masked, MMU and caches off, VBAR_EL1 0, timers off, FP
 * usable. Returns when it has left. The CPU must be held: releasing a running
 * one is a bug of the model and panics.
 */
void cpu_release(unsigned int cpu, uint64_t entry, uint64_t arg0);

/**
 * cpu_stop() - take a remote core's CPU back to the holding loop
 * @cpu:	BENCH_CPU_*
 *
 * Returns when it is there; nothing of its program runs afterwards. Stopping
 * a held CPU does nothing. Panics if the CPU does not come within five seconds.
 *
 * A program that does to EL3 what it must not (an SMC is fine) is logged and
 * its CPU goes to the holding loop by itself.
 */
void cpu_stop(unsigned int cpu);

/**
 * cpu_running() - was @cpu released and not stopped since?
 * @cpu:	BENCH_CPU_*
 */
bool cpu_running(unsigned int cpu);

/**
 * gic_pend_spi() - make an SPI pending for Linux
 * @spi:	SPI number (BENCH_SPI_*), interrupt id minus 32
 */
void gic_pend_spi(unsigned int spi);

/**
 * gic_spi_pending() - was it pended, and not acknowledged since?
 * @spi:	SPI number
 */
bool gic_spi_pending(unsigned int spi);

/**
 * gic_spi_active() - was it acknowledged, and is Linux still handling it?
 * @spi:	SPI number
 */
bool gic_spi_active(unsigned int spi);

/**
 * smmu_read32() - read a register of QEMU's SMMUv3
 * @off:	offset in register page 0
 */
uint32_t smmu_read32(uint32_t off);

/**
 * smmu_read64() - read a 64-bit register of QEMU's SMMUv3
 * @off:	offset in register page 0
 */
uint64_t smmu_read64(uint32_t off);

/**
 * struct tz_tables - page tables of the kernel, as its registers have them
 * @ttbr:	TTBR1: the upper half of its addresses
 * @tcr:	TCR
 */
struct tz_tables {
	uint64_t ttbr;
	uint64_t tcr;
};

/**
 * tz_kernel_tables() - the page tables that Linux runs with
 * @tables:	where they go
 *
 * Return: false if the caller is not Linux, or EL2 has no upper half.
 */
bool tz_kernel_tables(struct tz_tables *tables);

/**
 * phys_ptr() - a pointer to non-secure RAM
 * @pa:		physical address
 * @size:	bytes that must all be RAM
 *
 * Return: the pointer, or NULL if any byte lies outside RAM or size wraps.
 * Host tests bring their own.
 */
void *phys_ptr(uint64_t pa, uint64_t size);

/* ---- the model, for the platform ---- */

/**
 * model_init() - once, before Linux starts
 * @machine:	the machine
 * @soc:	its SoC
 */
void model_init(enum bench_machine machine, enum bench_soc soc);

/**
 * scm_call() - an SMC of Linux to SiP or the trusted OS
 * @f:		call and answer
 */
void scm_call(struct smc_frame *f);

/**
 * core_call() - a BENCH_SMC_* call
 * @f:		call and answer
 * @cpu:	who calls; 0 is the guest
 */
void core_call(struct smc_frame *f, unsigned int cpu);

/**
 * record_unknown() - an SMC that neither side knows
 * @f:		the call as made
 *
 * The model only records it; the platform answers -1.
 */
void record_unknown(const struct smc_frame *f);

/**
 * model_end() - at SYSTEM_OFF: leaks as notes, the END line
 */
void model_end(void);

#endif /* TZ_H */
