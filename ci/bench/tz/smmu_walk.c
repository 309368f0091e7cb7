// SPDX-License-Identifier: GPL-2.0-only
/*
 * Page tables of a stream: all that they map, and single accesses.
 *
 * Linux is stopped in its SMC while this runs, so nothing moves; nothing is
 * trusted either: a pointer that leads out of RAM ends the walk as a fault.
 */
#include "tz.h"
#include "smmu.h"
#include "smmu_regs.h"

/* More tables than any sane stream needs; bounds the time of a walk (choice) */
#define WALK_MAX_TABLES		4096

/**
 * smmu_read_entry() - read 64 bits of a table
 * @pa:		where
 * @v:		what is there
 *
 * Return: false if that is not RAM.
 */
bool smmu_read_entry(uint64_t pa, uint64_t *v)
{
	const volatile uint64_t *p = phys_ptr(pa, sizeof(*p));

	if (!p || pa & 7)
		return false;
	*v = *p;
	return true;
}

static unsigned int level_shift(const struct smmu_context *ctx, int level)
{
	return ctx->granule + (ARM_LPAE_LAST_LEVEL - level) * (ctx->granule - 3);
}

static int first_level(const struct smmu_context *ctx)
{
	unsigned int bits = ctx->granule - 3;

	return ARM_LPAE_LAST_LEVEL + 1 -
	       (ctx->ia_bits - ctx->granule + bits - 1) / bits;
}

static bool is_leaf(const struct smmu_context *ctx, int level, uint64_t pte)
{
	if (level == ARM_LPAE_LAST_LEVEL)
		return pte & ARM_LPAE_PTE_TABLE;
	/* Blocks: 1 GiB and 2 MiB with pages of 4 KiB, else at level 2 alone */
	return !(pte & ARM_LPAE_PTE_TABLE) &&
	       (level == 2 || (level == 1 && ctx->granule == 12));
}

static bool is_table(int level, uint64_t pte)
{
	return level < ARM_LPAE_LAST_LEVEL && (pte & ARM_LPAE_PTE_TABLE);
}

static bool usable(const struct smmu_context *ctx, uint64_t pte)
{
	return (pte & ARM_LPAE_PTE_AF) || ctx->af_update;
}

static bool writable(const struct smmu_context *ctx, uint64_t pte, bool rdonly)
{
	return !rdonly && (!(pte & ARM_LPAE_PTE_AP_RDONLY) ||
			   (ctx->dirty_update && (pte & ARM_LPAE_PTE_DBM)));
}

struct walk {
	const struct smmu_context *ctx;
	void (*fn)(void *arg, const struct smmu_leaf *leaf);
	void *arg;
	unsigned int tables;
};

/* As deep as there are levels: four at most */
static bool walk_table(struct walk *w, uint64_t table, int level, uint64_t iova,
		       bool rdonly)
{
	const struct smmu_context *ctx = w->ctx;
	unsigned int shift = level_shift(ctx, level);
	unsigned int bits = ctx->granule - 3;
	uint64_t pte, mask = ARM_LPAE_PTE_ADDR_MASK(ctx->granule);
	unsigned int i;

	if (level == first_level(ctx))
		bits = ctx->ia_bits - shift;
	if (++w->tables > WALK_MAX_TABLES)
		return false;

	for (i = 0; i < 1u << bits; i++) {
		uint64_t at = iova | (uint64_t)i << shift;

		if (!smmu_read_entry(table + 8ull * i, &pte))
			return false;
		if (!(pte & ARM_LPAE_PTE_VALID))
			continue;
		if (is_leaf(ctx, level, pte) && usable(ctx, pte)) {
			struct smmu_leaf leaf = {
				.iova = at,
				.pa = pte & mask & (~0ull << shift),
				.size = 1ull << shift,
				.writable = writable(ctx, pte, rdonly),
			};

			w->fn(w->arg, &leaf);
		} else if (is_table(level, pte) &&
			   !walk_table(w, pte & mask, level + 1, at, rdonly ||
				       (pte & ARM_LPAE_PTE_APTABLE_RDONLY))) {
			return false;
		}
	}
	return true;
}

/**
 * smmu_for_each_leaf() - all that a context maps, in order of input address
 * @ctx:	the context
 * @fn:		called for each page and block
 * @arg:	handed to it
 *
 * Return: false if the tables lead out of RAM or have no end.
 */
bool smmu_for_each_leaf(const struct smmu_context *ctx,
			void (*fn)(void *arg, const struct smmu_leaf *leaf),
			void *arg)
{
	struct walk w = { .ctx = ctx, .fn = fn, .arg = arg };

	return walk_table(&w, ctx->ttb, first_level(ctx), 0, false);
}

/**
 * smmu_translate() - one access
 * @ctx:	the context
 * @iova:	where to
 * @write:	or a read
 * @pa:		where it ends up
 *
 * Return: false if it faults.
 */
bool smmu_translate(const struct smmu_context *ctx, uint64_t iova, bool write,
		    uint64_t *pa)
{
	uint64_t mask = ARM_LPAE_PTE_ADDR_MASK(ctx->granule);
	uint64_t pte, index, table = ctx->ttb;
	bool rdonly = false;
	int level;

	if (iova >> ctx->ia_bits)
		return false;

	for (level = first_level(ctx); level <= ARM_LPAE_LAST_LEVEL; level++) {
		unsigned int shift = level_shift(ctx, level);

		index = iova >> shift;
		if (level != first_level(ctx))
			index &= (1ull << (ctx->granule - 3)) - 1;
		if (!smmu_read_entry(table + 8 * index, &pte) ||
		    !(pte & ARM_LPAE_PTE_VALID))
			return false;
		if (is_leaf(ctx, level, pte)) {
			*pa = (pte & mask & (~0ull << shift)) |
			      (iova & ~(~0ull << shift));
			return usable(ctx, pte) &&
			       (!write || writable(ctx, pte, rdonly));
		}
		if (!is_table(level, pte))
			return false;
		rdonly |= !!(pte & ARM_LPAE_PTE_APTABLE_RDONLY);
		table = pte & mask;
	}
	return false;
}
