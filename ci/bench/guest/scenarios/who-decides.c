// SPDX-License-Identifier: GPL-2.0-only
/* Who decides: what a good start does and leaves alone, by what stands below Linux. */
#include "harness.h"

#define MAX_BRIDGES	64
#define PAGE_MASK	0xfffu

struct bridge {
	uint64_t handle;
	uint64_t base;
	uint64_t size;
};

/* The bridges that were there when event @until was written, after all that is in the record. */
static size_t bridges_at(uint32_t until, struct bridge *bridges)
{
	struct bench_event e;
	size_t num = 0;

	for (uint32_t i = 0; i < until; i++) {
		record_get(i, &e);
		if (e.kind != BENCH_EV_CALL || e.status || e.result[0])
			continue;
		if (e.fn == SCM_BRIDGE_CREATE && num < MAX_BRIDGES) {
			bridges[num++] = (struct bridge){ e.result[1], e.args[0] & ~PAGE_MASK,
							  e.args[2] & ~PAGE_MASK };
		} else if (e.fn == SCM_BRIDGE_DELETE) {
			for (size_t b = 0; b < num; b++) {
				if (bridges[b].handle == e.args[0])
					bridges[b] = bridges[--num];
			}
		}
	}

	return num;
}

static bool bridged(uint32_t event, uint64_t address)
{
	static struct bridge bridges[MAX_BRIDGES];
	size_t num = bridges_at(event, bridges);

	for (size_t b = 0; b < num; b++) {
		if (address - bridges[b].base < bridges[b].size)
			return true;
	}

	return false;
}

static bool as_it_must(const struct core *core, uint32_t pas_id, const char *what, bool is,
		       bool must)
{
	return is == must ||
	       fail("%s: PAS %u: %s %s", core->name, pas_id, what, is ? "is" : "is not");
}

/* One image: its metadata, and its carveout when it was authenticated. */
static bool image_rules(const struct core *core, uint32_t pas_id, uint32_t from)
{
	bool iommu = BENCH_HAS_IOMMU(shared->machine);
	bool el2 = shared->machine != BENCH_MACHINE_HYP;
	const uint16_t mapped = BENCH_F_MAPPED | BENCH_F_MAPPED_OTHER;
	struct bench_event init, auth;
	bool ok;

	if (!record_call(from, pas_id, SCM_PAS_INIT_IMAGE, &init) ||
	    !record_call(from, pas_id, SCM_PAS_AUTH_AND_RESET, &auth))
		return fail("%s: PAS %u was not started", core->name, pas_id);
	ok = as_it_must(core, pas_id, "metadata in a bridge", bridged(init.seq, init.args[1]), el2);
	ok = as_it_must(core, pas_id, "carveout mapped before it is loaded", init.flags & mapped,
			false) && ok;
	ok = as_it_must(core, pas_id, "carveout bridged before it is loaded",
			init.flags & BENCH_F_BRIDGED, false) && ok;
	ok = as_it_must(core, pas_id, "carveout bridged", auth.flags & BENCH_F_BRIDGED, el2) && ok;
	ok = as_it_must(core, pas_id, "carveout mapped", auth.flags & mapped, iommu) && ok;

	return ok;
}

static bool who_decides(const struct test *t)
{
	const struct core *core = t->core;
	uint32_t from = record_len();
	unsigned int asked;
	bool ok;

	if (!core_good_start(core))
		return false;
	ok = image_rules(core, core->pas_id, from);
	if (core->dtb_pas_id)
		ok = image_rules(core, core->dtb_pas_id, from) && ok;
	asked = record_calls(from, core->pas_id, SCM_PAS_GET_RSC_TABLE);
	if (asked != BENCH_HAS_IOMMU(shared->machine))
		ok = fail("%s: %u calls of get_rsc_table", core->name, asked);

	return core_good_stop(core) && ok;
}

SCENARIO("life", "who-decides", "P1 P2 M1 B1 C2 T1", MACHINES_ALL, who_decides);
