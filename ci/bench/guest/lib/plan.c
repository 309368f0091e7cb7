// SPDX-License-Identifier: GPL-2.0-only
/* The plan: which tests a suite consists of. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "out.h"
#include "plan.h"
#include "shared.h"

#define MAX_TESTS	1024

/* By the linker: where the pointers of REGISTER() are */
extern const struct scenario *const __start_scenarios[], *const __stop_scenarios[];
extern const struct suite *const __start_suites[], *const __stop_suites[];

#define for_each_scenario(s)								\
	for (const struct scenario *s, *const *s_ = __start_scenarios;			\
	     s_ < __stop_scenarios && (s = *s_, true); s_++)

static struct test tests[MAX_TESTS];
static unsigned int num_tests;
static bool too_many;

struct test *test_add(const char *proves, bool (*run)(const struct test *t), struct core *core,
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
	t->proves = proves;
	t->run = run;
	t->core = core;
	va_start(ap, fmt);
	vsnprintf(t->name, sizeof(t->name), fmt, ap);
	va_end(ap);

	return t;
}

/* Never freed: the plan lasts as long as the program. */
void test_param(struct test *t, const void *param, size_t size)
{
	void *copy = malloc(size);

	if (copy)
		memcpy(copy, param, size);
	else
		too_many = true;
	t->param = copy;
}

size_t tests_take(struct test *to, size_t max)
{
	size_t num = num_tests < max ? num_tests : max;

	too_many = too_many || num < num_tests;
	memcpy(to, tests, num * sizeof(*to));
	num_tests = 0;

	return num;
}

unsigned int plan_len(void)
{
	return num_tests;
}

const struct test *plan_test(unsigned int i)
{
	return &tests[i];
}

bool plan_complete(void)
{
	return !too_many || fail("more tests than there is room for");
}

static bool has_word(const char *words, const char *word)
{
	size_t len = strlen(word);

	for (const char *at = words; (at = strstr(at, word)); at += len) {
		if ((at == words || at[-1] == ' ') && (!at[len] || at[len] == ' '))
			return true;
	}

	return false;
}

static bool belongs_to(const struct scenario *s, const struct suite *suite)
{
	if (s->suite)
		return !strcmp(s->suite, suite->name);

	return !s->setup || has_word(suite->needs, s->name);
}

static void add(const struct scenario *s, struct core *core)
{
	unsigned int first = num_tests;

	if (s->when && !s->when(core))
		return;
	if (s->build)
		s->build(core);
	else if (core)
		test_add(s->proves, s->run, core, "%s.%s", core->name, s->name)->setup = s->setup;
	else
		test_add(s->proves, s->run, NULL, "%s", s->name)->setup = s->setup;
	for (; s->loud && first < num_tests; first++)
		tests[first].loud = true;
}

/* The scenarios of one place in the order, for one core or for the machine as a whole. */
static void add_all(const struct suite *suite, int order, struct core *core)
{
	for_each_scenario(s) {
		if (s->order == order && s->once == !core && belongs_to(s, suite) &&
		    (suite->bare || s->machines & MACHINE_BIT(shared->machine)))
			add(s, core);
	}
}

void suite_plan(const struct suite *suite)
{
	for (int order = ORDER_BOOT; order <= ORDER_VERY_LAST; order++) {
		add_all(suite, order, NULL);
		for_each_core(core)
			add_all(suite, order, core);
	}
}

const struct suite *suite_find(const char *name)
{
	for (const struct suite *const *s = __start_suites; s < __stop_suites; s++) {
		if (!strcmp((*s)->name, name))
			return *s;
	}

	return NULL;
}

const struct scenario *scenario_find(const char *suite, const char *name)
{
	for_each_scenario(s) {
		if (s->suite && !strcmp(s->suite, suite) && s->name &&
		    !strcmp(s->name, name))
			return s;
	}

	return NULL;
}

bool setup_run(const char *name)
{
	const struct test t = { .setup = true };

	for_each_scenario(s) {
		if (!s->suite && s->setup && !strcmp(s->name, name))
			return s->run(&t);
	}

	return fail("no set-up %s", name);
}
