// SPDX-License-Identifier: GPL-2.0-only
/*
 * Stream tables, descriptors and page tables. What the walk over all of them
 * says and what single accesses meet must be the same.
 */
#include "fuzz.h"
#include "pagetable.h"
#include "smmuv3.h"
#include "stream.h"

#define MAX_COMPARED	64

struct seen {
	const struct pagetable *pt;
	uint64_t next;
	unsigned int leaves;
};

static void access_as(const struct pagetable *pt, const struct leaf *leaf,
		      uint64_t offset, bool write)
{
	uint64_t pa;
	bool ok = pagetable_translate(pt, leaf->iova + offset, write, &pa);

	CHECK_EQ(ok, write ? leaf->writable : leaf->readable);
	if (ok)
		CHECK_EQ(pa, leaf->pa + offset);
}

static void see(void *arg, const struct leaf *leaf)
{
	struct seen *seen = arg;

	CHECK(leaf->size);
	CHECK(leaf->iova >= seen->next);
	seen->next = leaf->iova + leaf->size;
	if (seen->leaves++ >= MAX_COMPARED)
		return;
	access_as(seen->pt, leaf, 0, false);
	access_as(seen->pt, leaf, leaf->size - 1, true);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	struct pagetable pt;
	struct seen seen = { .pt = &pt };

	host_start(BENCH_MACHINE_EL2_IOMMU);
	host.smmu_cr0 = 1;
	host.strtab = STRTAB;
	host.strtab_cfg = (uint32_t)input_number(&in, 4);
	while (in.left) {
		uint64_t at = input_number(&in, 4) & (BENCH_RAM_SIZE - 8);

		*word_at(BENCH_RAM_BASE + at) = input_number(&in, 8);
	}
	if (smmuv3_find(BENCH_SID_MPSS, &pt) == SMMU_TRANSLATES)
		pagetable_walk(&pt, see, &seen);
	stream_forget();
	stream_flags(model.cores[BENCH_CORE_MPSS].main);
	return 0;
}
