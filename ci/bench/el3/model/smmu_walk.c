// SPDX-License-Identifier: GPL-2.0-only
/*
 * Page tables of a stream: all that they map, and single accesses.
 *
 * Linux is stopped in its SMC while this runs, so nothing moves; nothing is
 * trusted either: a pointer that leads out of RAM ends the walk as a fault.
 */
#include "tz.h"
#include "smmu.h"
#include "smmu_pte.h"
#include "smmu_regs.h"

/* More than any sane stream needs; they bound the time of a walk (choice) */
#define WALK_MAX_TABLES		4096
#define WALK_MAX_PIECES		(1u << 20)

static const char lead_nowhere[] = "page tables lead nowhere";
static const char no_end[] = "page tables have no end";
static const char not_alike[] = "contiguous hint on entries that are not alike";

/* Behind the last stage: addresses are physical */
static const struct smmu_stage no_stage;

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

/*
 * With the contiguous hint an entry differs from its neighbours in the group by
 * their size, and in nothing else but what the SMMU updates. What hardware does
 * otherwise is not defined.
 */
static bool contiguous_ok(const struct smmu_stage *st,
			  const struct smmu_stage *below, int level,
			  uint64_t entry, uint64_t pte)
{
	unsigned int n = pte_contiguous(st, level);
	unsigned int i = (entry / ARM_LPAE_PTE_SIZE) % n;
	uint64_t size = 1ull << pte_level_shift(st, level);
	uint64_t same = ~pte_updated(st);
	uint64_t other;

	if (!(pte & ARM_LPAE_PTE_CONT))
		return true;
	if (!i && (pte & ARM_LPAE_PTE_ADDR_MASK(st->granule) & (n * size - 1)))
		return false;
	if (i && (!smmu_read_below(below, entry - ARM_LPAE_PTE_SIZE, &other) ||
		  ((pte - size) ^ other) & same))
		return false;
	return i == n - 1 ||
	       (smmu_read_below(below, entry + ARM_LPAE_PTE_SIZE, &other) &&
		!(((pte + size) ^ other) & same));
}

/*
 * One stage's answer for one address. If nothing is there, @leaf tells how far
 * that reaches. The tables' own addresses are translated by the stage below.
 */
static bool look_up(const struct smmu_stage *st, const struct smmu_stage *below,
		    uint64_t at, struct smmu_leaf *leaf)
{
	uint64_t pte = 0, entry, table = st->ttb;
	struct pte_limits limits = { 0 };
	int level;

	*leaf = (struct smmu_leaf){ .iova = at, .size = UINT64_MAX };
	if (at >> st->ia_bits)
		return false;

	for (level = st->first_level; level <= ARM_LPAE_LAST_LEVEL; level++) {
		unsigned int shift = pte_level_shift(st, level);
		uint64_t index = at >> shift & ((1ull << pte_level_bits(st, level)) - 1);

		leaf->iova = at >> shift << shift;
		leaf->size = 1ull << shift;
		entry = table + ARM_LPAE_PTE_SIZE * index;
		if (!smmu_read_below(below, entry, &pte))
			return false;
		switch (pte_kind(st, level, pte)) {
		case PTE_FAULT:
			return false;
		case PTE_LEAF:
			*leaf = pte_leaf(st, level, at, pte, limits);
			return contiguous_ok(st, below, level, entry, pte);
		case PTE_TABLE:
			limits = pte_narrow(st, limits, pte);
			table = pte & ARM_LPAE_PTE_ADDR_MASK(st->granule);
			break;
		}
	}
	return false;
}

/**
 * smmu_read_below() - read 64 bits of a table
 * @below:	stage that translates the table's address; may be off
 * @addr:	where
 * @v:		what is there
 *
 * Return: false if that is not RAM, or not readable through the stage.
 */
bool smmu_read_below(const struct smmu_stage *below, uint64_t addr, uint64_t *v)
{
	struct smmu_leaf leaf;

	if (below->on) {
		if (!look_up(below, &no_stage, addr, &leaf) || !leaf.readable)
			return false;
		addr = leaf.pa + (addr - leaf.iova);
	}
	return smmu_read_entry(addr, v);
}

