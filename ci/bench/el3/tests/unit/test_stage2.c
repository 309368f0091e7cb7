// SPDX-License-Identifier: GPL-2.0-only
/* What is stage 2's own: its fields, and what it does to stage 1. */
#include "stages.h"

#define IPA	0x60000000ull	/* between the stages, for what is not 1:1 there */

/* 1:1 is a matter of both stages together, permissions of each. */
static void both_stages(void)
{
	static const struct stage_row row = { NESTED, 0, 12, 40, 1 };

	stage_prepare(&row);
	tables_map(&stage1, BASE + 0x3000, IPA, 0x1000, 3);
	stage_verdict(&row, "carveout is mapped in part, missing", BASE + 0x3000);
	stage_prepare(&row);
	tables_map(&stage1, BASE + 0x3000, IPA, 0x1000, 3);
	tables_map(&stage2, IPA, BASE + 0x3000, 0x1000, 3);
	stage_verdict(&row, NULL, 0);
	stage_prepare(&row);
	*tables_pte(&stage1, BASE + 0x3000, 3) |= PTE_RDONLY;
	stage_verdict(&row, "carveout is mapped read-only", BASE + 0x3000);
}

/* What makes a stage 2 invalid, and what a clear access flag does there */
static void stage2_fields(void)
{
	static const struct stage_row row = { STAGE2, 0, 12, 40, 1 };
	static const uint64_t bad[] = {
		1ull << 51,		/* S2AA64 cleared */
		1ull << 52,		/* S2ENDI */
		3ull << 46,		/* S2TG reserved */
		2ull << 38,		/* S2SL0 1 to 3: reserved */
		1ull << 38,		/* to 0: level 2 cannot resolve 40 bits */
		63ull << 32,		/* S2T0SZ 24 to 39: nothing left for level 1 */
	};
	struct smmu_context ctx;
	uint64_t pa;
	size_t i;

	for (i = 0; i < ARRAY_LEN(bad); i++) {
		stage_prepare(&row);
		*word_at(stage2.ste + 16) ^= bad[i];
		CHECK_EQ(smmu_find_context(SID, &ctx), SMMU_BAD_STAGE2);
	}
	for (i = 0; i < 2; i++) {
		stage_prepare(&row);
		*tables_pte(&stage2, BASE, 3) ^= PTE_AF;
		*word_at(stage2.ste + 16) |= 1ull << (i ? 53 : 56);	/* S2AFFD, S2HA */
		stage_verdict(&row, NULL, 0);
	}
	/* dirty state is the SMMU's with S2HA and S2HD, in entries with DBM */
	stage_prepare(&row);
	*tables_pte(&stage2, BASE, 3) ^= PTE_S2_WRITE | 1ull << 51;
	*word_at(stage2.ste + 16) |= 1ull << 55;
	CHECK_EQ(smmu_find_context(SID, &ctx), SMMU_TRANSLATES);
	CHECK(!smmu_translate(&ctx, BASE, true, &pa));
	*word_at(stage2.ste + 16) |= 1ull << 56;
	CHECK_EQ(smmu_find_context(SID, &ctx), SMMU_TRANSLATES);
	CHECK(smmu_translate(&ctx, BASE, true, &pa));
	CHECK_EQ(pa, BASE);
}

/* Stage 2 translates what stage 1 consists of, too. */
static void nested_tables(void)
{
	static const struct stage_row row = { NESTED, 0, 12, 40, 1 };
	struct smmu_context ctx;
	uint64_t pa;

	stage_prepare(&row);
	tables_unmap(&stage2, stage1.cd, 0x1000, 3);
	CHECK_EQ(smmu_find_context(SID, &ctx), SMMU_BAD_CONTEXT);
	stage_prepare(&row);
	tables_unmap(&stage2, stage1.ttb, 0x1000, 3);
	CHECK_EQ(flow_auth_bridged(BENCH_PAS_MPSS, BASE, SIZE), SCM_EINVAL_ARG);
	CHECK_STR(last_event()[-1].what, "page tables lead nowhere");
	stage_prepare(&row);
	*tables_pte(&stage2, stage1.ttb, 3) ^= PTE_S2_READ;
	CHECK_EQ(smmu_find_context(SID, &ctx), SMMU_TRANSLATES);
	CHECK(!smmu_translate(&ctx, BASE, false, &pa));

	/* substream bypass goes around stage 1 alone */
	stage_prepare(&row);
	*word_at(stage1.ste) |= 4ull << 59;
	*word_at(stage1.ste + 8) = 1;
	CHECK_EQ(smmu_find_context(SID, &ctx), SMMU_TRANSLATES);
	CHECK(!ctx.s1.on);
	CHECK(smmu_translate(&ctx, stage1.cd, false, &pa));
}

int main(void)
{
	static const struct test tests[] = {
		{ "both-stages", both_stages },
		{ "stage2-fields", stage2_fields },
		{ "nested-tables", nested_tables },
	};

	return run_tests(tests, ARRAY_LEN(tests));
}
