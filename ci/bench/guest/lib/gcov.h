/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GCOV_H
#define GCOV_H

/* gcov_dump() - print all counters, for ci/check/coverage/coverage.py, if the kernel has any */
void gcov_dump(void);

#endif /* GCOV_H */
