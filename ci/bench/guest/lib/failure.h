/* SPDX-License-Identifier: GPL-2.0-only */
/* Operations in which one call fails, after which everything must have been given back. */
#ifndef FAILURE_H
#define FAILURE_H

#include "scenario.h"

/**
 * struct failure - what fails; the parameter of the tests below
 * @rule:	makes one call fail
 * @survives:	the operation must succeed all the same
 * @about:	PAS id that the call is made for, BENCH_ANY: the kernel cannot know
 */
struct failure {
	struct bench_rule rule;
	bool survives;
	uint32_t about;
};

/* failure_start() - start a core that is offline, with a call that fails */
bool failure_start(const struct test *t);

/* failure_stop() - the same for the stop of a core, which is started first */
bool failure_stop(const struct test *t);

/* failure_recover() - the same for a recovery; whatever state it leaves, a start starts the core */
bool failure_recover(const struct test *t);

/* failure_told() - whether the kernel said what a user needs to know; goes into struct test.told */
bool failure_told(const struct test *t);

#endif /* FAILURE_H */
