/* SPDX-License-Identifier: GPL-2.0-only */
/* What the guest wants to go wrong. */
#ifndef PLAN_H
#define PLAN_H

#include "call.h"
#include "model.h"

enum bench_action plan_match(const struct scm_call *c, struct bench_rule *hit);
void plan_answer(struct scm_call *c, const struct bench_rule *hit);
void plan_raise(struct scm_call *c, const struct bench_rule *hit);
void plan_of_core(const struct core *core, struct bench_core_plan *plan);

#endif /* PLAN_H */
