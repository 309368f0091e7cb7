/* SPDX-License-Identifier: GPL-2.0-only */
/* What is checked all the time: TrustZone's rules, and what the CPU maps. */
#ifndef CHECKS_H
#define CHECKS_H

#include "core.h"

/* The kernel has the series: what only the series does is checked, too. */
extern bool check_series;

/* clean_so_far() - whether no rule was broken, and no unknown call made, since the last time */
bool clean_so_far(void);

/**
 * cpu_maps() - whether the CPU maps the carveouts of a core
 * @core:	the core
 * @expected:	whether it should
 *
 * The base maps them as long as the driver is bound, so that this passes without the series.
 *
 * Return: true if it is as expected.
 */
bool cpu_maps(const struct core *core, bool expected);

/* core_is_down() - whether TrustZone has none of the core's images up; fail() if it has */
bool core_is_down(const struct core *core);

#endif /* CHECKS_H */
