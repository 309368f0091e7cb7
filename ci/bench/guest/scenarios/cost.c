// SPDX-License-Identifier: GPL-2.0-only
/*
 * Cost: the CPU time of the first start of each core, on a machine whose clock counts instructions
 * (suites.cfg), so that it is the same each time. What runs meanwhile on other CPUs, and waiting,
 * is not in it; what TrustZone does in its calls is, but for what is there only to be seen.
 */
#include <time.h>

#include "harness.h"

SUITE("cost", "boot");

/* Nanoseconds of CPU time that this process has had, in the kernel too. */
static uint64_t cpu_time(void)
{
	struct timespec time;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);

	return time.tv_sec * UINT64_C(1000000000) + time.tv_nsec;
}

static bool cost(const struct test *t)
{
	uint64_t from, to;
	int ret;

	shared->timed = true;
	from = cpu_time();
	ret = core_start(t->core);
	to = cpu_time();
	if (ret || !core_is(t->core, "running"))
		return fail("start: %d", ret);
	out("# cost %s %llu\n", t->core->name, (unsigned long long)(to - from));

	return !core_stop(t->core) || fail("it does not stop");
}

SCENARIO("cost", "cost", "R1", MACHINES_ALL, cost);
