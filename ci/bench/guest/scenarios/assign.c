// SPDX-License-Identifier: GPL-2.0-only
/* Memory that Linux gives to a core while the driver is bound (assign_mem). */
#include <errno.h>
#include <string.h>

#include "guest.h"

/*
 * TrustZone refuses to take one of the regions: the driver does not bind, takes those back that
 * came before, and binds the next time.
 */
bool sc_assign_refused(const struct test *t)
{
	unsigned int want = 2 * t->fault.rule.nth - 1, calls;
	struct core *core = t->core;
	uint32_t from;
	bool ok;
	int ret;

	if (!core_bind(core, false))
		return false;
	from = record_len();
	plan_set(&t->fault.rule);
	ret = file_write(PAS_DRIVER "/bind", core->device);
	plan_clear();
	calls = record_count(from, BENCH_EV_CALL, BENCH_ANY, FN_ASSIGN_MEM, NULL);
	ok = calls == want ||
	     fail("%s: %u calls of assign_mem, want %u", core->name, calls, want);
	cores_find();
	ok = core_failed(core, "bind", ret) && ok;
	if (core->present)
		ok = fail("%s: bound, although its memory was not assigned", core->name);
	if (core->present && !core_bind(core, false))
		return false;

	return core_bind(core, true) && core_good_cycle(core) && ok;
}

/**
 * assign_refused_add() - add tests of assign_mem that fails
 * @core:	a core with memory that is assigned to it
 */
void assign_refused_add(struct core *core)
{
	static const struct {
		const char *name;
		unsigned int nth;
		int64_t status;
		uint64_t result0;
	} ways[] = {
		{ "st-2", 1, -2, 0 },
		{ "res1", 1, 0, 1 },
		{ "third", 3, -2, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(ways); i++) {
		struct test *t = test_add("S1 S2 S4", sc_assign_refused, core,
					  "%s.assign-refused.%s", core->name, ways[i].name);

		t->fault.rule = (struct bench_rule){
			.fn = FN_ASSIGN_MEM,
			.pas_id = BENCH_ANY,
			.nth = ways[i].nth,
			.count = 1,
			.action = BENCH_ACT_FAIL,
			.status = ways[i].status,
			.result = { ways[i].result0 },
		};
	}
}
