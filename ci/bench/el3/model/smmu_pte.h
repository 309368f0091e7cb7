/* SPDX-License-Identifier: GPL-2.0-only */
/* What a single entry of a page table says; nothing here reads memory. */
#ifndef SMMU_PTE_H
#define SMMU_PTE_H

#include "smmu.h"

enum pte_kind { PTE_FAULT, PTE_LEAF, PTE_TABLE };

/**
 * struct pte_limits - what tables take away from all that lies behind them
 * @rdonly:	no writes
 * @priv:	no unprivileged accesses
 */
struct pte_limits {
	bool rdonly;
	bool priv;
};

unsigned int pte_level_shift(const struct smmu_stage *st, int level);
unsigned int pte_level_bits(const struct smmu_stage *st, int level);
enum pte_kind pte_kind(const struct smmu_stage *st, int level, uint64_t pte);
struct pte_limits pte_narrow(const struct smmu_stage *st, struct pte_limits limits,
			     uint64_t pte);
struct smmu_leaf pte_leaf(const struct smmu_stage *st, int level, uint64_t at,
			  uint64_t pte, struct pte_limits limits);
unsigned int pte_contiguous(const struct smmu_stage *st, int level);
uint64_t pte_updated(const struct smmu_stage *st);

#endif /* SMMU_PTE_H */
