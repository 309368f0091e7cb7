/* SPDX-License-Identifier: GPL-2.0-only */
/* The plan: which tests a suite consists of, for who runs it. */
#ifndef PLAN_H
#define PLAN_H

#include "scenario.h"

/* suite_find() - the suite of that name, NULL: none */
const struct suite *suite_find(const char *name);

/**
 * suite_plan() - append the tests of a suite to the plan
 * @suite:	the suite
 *
 * Context: builders may start and stop cores to see what there is to test.
 */
void suite_plan(const struct suite *suite);

/* plan_len() - number of tests */
unsigned int plan_len(void);

/* plan_test() - test @i, below plan_len() */
const struct test *plan_test(unsigned int i);

/* plan_complete() - whether there was room for all tests; fail() if not */
bool plan_complete(void);

#endif /* PLAN_H */
