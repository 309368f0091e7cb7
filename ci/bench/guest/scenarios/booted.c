// SPDX-License-Identifier: GPL-2.0-only
/*
 * Images that the boot loader has started. The driver does not know of them: it finds out when
 * TrustZone refuses its own, and takes them down. Of a lite image it knows that one may be there,
 * and has it shut down at once, for its stream has lost the translation.
 */
#include "harness.h"

SUITE("booted", "boot warm-up");

/* In the record of the boot, while nobody else has started anything */
static bool after(uint32_t pas_id, uint32_t fn, const struct bench_event *before)
{
	struct bench_event e;

	if (!record_first(0, pas_id, fn, &e))
		return fail("PAS %u: %s was never called", pas_id, call_name(fn));

	return e.seq > before->seq ||
	       fail("PAS %u: %s was called before PAS %u was shut down", pas_id, call_name(fn),
		    before->pas_id);
}

static bool was_started(const struct core *core, uint32_t pas_id)
{
	struct bench_event e;

	for (uint32_t i = 0; i < record_len(); i++) {
		record_get(i, &e);
		if (e.kind == BENCH_EV_CALL && e.fn == SCM_PAS_INIT_IMAGE && e.pas_id == pas_id)
			return e.status || e.result[0] ||
			       fail("%s: PAS %u was accepted at first: nobody had started it",
				    core->name, pas_id);
	}

	return fail("%s: PAS %u was never announced", core->name, pas_id);
}

/* The core before its dtb image, and then both as if nothing had been there */
static bool taken_down(const struct test *t)
{
	const struct core *core = t->core;
	struct bench_event shutdown;
	bool ok;

	ok = was_started(core, core->dtb_pas_id);
	if (!record_first(0, core->pas_id, SCM_PAS_SHUTDOWN, &shutdown))
		return fail("%s: never shut down", core->name);
	ok = after(core->dtb_pas_id, SCM_PAS_SHUTDOWN, &shutdown) && ok;
	ok = after(core->dtb_pas_id, SCM_PAS_AUTH_AND_RESET, &shutdown) && ok;
	ok = after(core->pas_id, SCM_PAS_INIT_IMAGE, &shutdown) && ok;

	return core_good_cycle(core) && ok;
}

SCENARIO("booted", "taken-down", "S7 S5", ONLY_EL2_SMMU500, taken_down, .when = core_is_cdsp);

/* A core that nobody had started was not asked for: its first call is that of a start. */
static bool left_alone(const struct test *t)
{
	struct bench_event e;

	if (!record_first(0, t->core->pas_id, SCM_PAS_INIT_IMAGE, &e))
		return fail("%s: never announced", t->core->name);
	for (uint32_t i = 0; i < e.seq; i++) {
		struct bench_event before;

		record_get(i, &before);
		if (before.kind == BENCH_EV_CALL && before.fn == SCM_PAS_SHUTDOWN &&
		    before.pas_id == t->core->pas_id)
			return fail("%s: shut down, although it was not up", t->core->name);
	}

	return !e.status && !e.result[0];
}

SCENARIO("booted", "left-alone", "S7", ONLY_EL2_SMMU500, left_alone, .when = core_is_modem);

static bool core_is_adsp(const struct core *core)
{
	return core && core->index == BENCH_CORE_ADSP;
}

/* At probe: before the first call for the image that takes its place, be it for the table */
static bool lite(const struct test *t)
{
	static const uint32_t ids[] = { BENCH_PAS_ADSP_LITE, BENCH_PAS_ADSP_LITE_DTB };
	const struct core *core = t->core;
	struct bench_event shutdown;
	bool ok = true;

	for (size_t i = 0; i < ARRAY_SIZE(ids); i++) {
		if (!record_first(0, ids[i], SCM_PAS_SHUTDOWN, &shutdown))
			ok = fail("PAS %u was not shut down", ids[i]);
		else
			ok = after(core->pas_id, 0, &shutdown) &&
			     after(core->dtb_pas_id, 0, &shutdown) && ok;
	}

	return core_good_cycle(core) && ok;
}

SCENARIO("booted", "lite", "C6", ONLY_EL2_SMMU500, lite, .when = core_is_adsp);

/* And whatever becomes of the image: one that is not there keeps no lite image alive. */
static bool lite_without_image(const struct test *t)
{
	struct core *core = t->core;
	uint32_t from;
	bool ok;

	if (!core_bind(core, false))
		return false;
	from = record_len();
	/* the start at probe cannot get further than to the dtb image */
	rules_set(rule_refuse(SCM_PAS_GET_RSC_TABLE, core->pas_id, FOR_LONG, -2));
	ok = core_bind(core, true) && core_wait_boot_over(core);
	rules_clear();
	kmsg_watch(false);
	if (record_calls(from, BENCH_PAS_ADSP_LITE, SCM_PAS_SHUTDOWN) != 1 ||
	    record_calls(from, BENCH_PAS_ADSP_LITE_DTB, SCM_PAS_SHUTDOWN) != 1)
		ok = fail("%s: its lite images were not shut down at probe", core->name);

	return core_good_cycle(core) && ok;
}

SCENARIO("booted", "lite-without-image", "C6", ONLY_EL2_SMMU500, lite_without_image,
	 .when = core_is_adsp, .loud = true);
