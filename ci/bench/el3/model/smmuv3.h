/* SPDX-License-Identifier: GPL-2.0-only */
/* What an SMMUv3 does with a stream: from its registers to page tables. */
#ifndef SMMUV3_H
#define SMMUV3_H

#include "smmu.h"

enum smmu_config smmuv3_find(uint32_t sid, struct pagetable *pt);

#endif /* SMMUV3_H */
