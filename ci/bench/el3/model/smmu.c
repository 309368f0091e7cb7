// SPDX-License-Identifier: GPL-2.0-only
/* From a stream id to its translation: stream table and context descriptor. */
#include <string.h>

#include "tz.h"
#include "smmu.h"
#include "smmu_regs.h"

/* ---- stream table ---- */

static bool find_ste(uint32_t sid, uint64_t *ste)
{
	uint64_t base = smmu_read64(ARM_SMMU_STRTAB_BASE) & STRTAB_BASE_ADDR_MASK;
	uint32_t cfg = smmu_read32(ARM_SMMU_STRTAB_BASE_CFG);
	unsigned int split = FIELD_GET(STRTAB_BASE_CFG_SPLIT, cfg);
	unsigned int span;
	uint64_t desc, index;

	/* LOG2SIZE counts stream ids in both formats; 32 is the most there are */
	if ((uint64_t)sid >> FIELD_GET(STRTAB_BASE_CFG_LOG2SIZE, cfg))
		return false;

	switch (FIELD_GET(STRTAB_BASE_CFG_FMT, cfg)) {
	case STRTAB_BASE_CFG_FMT_LINEAR:
		*ste = base + (uint64_t)sid * STRTAB_STE_SIZE;
		return true;
	case STRTAB_BASE_CFG_FMT_2LVL:
		if (!smmu_read_entry(base + (uint64_t)(sid >> split) * STRTAB_L1_DESC_SIZE,
			      &desc))
			return false;
		/* Span n: 2^(n - 1) entries; 0: none */
		span = FIELD_GET(STRTAB_L1_DESC_SPAN, desc);
		index = sid & ((1ull << split) - 1);
		if (!span || index >= 1ull << (span - 1))
			return false;
		*ste = (desc & STRTAB_L1_DESC_L2PTR_MASK) + index * STRTAB_STE_SIZE;
		return true;
	default:
		return false;
	}
}

/* TG0 and S2TG: 0 is 4 KiB, 1 is 64 KiB, 2 is 16 KiB; 3 is reserved */
static unsigned int granule_of(uint64_t tg)
{
	static const unsigned int granules[] = { 12, 16, 14, 0 };

	return granules[tg];
}

static bool size_ok(unsigned int t0sz, struct smmu_stage *stage)
{
	stage->ia_bits = 64 - t0sz;
	return stage->granule && t0sz >= TCR_T0SZ_MIN && t0sz <= TCR_T0SZ_MAX;
}

/* ---- stage 2, in the stream table entry ---- */

/*
 * SL0 names the first level, counted from the other end than levels are. It
 * must leave at least a bit to the first table, and no more than what one, or
 * up to 16 side by side, resolve (DDI 0487, D8.2).
 */
static bool first_level_ok(uint64_t sl0, struct smmu_stage *s2)
{
	unsigned int bits = s2->granule - 3;
	int first = (s2->granule == 12 ? 2 : 3) - (int)sl0;
	unsigned int below;

	if (first < 0 || (first == 0 && s2->granule != 12) || sl0 == 3)
		return false;
	below = s2->granule + (ARM_LPAE_LAST_LEVEL - first) * bits;
	s2->first_level = first;
	return s2->ia_bits > below &&
	       s2->ia_bits <= below + bits + ARM_LPAE_S2_MAX_CONCAT_BITS;
}

static enum smmu_config read_stage2(uint64_t ste, struct smmu_stage *s2)
{
	uint64_t ste2, ste3;

	if (!smmu_read_entry(ste + STRTAB_STE_WORD(2), &ste2) ||
	    !smmu_read_entry(ste + STRTAB_STE_WORD(3), &ste3))
		return SMMU_BAD_STREAM;
	s2->on = true;
	s2->stage2 = true;
	s2->granule = granule_of(FIELD_GET(STRTAB_STE_2_VTCR_S2TG, ste2));
	if (!(ste2 & STRTAB_STE_2_S2AA64) || (ste2 & STRTAB_STE_2_S2ENDI) ||
	    !size_ok(FIELD_GET(STRTAB_STE_2_VTCR_S2T0SZ, ste2), s2) ||
	    !first_level_ok(FIELD_GET(STRTAB_STE_2_VTCR_S2SL0, ste2), s2))
		return SMMU_BAD_STAGE2;

	s2->ttb = ste3 & STRTAB_STE_3_S2TTB_MASK;
	s2->af_ignored = ste2 & (STRTAB_STE_2_S2AFFD | STRTAB_STE_2_S2HA);
	s2->dirty_update = (ste2 & STRTAB_STE_2_S2HA) && (ste2 & STRTAB_STE_2_S2HD);
	return SMMU_TRANSLATES;
}

/* ---- stage 1: context descriptor 0, that of accesses without a substream ---- */

