/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Flows: what a user does with a remote processor, step by step, while some calls fail or
 * something happens. Whatever a step returns, the core is whole after it, and when the cause is
 * gone it works.
 */
#ifndef FLOW_H
#define FLOW_H

#include "core.h"
#include "way.h"

#define FLOW_RULES	2	/* at a time */
#define FLOW_STEPS	2

enum flow_from { FLOW_OFFLINE, FLOW_RUNNING, FLOW_UNBOUND };

enum flow_step { FLOW_END, FLOW_START, FLOW_STOP, FLOW_CRASH, FLOW_UNBIND, FLOW_BIND };

/**
 * struct flow - steps
 * @name:	in names of tests
 * @from:	what the core must be before
 * @steps:	up to FLOW_END, or all
 */
struct flow {
	const char *name;
	enum flow_from from;
	enum flow_step steps[FLOW_STEPS];
};

extern const struct flow flow_start, flow_restart, flow_stop, flow_recover, flow_unbind, flow_bind;

/**
 * struct planted - what fails meanwhile
 * @rules:	the rules, of which those with function word 0 are not there
 * @ways:	the way of each
 */
struct planted {
	struct bench_rule rules[FLOW_RULES];
	const struct way *ways[FLOW_RULES];
};

/* flow_prepare() - bring a core that is offline to where a flow begins; fail() if that fails */
bool flow_prepare(struct core *core, const struct flow *flow);

/**
 * flow_run() - the steps of a flow, without any check but that they come to their end
 * @core:	the core, prepared
 * @flow:	the flow
 */
bool flow_run(struct core *core, const struct flow *flow);

/**
 * flow_fails() - a flow in which calls fail, with more attempts as long as they do
 * @core:	the core, prepared
 * @flow:	the flow
 * @planted:	what fails; it is set by this, and stays
 * @attempts:	at most so many attempts after the first
 *
 * Return: true if each step fails or succeeds as it has to, and all was given back each time.
 */
bool flow_fails(struct core *core, const struct flow *flow, const struct planted *planted,
		unsigned int attempts);

/* flow_hits() - how many calls have failed since flow_fails() began */
unsigned int flow_hits(const struct planted *planted);

/**
 * flow_mended() - the cause is gone: clears all rules, after which the core must work
 * @core:	the core, in any state
 *
 * Return: true if it can be stopped, starts, stops, and has given all back.
 */
bool flow_mended(struct core *core);

/* flow_learn() - the calls of a good run, at most @max; ends with the core offline; 0: fail() */
unsigned int flow_learn(struct core *core, const struct flow *flow, struct made *calls,
			unsigned int max);

/**
 * flow_case_over() - what follows a case of a sweep
 * @test:	the test's name
 * @name:	the case's
 * @ok:		whether it was good so far
 *
 * One that was bad is named, and leaves all cores down for the next.
 *
 * Return: true if it was good, and broke no rule.
 */
bool flow_case_over(const char *test, const char *name, bool ok);

#endif /* FLOW_H */
