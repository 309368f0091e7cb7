/* SPDX-License-Identifier: GPL-2.0-only */
/* What an SMMU-500 does with a stream, and how it reports what it refused. */
#ifndef SMMU500_H
#define SMMU500_H

#include "bench.h"
#include "smmu.h"

#define SMMU500_SID_BITS	15u
#define SMMU500_NO_BANK		BENCH_SMMU500_CBS

/**
 * struct smmu500_found - what a stream leads to
 * @config:	what is done with it
 * @bank:	context bank that a fault is reported in, or SMMU500_NO_BANK
 * @gfsr:	global fault that each access raises, 0: none
 */
struct smmu500_found {
	enum smmu_config config;
	unsigned int bank;
	uint32_t gfsr;
};

/* smmu500.c */
void smmu500_reset(void);
struct smmu500_found smmu500_follow(uint32_t sid, struct pagetable *pt);
enum smmu_config smmu500_find(uint32_t sid, struct pagetable *pt);

/* smmu500_fault.c */
void smmu500_fault_reset(void);
void smmu500_fault(uint32_t sid, uint64_t iova, bool write);
void smmu500_settle(void);

#endif /* SMMU500_H */
