/* SPDX-License-Identifier: GPL-2.0-only */
/* What an SMMU-500 does with a stream, and how it reports what it refused. */
#ifndef SMMU500_H
#define SMMU500_H

#include "smmu.h"

void smmu500_reset(void);
enum smmu_config smmu500_find(uint32_t sid, struct pagetable *pt);
void smmu500_fault(uint32_t sid, uint64_t iova, bool write);
void smmu500_settle(void);

#endif /* SMMU500_H */
