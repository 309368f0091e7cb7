// SPDX-License-Identifier: GPL-2.0-only
/*
 * A builder of stream tables, context descriptors and page tables. It has its
 * own numbers (IHI 0070, DDI 0487): with the model's, a wrong one would be
 * wrong on both sides.
 */
#include "builders.h"

static uint64_t new_table(struct tables *t)
{
	uint64_t table = t->next;

	t->next += 1ull << t->granule;
	memset(host_ram(table), 0, 1ull << t->granule);
	return table;
}

/**
 * tables_start_at() - an empty translation
 * @t:		where
 * @base:	where its tables go, TABLES_BASE and up; the descriptor is not far
 * @granule:	log2 of the page size
 * @ia_bits:	input addresses
 */
void tables_start_at(struct tables *t, uint64_t base, unsigned int granule,
		     unsigned int ia_bits)
{
	uint64_t tg = granule == 12 ? 0 : granule == 16 ? 1 : 2;

	memset(t, 0, sizeof(*t));
	t->next = base;
	t->granule = granule;
	t->ia_bits = ia_bits;
	t->first = 4 - (int)((ia_bits - 4) / (granule - 3));
	t->ttb = new_table(t);
	t->cd = CD_BASE + (base - TABLES_BASE);
	/* V, AA64, EPD1 */
	*word_at(t->cd) = (64 - ia_bits) | tg << 6 | 1ull << 31 | 1ull << 41 |
			  1ull << 30;
	*word_at(t->cd + 8) = t->ttb;
}

/**
 * tables_start() - an empty translation, the only one
 * @t:		where
 * @granule:	log2 of the page size
 * @ia_bits:	input addresses
 */
void tables_start(struct tables *t, unsigned int granule, unsigned int ia_bits)
{
	tables_start_at(t, TABLES_BASE, granule, ia_bits);
}

/**
 * tables_start_stage2() - an empty translation of stage 2
 * @t:		where
 * @granule:	log2 of the page size
 * @ia_bits:	input addresses
 * @first:	level of the first table, or of the first ones side by side
 */
void tables_start_stage2(struct tables *t, unsigned int granule,
			 unsigned int ia_bits, int first)
{
	memset(t, 0, sizeof(*t));
	t->next = TABLES2_BASE;
	t->granule = granule;
	t->ia_bits = ia_bits;
	t->stage2 = true;
	t->first = first;
	t->ttb = new_table(t);
	t->next += 15ull << granule;
	memset(host_ram(t->ttb), 0, 16ull << granule);
}

/* Words 2 and 3: S2AA64, S2TG, S2SL0, S2T0SZ; S2TTB */
static void put_stage2(const struct tables *t, uint64_t ste)
{
	uint64_t tg = t->granule == 12 ? 0 : t->granule == 16 ? 1 : 2;
	uint64_t sl0 = (t->granule == 12 ? 2 : 3) - t->first;

	*word_at(ste + 16) = 1ull << 51 | tg << 46 | sl0 << 38 |
			     (64ull - t->ia_bits) << 32;
	*word_at(ste + 24) = t->ttb;
}

static void put_ste(struct tables *t, uint64_t ste)
{
	t->ste = ste;
	if (t->stage2) {
		*word_at(ste) = 1 | 6 << 1;		/* V, stage 2 */
		put_stage2(t, ste);
	} else {
		*word_at(ste) = 1 | 5 << 1 | t->cd;	/* V, stage 1 */
		*word_at(ste + 8) = 2;			/* S1DSS: substream 0 */
	}
}

/**
 * tables_linear() - behind a linear stream table of 256 entries
 * @t:		translation
 * @sid:	stream
 */
void tables_linear(struct tables *t, uint32_t sid)
{
	memset(host_ram(STRTAB_BASE), 0, 256 * 64);
	put_ste(t, STRTAB_BASE + 64 * sid);
	smmu_program(STRTAB_BASE | 1ull << 62, 8);	/* RA */
}

/**
 * tables_two_level() - behind a two-level one of 64 Ki entries
 * @t:		translation
 * @sid:	stream
 * @split:	6, 8 or 10
 */
void tables_two_level(struct tables *t, uint32_t sid, unsigned int split)
{
	uint64_t desc = STRTAB_BASE + 8 * (sid >> split);

	memset(host_ram(STRTAB_BASE), 0, 8 << (16 - split));
	memset(host_ram(L2_BASE), 0, 64 << split);
	*word_at(desc) = L2_BASE | (split + 1);
	put_ste(t, L2_BASE + 64 * (sid & ((1u << split) - 1)));
	smmu_program(STRTAB_BASE | 1ull << 62, 1 << 16 | split << 6 | 16);
}

/**
 * tables_nest() - put a stage 2 behind a stage 1, whose tables are complete
 * @s1:		the stage 1, in a stream table
 * @s2:		the stage 2; its tables get the pages of the other's
 */
void tables_nest(struct tables *s1, struct tables *s2)
{
	uint64_t page = 1ull << s2->granule;
	uint64_t cd = s1->cd & ~(page - 1);

	tables_map(s2, TABLES_BASE, TABLES_BASE,
		   (s1->next - TABLES_BASE + page - 1) & ~(page - 1), 3);
	tables_map(s2, cd, cd, page, 3);
	*word_at(s1->ste) |= 7 << 1;
	put_stage2(s2, s1->ste);
}

/**
 * tables_pte() - the entry for an address, with tables made as needed
 * @t:		translation
 * @iova:	address
 * @level:	3: a page's; less: a block's
 */
uint64_t *tables_pte(struct tables *t, uint64_t iova, int level)
{
	unsigned int bits = t->granule - 3;
	uint64_t *pte, table = t->ttb;
	int at;

	for (at = t->first; ; at++) {
		uint64_t index = iova >> (t->granule + (3 - at) * bits);

		if (at != t->first)
			index &= (1u << bits) - 1;
		pte = word_at(table + 8 * index);
		if (at == level)
			return pte;
		if (!*pte)
			*pte = new_table(t) | 3;
		table = *pte & 0xfffffffff000ull;
	}
}

/**
 * tables_map() - map a range, read-write
 * @t:		translation
 * @iova:	input
 * @pa:		output
 * @size:	bytes
 * @level:	3: with pages; less: with blocks
 */
void tables_map(struct tables *t, uint64_t iova, uint64_t pa, uint64_t size,
		int level)
{
	uint64_t step = 1ull << (t->granule + (3 - level) * (t->granule - 3));
	uint64_t rw = t->stage2 ? PTE_S2_READ | PTE_S2_WRITE : PTE_UNPRIV;
	uint64_t at;

	for (at = 0; at < size; at += step)
		*tables_pte(t, iova + at, level) = (pa + at) | PTE_AF | rw |
						   (level == 3 ? 3 : 1);
}

/**
 * tables_unmap() - undo that
 * @t:		translation
 * @iova:	input
 * @size:	bytes
 * @level:	as mapped
 */
void tables_unmap(struct tables *t, uint64_t iova, uint64_t size, int level)
{
	uint64_t step = 1ull << (t->granule + (3 - level) * (t->granule - 3));
	uint64_t at;

	for (at = 0; at < size; at += step)
		*tables_pte(t, iova + at, level) = 0;
}
