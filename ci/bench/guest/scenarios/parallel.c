// SPDX-License-Identifier: GPL-2.0-only
/* Cores that boot at the same time, and what their boots share: the memory for TrustZone. */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "guest.h"

#define PARALLEL_CYCLES	8
#define FIVE		5
#define ROUNDS		20
#define WARM_UP_ROUNDS	3
#define KIB		1024u

/* The outcome of the process that starts a core. */
static bool started(const struct core *core, pid_t pid)
{
	int status;

	if (pid < 0 || waitpid(pid, &status, 0) < 0 || !WIFEXITED(status))
		return fail("%s: nobody started it", core->name);
	if (WEXITSTATUS(status))
		return fail("%s: start: %s", core->name, strerror(WEXITSTATUS(status)));

	return true;
}

/*
 * Holds every core in front of its authentication until the last one is there: then all metadata
 * and all carveouts are bridged, and the CPU maps none. The kernel asks a TrustZone that is busy
 * again for 600 ms.
 */
static bool meet(uint32_t from, uint32_t bridges)
{
	uint32_t all = bridges, most;
	bool ok = true;

	for (size_t c = 0; c < BENCH_CORES; c++) {
		if (!cores[c].present)
			continue;
		all += cores[c].dtb_pas_id ? 3 : 2;
		ok = ok && record_wait(from, BENCH_EV_CALL, cores[c].pas_id, FN_AUTH_AND_RESET,
				       NULL, LIMIT_SETTLE_MS);
	}
	most = shared->bridges;
	for (size_t c = 0; c < BENCH_CORES; c++)
		ok = (!cores[c].present || cpu_maps(&cores[c], false)) && ok;
	plan_clear();

	return ok && (most == all || fail("%u bridges when all met, want %u", most, all));
}

static void plan_meeting(void)
{
	for (size_t c = 0; c < BENCH_CORES; c++) {
		const struct bench_rule busy = {
			.fn = FN_AUTH_AND_RESET,
			.pas_id = cores[c].pas_id,
			.nth = 1,
			.count = BENCH_ANY,
			.action = BENCH_ACT_BUSY,
		};

		plan_add(c, &busy);
	}
}

/* Every core at once, each from a process of its own; on request they all meet on the way. */
static bool start_all(bool meeting)
{
	uint32_t from = record_len(), bridges = shared->bridges;
	pid_t pids[BENCH_CORES] = { 0 };
	bool ok = true;

	if (meeting)
		plan_meeting();
	for (size_t c = 0; c < BENCH_CORES; c++) {
		if (!cores[c].present)
			continue;
		pids[c] = fork();
		if (!pids[c])
			_exit(-core_start(&cores[c]));
	}
	if (meeting)
		ok = meet(from, bridges);
	/* all must be up before any is looked at: one that still starts holds bridges */
	for (size_t c = 0; c < BENCH_CORES; c++)
		ok = (!cores[c].present || started(&cores[c], pids[c])) && ok;
	for (size_t c = 0; c < BENCH_CORES && ok; c++)
		ok = !cores[c].present || core_came_up(&cores[c], from);

	return ok;
}

static bool stop_all(void)
{
	bool ok = true;

	for (size_t c = 0; c < BENCH_CORES; c++) {
		if (cores[c].present && core_is(&cores[c], "running"))
			ok = core_good_stop(&cores[c]) && ok;
	}

	return ok;
}

/*
 * Makes everything grow that may grow once; what comes later is compared with this. Each start
 * takes a page of qcom_scm's pool for the arguments of get_rsc_table, and that pool keeps what it
 * has grown by: a TrustZone that is busy at first makes all of them want a page at once.
 */
bool sc_warm_up(const struct test *t)
{
	const struct bench_rule busy = {
		.fn = FN_GET_RSC_TABLE,
		.pas_id = BENCH_ANY,
		.nth = 1,
		.count = cores_present(),
		.action = BENCH_ACT_BUSY,
	};
	bool ok;

	(void)t;
	plan_set(&busy);
	ok = start_all(false);
	plan_clear();
	ok = stop_all() && ok;
	baseline_take();

	return no_firmware_kept() && ok;
}

static bool round_of_all(bool meeting)
{
	bool ok = start_all(meeting);

	return stop_all() && no_new_bridge() && ok;
}

/* Boots at the same time, again and again: all that one has given back serves the next. */
bool sc_parallel(const struct test *t)
{
	(void)t;
	for (int i = 0; i < PARALLEL_CYCLES; i++) {
		if (!round_of_all(false))
			return fail("round %d of %d", i + 1, PARALLEL_CYCLES);
	}

	return true;
}

/* Rounds with the images that @choose has set, or with those that were there. */
static bool rounds(bool (*choose)(unsigned int round))
{
	bool ok = true;

	if (cores_present() != FIVE)
		return fail("%u cores, not %d", cores_present(), FIVE);
	for (size_t c = 0; c < BENCH_CORES; c++)
		core_plan_set(&cores[c], BENCH_CORE_NORMAL, BENCH_RSC_LARGE, 16 * KIB);
	for (unsigned int i = 0; i < WARM_UP_ROUNDS + ROUNDS && ok; i++) {
		if (i == WARM_UP_ROUNDS)
			memory_take();
		ok = (!choose || choose(i)) && round_of_all(true);
		if (!ok)
			fail("round %u of %d", i + 1, WARM_UP_ROUNDS + ROUNDS);
	}
	out("# bridges: %u after each of %d rounds", shared->bridges, WARM_UP_ROUNDS + ROUNDS);
	for (size_t c = 0; c < BENCH_CORES; c++)
		core_plan_set(&cores[c], BENCH_CORE_NORMAL, BENCH_RSC_DEFAULT, 0);

	return ok && memory_back();
}

/* Metadata as large as the device tree's images have it, a resource table of 16 KiB each. */
bool sc_five_cores(const struct test *t)
{
	(void)t;
	return rounds(NULL);
}

/* Other sizes for each core in each round. */
static bool other_sizes(unsigned int round)
{
	static const struct {
		const char *metadata;
		uint32_t table;
	} sizes[] = {
		{ "65536", 16 * KIB }, { "4097", 128 * KIB }, { "131072", 1 * KIB }, { "40000", 32 * KIB },
	};
	bool ok = true;

	for (size_t c = 0; c < BENCH_CORES; c++) {
		unsigned int i = (round + c) % ARRAY_SIZE(sizes);

		core_plan_set(&cores[c], BENCH_CORE_NORMAL, BENCH_RSC_LARGE, sizes[i].table);
		ok = core_set_image(&cores[c], sizes[i].metadata) && ok;
	}

	return ok;
}

bool sc_five_cores_sizes(const struct test *t)
{
	(void)t;
	return rounds(other_sizes);
}
