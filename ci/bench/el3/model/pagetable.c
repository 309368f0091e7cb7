// SPDX-License-Identifier: GPL-2.0-only
/*
 * The walk: all that page tables map, single accesses, and the way back; see pagetable.h.
 *
 * Linux is stopped in its SMC while this runs, so nothing moves. Nothing is
 * trusted either: a pointer that leads out of RAM ends the walk as a fault.
 * Names of bits are those of drivers/iommu/io-pgtable-arm.c where it has them.
 */
#include "tz.h"
#include "pagetable.h"

#define T0SZ_MIN		16	/* without extensions: 48 to 25 bits */
#define T0SZ_MAX		39
#define LAST_LEVEL		3
#define PTE_SIZE		8
#define PTE_VALID		(1ull << 0)
#define PTE_TABLE		(1ull << 1)	/* at level 3: page */
#define PTE_AP_UNPRIV		(1ull << 6)
#define PTE_AP_RDONLY		(1ull << 7)
#define PTE_AF			(1ull << 10)
#define PTE_CONT		(1ull << 52)
#define PTE_APTABLE_PRIV	(1ull << 61)
#define PTE_APTABLE_RDONLY	(1ull << 62)

/* More tables than any sane stream needs; bounds the time of a walk (choice) */
#define MAX_TABLES		4096

/* What tables take away from all that lies behind them */
struct limits {
	bool rdonly;
	bool priv;
};

enum kind { FAULT, LEAF, TABLE };

/**
 * pagetable_set_size() - granule and width of the input addresses
 * @pt:		where they go
 * @tg0:	TCR.TG0
 * @t0sz:	TCR.T0SZ
 *
 * Return: false if the format has no such translation.
 */
bool pagetable_set_size(struct pagetable *pt, unsigned int tg0, unsigned int t0sz)
{
	static const unsigned int granules[] = {
		[TG0_4K] = 12, [TG0_64K] = 16, [TG0_16K] = 14,
	};

	if (tg0 > TG0_16K || t0sz < T0SZ_MIN || t0sz > T0SZ_MAX)
		return false;
	pt->granule = granules[tg0];
	pt->ia_bits = 64 - t0sz;
	return true;
}

/**
 * pagetable_read() - read 64 bits of a table
 * @pa:		where
 * @v:		what is there
 *
 * Return: false if that is not RAM.
 */
bool pagetable_read(uint64_t pa, uint64_t *v)
{
	const volatile uint64_t *p = phys_ptr(pa, sizeof(*p));

	if (!p || pa & 7)
		return false;
	*v = *p;
	return true;
}

/* ---- a single entry ---- */

/* log2 of what an entry spans */
static unsigned int level_shift(const struct pagetable *pt, int level)
{
	return pt->granule + (LAST_LEVEL - level) * (pt->granule - 3);
}

/* As few levels as resolve all bits */
static int first_level(const struct pagetable *pt)
{
	unsigned int bits = pt->granule - 3;

	return LAST_LEVEL + 1 - (int)((pt->ia_bits - pt->granule + bits - 1) / bits);
}

/* log2 of the entries of a table; the first one resolves what the others leave */
static unsigned int level_bits(const struct pagetable *pt, int level)
{
	return level == first_level(pt) ? pt->ia_bits - level_shift(pt, level)
					: pt->granule - 3;
}

static uint64_t address_of(const struct pagetable *pt, uint64_t pte)
{
	return pte & ((1ull << 48) - (1ull << pt->granule));
}

/* For each entry of each walk: inline, or the suite "cost" sees it */
static inline enum kind kind_of(const struct pagetable *pt, int level, uint64_t pte)
{
	bool leaf;

	if (!(pte & PTE_VALID))
		return FAULT;
	if (level < LAST_LEVEL && (pte & PTE_TABLE))
		return TABLE;
	/* Blocks: 1 GiB and 2 MiB with pages of 4 KiB, else at level 2 alone */
	leaf = (pte & PTE_TABLE) || level == 2 || (level == 1 && pt->granule == 12);
	return leaf && (pte & PTE_AF) ? LEAF : FAULT;
}

static struct limits narrow(struct limits limits, uint64_t pte)
{
	limits.rdonly |= !!(pte & PTE_APTABLE_RDONLY);
	limits.priv |= !!(pte & PTE_APTABLE_PRIV);
	return limits;
}

static struct leaf leaf_of(const struct pagetable *pt, int level, uint64_t at,
			   uint64_t pte, struct limits limits)
{
	uint64_t offset = (1ull << level_shift(pt, level)) - 1;
	struct leaf leaf = {
		.iova = at & ~offset,
		.pa = address_of(pt, pte) & ~offset,
		.size = offset + 1,
	};

	leaf.readable = (pte & PTE_AP_UNPRIV) && !limits.priv;
	leaf.writable = leaf.readable && !(pte & PTE_AP_RDONLY) && !limits.rdonly;
	return leaf;
}

/* How many entries the contiguous hint joins */
static unsigned int contiguous_entries(const struct pagetable *pt, int level)
{
	if (pt->granule == 12)
		return 16;
	return pt->granule == 14 && level == LAST_LEVEL ? 128 : 32;
}

/*
 * With the contiguous hint an entry differs from its neighbours in the group by
 * their size, and in nothing else. What hardware does otherwise is not defined.
 */
static bool contiguous_ok(const struct pagetable *pt, int level, uint64_t entry,
			  uint64_t pte)
{
	unsigned int n = contiguous_entries(pt, level);
	unsigned int i = (entry / PTE_SIZE) % n;
	uint64_t size = 1ull << level_shift(pt, level);
	uint64_t other;

	if (!(pte & PTE_CONT))
		return true;
	if (!i && (address_of(pt, pte) & (n * size - 1)))
		return false;
	if (i && (!pagetable_read(entry - PTE_SIZE, &other) || other != pte - size))
		return false;
	return i == n - 1 || (pagetable_read(entry + PTE_SIZE, &other) &&
			      other == pte + size);
}

