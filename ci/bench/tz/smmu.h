/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the SMMUv3 would do with a stream's accesses, read from its registers
 * and from the tables in RAM as Arm IHI 0070 tells the hardware to.
 */
#ifndef SMMU_H
#define SMMU_H

#include <stdbool.h>
#include <stdint.h>

/* What a stream's accesses meet */
enum smmu_config {
	SMMU_TRANSLATES,	/* stage 1, see struct smmu_context */
	SMMU_BYPASS,		/* go through untranslated, SMMU on or off */
	SMMU_ABORT,		/* are refused */
	SMMU_BAD_STREAM,	/* no valid stream table entry */
	SMMU_BAD_CONTEXT,	/* no valid context descriptor */
	SMMU_STAGE2,		/* stage 2 is involved: recognised, not walked */
};

/**
 * struct smmu_context - stage 1 translation of a stream
 * @ttb:	TTB0, the first table
 * @granule:	log2 of the page size: 12, 14 or 16
 * @ia_bits:	width of the input addresses
 * @af_update:	the SMMU sets access flags itself; else a clear one faults
 * @dirty_update: and dirty state
 */
struct smmu_context {
	uint64_t ttb;
	unsigned int granule;
	unsigned int ia_bits;
	bool af_update;
	bool dirty_update;
};

/**
 * struct smmu_leaf - a page or block that is mapped
 * @iova:	input address
 * @pa:		output address
 * @size:	bytes
 * @writable:	not only readable
 */
struct smmu_leaf {
	uint64_t iova;
	uint64_t pa;
	uint64_t size;
	bool writable;
};

bool smmu_read_entry(uint64_t pa, uint64_t *v);
enum smmu_config smmu_find_context(uint32_t sid, struct smmu_context *ctx);
const char *smmu_config_name(enum smmu_config config);
bool smmu_for_each_leaf(const struct smmu_context *ctx,
			void (*fn)(void *arg, const struct smmu_leaf *leaf),
			void *arg);
bool smmu_translate(const struct smmu_context *ctx, uint64_t iova, bool write,
		    uint64_t *pa);

#endif /* SMMU_H */
