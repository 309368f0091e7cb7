// SPDX-License-Identifier: GPL-2.0-only
/* The walk: stream table, context descriptor, page tables of all granules. */
#include "host.h"

#define SID	0x80
#define IOVA	0x5e000000ull
#define M2	0x200000ull

static struct tables t;
static struct smmu_context ctx;

struct seen {
	unsigned int leaves;
	uint64_t bytes;
	uint64_t next;		/* input addresses rise, and do not overlap */
	struct smmu_leaf last;
};

static void see(void *arg, const struct smmu_leaf *leaf)
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

	CHECK_EQ(smmu_find_context(SID, &ctx), SMMU_TRANSLATES);
	CHECK(!smmu_for_each_leaf(&ctx, see, &seen));
	return seen;
}

static bool reaches(uint64_t iova, bool write, uint64_t want)
{
	uint64_t pa;

	return smmu_translate(&ctx, iova, write, &pa) && pa == want;
}

static void start(unsigned int granule, unsigned int ia_bits)
{
	host_start(BENCH_MACHINE_EL2_IOMMU);
	tables_start(&t, granule, ia_bits);
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

static void pages(void)
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

static void blocks(void)
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

static void permissions(void)
{
	uint64_t *pte;

	start(12, 48);
	tables_map(&t, IOVA, IOVA, 0x1000, 3);
	pte = tables_pte(&t, IOVA, 3);
	*pte |= PTE_RDONLY;
	CHECK(!walk().last.writable);
	CHECK(reaches(IOVA, false, IOVA));
	CHECK(!reaches(IOVA, true, IOVA));

	/* writable-clean counts where the SMMU marks dirty pages itself */
	*pte |= 1ull << 51;
	CHECK(!walk().last.writable);
	*word_at(t.cd) |= 3ull << 42;
	CHECK(walk().last.writable);
	CHECK(reaches(IOVA, true, IOVA));
	*word_at(t.cd) &= ~(3ull << 42);

	/* without access flag it faults, unless the SMMU sets that */
	*pte = IOVA | PTE_UNPRIV | 3;
	CHECK_EQ(walk().leaves, 0);
	CHECK(!reaches(IOVA, false, IOVA));
	*word_at(t.cd) |= 1ull << 43;			/* HA */
	CHECK_EQ(walk().leaves, 1);
	*word_at(t.cd) ^= 1ull << 43 | 1ull << 35;	/* AFFD instead */
	CHECK_EQ(walk().leaves, 1);

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
	/* which is about unprivileged accesses, as is the entry's own bit */
	*word_at(t.ste + 8) |= 3ull << 48;		/* PRIVCFG */
	CHECK(walk().last.writable);
	CHECK(reaches(IOVA, true, IOVA));
	*pte &= ~PTE_UNPRIV;
	CHECK(reaches(IOVA, true, IOVA));
	*word_at(t.ste + 8) ^= 1ull << 48;
	CHECK(!walk().last.readable);
	CHECK(!reaches(IOVA, false, IOVA));
}

static void two_level(void)
{
	unsigned int split;

	for (split = 6; split <= 10; split += 2) {
		start(12, 48);
		tables_two_level(&t, SID, split);
		tables_map(&t, IOVA, IOVA, 0x1000, 3);
		CHECK_EQ(walk().leaves, 1);
		/* a neighbour has no valid entry, another table is not there */
		CHECK_EQ(smmu_find_context(SID + 1, &ctx), SMMU_BAD_STREAM);
		CHECK_EQ(smmu_find_context(SID + 0x1000, &ctx), SMMU_BAD_STREAM);
		CHECK_EQ(smmu_find_context(0x10000, &ctx), SMMU_BAD_STREAM);
		/* the level 2 table ends before the entry */
		*word_at((host.strtab & ~(1ull << 62)) + 8 * (SID >> split)) &= ~0x1full;
		CHECK_EQ(smmu_find_context(SID, &ctx), SMMU_BAD_STREAM);
	}
}

static void streams(void)
{
	start(12, 48);
	CHECK_EQ(smmu_find_context(SID, &ctx), SMMU_TRANSLATES);
	CHECK_EQ(smmu_find_context(SID + 1, &ctx), SMMU_BAD_STREAM);
	CHECK_EQ(smmu_find_context(0x100, &ctx), SMMU_BAD_STREAM);
	CHECK_EQ(smmu_find_context(0xffffffff, &ctx), SMMU_BAD_STREAM);

	*word_at(t.ste) = 1 | 4 << 1;
	CHECK_EQ(smmu_find_context(SID, &ctx), SMMU_BYPASS);
	*word_at(t.ste) = 1 | 0 << 1;
	CHECK_EQ(smmu_find_context(SID, &ctx), SMMU_ABORT);
	*word_at(t.ste) = 1 | 6 << 1;
	CHECK_EQ(smmu_find_context(SID, &ctx), SMMU_BAD_STAGE2);
	*word_at(t.ste) = 1 | 7 << 1;
	CHECK_EQ(smmu_find_context(SID, &ctx), SMMU_BAD_STAGE2);
	*word_at(t.ste) = 0;
	CHECK_EQ(smmu_find_context(SID, &ctx), SMMU_BAD_STREAM);

	host.smmu_cr0 = 0;
	CHECK_EQ(smmu_find_context(SID, &ctx), SMMU_BYPASS);
	host.smmu_gbpa = 1 << 20;
	CHECK_EQ(smmu_find_context(SID, &ctx), SMMU_ABORT);
	host.smmu_cr0 = 1;
	host.strtab_cfg = 2 << 16 | 8;
	CHECK_EQ(smmu_find_context(SID, &ctx), SMMU_BAD_STREAM);
	host.strtab_cfg = 8;
	host.strtab = 0x1000;
	CHECK_EQ(smmu_find_context(SID, &ctx), SMMU_BAD_STREAM);
}

static void contexts(void)
{
	uint64_t cd0, l1 = 0x51300000;

	start(12, 48);
	cd0 = *word_at(t.cd);
	*word_at(t.cd) = cd0 & ~(1ull << 31);		/* V */
	CHECK_EQ(smmu_find_context(SID, &ctx), SMMU_BAD_CONTEXT);
	*word_at(t.cd) = cd0 & ~(1ull << 41);		/* AA64 */
	CHECK_EQ(smmu_find_context(SID, &ctx), SMMU_BAD_CONTEXT);
	*word_at(t.cd) = cd0 | 1 << 15;			/* big-endian */
	CHECK_EQ(smmu_find_context(SID, &ctx), SMMU_BAD_CONTEXT);
	*word_at(t.cd) = cd0 | 3 << 6;			/* TG0 */
	CHECK_EQ(smmu_find_context(SID, &ctx), SMMU_BAD_CONTEXT);
	*word_at(t.cd) = (cd0 & ~0x3full) | 15;		/* T0SZ */
	CHECK_EQ(smmu_find_context(SID, &ctx), SMMU_BAD_CONTEXT);
	*word_at(t.cd) = (cd0 & ~0x3full) | 40;
	CHECK_EQ(smmu_find_context(SID, &ctx), SMMU_BAD_CONTEXT);
	*word_at(t.cd) = cd0 | 1 << 14;			/* EPD0 */
	CHECK_EQ(smmu_find_context(SID, &ctx), SMMU_ABORT);
	*word_at(t.cd) = cd0;

	/* substreams: which descriptor plain accesses use */
	*word_at(t.ste) |= 4ull << 59;
	CHECK_EQ(smmu_find_context(SID, &ctx), SMMU_TRANSLATES);
	*word_at(t.ste + 8) = 0;
	CHECK_EQ(smmu_find_context(SID, &ctx), SMMU_ABORT);
	*word_at(t.ste + 8) = 1;
	CHECK_EQ(smmu_find_context(SID, &ctx), SMMU_BYPASS);
	*word_at(t.ste + 8) = 2;
	*word_at(l1) = t.cd | 1;
	*word_at(t.ste) = 1 | 5 << 1 | 2 << 4 | l1 | 10ull << 59;
	CHECK_EQ(smmu_find_context(SID, &ctx), SMMU_TRANSLATES);
	CHECK_EQ(ctx.s1.ttb, t.ttb);
	*word_at(l1) = t.cd;
	CHECK_EQ(smmu_find_context(SID, &ctx), SMMU_BAD_CONTEXT);
}

/* Tables that lead out of RAM, or into themselves, end. */
static void bad_tables(void)
{
	struct seen seen = { 0 };
	uint64_t pa;
	int i;

	start(12, 48);
	*tables_pte(&t, IOVA, 2) = 0x1000 | 3;
	CHECK_EQ(smmu_find_context(SID, &ctx), SMMU_TRANSLATES);
	CHECK_STR(smmu_for_each_leaf(&ctx, see, &seen), "page tables lead nowhere");
	CHECK(!smmu_translate(&ctx, IOVA, false, &pa));

	start(12, 48);
	for (i = 0; i < 512; i++)
		*word_at(t.ttb + 8 * i) = t.ttb | 3;
	CHECK_EQ(smmu_find_context(SID, &ctx), SMMU_TRANSLATES);
	CHECK_STR(smmu_for_each_leaf(&ctx, see, &seen), "page tables have no end");
}

int main(void)
{
	static const struct test tests[] = {
		{ "pages", pages },
		{ "blocks", blocks },
		{ "permissions", permissions },
		{ "two-level", two_level },
		{ "streams", streams },
		{ "contexts", contexts },
		{ "bad-tables", bad_tables },
	};

	return run_tests(tests, ARRAY_LEN(tests));
}
