/* SPDX-License-Identifier: GPL-2.0-only */
/* What is checked all the time: TrustZone's rules, and what the CPU maps. */
#ifndef CHECKS_H
#define CHECKS_H

#include "core.h"

/* The kernel has the series: what only the series does is checked, too. */
extern bool check_series;

/* A call that TrustZone does not know is a mistake, and not what a later kernel asks for. */
extern bool check_unknown;

/* clean_so_far() - whether no rule was broken, and no unknown call made, since the last time */
bool clean_so_far(void);

/**
 * cpu_maps() - whether the CPU maps the carveouts of a core
 * @core:	the core
 * @expected:	whether it should
 *
 * The base maps them as long as the driver is bound: without the series this passes, and says so
 * where no hypervisor hides them from the CPU.
 *
 * Return: true if it is as expected.
 */
bool cpu_maps(const struct core *core, bool expected);

/*
 * says() - whether the kernel said @text since kmsg_watch(); of a kernel without the series nobody
 * knows the words, so that it has to show what it means by what it does
 */
bool says(const char *text);

/* core_is_down() - whether TrustZone has none of the core's images up; fail() if it has */
bool core_is_down(const struct core *core);

#endif /* CHECKS_H */
