/* SPDX-License-Identifier: GPL-2.0-only */
/* Nobody's memory, beside a carveout: who writes there, has missed the carveout. */
#ifndef GUARD_H
#define GUARD_H

#include "core.h"

/* guard_fill() - fill the reserved memory that touches the carveout of a core */
bool guard_fill(const struct core *core);

/* guard_whole() - whether it holds what it was filled with; fail() if not */
bool guard_whole(const struct core *core);

/**
 * announced_inside() - whether TrustZone was told of nothing but the carveout
 * @core:	the core
 * @from:	number of the first event to look at
 *
 * Return: true if each mem_setup lies inside; else false, after a fail().
 */
bool announced_inside(const struct core *core, uint32_t from);

#endif /* GUARD_H */
