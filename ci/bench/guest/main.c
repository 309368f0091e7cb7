// SPDX-License-Identifier: GPL-2.0-only
/*
 * Init of the bench. Arguments: suite=NAME nonce=HEX [only=GLOB] [base]. "base" says that the
 * kernel lacks the series, so that the CPU's mapping of a carveout is no finding. With "list"
 * alone, on any machine, it prints the table of tests and does nothing else.
 */
#include <stdio.h>
#include <string.h>
#include <sys/reboot.h>
#include <unistd.h>

#include "guest.h"

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

/* The self-tests need no firmware underneath. */
static bool set_up(const char *suite)
{
	if (!strncmp(suite, "selftest-", strlen("selftest-")))
		return true;
	if (!shared_map())
		return false;
	plan_clear();
	for (size_t c = 0; c < BENCH_CORES; c++)
		core_plan_set(&cores[c], BENCH_CORE_NORMAL, BENCH_RSC_DEFAULT, 0);
	cores_find();

	return true;
}

static void token(const char *suite, const char *nonce, unsigned int planned, unsigned int ok)
{
	if (!strcmp(suite, "selftest-notoken"))
		return;
	if (!strcmp(suite, "selftest-badnonce"))
		nonce = "0";
	out("BENCH-TOKEN nonce=%s planned=%u ok=%u", nonce, planned, ok);
}

static void run(int argc, char **argv)
{
	const char *suite = argument(argc, argv, "suite");
	const char *nonce = argument(argc, argv, "nonce");
	unsigned int planned = 0, ok = 0;

	mount_all();
	out_init();
	kmsg_open();
	check_series = !flag(argc, argv, "base");

	out("KTAP version 1");
	if (!suite || !nonce)
		fail("suite= and nonce= must be given to init");
	else if (set_up(suite) && suite_build(suite))
		ok = tests_run(argument(argc, argv, "only"), &planned);
	if (shared)
		record_dump();
	gcov_dump();
	if (suite && nonce)
		token(suite, nonce, planned, ok);
	sync();
	reboot(RB_POWER_OFF);
}

int main(int argc, char **argv)
{
	if (flag(argc, argv, "list")) {
		suites_list();
		return 0;
	}
	run(argc, argv);

	return 1;
}
