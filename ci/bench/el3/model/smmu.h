/* SPDX-License-Identifier: GPL-2.0-only */
/* What an SMMU does with a stream, whichever SMMU it is. */
#ifndef SMMU_H
#define SMMU_H

#include "pagetable.h"

/* What a stream's accesses meet */
enum smmu_config {
	SMMU_TRANSLATES,	/* page tables */
	SMMU_BYPASS,		/* go through untranslated, SMMU on or off */
	SMMU_ABORT,		/* are refused */
	SMMU_STAGE2,		/* stage 2, which Linux does not use for itself */
	SMMU_BAD_STREAM,	/* no valid stream table entry, or not one matching group */
	SMMU_BAD_CONTEXT,	/* no valid context descriptor or context bank */
};

const char *smmu_config_name(enum smmu_config config);

#endif /* SMMU_H */
