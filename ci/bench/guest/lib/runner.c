// SPDX-License-Identifier: GPL-2.0-only
/* Selection of tests, their run, and their results in KTAP. */
#include <fnmatch.h>
#include <stdio.h>

#include "checks.h"
#include "out.h"
#include "plan.h"
#include "runner.h"
#include "settle.h"
#include "shared.h"

/* A pattern may name either of a test's two results; both come. */
static bool named(const struct test *t, const char *only)
{
	char name[sizeof(t->name) + sizeof(TOLD_SUFFIX)];

	snprintf(name, sizeof(name), "%s%s", t->name, TOLD_SUFFIX);
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

	for (unsigned int i = 0; i < plan_len(); i++) {
		const struct test *t = plan_test(i);

		if (selected(t, only))
			n += t->told ? 2 : 1;
		chosen += named(t, only);
	}

	return chosen ? n : 0;
}

/* One result: requirements in brackets, then the name, which has no blank in it. */
static bool result(bool ok, const char *proves, const char *name, const char *suffix)
{
	static unsigned int number;

	out("%s %u [%s] %s%s", ok ? "ok" : "not ok", ++number, proves, name, suffix);
	return ok;
}

/* A broken rule fails the test in which it is seen, whatever that test was about. */
static bool run(const struct test *t)
{
	bool ok;

	out("# run %s", t->name);
	ok = t->run(t);

	return (!shared || clean_so_far()) && ok;
}

unsigned int tests_run(const char *only, unsigned int *planned)
{
	unsigned int ok = 0;
	bool complete;

	*planned = count_selected(only);
	out("1..%u", *planned);
	complete = plan_complete();

	for (unsigned int i = 0; *planned && i < plan_len(); i++) {
		const struct test *t = plan_test(i);
		bool good;

		if (!selected(t, only))
			continue;
		good = run(t) && complete;
		ok += result(good, t->proves, t->name, "");
		if (t->told)
			ok += result(t->told(t), TOLD_PROVES, t->name, TOLD_SUFFIX);
		if (!good && shared)
			cores_settle();
	}

	return ok;
}
