// SPDX-License-Identifier: GPL-2.0-only
/* Results in KTAP, and random numbers that are the same in each run. */
#include <stdarg.h>

#include "host.h"

static bool failed;
static uint32_t seed;

/**
 * run_tests() - run all, in KTAP
 * @tests:	the tests
 * @num:	how many
 *
 * Return: exit code of the program.
 */
int run_tests(const struct test *tests, size_t num)
{
	bool any = false;
	size_t i;

	printf("KTAP version 1\n1..%zu\n", num);
	for (i = 0; i < num; i++) {
		failed = false;
		seed = 1;
		fflush(stdout);
		tests[i].fn();
		printf("%sok %zu %s\n", failed ? "not " : "", i + 1, tests[i].name);
		any |= failed;
	}
	return any;
}

/**
 * fail() - the running test fails
 * @file:	where
 * @line:	where
 * @fmt:	why
 */
void fail(const char *file, int line, const char *fmt, ...)
{
	va_list args;

	failed = true;
	printf("# %s:%d: ", file, line);
	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
	printf("\n");
}

/**
 * host_random() - the same numbers in each run
 */
uint32_t host_random(void)
{
	seed = seed * 1664525 + 1013904223;
	return seed >> 8 ^ seed << 16;
}
