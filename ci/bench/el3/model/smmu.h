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
	SMMU_TRANSLATES,	/* one stage or both, see struct smmu_context */
	SMMU_BYPASS,		/* go through untranslated, SMMU on or off */
	SMMU_ABORT,		/* are refused */
	SMMU_BAD_STREAM,	/* no valid stream table entry */
	SMMU_BAD_STAGE2,	/* no valid stage 2 in it */
	SMMU_BAD_CONTEXT,	/* no valid context descriptor */
};

/**
 * struct smmu_stage - one stage of a translation
 * @on:		there is such a stage
 * @stage2:	it is stage 2, whose permissions have another format
 * @privileged:	stage 1: accesses are made privileged by the stream's entry
 * @af_ignored:	a clear access flag is no fault: the SMMU sets it, or need not
 * @dirty_update: the SMMU sets dirty state itself
 * @granule:	log2 of the page size: 12, 14 or 16
 * @ia_bits:	width of the input addresses
 * @first_level: where the walk starts
 * @ttb:	the first table
 */
struct smmu_stage {
	bool on;
	bool stage2;
	bool privileged;
	bool af_ignored;
	bool dirty_update;
	unsigned int granule;
	unsigned int ia_bits;
	int first_level;
	uint64_t ttb;
};

/**
 * struct smmu_context - translation of a stream; at least one stage is on
 * @s1:		stage 1, through tables that stage 2 translates if it is on
 * @s2:		stage 2
 */
struct smmu_context {
	struct smmu_stage s1;
	struct smmu_stage s2;
};

/**
 * struct smmu_leaf - a page or block that is mapped, or the part of one that
 *		      lies in one page or block of the other stage
 * @iova:	input address
 * @pa:		output address
 * @size:	bytes
 * @readable:	for the accesses of a remote core
 * @writable:	likewise
 */
struct smmu_leaf {
	uint64_t iova;
	uint64_t pa;
	uint64_t size;
	bool readable;
	bool writable;
};

bool smmu_read_entry(uint64_t pa, uint64_t *v);
bool smmu_read_below(const struct smmu_stage *s2, uint64_t addr, uint64_t *v);
enum smmu_config smmu_find_context(uint32_t sid, struct smmu_context *ctx);
const char *smmu_config_name(enum smmu_config config);
const char *smmu_for_each_leaf(const struct smmu_context *ctx,
			       void (*fn)(void *arg, const struct smmu_leaf *leaf),
			       void *arg);
bool smmu_translate(const struct smmu_context *ctx, uint64_t iova, bool write,
		    uint64_t *pa);

#endif /* SMMU_H */
