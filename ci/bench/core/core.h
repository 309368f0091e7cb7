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
#include "smem_layout.h"

/* Which core this is: -DCORE=MPSS as bench.h spells it, -DCORE_NAME as people do */
#if !defined(CORE) || !defined(CORE_NAME)
#error "define CORE and CORE_NAME"
#endif
#define CORE_PASTE_(a, b, c)	a##b##c
#define CORE_PASTE(a, b, c)	CORE_PASTE_(a, b, c)

#define CORE_INDEX		CORE_PASTE(BENCH_CORE_, CORE, )
#define CORE_CPU		CORE_PASTE(BENCH_CPU_, CORE, )
#define CORE_HOST		CORE_PASTE(BENCH_SMEM_HOST_, CORE, )
#define CORE_SMP2P_FROM_APPS	CORE_PASTE(BENCH_SMP2P_, CORE, _OUT)
#define CORE_SMP2P_TO_APPS	CORE_PASTE(BENCH_SMP2P_, CORE, _IN)
#define CORE_CRASH_ITEM		CORE_PASTE(BENCH_CRASH_ITEM_, CORE, )

#define BIT(n)			(1u << (n))

static inline volatile struct bench_shared *bench_shared(void)
{
	return (volatile struct bench_shared *)BENCH_SHARED_BASE;
}

static inline void barrier_all(void)
{
	__asm__ volatile("dmb sy" ::: "memory");
}

/* firmware.c: what EL3 does for the core */
void core_event(const char *what);
void core_irq(void);
void core_wdog(void);
bool core_stream_read(uint64_t iova, uint64_t *value);
void core_stream_stray(uint64_t iova, uint64_t how);

/* idle.c */
void idle_init(void);
void idle_wait(void);
uint64_t time_us(void);

/* smem.c */
void *smem_find(unsigned int host, unsigned int item, size_t size);
void *smem_get_or_alloc(unsigned int host, unsigned int item, size_t size);

/* smp2p.c */
const char *smp2p_start(void);
void smp2p_set(uint32_t bits);
uint32_t smp2p_get(void);

/* log.c */
void log_line(const char *what);

#endif /* CORE_H */
