/* SPDX-License-Identifier: GPL-2.0-only */
/* All cores at once. */
#ifndef TOGETHER_H
#define TOGETHER_H

#include <stdbool.h>

#include "core.h"

/* cores_do() - do something to every core at once; @results: by index, 0 or a negative errno */
void cores_do(int (*what)(const struct core *core), int *results);

/**
 * cores_start() - start every core, each from a process of its own; all must come up
 * @meeting:	they wait for each other before they are authenticated
 *
 * Context: rules that are set stay; with @meeting there must be none, and there is none after it.
 *
 * Return: true if all came up and, in a meeting, each had its metadata and carveouts bridged.
 */
bool cores_start(bool meeting);

/* cores_stop() - stop all cores that run, one after the other */
bool cores_stop(void);

/* cores_cycle() - start and stop every core, after which no bridge may be left */
bool cores_cycle(bool meeting);

#endif /* TOGETHER_H */
