// SPDX-License-Identifier: GPL-2.0-only
/* The list of tests, their run, and KTAP on the console. */
#include <fcntl.h>
#include <fnmatch.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "guest.h"

#define MAX_TESTS	1024
#define LINES_UNDRAINED	64
#define LINE		900	/* printk takes a little over 1000 bytes in one piece */

static struct test tests[MAX_TESTS];
static unsigned int num_tests;
static bool too_many;
static int out_fd = -1;

/* Opens the way out. Before this, and if it fails, nothing is lost but lines may mix. */
void out_init(void)
{
	file_write("/proc/sys/kernel/printk_devkmsg", "on\n");
	out_fd = open("/dev/kmsg", O_WRONLY | O_CLOEXEC);
}

/*
 * While another task has the console, a line waits in the kernel's log, which drops what comes
 * when it is full. This file is read under the console's lock, so that all is printed then.
 */
static void out_drain(void)
{
	static unsigned int lines;
	char console[32];

	if (!(++lines % LINES_UNDRAINED))
		file_read("/sys/class/tty/console/active", console, sizeof(console));
}

static void out_line(const char *text)
{
	char line[LINE + 8];
	int len = snprintf(line, sizeof(line), "<6>%.*s\n", LINE, text);

	out_drain();
	if (out_fd >= 0 && write(out_fd, line, len) == len)
		return;
	dprintf(STDOUT_FILENO, "%s\n", text);
}

/**
 * out() - print one line on the console
 * @fmt:	without the newline
 */
void out(const char *fmt, ...)
{
	char text[LINE];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	out_line(text);
}

/**
 * fail() - say why a test fails
 * @fmt:	the reason
 *
 * Return: false, so that a test can return it
 */
bool fail(const char *fmt, ...)
{
	char text[LINE];
	va_list ap;
	int len;

	len = snprintf(text, sizeof(text), "# reason: ");
	va_start(ap, fmt);
	vsnprintf(text + len, sizeof(text) - len, fmt, ap);
	va_end(ap);
	out_line(text);

	return false;
}

/**
 * test_add() - append a test to the plan
 * @rows:	behaviour rows that it proves
 * @fn:		the test
 * @core:	the core it is about, or NULL
 * @fmt:	its name
 *
 * Return: the test, for parameters to be filled in; never NULL
 */
struct test *test_add(const char *rows, bool (*fn)(const struct test *t), struct core *core,
		      const char *fmt, ...)
{
	static struct test spill;
	struct test *t = &spill;
	va_list ap;

	if (num_tests < MAX_TESTS)
		t = &tests[num_tests++];
	else
		too_many = true;

	memset(t, 0, sizeof(*t));
	t->rows = rows;
	t->fn = fn;
	t->core = core;
	va_start(ap, fmt);
	vsnprintf(t->name, sizeof(t->name), fmt, ap);
	va_end(ap);

	return t;
}

/**
 * tests_add_table() - append the scenarios of a table for each core that is there
 * @table:	the scenarios
 * @num:	how many
 */
void tests_add_table(const struct scenario *table, size_t num)
{
	for (size_t i = 0; i < num; i++) {
		if (!(table[i].machines & MACHINE_BIT(shared->machine)))
			continue;
		for (size_t c = 0; c < BENCH_CORES; c++) {
			if (cores[c].present)
				test_add(table[i].rows, table[i].fn, &cores[c], "%s.%s",
					 cores[c].name, table[i].name);
		}
	}
}

static bool test_run_one(const struct test *t)
{
	bool ok;

	out("# run %s", t->name);
	ok = t->fn(t);
	/* A broken rule fails the test in which it is seen, whatever that test was about. */
	if (shared && !clean_so_far())
		ok = false;

	return ok;
}

/* A pattern may name either of a test's two results; both come. */
static bool named(const struct test *t, const char *only)
{
	char name[sizeof(t->name) + sizeof(SUFFIX_TOLD)];

	snprintf(name, sizeof(name), "%s%s", t->name, SUFFIX_TOLD);
	return !only || !fnmatch(only, t->name, 0) || (t->told && !fnmatch(only, name, 0));
}

static bool selected(const struct test *t, const char *only)
{
	return t->setup || named(t, only);
}

/* The number of results: none, if the pattern selects nothing but what goes before. */
static unsigned int count_selected(const char *only)
{
	unsigned int n = 0, chosen = 0;

	for (unsigned int i = 0; i < num_tests; i++) {
		if (selected(&tests[i], only))
			n += tests[i].told ? 2 : 1;
		chosen += named(&tests[i], only);
	}

	return chosen ? n : 0;
}

/* One result: behaviour rows in brackets, then the name, without a blank in it. */
static bool result(bool ok, const char *rows, const char *name, const char *suffix)
{
	static unsigned int number;

	out("%s %u [%s] %s%s", ok ? "ok" : "not ok", ++number, rows, name, suffix);
	return ok;
}

/**
 * tests_run() - run the plan, or the part of it that a pattern selects
 * @only:	shell pattern for names, or NULL
 * @planned:	set to the number of results in the plan
 *
 * Return: the number of results that are good
 */
unsigned int tests_run(const char *only, unsigned int *planned)
{
	unsigned int ok = 0;

	*planned = count_selected(only);
	out("1..%u", *planned);
	if (too_many)
		fail("more than %u tests", MAX_TESTS);

	for (unsigned int i = 0; *planned && i < num_tests; i++) {
		const struct test *t = &tests[i];
		bool good;

		if (!selected(t, only))
			continue;
		good = test_run_one(t) && !too_many;
		ok += result(good, t->rows, t->name, "");
		if (t->told)
			ok += result(t->told(t), ROWS_TOLD, t->name, SUFFIX_TOLD);
		if (!good && shared)
			cores_settle();
	}

	return ok;
}

/**
 * tests_take() - take all tests out of the plan
 * @to:		where they go
 * @max:	how many there is room for; more is a mistake that the plan tells
 *
 * Return: how many there were
 */
size_t tests_take(struct test *to, size_t max)
{
	size_t num = num_tests < max ? num_tests : max;

	too_many = too_many || num < num_tests;
	memcpy(to, tests, num * sizeof(*to));
	num_tests = 0;

	return num;
}

/**
 * tests_list() - print the plan as a table, without running it
 * @suite:	name of the suite
 */
void tests_list(const char *suite)
{
	for (unsigned int i = 0; i < num_tests; i++) {
		const struct test *t = &tests[i];

		printf("%s\t%s\t%s\n", suite, t->name, t->rows);
		if (t->told)
			printf("%s\t%s%s\t%s\n", suite, t->name, SUFFIX_TOLD, ROWS_TOLD);
	}
	num_tests = 0;
}
