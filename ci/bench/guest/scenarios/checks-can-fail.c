// SPDX-License-Identifier: GPL-2.0-only
/* The guest's own checks: each says no to what it is there for. */
#include <sys/mman.h>

#include "harness.h"
#include "memory.h"
#include "message.h"

#define LEAK_BYTES	(1 << 20)

SUITE("checks-can-fail", "warm-up");

/* A line of the kernel's log, and whether it tells all about the failure below. */
static const struct {
	const char *line;
	bool tells;
} lines[] = {
	{ "3,1,1,-;scm: PAS 4: init_image failed: -22 (status -2, result 0x0, in tzmem)", true },
	{ "3,1,1,-;scm: PAS 44: init_image failed: -22 (status -2, result 0x0, in tzmem)", false },
	{ "3,1,1,-;scm: PAS 4: mem_setup failed: -22 (status -2, result 0x0, in tzmem)", false },
	{ "3,1,1,-;scm: PAS 4: init_image failed: -22 (status -22, result 0x0, in tzmem)", false },
	{ "3,1,1,-;scm: PAS 4: init_image failed: -22 (status -2, result 0x01, in tzmem)", false },
	{ "3,1,1,-;scm: PAS 4: init_image failed: -22 (status -2, result 0x0)", false },
	{ "3,1,1,-;scm: PAS 4: init_image failed: -22 (status -2, result 0x0, not in tzmem)",
	  false },
	/* not the kernel's */
	{ "14,1,1,-;scm: PAS 4: init_image failed: -22 (status -2, result 0x0, in tzmem)", false },
};

static bool message(const struct test *t)
{
	const struct bench_rule rule = rule_refuse(SCM_PAS_INIT_IMAGE, 4, 1, -2);
	bool ok = true;

	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		kmsg_watch(true);
		kmsg_put(lines[i].line);
		kmsg_watch(false);
		if (message_tells(&rule, 4) != lines[i].tells)
			ok = fail("taken for %s: %s", lines[i].tells ? "bad" : "good",
				  lines[i].line);
	}

	return ok;
}

SCENARIO("checks-can-fail", "message", "-", MACHINES_ALL, message, .once = true, .loud = true);

static bool memory(const struct test *t)
{
	bool ok, seen;
	void *leak;

	memory_take();
	leak = mmap(NULL, LEAK_BYTES, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	if (leak == MAP_FAILED)
		return fail("no memory");
	seen = !memory_back();
	munmap(leak, LEAK_BYTES);
	ok = memory_back();

	return (seen || fail("%d bytes are not missed", LEAK_BYTES)) && ok;
}

SCENARIO("checks-can-fail", "memory", "-", MACHINES_ALL, memory, .once = true, .loud = true);

/* A bridge that TrustZone keeps, and nobody tolerates */
static bool bridge(const struct test *t)
{
	const struct core *modem = &cores[BENCH_CORE_MPSS];
	bool seen;

	rules_set(rule_refuse(SCM_BRIDGE_DELETE, BENCH_ANY, 1, -2));
	seen = !core_good_cycle(modem);
	rules_clear();
	core_stop(modem);
	/* the next start deletes it */
	core_start(modem);
	core_stop(modem);

	return (seen || fail("a bridge too many is not missed")) && core_good_cycle(modem);
}

SCENARIO("checks-can-fail", "bridge", "-", ONLY_EL2_MODEM, bridge, .once = true, .loud = true);
