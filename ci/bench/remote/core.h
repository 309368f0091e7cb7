/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the parts of a remote core's program share.
 */
#ifndef CORE_H
#define CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bench.h"

/* Which core this is: -DCORE_MPSS or -DCORE_CDSP */
#if defined(CORE_MPSS)
#define CORE_NAME		"mpss"
#define CORE_INDEX		BENCH_CORE_MPSS
#define CORE_CPU		BENCH_CPU_MPSS
#define CORE_HOST		BENCH_SMEM_HOST_MPSS
#define CORE_SMP2P_FROM_APPS	BENCH_SMP2P_MPSS_OUT
#define CORE_SMP2P_TO_APPS	BENCH_SMP2P_MPSS_IN
#define CORE_CRASH_ITEM		BENCH_CRASH_ITEM_MPSS
#elif defined(CORE_CDSP)
#define CORE_NAME		"cdsp"
#define CORE_INDEX		BENCH_CORE_CDSP
#define CORE_CPU		BENCH_CPU_CDSP
#define CORE_HOST		BENCH_SMEM_HOST_CDSP
#define CORE_SMP2P_FROM_APPS	BENCH_SMP2P_CDSP_OUT
#define CORE_SMP2P_TO_APPS	BENCH_SMP2P_CDSP_IN
#define CORE_CRASH_ITEM		BENCH_CRASH_ITEM_CDSP
#else
#error "define CORE_MPSS or CORE_CDSP"
#endif

#define BIT(n)			(1u << (n))

static inline void barrier_all(void)
{
	__asm__ volatile("dmb sy" ::: "memory");
}

/* firmware.c: what EL3 does for the core */
void core_event(const char *what);
void core_irq(void);
void core_wdog(void);
bool core_stream_read(uint64_t iova, uint64_t *value);
bool core_stream_write(uint64_t iova, uint64_t value);

/* idle.c */
void idle_init(void);
void idle_wait(void);
uint64_t time_us(void);

/* smem.c */
void *smem_find(unsigned int item, size_t size);
void *smem_get_or_alloc(unsigned int item, size_t size);

/* smp2p.c */
const char *smp2p_start(void);
void smp2p_set(uint32_t bits);
uint32_t smp2p_get(void);

/* log.c */
void log_line(const char *what);

#endif /* CORE_H */
