/* SPDX-License-Identifier: GPL-2.0-only */
/* What an SMMUv3 does with a stream: from its registers to page tables. */
#ifndef SMMUV3_H
#define SMMUV3_H

#include "pagetable.h"

/* What a stream's accesses meet */
enum smmu_config {
	SMMU_TRANSLATES,	/* page tables */
	SMMU_BYPASS,		/* go through untranslated, SMMU on or off */
	SMMU_ABORT,		/* are refused */
	SMMU_STAGE2,		/* stage 2, which Linux does not use for itself */
	SMMU_BAD_STREAM,	/* no valid stream table entry */
	SMMU_BAD_CONTEXT,	/* no valid context descriptor */
};

enum smmu_config smmuv3_find(uint32_t sid, struct pagetable *pt);
const char *smmu_config_name(enum smmu_config config);

#endif /* SMMUV3_H */
