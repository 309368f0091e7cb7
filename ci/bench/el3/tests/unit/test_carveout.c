// SPDX-License-Identifier: GPL-2.0-only
/*
 * A carveout through every kind of translation that an SMMUv3 knows: stage 1,
 * stage 2, both; each granule, pages, blocks and the contiguous hint. Mapped
 * rightly it is authenticated; each defect in it is named, with its place.
 */
#include "stages.h"

static void each_row(void (*fn)(const struct stage_row *row))
{
	size_t i;

	for (i = 0; i < stage_num_rows; i++)
		fn(&stage_rows[i]);
}

static void good_row(const struct stage_row *row)
{
	stage_prepare(row);
	stage_verdict(row, NULL, 0);
}

static void good(void)
{
	each_row(good_row);
}

static void missing_row(const struct stage_row *row)
{
	uint64_t page = stage_page(row), hole = BASE + SIZE / 2;

	stage_prepare(row);
	tables_unmap(stage_deciding(row), hole, page, 3);
	stage_verdict(row, "carveout is mapped in part, missing", hole);
	stage_prepare(row);
	tables_unmap(stage_deciding(row), BASE, page, 3);
	stage_verdict(row, "carveout is mapped in part, missing", BASE);
	stage_prepare(row);
	tables_unmap(stage_deciding(row), BASE + SIZE - page, page, 3);
	stage_verdict(row, "carveout is mapped in part, missing", BASE + SIZE - page);
}

static void missing(void)
{
	each_row(missing_row);
}

static void elsewhere_row(const struct stage_row *row)
{
	uint64_t page = stage_page(row), at = BASE + 5 * page;

	stage_prepare(row);
	tables_map(stage_deciding(row), at, at + page, page, 3);
	stage_verdict(row, "carveout is not mapped 1:1", at);
}

static void elsewhere(void)
{
	each_row(elsewhere_row);
}

static void permissions_row(const struct stage_row *row)
{
	uint64_t page = stage_page(row), at = BASE + SIZE - page;
	uint64_t *pte;

	stage_prepare(row);
	pte = tables_pte(stage_deciding(row), at, 3);
	*pte ^= row->kind == STAGE1 ? PTE_RDONLY : PTE_S2_WRITE;
	stage_verdict(row, "carveout is mapped read-only", at);
	stage_prepare(row);
	pte = tables_pte(stage_deciding(row), at, 3);
	*pte ^= row->kind == STAGE1 ? PTE_UNPRIV : PTE_S2_READ;
	stage_verdict(row, "carveout is mapped, but not readable", at);
	stage_prepare(row);
	*tables_pte(stage_deciding(row), at, 3) ^= PTE_AF;
	stage_verdict(row, "carveout is mapped in part, missing", at);
}

static void permissions(void)
{
	each_row(permissions_row);
}

static void too_many_row(const struct stage_row *row)
{
	uint64_t page = stage_page(row);

	stage_prepare(row);
	tables_map(&stage2, BASE + SIZE, BASE + SIZE, page, 3);
	if (row->kind != STAGE2)
		tables_map(&stage1, BASE + SIZE, BASE + SIZE, page, 3);
	if (row->kind == NESTED)
		tables_nest(&stage1, &stage2);
	stage_verdict(row, "stream maps more than it may", BASE + SIZE);
}

static void too_many(void)
{
	each_row(too_many_row);
}

/* Blocks, alone and cut by the other stage's pages */
static void blocks(void)
{
	static const struct stage_row one = { STAGE1, 0, 12, 48, 0 };
	static const struct stage_row two = { STAGE2, 0, 12, 40, 1 };
	static const struct stage_row both = { NESTED, 0, 12, 40, 1 };

	stage_prepare(&one);
	tables_map(&stage1, BASE, BASE, SIZE, 2);
	stage_verdict(&one, NULL, 0);
	stage_prepare(&two);
	tables_map(&stage2, BASE, BASE, SIZE, 2);
	stage_verdict(&two, NULL, 0);
	stage_prepare(&both);
	tables_map(&stage1, BASE, BASE, SIZE, 2);
	stage_verdict(&both, NULL, 0);
	stage_prepare(&both);
	tables_map(&stage2, BASE, BASE, SIZE, 2);
	stage_verdict(&both, NULL, 0);
	/* 1 GiB of stage 1, of which stage 2 lets through the carveout */
	stage_prepare(&both);
	*tables_pte(&stage1, 1ull << 30, 1) = 0;
	tables_map(&stage1, 1ull << 30, 1ull << 30, 1ull << 30, 1);
	stage_verdict(&both, "stream maps more than it may", 0x50000000);
	stage_prepare(&both);
	tables_map(&stage1, BASE, BASE, SIZE, 2);
	tables_unmap(&stage2, BASE + 0x7000, 0x1000, 3);
	stage_verdict(&both, "carveout is mapped in part, missing", BASE + 0x7000);
}

static void contiguous_row(const struct stage_row *row)
{
	uint64_t page = stage_page(row), group = page, at;
	static const char what[] = "contiguous hint on entries that are not alike";

	group *= row->granule == 12 ? 16 : row->granule == 14 ? 128 : 32;
	stage_prepare(row);
	for (at = BASE; at < BASE + group; at += page)
		*tables_pte(stage_deciding(row), at, 3) |= PTE_CONT;
	stage_verdict(row, NULL, 0);
	if (row->kind == NESTED)
		return;

	/* one that leads elsewhere, one with another permission, one without */
	for (at = 0; at < 3; at++) {
		static const uint64_t change[] = { 1 << 20, PTE_RDONLY, PTE_CONT };

		stage_prepare(row);
		tables_map(stage_deciding(row), BASE, BASE, group, 3);
		for (uint64_t a = BASE; a < BASE + group; a += page)
			*tables_pte(stage_deciding(row), a, 3) |= PTE_CONT;
		*tables_pte(stage_deciding(row), BASE + 3 * page, 3) ^= change[at];
		CHECK_EQ(flow_auth_bridged(BENCH_PAS_MPSS, BASE, SIZE), SCM_EINVAL_ARG);
		CHECK_STR(last_event()[-1].what, what);
	}
	/* a group whose first address is none of a group */
	stage_prepare(row);
	tables_map(stage_deciding(row), BASE, BASE + page, group, 3);
	for (at = BASE; at < BASE + group; at += page)
		*tables_pte(stage_deciding(row), at, 3) |= PTE_CONT;
	CHECK_EQ(flow_auth_bridged(BENCH_PAS_MPSS, BASE, SIZE), SCM_EINVAL_ARG);
	CHECK_STR(last_event()[-1].what, what);
}

static void contiguous(void)
{
	each_row(contiguous_row);
}

int main(void)
{
	static const struct test tests[] = {
		{ "good", good },
		{ "missing", missing },
		{ "elsewhere", elsewhere },
		{ "permissions", permissions },
		{ "too-many", too_many },
		{ "blocks", blocks },
		{ "contiguous", contiguous },
	};

	return run_tests(tests, ARRAY_LEN(tests));
}
