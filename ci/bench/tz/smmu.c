// SPDX-License-Identifier: GPL-2.0-only
/* From a stream id to its translation: stream table and context descriptor. */
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

/* ---- context descriptor 0, the one of accesses without a substream ---- */

static enum smmu_config find_cd(uint64_t ste, uint64_t ste0, uint64_t *cd)
{
	uint64_t ste1, desc;

	*cd = ste0 & STRTAB_STE_0_S1CTXPTR_MASK;
	if (!FIELD_GET(STRTAB_STE_0_S1CDMAX, ste0))
		return SMMU_TRANSLATES;

	if (!smmu_read_entry(ste + 8, &ste1))
		return SMMU_BAD_STREAM;
	switch (FIELD_GET(STRTAB_STE_1_S1DSS, ste1)) {
	case STRTAB_STE_1_S1DSS_TERMINATE:
		return SMMU_ABORT;
	case STRTAB_STE_1_S1DSS_BYPASS:
		return SMMU_BYPASS;
	}
	if (FIELD_GET(STRTAB_STE_0_S1FMT, ste0) == STRTAB_STE_0_S1FMT_LINEAR)
		return SMMU_TRANSLATES;
	if (!smmu_read_entry(*cd, &desc) || !(desc & CTXDESC_L1_DESC_V))
		return SMMU_BAD_CONTEXT;
	*cd = desc & CTXDESC_L1_DESC_L2PTR_MASK;
	return SMMU_TRANSLATES;
}

static enum smmu_config read_cd(uint64_t cd, struct smmu_context *ctx)
{
	/* TG0: 0 is 4 KiB, 1 is 64 KiB, 2 is 16 KiB */
	static const unsigned int granules[] = { 12, 16, 14, 0 };
	uint64_t cd0, cd1;
	unsigned int t0sz;

	if (!smmu_read_entry(cd, &cd0) || !smmu_read_entry(cd + 8, &cd1))
		return SMMU_BAD_CONTEXT;
	t0sz = FIELD_GET(CTXDESC_CD_0_TCR_T0SZ, cd0);
	ctx->granule = granules[FIELD_GET(CTXDESC_CD_0_TCR_TG0, cd0)];
	if (!(cd0 & CTXDESC_CD_0_V) || !(cd0 & CTXDESC_CD_0_AA64) ||
	    (cd0 & CTXDESC_CD_0_ENDI) || !ctx->granule ||
	    t0sz < 16 || t0sz > 39)
		return SMMU_BAD_CONTEXT;
	/* TTB0 not to be walked: each access faults */
	if (cd0 & CTXDESC_CD_0_TCR_EPD0)
		return SMMU_ABORT;

	ctx->ia_bits = 64 - t0sz;
	ctx->ttb = cd1 & CTXDESC_CD_1_TTB0_MASK;
	ctx->af_update = cd0 & CTXDESC_CD_0_TCR_HA;
	ctx->dirty_update = ctx->af_update && (cd0 & CTXDESC_CD_0_TCR_HD);
	return SMMU_TRANSLATES;
}

/**
 * smmu_find_context() - what the SMMU does with a stream
 * @sid:	stream id
 * @ctx:	the translation, if it SMMU_TRANSLATES
 */
enum smmu_config smmu_find_context(uint32_t sid, struct smmu_context *ctx)
{
	enum smmu_config config;
	uint64_t ste, ste0, cd;

	if (!(smmu_read32(ARM_SMMU_CR0) & CR0_SMMUEN))
		return smmu_read32(ARM_SMMU_GBPA) & GBPA_ABORT ? SMMU_ABORT
							       : SMMU_BYPASS;
	if (!find_ste(sid, &ste) || !smmu_read_entry(ste, &ste0) ||
	    !(ste0 & STRTAB_STE_0_V))
		return SMMU_BAD_STREAM;

	switch (FIELD_GET(STRTAB_STE_0_CFG, ste0)) {
	case 0 ... STRTAB_STE_0_CFG_ABORT_MAX:
		return SMMU_ABORT;
	case STRTAB_STE_0_CFG_BYPASS:
		return SMMU_BYPASS;
	case STRTAB_STE_0_CFG_S1_TRANS:
		break;
	default:
		return SMMU_STAGE2;
	}

	config = find_cd(ste, ste0, &cd);
	return config == SMMU_TRANSLATES ? read_cd(cd, ctx) : config;
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
	case SMMU_BAD_CONTEXT:
		return "no valid context descriptor";
	case SMMU_STAGE2:
		return "stage 2 is not modelled";
	}
	return "?";
}
