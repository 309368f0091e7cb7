/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RUNNER_H
#define RUNNER_H

/**
 * tests_run() - run the plan, or the part of it that a pattern selects, and report in KTAP
 * @only:	shell pattern for names, NULL: all
 * @after:	name of a test, behind which to begin; NULL: with the first one
 * @planned:	receives the number of results in the plan; 0 if the pattern selects nothing
 *
 * Return: the number of results that are good.
 */
unsigned int tests_run(const char *only, const char *after, unsigned int *planned);

#endif /* RUNNER_H */
