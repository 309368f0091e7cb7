// SPDX-License-Identifier: GPL-2.0-only
/* Selection of tests, their run, and their results in KTAP. */
#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

#include "checks.h"
#include "kmsg.h"
#include "out.h"
#include "plan.h"
#include "record.h"
#include "runner.h"
#include "settle.h"
#include "shared.h"

/* A pattern, such as modem.* or @(one|other), may name either of a test's two results; both come. */
static bool named(const struct test *t, const char *only)
{
	char name[sizeof(t->name) + sizeof(TOLD_SUFFIX)];

	snprintf(name, sizeof(name), "%s%s", t->name, TOLD_SUFFIX);
	return !only || !fnmatch(only, t->name, FNM_EXTMATCH) ||
	       (t->told && !fnmatch(only, name, FNM_EXTMATCH));
}

/* Where to begin, but for set-ups: behind the test @after, or nowhere if there is none. */
static unsigned int first_after(const char *after)
{
	unsigned int i = 0;

	while (after && i < plan_len() && strcmp(plan_test(i++)->name, after))
		;

	return i;
}

static bool selected(unsigned int i, unsigned int first, const char *only)
{
	return plan_test(i)->setup || (i >= first && named(plan_test(i), only));
}

/* The number of results: none, if the pattern selects nothing but what goes before. */
static unsigned int count_selected(unsigned int first, const char *only)
{
	unsigned int n = 0, chosen = 0;

	for (unsigned int i = 0; i < plan_len(); i++) {
		if (selected(i, first, only))
			n += plan_test(i)->told ? 2 : 1;
		chosen += i >= first && named(plan_test(i), only);
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

/* S5: what succeeds is nothing to complain about. */
static bool kernel_was_quiet(void)
{
	unsigned int num;
	const char *first = kmsg_complaint(&num);

	if (!num)
		return true;
	if (check_series)
		return fail("the kernel complains (S5), of %u lines this is the first: %s", num,
			    first);
	breaks("S5", "%s", first);

	return true;
}

/*
 * A broken rule fails the test in which it is seen, whatever that test was about. Where the test's
 * part of the record begins is for who draws it.
 */
static bool run(const struct test *t)
{
	bool ok;

	out("# run %s from %u", t->name, shared ? record_len() : 0);
	/* for whoever finds no result below, because the kernel did not survive it */
	out("# proves %s", t->proves);
	/* what the series says while the kernel boots is for the set-up that looks at the boot */
	if (!check_series || !t->setup || t != plan_test(0))
		kmsg_listen();
	ok = t->run(t);
	ok = (t->loud || kernel_was_quiet()) && ok;

	return (!shared || clean_so_far()) && ok;
}

unsigned int tests_run(const char *only, const char *after, unsigned int *planned)
{
	unsigned int ok = 0, first = first_after(after);
	bool complete;

	*planned = count_selected(first, only);
	out("1..%u", *planned);
	complete = plan_complete();

	for (unsigned int i = 0; *planned && i < plan_len(); i++) {
		const struct test *t = plan_test(i);
		bool good;

		if (!selected(i, first, only))
			continue;
		good = run(t) && complete;
		if (shared)
			record_make_room();
		ok += result(good, t->proves, t->name, "");
		if (t->told)
			ok += result(t->told(t), TOLD_PROVES, t->name, TOLD_SUFFIX);
		if (good || !shared)
			continue;
		cores_settle();
		/* the series leaves nothing that needs this */
		if (!check_series && !cores_work()) {
			out("# reboot");
			return ok;
		}
	}

	return ok;
}
