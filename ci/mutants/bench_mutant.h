/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __LINUX_BENCH_MUTANT_H
#define __LINUX_BENCH_MUTANT_H

#include <linux/types.h>

/* Whether the mutant of this number is alive */
bool bench_is(unsigned int number);

#endif
