/* SPDX-License-Identifier: GPL-2.0-only */
/* What holds after each call. */
#ifndef INVARIANTS_H
#define INVARIANTS_H

const char *model_problem(void);

#endif /* INVARIANTS_H */
