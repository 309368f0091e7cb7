/* SPDX-License-Identifier: GPL-2.0-only */
/* AArch64 as the firmware's platform half needs it: registers and barriers. */
#ifndef TZ_ARCH_H
#define TZ_ARCH_H

#define STACK_SHIFT	15		/* 32 KiB a CPU */

/* struct smc_frame on the stack, kept 16-byte aligned */
#define FRAME_SIZE	272

/* SCR_EL3 */
#define SCR_NS		(1u << 0)
#define SCR_FIQ		(1u << 2)	/* group 0 interrupts go to EL3 */
#define SCR_RES1	(3u << 4)
#define SCR_HCE		(1u << 8)	/* HVC is no exception at EL1/EL2 */
#define SCR_RW		(1u << 10)	/* AArch64 below */

/* What the lower levels have after a reset (RES1 bits, MMU and caches off) */
#define SCTLR_EL3_RESET	0x30c50830
#define SCTLR_EL2_RESET	0x30c50830
#define SCTLR_EL1_RESET	0x30d00800
#define HCR_EL2_RW	(1ul << 31)
#define HCR_EL2_E2H	(1ul << 34)
#define CPTR_EL2_RESET	0x33ff		/* traps nothing */
#define CNTHCTL_EL2_EL1	3		/* EL1 may use the physical timer */
#define CPACR_EL1_FP	(3u << 20)

/* SPSR: DAIF masked */
#define SPSR_EL1H	0x3c5
#define SPSR_EL2H	0x3c9
#define SPSR_EL_MASK	0xc
#define SPSR_EL2	0x8

/* ESR */
#define ESR_EC_SHIFT	26
#define ESR_EC_SMC64	0x17
#define ESR_SMC_IMM	0xffff

/* Vectors that only a fault reaches, as exception_fatal() is told */
#define VEC_EL3_SYNC	0
#define VEC_EL3_IRQ	1
#define VEC_EL3_FIQ	2
#define VEC_EL3_SERROR	3
#define VEC_LOW_IRQ	4
#define VEC_LOW_SERROR	5
#define VEC_LOW_AARCH32	6

#ifndef __ASSEMBLER__

#include <stdint.h>

#define __str(x)	#x
#define str(x)		__str(x)

#define sysreg_read(reg) ({						\
	uint64_t __v;							\
	__asm__ volatile("mrs %0, " str(reg) : "=r"(__v) : : "memory");	\
	__v;								\
})

#define sysreg_write(reg, val) do {					\
	uint64_t __v = (val);						\
	__asm__ volatile("msr " str(reg) ", %x0" : : "rZ"(__v) : "memory"); \
} while (0)

static inline unsigned int cpu_id(void)
{
	return sysreg_read(mpidr_el1) & 0xff;
}

/* Assemblers know these by number only, or only with extensions enabled */
#define ICC_PMR_EL1	S3_0_C4_C6_0
#define ICC_IAR0_EL1	S3_0_C12_C8_0
#define ICC_EOIR0_EL1	S3_0_C12_C8_1
#define ICC_SGI0R_EL1	S3_0_C12_C11_7
#define ICC_EOIR1_EL1	S3_0_C12_C12_1
#define ICC_CTLR_EL1	S3_0_C12_C12_4
#define ICC_SRE_EL1	S3_0_C12_C12_5
#define ICC_IGRPEN0_EL1	S3_0_C12_C12_6
#define ICC_IGRPEN1_EL1	S3_0_C12_C12_7
#define ICC_SRE_EL2	S3_4_C12_C9_5
#define ICC_SRE_EL3	S3_6_C12_C12_5
#define TTBR1_EL2	S3_4_C2_C0_1

static inline void isb(void)
{
	__asm__ volatile("isb" : : : "memory");
}

static inline void dsb(void)
{
	__asm__ volatile("dsb sy" : : : "memory");
}

static inline void wfi(void)
{
	__asm__ volatile("dsb sy\n\twfi" : : : "memory");
}

/* In a spinning loop: lets a single-threaded QEMU run the other CPU. */
static inline void cpu_relax(void)
{
	__asm__ volatile("yield" : : : "memory");
}

static inline void tlb_icache_flush(void)
{
	__asm__ volatile("tlbi alle1\n\tdsb sy\n\tic iallu\n\tdsb sy\n\tisb"
			 : : : "memory");
}

static inline uint32_t read32(uint64_t addr)
{
	return *(volatile uint32_t *)addr;
}

static inline void write32(uint64_t addr, uint32_t val)
{
	*(volatile uint32_t *)addr = val;
}

static inline uint64_t read64(uint64_t addr)
{
	return *(volatile uint64_t *)addr;
}

static inline void write64(uint64_t addr, uint64_t val)
{
	*(volatile uint64_t *)addr = val;
}

#endif /* !__ASSEMBLER__ */
#endif /* TZ_ARCH_H */
