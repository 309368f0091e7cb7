// SPDX-License-Identifier: GPL-2.0-only
/* TrustZone refuses a shutdown, once or for long: the core keeps what it may still run on. */
#include <errno.h>
#include <string.h>

#include "guest.h"

#define FOR_LONG	1000

/* Refuses the next @count calls @fn of a PAS. */
static struct bench_rule refusal(uint32_t fn, uint32_t pas_id, uint32_t count, int64_t status)
{
	return (struct bench_rule){
		.fn = fn,
		.pas_id = pas_id,
		.nth = 1,
		.count = count,
		.action = BENCH_ACT_FAIL,
		.status = status,
	};
}

/* Refuses the next @count shutdowns of a core's main image. */
static void refuse(const struct core *core, uint32_t count)
{
	const struct bench_rule rule = refusal(FN_SHUTDOWN, core->pas_id, count, -2);

	plan_set(&rule);
}

static bool still_up(const struct core *core)
{
	return record_up(core->pas_id) || fail("%s: TrustZone has it down", core->name);
}

/* A stop that failed, and then no second stop but a start: the core is taken down and booted. */
static bool sc_refused_then_start(const struct test *t)
{
	const struct core *core = t->core;
	uint32_t from;
	bool ok;
	int ret;

	if (!core_good_start(core))
		return false;
	refuse(core, 1);
	ok = core_failed(core, "stop", core_stop(core)) && still_up(core);
	plan_clear();
	from = record_len();
	ret = core_start(core);
	if (ret)
		ok = fail("%s: start: %s", core->name, strerror(-ret));
	if (!record_count(from, BENCH_EV_CALL, core->pas_id, FN_SHUTDOWN, NULL))
		ok = fail("%s: started without being shut down first", core->name);
	ok = core_came_up(core, from) && ok;

	return core_good_stop(core) && core_good_cycle(core) && ok;
}

/* As long as TrustZone refuses, neither stop nor start do anything; then both work. */
static bool sc_refused_for_long(const struct test *t)
{
	const struct core *core = t->core;
	bool ok;

	if (!core_good_start(core))
		return false;
	refuse(core, FOR_LONG);
	ok = core_failed(core, "stop", core_stop(core)) && still_up(core);
	ok = core_failed(core, "stop", core_stop(core)) && still_up(core) && ok;
	ok = core_failed(core, "start", core_start(core)) && still_up(core) && ok;
	plan_clear();
	ok = core_good_start(core) && ok;

	return core_good_stop(core) && core_good_cycle(core) && ok;
}

/* A core that does not become ready, and is not given back either: its memory stays mapped. */
static bool sc_refused_after_failed_start(const struct test *t)
{
	const struct core *core = t->core;
	bool ok;

	core_plan_set(core, BENCH_CORE_NEVER_READY, BENCH_RSC_DEFAULT, 0);
	refuse(core, FOR_LONG);
	ok = core_failed(core, "start", core_start(core)) && still_up(core);
	core_plan_set(core, BENCH_CORE_NORMAL, BENCH_RSC_DEFAULT, 0);
	ok = core_failed(core, "start", core_start(core)) && still_up(core) && ok;
	plan_clear();

	return core_good_cycle(core) && core_good_cycle(core) && ok;
}

/* Neither does TrustZone start the main image, nor is it shut down: it stays announced. */
static void refuse_both(const struct core *core)
{
	const struct bench_rule auth = refusal(FN_AUTH_AND_RESET, core->pas_id, 1, -2);
	const struct bench_rule shutdown = refusal(FN_SHUTDOWN, core->pas_id, FOR_LONG, -2);

	plan_set(&auth);
	plan_add(1, &shutdown);
}

/* The carveout of an image that TrustZone still has is mapped when it is asked for it (C3). */
static bool mapped_at_shutdown(uint32_t pas_id, uint32_t from)
{
	struct bench_event e;

	if (!record_find(from, BENCH_EV_CALL, pas_id, FN_SHUTDOWN, NULL, &e))
		return fail("PAS %u was not asked for", pas_id);

	return shared->machine != BENCH_MACHINE_EL2_IOMMU || (e.flags & BENCH_F_MAPPED) ||
	       fail("PAS %u was unmapped before it was shut down", pas_id);
}

/* An image that is announced, not up, and refused to go: it does not keep the core from starting. */
static bool sc_refused_announced(const struct test *t)
{
	const struct core *core = t->core;
	uint32_t from = record_len();
	bool ok;
	int ret;

	refuse_both(core);
	ok = core_failed(core, "start", core_start(core)) && mapped_at_shutdown(core->pas_id, from);
	if (record_up(core->pas_id))
		ok = fail("%s: up, although it was not authenticated", core->name);
	/* by the start that fails, and by the core of remoteproc; there is nothing to wait for */
	if (record_count(from, BENCH_EV_CALL, core->pas_id, FN_SHUTDOWN, NULL) != 2)
		ok = fail("%s: asked for again and again", core->name);
	from = record_len();
	ret = core_start(core);
	if (ret)
		ok = fail("%s: start: %s", core->name, strerror(-ret));
	ok = mapped_at_shutdown(core->pas_id, from) && core_came_up(core, from) && ok;
	plan_clear();

	return core_good_stop(core) && core_good_cycle(core) && ok;
}