struct walk {
	const struct smmu_stage *stage;
	const struct smmu_stage *below;
	void (*fn)(void *arg, const struct smmu_leaf *leaf);
	void *arg;
	unsigned int tables;
	unsigned int pieces;
};

/* A leaf, cut into what the stage below makes of it */
static const char *emit(struct walk *w, const struct smmu_leaf *leaf)
{
	struct smmu_leaf lower, piece;
	uint64_t done;

	if (!w->below->on) {
		w->fn(w->arg, leaf);
		return NULL;
	}
	for (done = 0; done < leaf->size; done += piece.size) {
		uint64_t ipa = leaf->pa + done;
		bool mapped = look_up(w->below, &no_stage, ipa, &lower);
		uint64_t rest = lower.size - (ipa - lower.iova);

		if (++w->pieces > WALK_MAX_PIECES)
			return no_end;
		piece.iova = leaf->iova + done;
		piece.pa = lower.pa + (ipa - lower.iova);
		piece.size = rest < leaf->size - done ? rest : leaf->size - done;
		piece.readable = leaf->readable && lower.readable;
		piece.writable = leaf->writable && lower.writable;
		if (mapped)
			w->fn(w->arg, &piece);
	}
	return NULL;
}

/* As deep as there are levels: four at most */
static const char *walk_table(struct walk *w, uint64_t table, int level,
			      uint64_t iova, struct pte_limits limits)
{
	const struct smmu_stage *st = w->stage;
	const char *problem = NULL;
	unsigned int i;

	if (++w->tables > WALK_MAX_TABLES)
		return no_end;
	for (i = 0; i < 1u << pte_level_bits(st, level) && !problem; i++) {
		uint64_t at = iova | (uint64_t)i << pte_level_shift(st, level);
		uint64_t pte, entry = table + ARM_LPAE_PTE_SIZE * i;
		struct smmu_leaf leaf;

		if (!smmu_read_below(w->below, entry, &pte))
			return lead_nowhere;
		switch (pte_kind(st, level, pte)) {
		case PTE_FAULT:
			break;
		case PTE_LEAF:
			leaf = pte_leaf(st, level, at, pte, limits);
			problem = contiguous_ok(st, w->below, level, entry, pte) ?
				  emit(w, &leaf) : not_alike;
			break;
		case PTE_TABLE:
			problem = walk_table(w, pte & ARM_LPAE_PTE_ADDR_MASK(st->granule),
					     level + 1, at, pte_narrow(st, limits, pte));
			break;
		}
	}
	return problem;
}

/**
 * smmu_for_each_leaf() - all that a context maps, in order of input address
 * @ctx:	the context
 * @fn:		called for each page and block
 * @arg:	handed to it
 *
 * Return: what is wrong with the tables, NULL if nothing is.
 */
const char *smmu_for_each_leaf(const struct smmu_context *ctx,
			       void (*fn)(void *arg, const struct smmu_leaf *leaf),
			       void *arg)
{
	struct walk w = {
		.stage = ctx->s1.on ? &ctx->s1 : &ctx->s2,
		.below = ctx->s1.on ? &ctx->s2 : &no_stage,
		.fn = fn,
		.arg = arg,
	};

	return walk_table(&w, w.stage->ttb, w.stage->first_level, 0,
			  (struct pte_limits){ .rdonly = false });
}

static bool pass(const struct smmu_stage *st, const struct smmu_stage *below,
		 bool write, uint64_t *addr)
{
	struct smmu_leaf leaf;

	if (!st->on)
		return true;
	if (!look_up(st, below, *addr, &leaf) ||
	    !(write ? leaf.writable : leaf.readable))
		return false;
	*addr = leaf.pa + (*addr - leaf.iova);
	return true;
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
	*pa = iova;
	return pass(&ctx->s1, &ctx->s2, write, pa) &&
	       pass(&ctx->s2, &no_stage, write, pa);
}
