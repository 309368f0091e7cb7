// SPDX-License-Identifier: GPL-2.0-only
/* Results in KTAP. */
#include <stdarg.h>

#include "host.h"

#define MAX_TESTS	16

static struct {
	const char *name;
	void (*fn)(void);
} tests[MAX_TESTS];
static size_t num;
static bool failed;

/* One more to run; see TEST() */
void add_test(const char *name, void (*fn)(void))
{
	if (num == MAX_TESTS)
		abort();
	tests[num].name = name;
	tests[num++].fn = fn;
}

int main(void)
{
	bool any = false;
	size_t i;

	printf("KTAP version 1\n1..%zu\n", num);
	for (i = 0; i < num; i++) {
		failed = false;
		fflush(stdout);
		tests[i].fn();
		printf("%sok %zu %s\n", failed ? "not " : "", i + 1, tests[i].name);
		any |= failed;
	}
	return any;
}

/* The running test fails */
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
