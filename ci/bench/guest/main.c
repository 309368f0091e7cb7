// SPDX-License-Identifier: GPL-2.0-only
/*
 * Init of the bench. Arguments: suite=NAME nonce=HEX [only=GLOB] [after=TEST] [base] [other], and
 * those that scenarios ask for (lib/option.h).
 * "after" goes on behind a test that an earlier boot did not survive. "base" says that the kernel
 * lacks the series, so that the CPU's mapping of a carveout fails no test; "other", that nobody
 * has declared which calls it makes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/reboot.h>
#include <unistd.h>

#include "checks.h"
#include "gcov.h"
#include "kmsg.h"
#include "lot.h"
#include "option.h"
#include "out.h"
#include "plan.h"
#include "record.h"
#include "rules.h"
#include "runner.h"
#include "shared.h"
#include "sys.h"

/* Gets hold of the firmware and the remote processors, unless the suite needs none. */
static bool set_up(const struct suite *suite)
{
	if (suite->bare)
		return true;
	if (!shared_map())
		return false;
	rules_clear();
	for (size_t c = 0; c < BENCH_CORES; c++)
		core_normal(&cores[c]);
	cores_place(shared->soc);
	cores_find();

	return true;
}

/* Number of good results. */
static unsigned int run(const char *name, const char *only, const char *after,
			unsigned int *planned)
{
	const struct suite *suite = suite_find(name);

	if (!suite) {
		fail("no suite %s", name);
		return 0;
	}
	if (!set_up(suite))
		return 0;
	suite_plan(suite);

	return tests_run(only, after, planned);
}

static void token(const char *suite, const char *nonce, unsigned int planned, unsigned int ok)
{
	if (!strcmp(suite, "selftest-notoken"))
		return;
	if (!strcmp(suite, "selftest-badnonce"))
		nonce = "0";
	out("BENCH-TOKEN nonce=%s planned=%u ok=%u", nonce, planned, ok);
}

int main(int argc, char **argv)
{
	unsigned int planned = 0, ok = 0;
	const char *suite, *nonce;

	options_set(argc, argv);
	suite = option("suite");
	nonce = option("nonce");
	mount_all();
	out_init();
	kmsg_open();
	check_series = !option("base");
	check_unknown = !option("other");
	if (option("seed"))
		lots_seed = strtoul(option("seed"), NULL, 10);

	out("KTAP version 1");
	out("# seed %u", lots_seed);
	if (suite && nonce)
		ok = run(suite, option("only"), option("after"), &planned);
	else
		fail("suite= and nonce= must be given to init");
	if (shared)
		record_dump();
	gcov_dump();
	if (suite && nonce)
		token(suite, nonce, planned, ok);
	sync();
	reboot(RB_POWER_OFF);

	return 1;
}
