// SPDX-License-Identifier: GPL-2.0-only
/* A carveout behind each kind of translation, ready for auth_and_reset. */
#include "stages.h"

struct tables stage1, stage2;

/* Stage 2 with and without first tables side by side */
const struct stage_row stage_rows[] = {
	{ STAGE1, 0, 12, 48, 0 }, { STAGE1, 8, 12, 39, 0 },
	{ STAGE1, 0, 14, 48, 0 }, { STAGE1, 6, 14, 36, 0 },
	{ STAGE1, 0, 16, 48, 0 }, { STAGE1, 10, 16, 42, 0 },
	{ STAGE2, 0, 12, 48, 0 }, { STAGE2, 8, 12, 40, 0 },
	{ STAGE2, 0, 12, 40, 1 }, { STAGE2, 0, 12, 34, 2 },
	{ STAGE2, 0, 14, 40, 1 }, { STAGE2, 8, 14, 40, 2 },
	{ STAGE2, 0, 16, 40, 2 }, { STAGE2, 6, 16, 46, 2 },
	{ NESTED, 0, 12, 40, 1 }, { NESTED, 8, 14, 40, 2 }, { NESTED, 0, 16, 42, 2 },
};

const size_t stage_num_rows = ARRAY_LEN(stage_rows);

/**
 * stage_page() - bytes of a page
 * @row:	the translation
 */
uint64_t stage_page(const struct stage_row *row)
{
	return 1ull << row->granule;
}

/**
 * stage_deciding() - the tables that decide where the carveout leads, and how
 * @row:	the translation
 */
struct tables *stage_deciding(const struct stage_row *row)
{
	return row->kind == STAGE1 ? &stage1 : &stage2;
}

static void map(struct tables *t)
{
	tables_map(t, BASE, BASE, SIZE, 3);
}

/**
 * stage_prepare() - ready for auth_and_reset, the carveout mapped with pages
 * @row:	the translation
 */
void stage_prepare(const struct stage_row *row)
{
	struct tables *t = row->kind == STAGE2 ? &stage2 : &stage1;

	flow_start(BENCH_MACHINE_EL2_MODEM);
	model.cores[BENCH_CORE_MPSS].sid = SID;
	CHECK_EQ(flow_init_modem(), 0);
	tables_start(&stage1, row->granule, row->ia_bits);
	tables_start_stage2(&stage2, row->granule, row->ia_bits, row->first);
	if (row->split)
		tables_two_level(t, SID, row->split);
	else
		tables_linear(t, SID);
	map(t);
	if (row->kind == NESTED) {
		tables_nest(&stage1, &stage2);
		map(&stage2);
	}
}

/**
 * stage_verdict() - authenticate, and see what is said
 * @row:	the translation
 * @what:	what must be said; NULL: nothing, the image is up
 * @at:		of which address
 */
void stage_verdict(const struct stage_row *row, const char *what, uint64_t at)
{
	const struct bench_event *ev;
	char want[sizeof(ev->what)] = "";

	if (what)
		snprintf(want, sizeof(want), "%s at 0x%" PRIx64, what, at);
	CHECK_EQ(flow_auth_bridged(BENCH_PAS_MPSS, BASE, SIZE),
		 what ? SCM_EINVAL_ARG : 0);
	CHECK_EQ(violations(), what ? 1 : 0);
	ev = last_event() - 1;	/* the bridge's deletion is the last one */
	if (strcmp(ev->what, want))
		fail(__FILE__, __LINE__, "granule %u, %u bits: \"%s\", not \"%s\"",
		     row->granule, row->ia_bits, ev->what, want);
}