/* ---- all of them ---- */

struct walk {
	const struct pagetable *pt;
	void (*fn)(void *arg, const struct leaf *leaf);
	void *arg;
	unsigned int tables;
};

/* As deep as there are levels: four at most */
static const char *walk_table(struct walk *w, uint64_t table, int level,
			      uint64_t iova, struct limits limits)
{
	const struct pagetable *pt = w->pt;
	const char *problem = NULL;
	unsigned int i;

	if (++w->tables > MAX_TABLES)
		return "page tables have no end";
	for (i = 0; i < 1u << level_bits(pt, level) && !problem; i++) {
		uint64_t at = iova | (uint64_t)i << level_shift(pt, level);
		uint64_t pte, entry = table + PTE_SIZE * i;
		struct leaf leaf;

		if (!pagetable_read(entry, &pte))
			return "page tables lead nowhere";
		switch (kind_of(pt, level, pte)) {
		case FAULT:
			break;
		case LEAF:
			if (!contiguous_ok(pt, level, entry, pte))
				return "contiguous hint on entries that are not alike";
			leaf = leaf_of(pt, level, at, pte, limits);
			w->fn(w->arg, &leaf);
			break;
		case TABLE:
			problem = walk_table(w, address_of(pt, pte), level + 1, at,
					     narrow(limits, pte));
			break;
		}
	}
	return problem;
}

/**
 * pagetable_walk() - all that is mapped, in order of input address
 * @pt:		the root
 * @fn:		called for each page and block
 * @arg:	handed to it
 *
 * Return: what is wrong with the tables, NULL if nothing is.
 */
const char *pagetable_walk(const struct pagetable *pt,
			   void (*fn)(void *arg, const struct leaf *leaf), void *arg)
{
	struct walk w = { .pt = pt, .fn = fn, .arg = arg };

	return walk_table(&w, pt->ttb, first_level(pt), 0, (struct limits){ false, false });
}

/* ---- one access ---- */

static bool look_up(const struct pagetable *pt, uint64_t at, struct leaf *leaf)
{
	uint64_t pte, entry, table = pt->ttb;
	struct limits limits = { false, false };
	int level;

	if (at >> pt->ia_bits)
		return false;
	for (level = first_level(pt); level <= LAST_LEVEL; level++) {
		uint64_t mask = (1ull << level_bits(pt, level)) - 1;

		entry = table + PTE_SIZE * (at >> level_shift(pt, level) & mask);
		if (!pagetable_read(entry, &pte))
			return false;
		switch (kind_of(pt, level, pte)) {
		case FAULT:
			return false;
		case LEAF:
			*leaf = leaf_of(pt, level, at, pte, limits);
			return contiguous_ok(pt, level, entry, pte);
		case TABLE:
			limits = narrow(limits, pte);
			table = address_of(pt, pte);
			break;
		}
	}
	return false;
}

/**
 * pagetable_translate() - one access
 * @pt:		the root
 * @iova:	where to
 * @write:	or a read
 * @pa:		where it ends up
 *
 * Return: false if it faults.
 */
bool pagetable_translate(const struct pagetable *pt, uint64_t iova, bool write,
			 uint64_t *pa)
{
	struct leaf leaf;

	if (!look_up(pt, iova, &leaf) || !(write ? leaf.writable : leaf.readable))
		return false;
	*pa = leaf.pa + (iova - leaf.iova);
	return true;
}

/**
 * pagetable_maps() - is there a page or block, whatever may be done to it?
 * @pt:		the root
 * @iova:	where
 */
bool pagetable_maps(const struct pagetable *pt, uint64_t iova)
{
	struct leaf leaf;

	return look_up(pt, iova, &leaf);
}

/* ---- the way back ---- */

/**
 * struct search - where to something is to lead
 * @pt:		the root
 * @pa:		output addresses
 * @tables:	looked at so far
 */
struct search {
	const struct pagetable *pt;
	struct range pa;
	unsigned int tables;
};

/*
 * Most of what a kernel maps is of no interest, and this runs at each call: a table is
 * read as a whole, and one that comes many times in a row (KASAN's shadow of
 * nothing) once.
 */
static bool reaches(struct search *s, uint64_t table, int level, unsigned int first)
{
	unsigned int i, entries = 1u << level_bits(s->pt, level);
	const volatile uint64_t *ptes = phys_ptr(table, PTE_SIZE * entries);
	uint64_t size = 1ull << level_shift(s->pt, level);
	uint64_t pte, last = 0;

	if (!ptes || table & 7 || ++s->tables > MAX_TABLES)
		return false;
	for (i = first; i < entries; i++, last = pte) {
		pte = ptes[i];
		if (pte == last)
			continue;
		switch (kind_of(s->pt, level, pte)) {
		case FAULT:
			break;
		case LEAF:
			if (range_overlaps(s->pa, (struct range){
					address_of(s->pt, pte) & ~(size - 1), size }))
				return true;
			break;
		case TABLE:
			if (reaches(s, address_of(s->pt, pte), level + 1, 0))
				return true;
			break;
		}
	}
	return false;
}

/**
 * pagetable_reaches() - does the upper half of the input addresses lead to memory?
 * @pt:		the root
 * @pa:		the memory
 *
 * Return: true if any page or block does, whatever may be done to it.
 */
bool pagetable_reaches(const struct pagetable *pt, struct range pa)
{
	struct search s = { .pt = pt, .pa = pa };
	int level = first_level(pt);

	return reaches(&s, pt->ttb, level, 1u << (level_bits(pt, level) - 1));
}
