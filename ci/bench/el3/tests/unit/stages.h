/* SPDX-License-Identifier: GPL-2.0-only */
/* A carveout behind each kind of translation, ready for auth_and_reset. */
#ifndef STAGES_H
#define STAGES_H

#include "flow.h"

#define BASE	BENCH_MPSS_BASE
#define SIZE	BENCH_MPSS_SIZE
#define SID	BENCH_SID_MPSS

enum stage_kind { STAGE1, STAGE2, NESTED };

/**
 * struct stage_row - a kind of translation
 * @kind:	its stages
 * @split:	of a two-level stream table; 0: linear
 * @granule:	of both stages
 * @ia_bits:	of both stages
 * @first:	first level of stage 2
 */
struct stage_row {
	enum stage_kind kind;
	unsigned int split;
	unsigned int granule;
	unsigned int ia_bits;
	int first;
};

extern const struct stage_row stage_rows[];
extern const size_t stage_num_rows;
extern struct tables stage1, stage2;

uint64_t stage_page(const struct stage_row *row);
struct tables *stage_deciding(const struct stage_row *row);
void stage_prepare(const struct stage_row *row);
void stage_verdict(const struct stage_row *row, const char *what, uint64_t at);

#endif /* STAGES_H */
