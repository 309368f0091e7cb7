// SPDX-License-Identifier: GPL-2.0-only
/* The guest's own checks: each says no to what it is there for. */
#include <sys/mman.h>

#include "guest.h"

#define LEAK_BYTES	(1 << 20)

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

static bool sc_gate_message(const struct test *t)
{
	const struct test failure = {
		.fault.rule = { .fn = FN_INIT_IMAGE, .status = -2 },
		.fault.about = 4,
	};
	bool ok = true;

	(void)t;
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		message_put(lines[i].line);
		if (message_tells(&failure) != lines[i].tells)
			ok = fail("taken for %s: %s", lines[i].tells ? "bad" : "good",
				  lines[i].line);
	}

	return ok;
}

static bool sc_gate_memory(const struct test *t)
{
	bool ok, seen;
	void *leak;

	(void)t;
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

/* A bridge that TrustZone keeps, and nobody tolerates */
static bool sc_gate_bridge(const struct test *t)
{
	const struct bench_rule rule = {
		.fn = FN_BRIDGE_DELETE,
		.pas_id = BENCH_ANY,
		.nth = 1,
		.count = 1,
		.action = BENCH_ACT_FAIL,
		.status = -2,
	};
	bool seen;

	plan_set(&rule);
	seen = !core_good_cycle(t->core);
	plan_clear();
	core_stop(t->core);
	/* the next start deletes it */
	core_start(t->core);
	core_stop(t->core);

	return (seen || fail("a bridge too many is not missed")) && core_good_cycle(t->core);
}

/* Adds the tests of the guest's own checks. */
void gates_build(void)
{
	struct core *modem = &cores[BENCH_CORE_MPSS];

	test_add("-", sc_warm_up, NULL, "warm-up")->setup = true;
	test_add("-", sc_gate_message, NULL, "message");
	test_add("-", sc_gate_memory, NULL, "memory");
	if (shared->machine == BENCH_MACHINE_EL2_MODEM)
		test_add("-", sc_gate_bridge, modem, "bridge");
}
