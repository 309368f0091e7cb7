/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The answers to calls that need more than a line or two. Each has its contract
 * above it: arguments, checks in order with what each answers and whether that
 * is recorded as a violation, effects, and where all this comes from.
 *
 * When a handler starts, status and results are 0, and @pas is the image that a
 * PAS call names: scm.c answers -2 if there is none.
 */
#ifndef HANDLERS_H
#define HANDLERS_H

#include <stdbool.h>

#include "call.h"

/* bridge.c */
void do_bridge_enable(struct scm_call *c);
void do_bridge_create(struct scm_call *c);
void do_bridge_delete(struct scm_call *c);
/* assign_mem.c */
void do_assign_mem(struct scm_call *c);
/* pas.c */
void do_pas_is_supported(struct scm_call *c);
void do_pas_mem_setup(struct scm_call *c);
void do_pas_shutdown(struct scm_call *c);
void do_pas_mss_reset(struct scm_call *c);
/* init_image.c */
void do_pas_init_image(struct scm_call *c);
/* auth_and_reset.c */
void do_pas_auth_and_reset(struct scm_call *c);
/* get_rsc_table.c */
bool rsc_available(void);
void do_pas_get_rsc_table(struct scm_call *c);

#endif /* HANDLERS_H */
