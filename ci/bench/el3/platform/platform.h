/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the files of the platform half offer each other, lowest first (see
 * ../layers); what they offer the model is in tz.h.
 */
#ifndef TZ_PLATFORM_H
#define TZ_PLATFORM_H

#include <stdarg.h>

#include "tz.h"

/* QEMU's virt machine (hw/arm/virt.c) */
#define GICD_BASE	0x08000000ul
#define GICR_BASE	0x080a0000ul
#define FWCFG_BASE	0x09020000ul
#define SECURE_UART	0x09040000ul
#define SMMU_BASE	0x09050000ul
#define QEMU_DTB	0x40000000ul	/* where QEMU leaves the device tree */

/*
 * Non-secure RAM that fw_cfg's DMA may use until Linux starts: the device
 * behind it does not see secure RAM.
 */
#define BOOT_SCRATCH		(BENCH_DTB_BASE - 0x10000ul)
#define BOOT_SCRATCH_SIZE	0x10000ul

/* Exit codes of QEMU */
#define EXIT_OFF	0
#define EXIT_PANIC	66
#define EXIT_RESET	67

/* SMCCC's "unknown function" */
#define SMCCC_NOT_SUPPORTED	((uint64_t)-1)

/* ---- enter.S ---- */

/**
 * el_enter() - leave EL3 with an empty stack
 * @pc:		where to
 * @spsr:	exception level and masks
 * @arg0:	x0 there; the other registers are 0
 */
void el_enter(uint64_t pc, uint64_t spsr, uint64_t arg0)
	__attribute__((noreturn));

/**
 * stack_restart() - call a function on an empty stack
 * @fn:		does not return
 */
void stack_restart(void (*fn)(void)) __attribute__((noreturn));

/* ---- machine.c ---- */

/**
 * ram_set_size() - how much RAM QEMU was given
 * @size:	bytes; until then it is BENCH_RAM_SIZE
 */
void ram_set_size(uint64_t size);

/* ---- uart.c: the secure PL011 ---- */

/** uart_init() - switch it on */
void uart_init(void);

/**
 * uart_putc() - print a character
 * @c:		which; lost if the UART is stuck
 */
void uart_putc(char c);

/* ---- log.c ---- */

/**
 * log_va() - tz_log() with a va_list
 * @fmt:	as there
 * @ap:		arguments; the caller ends them
 */
void log_va(const char *fmt, va_list ap);

/**
 * log_break_lock() - before a panic prints
 *
 * Gives whoever holds the log's lock 10 ms to finish, then takes it away.
 */
void log_break_lock(void);

/* ---- semihost.c ---- */

/**
 * semihost_exit() - end QEMU
 * @code:	its exit code, EXIT_*
 */
void semihost_exit(unsigned int code) __attribute__((noreturn));

/* ---- panic.c ---- */

/**
 * exception_fatal() - an exception that nobody handles
 * @f:		registers
 * @vector:	VEC_*
 * @sp:		stack pointer before it
 */
void exception_fatal(const struct smc_frame *f, unsigned int vector,
		     uint64_t sp) __attribute__((noreturn));

/**
 * panic_below() - CPU0 did below EL3 what EL3 cannot answer
 * @f:		registers
 * @what:	for the log
 */
void panic_below(const struct smc_frame *f, const char *what)
	__attribute__((noreturn));

/* ---- gic.c ---- */

#define GIC_SGI_CALL	15		/* group 0: CPU0 calls a CPU back */

/** gic_init() - the distributor and all redistributors, once */
void gic_init(void);

/** gic_num_cpus() - how many CPUs there are */
unsigned int gic_num_cpus(void);

/** gic_cpu_init() - the calling CPU's interface */
void gic_cpu_init(void);

/**
 * gic_core_reset() - forget the interrupts of a core's last program
 * @cpu:	the calling CPU
 * @run:	a program follows, which may use the timer
 */
void gic_core_reset(unsigned int cpu, bool run);

/**
 * gic_ack_group0() - take a group 0 interrupt, and end it
 *
 * Return: its id; from 1020 on: none was pending.
 */
unsigned int gic_ack_group0(void);

/**
 * gic_send_sgi() - GIC_SGI_CALL to a CPU
 * @cpu:	which
 */
void gic_send_sgi(unsigned int cpu);

/* ---- fwcfg.c ---- */

/**
 * struct boot_image - what fw_cfg brought
 * @kernel_entry:	physical address
 * @initrd_size:	bytes at BENCH_INITRD_BASE; 0: no initrd
 * @cmdline:		NUL-terminated
 */
struct boot_image {
	uint64_t kernel_entry;
	uint64_t initrd_size;
	const char *cmdline;
};

/**
 * fwcfg_load() - kernel, initrd and command line to where they belong
 * @image:	what there is
 *
 * Panics without a kernel.
 */
void fwcfg_load(struct boot_image *image);

/* ---- dtb.c ---- */

/** dtb_open() - copy QEMU's device tree, before anything overwrites it */
void dtb_open(void);

/**
 * dtb_finish() - complete the copy at BENCH_DTB_BASE, for Linux
 * @image:	what to tell Linux of
 */
void dtb_finish(const struct boot_image *image);

/* ---- smem.c ---- */

/**
 * smem_init() - shared memory (SMEM) as the boot loader leaves it
 * @smem:	where
 */
void smem_init(struct tz_smem smem);

/* ---- cpu.c ---- */

/** cpu_early_init() - EL3's own registers, on each CPU, first of all */
void cpu_early_init(void);

/** cpu_boot_hold() - the holding loop, from reset */
void cpu_boot_hold(void) __attribute__((noreturn));

/** cpu_park() - the holding loop, from a running program */
void cpu_park(void) __attribute__((noreturn));

/**
 * cpu_stop_wanted() - does CPU0 want a CPU back?
 * @cpu:	which
 */
bool cpu_stop_wanted(unsigned int cpu);

/**
 * cpu_enter_linux() - CPU0 leaves for Linux, at EL2 or EL1 as the machine has it
 * @entry:	kernel
 * @dtb:	its device tree
 */
void cpu_enter_linux(uint64_t entry, uint64_t dtb)
	__attribute__((noreturn));

/* ---- lock.c: around every call into the model, see tz.h ---- */

/**
 * model_lock() - take it
 * @cpu:	who; a core's CPU parks instead if CPU0 wants it stopped
 */
void model_lock(unsigned int cpu);

/** model_unlock() - give it back */
void model_unlock(void);

/* ---- psci.c, smc.c ---- */

/**
 * psci_call() - PSCI and SMCCC_*, of CPU0
 * @f:		the call
 *
 * Return: x0.
 */
uint64_t psci_call(const struct smc_frame *f);

/**
 * smc_dispatch() - any SMC
 * @f:		call and answer
 * @cpu:	who calls
 */
void smc_dispatch(struct smc_frame *f, unsigned int cpu);

/* ---- exceptions.c, for vectors.S ---- */

/**
 * exception_lower() - a synchronous exception from below: an SMC, or a trap
 * @f:		registers
 */
void exception_lower(struct smc_frame *f);

/**
 * exception_fiq() - a FIQ from below: CPU0 calls this CPU back
 * @f:		registers
 */
void exception_fiq(struct smc_frame *f);

#endif /* TZ_PLATFORM_H */
