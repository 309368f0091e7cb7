// SPDX-License-Identifier: GPL-2.0-only
/* What is checked all the time: TrustZone's rules, and what the CPU maps. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checks.h"
#include "kmsg.h"
#include "out.h"
#include "record.h"
#include "shared.h"
#include "sys.h"

static uint32_t seen_violations, seen_unknown;
bool check_series, check_unknown;

static void report_since(uint32_t from, uint16_t kind)
{
	struct bench_event e;

	for (uint32_t i = from; i < record_len(); i++) {
		record_get(i, &e);
		if (e.kind == kind && kind == BENCH_EV_VIOLATION)
			fail("violation at event %u: %s", e.seq, e.what);
		else if (e.kind == kind && (e.flags & BENCH_F_UNKNOWN))
			fail("unknown SMC %x at event %u", e.fn, e.seq);
	}
}

bool clean_so_far(void)
{
	static uint32_t reported;
	uint32_t violations = shared->violations, unknown = shared->unknown;
	bool clean = violations == seen_violations && (unknown == seen_unknown || !check_unknown);

	if (!clean) {
		report_since(reported, BENCH_EV_VIOLATION);
		if (check_unknown)
			report_since(reported, BENCH_EV_CALL);
	}
	seen_violations = violations;
	seen_unknown = unknown;
	reported = record_len();

	return clean;
}

bool cpu_maps(const struct core *core, bool expected)
{
	const uint64_t bases[] = { core->base, core->dtb_base };
	char want[40];
	bool ok = true;
	char *text;

	text = file_slurp("/proc/vmallocinfo", NULL);
	if (!text)
		return fail("no /proc/vmallocinfo");
	for (size_t i = 0; i < ARRAY_SIZE(bases); i++) {
		snprintf(want, sizeof(want), "phys=0x%016llx", (unsigned long long)bases[i]);
		if (!bases[i] || !!strstr(text, want) == expected)
			continue;
		if (check_series)
			ok = fail("%s: the CPU %s the carveout at %llx", core->name,
				  expected ? "does not map" : "maps",
				  (unsigned long long)bases[i]);
		else if (!expected && shared->machine != BENCH_MACHINE_HYP)
			breaks("C5", "%s: carveout at %llx", core->name,
			       (unsigned long long)bases[i]);
	}
	free(text);

	return ok;
}

bool says(const char *text)
{
	return !check_series || kmsg_seen(text);
}

bool core_is_down(const struct core *core)
{
	if (record_up(core->pas_id))
		return fail("%s: PAS %u is still up", core->name, core->pas_id);
	if (core->dtb_pas_id && record_up(core->dtb_pas_id))
		return fail("%s: PAS %u, its dtb, is still up", core->name, core->dtb_pas_id);

	return true;
}
