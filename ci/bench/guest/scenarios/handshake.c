// SPDX-License-Identifier: GPL-2.0-only
/* A core skips a step of the handshake with Linux. */
#include "harness.h"

/* Without a handover, stop gives back what start took. */
static bool no_handover(const struct test *t)
{
	const struct core *core = t->core;
	bool ok;

	core_behave(core, BENCH_CORE_NO_HANDOVER);
	ok = core_good_start(core);
	/* what start took is still held: if that does not show, nothing that leaks would */
	if (ok && !baseline_differs())
		ok = fail("%s: clocks and power domains do not show", core->name);
	ok = core_good_stop(core) && ok;
	core_normal(core);

	return core_good_cycle(core) && ok;
}

SCENARIO("life", "no-handover", "S1", MACHINES_ALL, no_handover);

/* A core that runs is asked to stop, and has time to answer, before TrustZone shuts it down. */
static bool asked_to_stop(const struct test *t)
{
	const struct core *core = t->core;
	uint32_t from;

	if (!core_good_start(core))
		return false;
	from = record_len();

	/* it answers nothing any more when it is down */
	return core_good_stop(core) && (record_core_events(from, core->pas_id, "stop-ack") ||
					fail("%s: not asked to stop", core->name));
}

SCENARIO("life", "asked-to-stop", "S3", MACHINES_ALL, asked_to_stop);

/* Without a stop-ack, stop powers the core off all the same. */
static bool stop_ignored(const struct test *t)
{
	bool ok;

	core_behave(t->core, BENCH_CORE_IGNORE_STOP);
	ok = core_good_cycle(t->core);
	core_normal(t->core);

	return core_good_cycle(t->core) && ok;
}

SCENARIO("life", "stop-ignored", "S3", MACHINES_ALL, stop_ignored, .loud = true);
