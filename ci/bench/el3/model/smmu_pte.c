// SPDX-License-Identifier: GPL-2.0-only
/* Entries of page tables, VMSAv8-64 (DDI 0487, D8); see smmu_pte.h. */
#include "smmu_pte.h"
#include "smmu_regs.h"

/**
 * pte_level_shift() - log2 of what an entry spans
 * @st:		the stage
 * @level:	the table's level
 */
unsigned int pte_level_shift(const struct smmu_stage *st, int level)
{
	return st->granule + (ARM_LPAE_LAST_LEVEL - level) * (st->granule - 3);
}

/**
 * pte_level_bits() - log2 of the entries of a table
 * @st:		the stage
 * @level:	the table's level
 *
 * The first one, or several side by side, resolves what the others leave.
 */
unsigned int pte_level_bits(const struct smmu_stage *st, int level)
{
	return level == st->first_level ? st->ia_bits - pte_level_shift(st, level)
					: st->granule - 3;
}

/**
 * pte_kind() - what an entry is
 * @st:		the stage
 * @level:	the table's level
 * @pte:	the entry
 */
enum pte_kind pte_kind(const struct smmu_stage *st, int level, uint64_t pte)
{
	bool leaf;

	if (!(pte & ARM_LPAE_PTE_VALID))
		return PTE_FAULT;
	if (level < ARM_LPAE_LAST_LEVEL && (pte & ARM_LPAE_PTE_TABLE))
		return PTE_TABLE;
	/* Blocks: 1 GiB and 2 MiB with pages of 4 KiB, else at level 2 alone */
	leaf = (pte & ARM_LPAE_PTE_TABLE) || level == 2 ||
	       (level == 1 && st->granule == 12);
	return leaf && (st->af_ignored || (pte & ARM_LPAE_PTE_AF)) ? PTE_LEAF
								   : PTE_FAULT;
}

/**
 * pte_narrow() - what is left behind a table
 * @st:		the stage; only stage 1 has such bits
 * @limits:	what was taken away before
 * @pte:	the table's entry
 */
struct pte_limits pte_narrow(const struct smmu_stage *st, struct pte_limits limits,
			     uint64_t pte)
{
	if (!st->stage2) {
		limits.rdonly |= !!(pte & ARM_LPAE_PTE_APTABLE_RDONLY);
		limits.priv |= !!(pte & ARM_LPAE_PTE_APTABLE_PRIV);
	}
	return limits;
}

/**
 * pte_leaf() - page or block
 * @st:		the stage
 * @level:	the table's level
 * @at:		an input address in it
 * @pte:	the entry, a PTE_LEAF
 * @limits:	what the tables before took away
 */
struct smmu_leaf pte_leaf(const struct smmu_stage *st, int level, uint64_t at,
			  uint64_t pte, struct pte_limits limits)
{
	uint64_t offset = (1ull << pte_level_shift(st, level)) - 1;
	bool dirty = st->dirty_update && (pte & ARM_LPAE_PTE_DBM);
	struct smmu_leaf leaf = {
		.iova = at & ~offset,
		.pa = pte & ARM_LPAE_PTE_ADDR_MASK(st->granule) & ~offset,
		.size = offset + 1,
	};

	if (st->stage2) {
		leaf.readable = pte & ARM_LPAE_PTE_HAP_READ;
		leaf.writable = (pte & ARM_LPAE_PTE_HAP_WRITE) || dirty;
	} else {
		leaf.readable = st->privileged ||
				((pte & ARM_LPAE_PTE_AP_UNPRIV) && !limits.priv);
		leaf.writable = leaf.readable && !limits.rdonly &&
				(!(pte & ARM_LPAE_PTE_AP_RDONLY) || dirty);
	}
	return leaf;
}

/**
 * pte_contiguous() - how many entries the contiguous hint joins
 * @st:		the stage
 * @level:	the table's level
 */
unsigned int pte_contiguous(const struct smmu_stage *st, int level)
{
	if (st->granule == 12)
		return 16;
	return st->granule == 14 && level == ARM_LPAE_LAST_LEVEL ? 128 : 32;
}

/**
 * pte_updated() - bits that the SMMU changes by itself
 * @st:		the stage
 */
uint64_t pte_updated(const struct smmu_stage *st)
{
	return (st->af_ignored ? ARM_LPAE_PTE_AF : 0) |
	       (st->dirty_update ? ARM_LPAE_PTE_AP_RDONLY : 0);
}