/* No call but the shutdown of the dtb image, which is asked for anew. */
static bool just_asks_for_dtb(const struct core *core, uint32_t from)
{
	bool ok = mapped_at_shutdown(core->dtb_pas_id, from);

	if (record_count(from, BENCH_EV_CALL, core->pas_id, 0, NULL))
		ok = fail("%s: calls for the main image", core->name);
	if (record_count(from, BENCH_EV_CALL, core->dtb_pas_id, FN_INIT_IMAGE, NULL))
		ok = fail("%s: a dtb image that is up was announced", core->name);

	return ok;
}

/* The dtb image alone is refused: the core is down, and does not start as long as that lasts. */
static bool sc_refused_dtb(const struct test *t)
{
	const struct core *core = t->core;
	const struct bench_rule rule = refusal(FN_SHUTDOWN, core->dtb_pas_id, FOR_LONG, -2);
	uint32_t from;
	bool ok;

	if (!core_good_start(core))
		return false;
	plan_set(&rule);
	ok = core_failed(core, "stop", core_stop(core));
	if (record_up(core->pas_id))
		ok = fail("%s: the main image was not shut down", core->name);
	from = record_len();
	ok = core_failed(core, "stop", core_stop(core)) && just_asks_for_dtb(core, from) && ok;
	from = record_len();
	ok = core_failed(core, "start", core_start(core)) && just_asks_for_dtb(core, from) && ok;
	plan_clear();

	return core_good_cycle(core) && core_good_cycle(core) && ok;
}

/* Both are refused, each in its own way: the first error is the one that is told. */
static bool sc_refused_both(const struct test *t)
{
	const struct core *core = t->core;
	const struct bench_rule dtb = refusal(FN_SHUTDOWN, core->dtb_pas_id, FOR_LONG, -1);
	bool ok;
	int ret;

	refuse_both(core);
	plan_add(2, &dtb);
	ok = core_failed(core, "start", core_start(core));
	if (record_up(core->pas_id) || !record_up(core->dtb_pas_id))
		ok = fail("%s: not just the dtb image is up", core->name);
	ret = core_start(core);
	if (ret != -EINVAL)
		ok = fail("%s: start gave %d (%s), not the first error", core->name, ret,
			  strerror(-ret));
	plan_clear();

	return core_good_cycle(core) && core_good_cycle(core) && ok;
}

/*
 * Unbound while TrustZone refuses: nobody can give back any more what is up, be it just the dtb
 * image, which is said in the log. The memory stays what it is; the last test of its suite.
 */
static bool sc_refused_unbind(const struct test *t)
{
	struct core *core = t->core;
	uint32_t pas_id = core->dtb_pas_id ? core->dtb_pas_id : core->pas_id;
	const struct bench_rule rule = refusal(FN_SHUTDOWN, pas_id, FOR_LONG, -2);
	bool ok;

	if (!core_good_start(core))
		return false;
	plan_set(&rule);
	kmsg_watch(true);
	ok = !file_write(PAS_DRIVER "/unbind", core->device);
	if (!record_up(pas_id) || (pas_id != core->pas_id && record_up(core->pas_id)))
		ok = fail("%s: not just PAS %u is up", core->name, pas_id);
	cores_find();
	if (!kmsg_seen("removed while TrustZone still holds its memory"))
		ok = fail("%s: nothing is said in the log", core->name);
	kmsg_watch(false);
	plan_clear();

	return ok;
}

static const struct scenario refused[] = {
	{ "refused-then-start", "S2 S3 C3", sc_refused_then_start, MACHINES_ALL },
	{ "refused-for-long", "S2 S3 C3", sc_refused_for_long, MACHINES_ALL },
	{ "refused-after-failed-start", "S1 S2 C3", sc_refused_after_failed_start, MACHINES_ALL },
	{ "refused-announced", "M2 C3 S2", sc_refused_announced, MACHINES_ALL },
};

static const struct scenario refused_last[] = {
	/* leaves the core up for good, and the SMMU goes down with the kernel */
	{ "refused-unbind", "S6 C3", sc_refused_unbind, MACHINES_ALL & ~MACHINE_BIT(BENCH_MACHINE_EL2_IOMMU) },
};

/**
 * refused_dtb_add() - add the tests of a dtb image that TrustZone does not give back
 * @core:	a core that has one
 */
void refused_dtb_add(struct core *core)
{
	static const char rows[] = "C3 S2 S3";

	test_add(rows, sc_refused_dtb, core, "%s.refused-dtb", core->name);
	test_add(rows, sc_refused_both, core, "%s.refused-both", core->name);
}

/* Adds the tests of refused shutdowns. */
void refused_build(void)
{
	tests_add_table(refused, ARRAY_SIZE(refused));
	for (size_t c = 0; c < BENCH_CORES; c++) {
		if (cores[c].present && cores[c].dtb_pas_id)
			refused_dtb_add(&cores[c]);
	}
	tests_add_table(refused_last, ARRAY_SIZE(refused_last));
}
