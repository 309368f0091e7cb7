// SPDX-License-Identifier: GPL-2.0-only
/*
 * The ways to say no. A refusal has a status or a result and a reason in the
 * record. A violation is a refusal of what no correct caller does: it gets a
 * line of its own, and the run fails.
 */
#include <string.h>

#include "ram.h"
#include "record.h"
#include "refuse.h"

/**
 * scm_refuse() - a status other than 0
 * @c:		the call
 * @status:	x0
 * @what:	why, for the record
 */
void scm_refuse(struct scm_call *c, int64_t status, const char *what)
{
	struct text t;

	text_start(&t, what);
	memcpy(c->what, t.buf, t.len + 1);
	c->status = status;
}

/**
 * scm_refuse_content() - status 0, and a result that says no
 * @c:		the call
 * @result:	result[0], not 0
 * @what:	why, for the record
 */
void scm_refuse_content(struct scm_call *c, uint64_t result, const char *what)
{
	scm_refuse(c, SCM_OK, what);
	c->result[0] = result;
}

/**
 * scm_violation() - refuse what no correct caller does, and record it as such
 * @c:		the call
 * @status:	x0
 * @what:	which rule is broken
 */
void scm_violation(struct scm_call *c, int64_t status, const char *what)
{
	scm_refuse(c, status, what);
	record_violation(c, c->pas_id, what);
}

/**
 * caller_buffer_ok() - may TrustZone use this buffer?
 * @c:		the call, refused if not
 * @buf:	the buffer
 * @missing:	the violation if nothing bridges it
 *
 * With nobody below Linux, TrustZone reads and writes only what Linux shared
 * with it by a bridge (field: -22 otherwise), if there are bridges. Below a
 * hypervisor that is not Linux's business (posted).
 */
bool caller_buffer_ok(struct scm_call *c, struct range buf, const char *missing)
{
	if (!caller_may_name(buf)) {
		scm_refuse(c, SCM_EINVAL_ADDR, "buffer is not in RAM");
		return false;
	}
	if (model_wants_bridges() && !bridge_covers(buf)) {
		scm_violation(c, SCM_EINVAL_ARG, missing);
		return false;
	}
	if (!assign_is_linux(buf)) {
		scm_refuse(c, SCM_EINVAL_ADDR, "buffer was assigned away");
		return false;
	}
	return true;
}