/* Pointers to descriptors are translated by stage 2, where there is one. */
static enum smmu_config find_cd(uint64_t ste0, uint64_t ste1,
				const struct smmu_stage *s2, uint64_t *cd)
{
	uint64_t desc;

	*cd = ste0 & STRTAB_STE_0_S1CTXPTR_MASK;
	if (!FIELD_GET(STRTAB_STE_0_S1CDMAX, ste0))
		return SMMU_TRANSLATES;

	switch (FIELD_GET(STRTAB_STE_1_S1DSS, ste1)) {
	case STRTAB_STE_1_S1DSS_TERMINATE:
		return SMMU_ABORT;
	case STRTAB_STE_1_S1DSS_BYPASS:
		return SMMU_BYPASS;
	}
	if (FIELD_GET(STRTAB_STE_0_S1FMT, ste0) == STRTAB_STE_0_S1FMT_LINEAR)
		return SMMU_TRANSLATES;
	if (!smmu_read_below(s2, *cd, &desc) || !(desc & CTXDESC_L1_DESC_V))
		return SMMU_BAD_CONTEXT;
	*cd = desc & CTXDESC_L1_DESC_L2PTR_MASK;
	return SMMU_TRANSLATES;
}

static enum smmu_config read_cd(uint64_t cd, const struct smmu_stage *s2,
				struct smmu_stage *s1)
{
	unsigned int bits;
	uint64_t cd0, cd1;

	if (!smmu_read_below(s2, cd, &cd0) || !smmu_read_below(s2, cd + 8, &cd1))
		return SMMU_BAD_CONTEXT;
	s1->on = true;
	s1->granule = granule_of(FIELD_GET(CTXDESC_CD_0_TCR_TG0, cd0));
	if (!(cd0 & CTXDESC_CD_0_V) || !(cd0 & CTXDESC_CD_0_AA64) ||
	    (cd0 & CTXDESC_CD_0_ENDI) ||
	    !size_ok(FIELD_GET(CTXDESC_CD_0_TCR_T0SZ, cd0), s1))
		return SMMU_BAD_CONTEXT;
	/* TTB0 not to be walked: each access faults */
	if (cd0 & CTXDESC_CD_0_TCR_EPD0)
		return SMMU_ABORT;

	/* as few levels as resolve all bits */
	bits = s1->granule - 3;
	s1->first_level = ARM_LPAE_LAST_LEVEL + 1 -
			  (int)((s1->ia_bits - s1->granule + bits - 1) / bits);
	s1->ttb = cd1 & CTXDESC_CD_1_TTB0_MASK;
	s1->af_ignored = cd0 & (CTXDESC_CD_0_AFFD | CTXDESC_CD_0_TCR_HA);
	s1->dirty_update = (cd0 & CTXDESC_CD_0_TCR_HA) && (cd0 & CTXDESC_CD_0_TCR_HD);
	return SMMU_TRANSLATES;
}

/* A core's accesses are unprivileged unless its entry says otherwise (choice) */
static enum smmu_config read_stage1(uint64_t ste, uint64_t ste0,
				    struct smmu_context *ctx)
{
	enum smmu_config config;
	uint64_t ste1, cd;

	if (!smmu_read_entry(ste + STRTAB_STE_WORD(1), &ste1))
		return SMMU_BAD_STREAM;
	config = find_cd(ste0, ste1, &ctx->s2, &cd);
	/* around stage 1, but not around stage 2 */
	if (config == SMMU_BYPASS && ctx->s2.on)
		return SMMU_TRANSLATES;
	if (config != SMMU_TRANSLATES)
		return config;
	ctx->s1.privileged = FIELD_GET(STRTAB_STE_1_PRIVCFG, ste1) ==
			     STRTAB_STE_1_PRIVCFG_PRIV;
	return read_cd(cd, &ctx->s2, &ctx->s1);
}

/**
 * smmu_find_context() - what the SMMU does with a stream
 * @sid:	stream id
 * @ctx:	the translation, if it SMMU_TRANSLATES
 */
enum smmu_config smmu_find_context(uint32_t sid, struct smmu_context *ctx)
{
	enum smmu_config config = SMMU_TRANSLATES;
	uint64_t ste, ste0, cfg;

	memset(ctx, 0, sizeof(*ctx));
	if (!(smmu_read32(ARM_SMMU_CR0) & CR0_SMMUEN))
		return smmu_read32(ARM_SMMU_GBPA) & GBPA_ABORT ? SMMU_ABORT
							       : SMMU_BYPASS;
	if (!find_ste(sid, &ste) || !smmu_read_entry(ste, &ste0) ||
	    !(ste0 & STRTAB_STE_0_V))
		return SMMU_BAD_STREAM;

	cfg = FIELD_GET(STRTAB_STE_0_CFG, ste0);
	if (cfg <= STRTAB_STE_0_CFG_ABORT_MAX)
		return SMMU_ABORT;
	if (cfg == STRTAB_STE_0_CFG_BYPASS)
		return SMMU_BYPASS;
	if (cfg != STRTAB_STE_0_CFG_S1_TRANS)
		config = read_stage2(ste, &ctx->s2);
	if (config == SMMU_TRANSLATES && cfg != STRTAB_STE_0_CFG_S2_TRANS)
		config = read_stage1(ste, ste0, ctx);
	return config;
}

/**
 * smmu_config_name() - words for the record
 * @config:	what
 */
const char *smmu_config_name(enum smmu_config config)
{
	switch (config) {
	case SMMU_TRANSLATES:
		return "stream is translated";
	case SMMU_BYPASS:
		return "stream bypasses the SMMU";
	case SMMU_ABORT:
		return "stream is aborted by the SMMU";
	case SMMU_BAD_STREAM:
		return "no valid stream table entry";
	case SMMU_BAD_STAGE2:
		return "no valid stage 2 in the stream table entry";
	case SMMU_BAD_CONTEXT:
		return "no valid context descriptor";
	}
	return "?";
}
