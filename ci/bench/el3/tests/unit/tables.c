// SPDX-License-Identifier: GPL-2.0-only
/*
 * A builder of stream tables, context descriptors, context banks and page tables. It
 * has its own numbers (IHI 0070, IHI 0062, DDI 0487): with the model's, a wrong one would be
 * wrong on both sides.
 */
#include "host.h"

static uint64_t new_table(struct tables *t)
{
	uint64_t table = t->next;

	t->next += 1ull << t->granule;
	memset(host_ram(table), 0, 1ull << t->granule);
	return table;
}

/* An empty translation with its tables at @base, which is TABLES_BASE or _SECOND */
void tables_start(struct tables *t, uint64_t base, unsigned int granule,
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

static void put_ste(struct tables *t, uint64_t ste)
{
	t->ste = ste;
	*word_at(ste) = 1 | 5 << 1 | t->cd;	/* V, stage 1 */
}

/* Put it behind a new linear stream table of 256 entries */
void tables_linear(struct tables *t, uint32_t sid)
{
	memset(host_ram(STRTAB), 0, 256 * 64);
	tables_add(t, sid);
	host.strtab = STRTAB | 1ull << 62;	/* RA */
	host.strtab_cfg = 8;
	host.smmu_cr0 = 1;
}

/* Put it behind the linear stream table that is there */
void tables_add(struct tables *t, uint32_t sid)
{
	put_ste(t, STRTAB + 64 * sid);
}

/* Put it behind a new two-level stream table; @split is 6, 8 or 10 */
void tables_two_level(struct tables *t, uint32_t sid, unsigned int split)
{
	memset(host_ram(STRTAB), 0, 8 << (16 - split));
	memset(host_ram(STRTAB_L2), 0, 64 << split);
	*word_at(STRTAB + 8 * (sid >> split)) = STRTAB_L2 | (split + 1);
	put_ste(t, STRTAB_L2 + 64 * (sid & ((1u << split) - 1)));
	host.strtab = STRTAB | 1ull << 62;
	host.strtab_cfg = 1 << 16 | split << 6 | 16;
	host.smmu_cr0 = 1;
}

/* Put it into a context bank of the SMMU-500, as arm-smmu does */
void tables_bank(struct tables *t, unsigned int bank)
{
	uint32_t tg = t->granule == 12 ? 0 : t->granule == 16 ? 1 : 2;

	*smmu_reg(SMMU_CBA2R(bank)) = 1;		/* VA64 */
	*smmu_reg(SMMU_CBAR(bank)) = 1 << 16 | 0xf << 12 | 3 << 8;
	/* EPD1 */
	*smmu_reg(SMMU_CB(bank, SMMU_CB_TCR)) = 1 << 23 | tg << 14 | (64 - t->ia_bits);
	/* with an ASID */
	*word_at(BENCH_SMMU500_BASE + SMMU_CB(bank, SMMU_CB_TTBR0)) =
		t->ttb | (uint64_t)bank << 48;
	/* what arm-smmu writes: faults on, all of its formats, M */
	*smmu_reg(SMMU_CB(bank, SMMU_CB_SCTLR)) = 0x1067;
}

/* Lead a stream there, and have the SMMU look */
void tables_group(unsigned int group, uint32_t sid, uint32_t mask, unsigned int bank)
{
	*smmu_reg(SMMU_S2CR(group)) = bank;
	*smmu_reg(SMMU_SMR(group)) = 1u << 31 | mask << 16 | sid;
	/* VMIDPNE, PTM, USFCFG, GCFGFIE, GCFGFRE, GFIE, GFRE */
	*smmu_reg(0) = 0x1c36;
}

/* The entry for an address: a page's at level 3, a block's below. Makes tables. */
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

static void each(struct tables *t, uint64_t iova, uint64_t pa, uint64_t size, int level,
		 uint64_t bits)
{
	uint64_t step = 1ull << (t->granule + (3 - level) * (t->granule - 3));
	uint64_t at;

	for (at = 0; at < size; at += step)
		*tables_pte(t, iova + at, level) = bits ? (pa + at) | bits : 0;
}

/* Map a range for reading and writing */
void tables_map(struct tables *t, uint64_t iova, uint64_t pa, uint64_t size,
		int level)
{
	each(t, iova, pa, size, level, PTE_AF | PTE_UNPRIV | (level == 3 ? 3 : 1));
}

/* Undo that, at the same level */
void tables_unmap(struct tables *t, uint64_t iova, uint64_t size, int level)
{
	each(t, iova, 0, size, level, 0);
}
