// SPDX-License-Identifier: GPL-2.0-only
/*
 * Init of the bench. Arguments: suite=NAME nonce=HEX [only=GLOB] [after=TEST] [base] [other].
 * "after" goes on behind a test that an earlier boot did not survive. "base" says that the kernel
 * lacks the series, so that the CPU's mapping of a carveout fails no test; "other", that nobody
 * has declared which calls it makes.
 */
#include <stdio.h>
#include <string.h>
#include <sys/reboot.h>
#include <unistd.h>

#include "checks.h"
#include "gcov.h"
#include "kmsg.h"
#include "out.h"
#include "plan.h"
#include "record.h"
#include "rules.h"
#include "runner.h"
#include "shared.h"
#include "sys.h"

static const char *argument(int argc, char **argv, const char *name)
{
	size_t len = strlen(name);

	for (int i = 1; i < argc; i++) {
		if (!strncmp(argv[i], name, len) && argv[i][len] == '=')
			return argv[i] + len + 1;
	}

	return NULL;
}

static bool flag(int argc, char **argv, const char *name)
{
	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], name))
			return true;
	}

	return false;
}

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
	const char *suite = argument(argc, argv, "suite");
	const char *nonce = argument(argc, argv, "nonce");
	unsigned int planned = 0, ok = 0;

	mount_all();
	out_init();
	kmsg_open();
	check_series = !flag(argc, argv, "base");
	check_unknown = !flag(argc, argv, "other");

	out("KTAP version 1");
	if (suite && nonce)
		ok = run(suite, argument(argc, argv, "only"), argument(argc, argv, "after"),
			 &planned);
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
