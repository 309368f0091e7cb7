// SPDX-License-Identifier: GPL-2.0-only
/* The walk: page tables of all granules, blocks, permissions. */
#include "host.h"
#include "smmuv3.h"

#define SID	0x80
#define IOVA	0x5e000000ull
#define M2	0x200000ull

static struct tables t;
static struct pagetable pt;

struct seen {
	unsigned int leaves;
	uint64_t bytes;
	uint64_t next;		/* input addresses rise, and do not overlap */
	struct leaf last;
};

static void see(void *arg, const struct leaf *leaf)
{
	struct seen *seen = arg;

	CHECK(leaf->iova >= seen->next);
	seen->next = leaf->iova + leaf->size;
	seen->leaves++;
	seen->bytes += leaf->size;
	seen->last = *leaf;
}

static struct seen walk(void)
{
	struct seen seen = { 0 };

	CHECK_EQ(smmuv3_find(SID, &pt), SMMU_TRANSLATES);
	CHECK(!pagetable_walk(&pt, see, &seen));
	return seen;
}

static bool reaches(uint64_t iova, bool write, uint64_t want)
{
	uint64_t pa;

	return pagetable_translate(&pt, iova, write, &pa) && pa == want;
}

static void start(unsigned int granule, unsigned int ia_bits)
{
	host_start(BENCH_MACHINE_EL2_IOMMU);
	tables_start(&t, TABLES_BASE, granule, ia_bits);
	tables_linear(&t, SID);
}

static void pages_of(unsigned int granule, unsigned int ia_bits)
{
	uint64_t page = 1ull << granule;
	struct seen seen;

	start(granule, ia_bits);
	CHECK_EQ(walk().leaves, 0);
	tables_map(&t, IOVA, IOVA, 4 * page, 3);
	seen = walk();
	CHECK_EQ(seen.leaves, 4);
	CHECK_EQ(seen.bytes, 4 * page);
	CHECK_EQ(seen.last.iova, IOVA + 3 * page);
	CHECK_EQ(seen.last.pa, IOVA + 3 * page);
	CHECK(seen.last.writable);
	CHECK(reaches(IOVA + 2 * page + 8, true, IOVA + 2 * page + 8));
	CHECK(!reaches(IOVA + 4 * page, false, IOVA + 4 * page));
	CHECK(!reaches(IOVA - 8, false, IOVA - 8));
	CHECK(!reaches(1ull << ia_bits | IOVA, false, IOVA));
}

TEST(pages)
{
	static const struct {
		unsigned int granule, ia_bits;
	} rows[] = {
		{ 12, 48 }, { 12, 44 }, { 12, 40 }, { 12, 39 }, { 12, 32 },
		{ 14, 48 }, { 14, 47 }, { 14, 36 }, { 16, 48 }, { 16, 42 }, { 16, 39 },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(rows); i++)
		pages_of(rows[i].granule, rows[i].ia_bits);
}

TEST(blocks)
{
	struct seen seen;

	start(12, 48);
	tables_map(&t, IOVA, IOVA, 2 * M2, 2);
	tables_map(&t, 1ull << 30, 1ull << 30, 1ull << 30, 1);
	/* the 1 GiB block replaced the table; only it is left */
	seen = walk();
	CHECK_EQ(seen.leaves, 1);
	CHECK_EQ(seen.bytes, 1ull << 30);

	start(12, 48);
	tables_map(&t, IOVA, IOVA, 2 * M2, 2);
	seen = walk();
	CHECK_EQ(seen.leaves, 2);
	CHECK_EQ(seen.bytes, 2 * M2);
	CHECK(reaches(IOVA + M2 + 0x12348, true, IOVA + M2 + 0x12348));

	start(14, 48);
	tables_map(&t, 0x42000000, 0x44000000, 1ull << 25, 2);
	CHECK_EQ(walk().bytes, 1ull << 25);
	CHECK(reaches(0x42345678, true, 0x44345678));
	start(16, 48);
	tables_map(&t, 0x40000000, 0x60000000, 1ull << 29, 2);
	CHECK_EQ(walk().bytes, 1ull << 29);

	/* a block where the granule knows none is a fault, not a mapping */
	start(16, 48);
	*tables_pte(&t, 0, 1) = PTE_AF | PTE_UNPRIV | 1;
	CHECK_EQ(walk().leaves, 0);
	CHECK(!reaches(0, false, 0));
	start(12, 48);
	*tables_pte(&t, 0, 0) = PTE_AF | PTE_UNPRIV | 1;
	CHECK_EQ(walk().leaves, 0);
	/* and so is type 1 at the last level */
	*tables_pte(&t, 1ull << 39, 3) = PTE_AF | PTE_UNPRIV | 1;
	CHECK_EQ(walk().leaves, 0);
}

TEST(permissions)
{
	uint64_t *pte;

	start(12, 48);
	tables_map(&t, IOVA, IOVA, 0x1000, 3);
	pte = tables_pte(&t, IOVA, 3);
	*pte |= PTE_RDONLY;
	CHECK(!walk().last.writable);
	CHECK(reaches(IOVA, false, IOVA));
	CHECK(!reaches(IOVA, true, IOVA));

	/* without access flag it faults */
	*pte = IOVA | PTE_UNPRIV | 3;
	CHECK_EQ(walk().leaves, 0);
	CHECK(!reaches(IOVA, false, IOVA));

	/* a table may take away what its entries allow */
	*pte |= PTE_AF;
	*tables_pte(&t, IOVA, 2) |= 1ull << 62;
	CHECK(!walk().last.writable);
	CHECK(walk().last.readable);
	CHECK(!reaches(IOVA, true, IOVA));
	*tables_pte(&t, IOVA, 2) ^= 1ull << 62 | 1ull << 61;
	CHECK(!walk().last.writable);
	CHECK(!walk().last.readable);
	CHECK(!reaches(IOVA, false, IOVA));
	/* and so is an entry for privileged accesses alone */
	*tables_pte(&t, IOVA, 2) ^= 1ull << 61;
	CHECK(walk().last.readable);
	*pte &= ~PTE_UNPRIV;
	CHECK(!walk().last.readable);
}

/* Tables that lead out of RAM, or into themselves, end. */
TEST(bad_tables)
{
	struct seen seen = { 0 };
	uint64_t pa;
	int i;

	start(12, 48);
	*tables_pte(&t, IOVA, 2) = 0x1000 | 3;
	CHECK_EQ(smmuv3_find(SID, &pt), SMMU_TRANSLATES);
	CHECK_STR(pagetable_walk(&pt, see, &seen), "page tables lead nowhere");
	CHECK(!pagetable_translate(&pt, IOVA, false, &pa));

	start(12, 48);
	for (i = 0; i < 512; i++)
		*word_at(t.ttb + 8 * i) = t.ttb | 3;
	CHECK_EQ(smmuv3_find(SID, &pt), SMMU_TRANSLATES);
	CHECK_STR(pagetable_walk(&pt, see, &seen), "page tables have no end");
}
