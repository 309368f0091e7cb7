/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How scenarios register themselves, as initcalls do: each has a pointer in a section of the
 * program, and the plan of a suite is made from all that name the suite. A new scenario is a new
 * file in scenarios/.
 */
#ifndef SCENARIO_H
#define SCENARIO_H

#include "core.h"

/**
 * struct test - one result of a suite
 * @name:	[core.]scenario[.variant]
 * @proves:	requirements, separated by blanks, or "-"
 * @run:	returns true if all is as it must be
 * @told:	looks at what the kernel said meanwhile, which is a result of its own; may be NULL
 * @core:	the core it is about, NULL: the machine as a whole
 * @param:	what the scenario that registered it wants to know, of a type of its own
 * @setup:	others build on it: it runs whatever is selected
 * @loud:	something fails in it, of which the kernel may speak at warning or above
 */
struct test {
	char name[96];
	const char *proves;
	bool (*run)(const struct test *t);
	bool (*told)(const struct test *t);
	struct core *core;
	const void *param;
	bool setup;
	bool loud;
};

/* What @told proves, and what is appended to the test's name */
#define TOLD_PROVES	"S5"
#define TOLD_SUFFIX	".message"

/* When a scenario runs; within one of these, core after core, and in the order of the files */
enum scenario_order {
	ORDER_BOOT = -4,
	ORDER_BEFORE_WARM_UP,
	ORDER_WARM_UP,
	ORDER_SETUP,
	ORDER_MAIN,		/* 0: what is not said otherwise */
	ORDER_LAST,
	ORDER_VERY_LAST
};

/**
 * struct scenario - how tests get into the plan of a suite
 * @suite:	name of the suite; NULL: each suite, or with @setup those that ask for it by @name
 * @name:	what comes behind the core's name; with @build just to be found by
 * @proves:	requirements, as in struct test
 * @machines:	MACHINE_BIT() of each machine that it makes sense on
 * @run:	the test
 * @build:	adds tests by itself instead; called while the plan is made
 * @order:	enum scenario_order
 * @once:	a single test for the machine; else one for each core that is there
 * @setup:	as in struct test
 * @loud:	as in struct test; of all that @build adds
 * @when:	further condition for a core (NULL: for the machine); may be NULL
 */
struct scenario {
	const char *suite;
	const char *name;
	const char *proves;
	unsigned int machines;
	bool (*run)(const struct test *t);
	void (*build)(struct core *core);
	enum scenario_order order;
	bool once;
	bool setup;
	bool loud;
	bool (*when)(const struct core *core);
};

/**
 * struct suite - what goes before the scenarios of a suite
 * @name:	of the suite
 * @needs:	names of set-ups, separated by blanks
 * @bare:	needs no firmware and no remote processors
 */
struct suite {
	const char *name;
	const char *needs;
	bool bare;
};

/* GCC may write variables in any order, clang writes them as they come */
#if __has_attribute(no_reorder)
#define REGISTERED	used, no_reorder
#else
#define REGISTERED	used
#endif

#define REGISTER(type, line, ...)	REGISTER_(type, line, __VA_ARGS__)
#define REGISTER_(type, line, ...)						\
	static const struct type type##_##line = { __VA_ARGS__ };		\
	static const struct type *const type##_##line##_ptr			\
	__attribute__((REGISTERED, section(#type "s"))) = &type##_##line

/* SCENARIO() - one test for each core; members of struct scenario may follow */
#define SCENARIO(suite_, name_, proves_, machines_, run_, ...)			\
	REGISTER(scenario, __LINE__, .suite = suite_, .name = name_, .proves = proves_,	\
		 .machines = machines_, .run = run_, __VA_ARGS__)

/* BUILD() - tests that a function adds with test_add(), called for each core, or with .once */
#define BUILD(suite_, machines_, build_, ...)					\
	REGISTER(scenario, __LINE__, .suite = suite_, .machines = machines_,	\
		 .build = build_, __VA_ARGS__)

/* SETUP() - a test, once, for the suites that need it */
#define SETUP(name_, proves_, run_, order_, ...)				\
	REGISTER(scenario, __LINE__, .name = name_, .proves = proves_, .machines = MACHINES_ALL, \
		 .run = run_, .order = order_, .once = true, .setup = true, \
		 __VA_ARGS__)

/* SUITE() - a suite; members of struct suite may follow */
#define SUITE(name_, needs_, ...)						\
	REGISTER(suite, __LINE__, .name = name_, .needs = needs_, __VA_ARGS__)

/**
 * test_add() - append a test to the plan
 * @proves:	requirements, as in struct test
 * @run:	the test
 * @core:	the core it is about, or NULL
 * @fmt:	its name
 * @...:	arguments of @fmt
 *
 * Return: the test, whose other members may be filled in; never NULL.
 */
struct test *test_add(const char *proves, bool (*run)(const struct test *t), struct core *core,
		      const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/**
 * test_param() - give a test a parameter of its own
 * @t:		the test
 * @param:	is copied
 * @size:	of @param, in bytes
 */
void test_param(struct test *t, const void *param, size_t size);

/**
 * tests_take() - take all tests out of the plan
 * @to:		receives them
 * @max:	how many there is room for; if there are more, the plan fails
 *
 * Return: how many there were.
 */
size_t tests_take(struct test *to, size_t max);

/* scenario_find() - the scenario @name of @suite, for another that runs or builds it; NULL: none */
const struct scenario *scenario_find(const char *suite, const char *name);

/* setup_run() - run a set-up now, for a builder that must look at cores that work */
bool setup_run(const char *name);

#endif /* SCENARIO_H */
