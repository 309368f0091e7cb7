// SPDX-License-Identifier: GPL-2.0-only
/* From a stream id to its page tables: stream tables and context descriptors. */
#include "host.h"
#include "smmuv3.h"

#define SID	0x80
#define IOVA	0x5e000000ull

static struct tables t;
static struct pagetable pt;

static void start(void)
{
	host_start(BENCH_MACHINE_EL2_IOMMU);
	tables_start(&t, TABLES_BASE, 12, 48);
	tables_linear(&t, SID);
	tables_map(&t, IOVA, IOVA, 0x1000, 3);
}

TEST(two_level)
{
	unsigned int split;

	for (split = 6; split <= 10; split += 2) {
		start();
		tables_two_level(&t, SID, split);
		CHECK_EQ(smmuv3_find(SID, &pt), SMMU_TRANSLATES);
		CHECK_EQ(pt.ttb, t.ttb);
		/* a neighbour has no valid entry, another table is not there */
		CHECK_EQ(smmuv3_find(SID + 1, &pt), SMMU_BAD_STREAM);
		CHECK_EQ(smmuv3_find(SID + 0x1000, &pt), SMMU_BAD_STREAM);
		CHECK_EQ(smmuv3_find(0x10000, &pt), SMMU_BAD_STREAM);
		/* the level 2 table ends before the entry */
		*word_at(STRTAB + 8 * (SID >> split)) &= ~0x1full;
		CHECK_EQ(smmuv3_find(SID, &pt), SMMU_BAD_STREAM);
	}
}

TEST(streams)
{
	start();
	CHECK_EQ(smmuv3_find(SID, &pt), SMMU_TRANSLATES);
	CHECK_EQ(smmuv3_find(SID + 1, &pt), SMMU_BAD_STREAM);
	CHECK_EQ(smmuv3_find(0x100, &pt), SMMU_BAD_STREAM);
	CHECK_EQ(smmuv3_find(0xffffffff, &pt), SMMU_BAD_STREAM);

	*word_at(t.ste) = 1 | 4 << 1;
	CHECK_EQ(smmuv3_find(SID, &pt), SMMU_BYPASS);
	*word_at(t.ste) = 1 | 0 << 1;
	CHECK_EQ(smmuv3_find(SID, &pt), SMMU_ABORT);
	*word_at(t.ste) = 1 | 6 << 1;
	CHECK_EQ(smmuv3_find(SID, &pt), SMMU_STAGE2);
	*word_at(t.ste) = 1 | 7 << 1;
	CHECK_EQ(smmuv3_find(SID, &pt), SMMU_STAGE2);
	*word_at(t.ste) = 0;
	CHECK_EQ(smmuv3_find(SID, &pt), SMMU_BAD_STREAM);

	host.smmu_cr0 = 0;
	CHECK_EQ(smmuv3_find(SID, &pt), SMMU_BYPASS);
	host.smmu_gbpa = 1 << 20;
	CHECK_EQ(smmuv3_find(SID, &pt), SMMU_ABORT);
	host.smmu_cr0 = 1;
	host.strtab_cfg = 2 << 16 | 8;
	CHECK_EQ(smmuv3_find(SID, &pt), SMMU_BAD_STREAM);
	host.strtab_cfg = 8;
	host.strtab = 0x1000;
	CHECK_EQ(smmuv3_find(SID, &pt), SMMU_BAD_STREAM);
}

TEST(contexts)
{
	uint64_t cd0;

	start();
	cd0 = *word_at(t.cd);
	*word_at(t.cd) = cd0 & ~(1ull << 31);		/* V */
	CHECK_EQ(smmuv3_find(SID, &pt), SMMU_BAD_CONTEXT);
	*word_at(t.cd) = cd0 & ~(1ull << 41);		/* AA64 */
	CHECK_EQ(smmuv3_find(SID, &pt), SMMU_BAD_CONTEXT);
	*word_at(t.cd) = cd0 | 1 << 15;			/* big-endian */
	CHECK_EQ(smmuv3_find(SID, &pt), SMMU_BAD_CONTEXT);
	*word_at(t.cd) = cd0 | 3 << 6;			/* TG0 */
	CHECK_EQ(smmuv3_find(SID, &pt), SMMU_BAD_CONTEXT);
	*word_at(t.cd) = (cd0 & ~0x3full) | 15;		/* T0SZ */
	CHECK_EQ(smmuv3_find(SID, &pt), SMMU_BAD_CONTEXT);
	*word_at(t.cd) = (cd0 & ~0x3full) | 40;
	CHECK_EQ(smmuv3_find(SID, &pt), SMMU_BAD_CONTEXT);
	*word_at(t.cd) = cd0 | 1 << 14;			/* EPD0 */
	CHECK_EQ(smmuv3_find(SID, &pt), SMMU_ABORT);
	*word_at(t.cd) = cd0;

	*word_at(t.ste) |= 4ull << 59;			/* S1CDMAX: substreams */
	CHECK_EQ(smmuv3_find(SID, &pt), SMMU_BAD_CONTEXT);
}
