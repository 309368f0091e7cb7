/* SPDX-License-Identifier: GPL-2.0-only */
/* The record of a run, in the shared page and on the secure UART. */
#ifndef RECORD_H
#define RECORD_H

#include "call.h"
#include "model.h"
#include "text.h"

void record_reset(void);
void record_call(const struct scm_call *c);
void record_violation(const struct scm_call *c, uint32_t pas_id, const char *what);
void record_core(const struct core *core, const char *what);
void record_note(uint32_t pas_id, const char *what);
void record_end(unsigned int leaked);

#endif /* RECORD_H */
