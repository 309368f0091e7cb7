// SPDX-License-Identifier: GPL-2.0-only
/* All cores at once. */
#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "calls.h"
#include "checks.h"
#include "out.h"
#include "record.h"
#include "rproc.h"
#include "rules.h"
#include "shared.h"
#include "snapshot.h"
#include "together.h"

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
 * and all carveouts are bridged, and the CPU maps none. Each carveout has a bridge of its own; how
 * many there are below the metadata is for the kernel to say, and TrustZone insists on one.
 */
static bool meet(uint32_t from, uint32_t bridges)
{
	uint32_t least = bridges, all = bridges, most;
	bool ok = true;

	for_each_core(core) {
		least++;
		all += core->dtb_pas_id ? 3 : 2;
		ok = ok && record_wait_call(from, core->pas_id, SCM_PAS_AUTH_AND_RESET,
					    LIMIT_SETTLE_MS);
	}
	most = shared->bridges;
	for_each_core(core)
		ok = cpu_maps(core, false) && ok;
	rules_clear();

	return ok && ((most >= least && most <= all) ||
		      fail("%u bridges when all met, want %u to %u", most, least, all));
}

void cores_do(int (*what)(const struct core *core), int *results)
{
	pid_t pids[BENCH_CORES] = { 0 };
	int status;

	for_each_core(core) {
		pids[core->index] = fork();
		if (!pids[core->index])
			_exit(-what(core));
	}
	for_each_core(core) {
		if (pids[core->index] > 0 && waitpid(pids[core->index], &status, 0) > 0 &&
		    WIFEXITED(status))
			results[core->index] = -WEXITSTATUS(status);
		else
			results[core->index] = -ECHILD;
	}
}

bool cores_start(bool meeting)
{
	uint32_t from = record_len(), bridges = shared->bridges;
	pid_t pids[BENCH_CORES] = { 0 };
	bool ok = true;

	for_each_core(core) {
		if (meeting)
			rules_add(rule_busy(SCM_PAS_AUTH_AND_RESET, core->pas_id, BENCH_ANY));
	}
	for_each_core(core) {
		pids[core->index] = fork();
		if (!pids[core->index])
			_exit(-core_start(core));
	}
	if (meeting)
		ok = meet(from, bridges);
	/* all must be up before any is looked at: one that still starts holds bridges */
	for_each_core(core)
		ok = started(core, pids[core->index]) && ok;
	for_each_core(core)
		ok = ok && core_came_up(core, from);

	return ok;
}

bool cores_stop(void)
{
	bool ok = true;

	for_each_core(core) {
		if (core_is(core, "running"))
			ok = core_good_stop(core) && ok;
	}

	return ok;
}

bool cores_cycle(bool meeting)
{
	bool ok = cores_start(meeting);

	return cores_stop() && no_new_bridge() && ok;
}
