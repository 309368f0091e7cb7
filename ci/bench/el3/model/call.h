/* SPDX-License-Identifier: GPL-2.0-only */
/* An SCM call while it is answered. */
#ifndef CALL_H
#define CALL_H

#include <stdint.h>

#include "calls.h"

/* x0 of an answer (base qcom_scm.h, "common error codes") */
#define SCM_OK			0
#define SCM_ERROR		(-1)
#define SCM_NOT_SUPPORTED	(-1)	/* SMC calling convention; field: -EIO */
#define SCM_EINVAL_ARG		(-2)
#define SCM_EINVAL_ADDR		(-3)
#define SCM_EOPNOTSUPP		(-4)
#define SCM_ENOMEM		(-5)
#define SCM_EBUSY		(-12)

/* Arguments: four in registers; with more, x5 points at args[3..9] (base) */
#define SCM_MAX_ARGS		10
#define SCM_REG_ARGS		4
#define SCM_FIRST_EXT		(SCM_REG_ARGS - 1)
#define SCM_EXT_ARGS		(SCM_MAX_ARGS - SCM_FIRST_EXT)
#define SCM_ARGINFO_COUNT	0xfu

struct pas;

/**
 * struct scm_call - one call while it is answered
 * @fn:		function word without the fast-call bit
 * @word:	function word as called
 * @arginfo:	x1
 * @args:	arguments, extended ones read from the caller's buffer
 * @pas:	image that args[0] names, if the call is about one
 * @pas_id:	PAS that it is about, or BENCH_ANY
 * @flags:	BENCH_F_* that are not a matter of the PAS's state
 * @status:	x0 to answer
 * @result:	x1..x3 to answer
 * @what:	why it was refused; empty: it was not
 */
struct scm_call {
	uint32_t fn;
	uint32_t word;
	uint32_t arginfo;
	uint64_t args[SCM_MAX_ARGS];
	struct pas *pas;
	uint32_t pas_id;
	uint16_t flags;
	int64_t status;
	uint64_t result[3];
	char what[80];
};

#endif /* CALL_H */
