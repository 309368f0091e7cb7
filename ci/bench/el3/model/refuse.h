/* SPDX-License-Identifier: GPL-2.0-only */
/* The ways to say no. */
#ifndef REFUSE_H
#define REFUSE_H

#include "call.h"
#include "range.h"

void scm_refuse(struct scm_call *c, int64_t status, const char *what);
void scm_refuse_content(struct scm_call *c, uint64_t result, const char *what);
void scm_violation(struct scm_call *c, int64_t status, const char *what);
bool caller_buffer_ok(struct scm_call *c, struct range buf, const char *missing);

#endif /* REFUSE_H */
