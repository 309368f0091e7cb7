// SPDX-License-Identifier: GPL-2.0-only
/* A builder of stream tables, context descriptors and page tables. */
#include "host.h"

#define TABLES_BASE		0x50000000ull
#define STRTAB_BASE		0x51000000ull
#define L2_BASE			0x51100000ull
#define CD_BASE			0x51200000ull

/**
 * word_at() - 64 bits of RAM
 * @pa:		where
 */
uint64_t *word_at(uint64_t pa)
{
	return phys_ptr(pa, 8);
}

static uint64_t new_table(struct tables *t)
{
	uint64_t table = t->next;

	t->next += 1ull << t->granule;
	memset(host_ram(table), 0, 1ull << t->granule);
	return table;
}

/**
 * tables_start() - an empty translation
 * @t:		where
 * @granule:	log2 of the page size
 * @ia_bits:	input addresses
 */
void tables_start(struct tables *t, unsigned int granule, unsigned int ia_bits)
{
	uint64_t tg = granule == 12 ? 0 : granule == 16 ? 1 : 2;

	t->next = TABLES_BASE;
	t->granule = granule;
	t->ia_bits = ia_bits;
	t->ttb = new_table(t);
	t->cd = CD_BASE;
	/* V, AA64, EPD1 */
	*word_at(t->cd) = (64 - ia_bits) | tg << 6 | 1ull << 31 | 1ull << 41 |
			  1ull << 30;
	*word_at(t->cd + 8) = t->ttb;
}

static void put_ste(struct tables *t, uint64_t ste)
{
	t->ste = ste;
	*word_at(ste) = 1 | 5 << 1 | t->cd;	/* V, stage 1 */
	*word_at(ste + 8) = 2;			/* S1DSS: substream 0 */
	host.smmu_cr0 = 1;
	host.strtab = STRTAB_BASE | 1ull << 62;	/* RA */
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
	host.strtab_cfg = 8;
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
	host.strtab_cfg = 1 << 16 | split << 6 | 16;
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
	uint64_t table = t->ttb;
	bool first = true;
	int at;

	for (at = 0; at <= 3; at++) {
		unsigned int shift = t->granule + (3 - at) * bits;
		uint64_t index, *pte;

		if (first && shift >= t->ia_bits)
			continue;
		index = iova >> shift;
		if (!first)
			index &= (1u << bits) - 1;
		first = false;
		pte = word_at(table + 8 * index);
		if (at == level)
			return pte;
		if (!*pte)
			*pte = new_table(t) | 3;
		table = *pte & 0xfffffffff000ull;
	}
	abort();
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
	uint64_t at;

	for (at = 0; at < size; at += step)
		*tables_pte(t, iova + at, level) = (pa + at) | PTE_AF |
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
