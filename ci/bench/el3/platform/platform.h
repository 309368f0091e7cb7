/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files of the platform half offer each other; see tz.h for the rest. */
#ifndef TZ_PLATFORM_H
#define TZ_PLATFORM_H

#include <stdarg.h>

#include "tz.h"

/* QEMU's virt machine */
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

/* What fw_cfg brought; sizes in bytes */
struct boot_image {
	uint64_t kernel_entry;
	uint64_t initrd_size;
	const char *cmdline;
};

/* boot.S, vectors.S */
extern const char vectors[];
void el_enter(uint64_t pc, uint64_t spsr, uint64_t arg0)
	__attribute__((noreturn));
void cpu_park(void) __attribute__((noreturn));

/* cpu.c */
unsigned int cpu_id(void);
void cpu_early_init(void);
void cpu_boot_hold(void) __attribute__((noreturn));
void cpu_hold(void) __attribute__((noreturn));
bool cpu_stop_wanted(unsigned int cpu);
void cpu_enter_linux(uint64_t entry, uint64_t dtb)
	__attribute__((noreturn));

/* gic.c */
#define GIC_SGI_CALL	15
void gic_init(void);
unsigned int gic_num_cpus(void);
void gic_cpu_init(void);
void gic_core_reset(unsigned int cpu, bool run);
unsigned int gic_ack_group0(void);
void gic_send_sgi(unsigned int cpu);

/* fwcfg.c */
void fwcfg_load(struct boot_image *image);

/* dtb.c */
void dtb_open(void);
void dtb_finish(const struct boot_image *image);

/* uart.c, log.c */
void uart_init(void);
void uart_putc(char c);
void log_va(const char *fmt, va_list ap);
void log_break_lock(void);

/* smc.c, psci.c */
void smc_dispatch(struct smc_frame *f, unsigned int cpu);
void model_lock(unsigned int cpu);
void model_unlock(void);
uint64_t psci_call(const struct smc_frame *f);

/* panic.c */
void exception_lower(struct smc_frame *f);
void exception_fiq(struct smc_frame *f);
void exception_fatal(const struct smc_frame *f, unsigned int vector,
		     uint64_t sp) __attribute__((noreturn));

/* semihost.c */
void semihost_exit(unsigned int code) __attribute__((noreturn));

#endif /* TZ_PLATFORM_H */
