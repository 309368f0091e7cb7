// SPDX-License-Identifier: GPL-2.0-only
/* kmemleak finds nothing. Last in every suite, if the kernel has it. */
#include "harness.h"

#define KMEMLEAK	"/sys/kernel/debug/kmemleak"
#define KMEMLEAK_AGE_S	6	/* younger objects are not reported, MSECS_MIN_AGE in kmemleak.c */

static bool kernel_has_it(const struct core *core)
{
	return shared && !access(KMEMLEAK, F_OK);
}

static bool kmemleak(const struct test *t)
{
	char *text, *line, *rest;
	bool ok = true;

	/* objects are reported from a certain age on, there is nothing else to wait for */
	sleep(KMEMLEAK_AGE_S);
	for (int i = 0; i < 2; i++) {
		if (file_write(KMEMLEAK, "scan"))
			return fail("kmemleak does not scan");
	}
	text = file_slurp(KMEMLEAK, NULL);
	if (!text)
		return fail("kmemleak cannot be read");
	for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
		ok = fail("kmemleak: %s", line);
	free(text);

	return ok;
}

SCENARIO(NULL, "kmemleak", "S1", MACHINES_ALL, kmemleak, .once = true, .when = kernel_has_it,
	 .order = ORDER_VERY_LAST);
