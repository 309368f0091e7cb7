// SPDX-License-Identifier: GPL-2.0-only
/* SCM calls of Linux: decoding, the dispatcher, the calls of a line or two. */
#include <string.h>

#include "model.h"

/* Argument types, as base QCOM_SCM_ARGS() packs them */
#define VAL	0u
#define RO	1u
#define RW	2u
#define ARGINFO(n, a, b, c, d, e) \
	((n) | (a) << 4 | (b) << 6 | (c) << 8 | (d) << 10 | (e) << 12)
#define ARGINFO_ASSIGN		ARGINFO(7, RO, VAL, RO, VAL, RO)	/* and two VAL */

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

static void do_is_call_available(struct scm_call *c)
{
	/* The argument is a function word without convention (base) */
	uint64_t fn = c->args[0] | SCM_SMC64;

	c->result[0] = c->args[0] <= UINT32_MAX && !(c->args[0] & SCM_FAST_CALL) &&
		       scm_is_implemented((uint32_t)fn);
}

/* Crash dumps and the debug image: accepted, there are none here. */
static void do_accept(struct scm_call *c)
{
	c->result[0] = 0;
}

/* Register access for callers: no register is on the list (choice). */
static void do_io(struct scm_call *c)
{
	scm_refuse(c, SCM_EINVAL_ADDR, "no register for callers");
}

/* Known calls of services that are not there: answered as base expects. */
static void do_absent(struct scm_call *c)
{
	scm_refuse(c, SCM_EOPNOTSUPP, "");
}

static void do_smcinvoke(struct scm_call *c)
{
	scm_refuse(c, SCM_ERROR, "");
}

/**
 * struct scm_entry - a call that the model knows
 * @fn:		function word without the fast-call bit
 * @arginfo:	the only x1 that is right for it
 * @is_pas:	args[0] is a PAS id
 * @handler:	answers it; status and results are 0 when it starts
 */
struct scm_entry {
	uint32_t fn;
	uint32_t arginfo;
	bool is_pas;
	void (*handler)(struct scm_call *c);
};

static const struct scm_entry entries[] = {
	{ SCM_SDI_CONFIG, ARGINFO(2, VAL, VAL, 0, 0, 0), false, do_accept },
	{ SCM_SET_DLOAD_MODE, ARGINFO(2, VAL, VAL, 0, 0, 0), false, do_accept },
	{ SCM_PAS_INIT_IMAGE, ARGINFO(2, VAL, RW, 0, 0, 0), true, do_pas_init_image },
	{ SCM_PAS_MEM_SETUP, ARGINFO(3, VAL, VAL, VAL, 0, 0), true, do_pas_mem_setup },
	{ SCM_PAS_AUTH_AND_RESET, ARGINFO(1, VAL, 0, 0, 0, 0), true, do_pas_auth_and_reset },
	{ SCM_PAS_SHUTDOWN, ARGINFO(1, VAL, 0, 0, 0, 0), true, do_pas_shutdown },
	{ SCM_PAS_IS_SUPPORTED, ARGINFO(1, VAL, 0, 0, 0, 0), true, do_pas_is_supported },
	{ SCM_PAS_MSS_RESET, ARGINFO(2, VAL, VAL, 0, 0, 0), false, do_pas_mss_reset },
	{ SCM_PAS_GET_RSC_TABLE, ARGINFO(5, VAL, RO, VAL, RW, VAL), true, do_pas_get_rsc_table },
	{ SCM_IO_READ, ARGINFO(1, VAL, 0, 0, 0, 0), false, do_io },
	{ SCM_IO_WRITE, ARGINFO(2, VAL, VAL, 0, 0, 0), false, do_io },
	{ SCM_IS_CALL_AVAIL, ARGINFO(1, VAL, 0, 0, 0, 0), false, do_is_call_available },
	{ SCM_QSEECOM_VERSION, ARGINFO(1, VAL, 0, 0, 0, 0), false, do_absent },
	{ SCM_ASSIGN_MEM, ARGINFO_ASSIGN, false, do_assign_mem },
	{ SCM_SHM_BRIDGE_ENABLE, ARGINFO(0, 0, 0, 0, 0, 0), false, do_bridge_enable },
	{ SCM_SHM_BRIDGE_DELETE, ARGINFO(1, VAL, 0, 0, 0, 0), false, do_bridge_delete },
	{ SCM_SHM_BRIDGE_CREATE, ARGINFO(4, VAL, VAL, VAL, VAL, 0), false, do_bridge_create },
	{ SCM_SMCINVOKE, ARGINFO(4, RW, VAL, RW, VAL, 0), false, do_smcinvoke },
};

static const struct scm_entry *find_entry(uint32_t fn)
{
	unsigned int i;

	for (i = 0; i < ARRAY_LEN(entries); i++)
		if (entries[i].fn == fn)
			return &entries[i];
	return NULL;
}

/**
 * scm_is_implemented() - what is-call-available says
 * @fn:		function word without the fast-call bit
 */
bool scm_is_implemented(uint32_t fn)
{
	const struct scm_entry *entry = find_entry(fn);

	if (!entry || entry->handler == do_absent || entry->handler == do_smcinvoke)
		return false;
	return fn != SCM_PAS_GET_RSC_TABLE || rsc_available();
}

static void decode(struct scm_call *c, const struct scm_entry *entry,
		   const struct smc_frame *f)
{
	unsigned int i;

	memset(c, 0, sizeof(*c));
	c->word = (uint32_t)f->x[0];
	c->fn = c->word & ~SCM_FAST_CALL;
	c->arginfo = (uint32_t)f->x[1];
	for (i = 0; i < SCM_REG_ARGS; i++)
		c->args[i] = f->x[2 + i];
	c->pas_id = entry && entry->is_pas ? (uint32_t)c->args[0] : BENCH_ANY;
}

/* More arguments than registers: x5 names a buffer with args[3..9]. */
static bool read_ext_args(struct scm_call *c)
{
	struct range buf = { c->args[SCM_FIRST_EXT], SCM_EXT_ARGS * 8 };

	if ((c->arginfo & SCM_ARGINFO_COUNT) <= SCM_REG_ARGS)
		return true;
	if (buf.base & 7) {
		scm_refuse(c, SCM_EINVAL_ADDR, "argument buffer is not aligned");
		return false;
	}
	if (!caller_buffer_ok(c, buf, "argument buffer outside every bridge"))
		return false;
	memcpy(&c->args[SCM_FIRST_EXT], caller_ptr(buf.base, buf.size), buf.size);
	return true;
}

static bool prepare(struct scm_call *c, const struct scm_entry *entry)
{
	if (!entry) {
		scm_refuse(c, SCM_NOT_SUPPORTED, "unknown call");
		c->flags |= BENCH_F_UNKNOWN;
		return false;
	}
	if (c->arginfo != entry->arginfo) {
		scm_refuse(c, SCM_EINVAL_ARG, "wrong arginfo");
		return false;
	}
	return read_ext_args(c);
}

static void answer(const struct scm_call *c, struct smc_frame *f)
{
	f->x[0] = (uint64_t)c->status;
	memcpy(&f->x[1], c->result, sizeof(c->result));
}

void scm_call(struct smc_frame *f)
{
	const struct scm_entry *entry = find_entry((uint32_t)f->x[0] & ~SCM_FAST_CALL);
	enum bench_action action;
	struct bench_rule hit;
	const char *problem;
	struct scm_call c;

	decode(&c, entry, f);
	ownership_check(&c);

	action = fault_match(&c, &hit);
	if (prepare(&c, entry) &&
	    (action == BENCH_ACT_NONE || action == BENCH_ACT_DO_AND_FAIL))
		entry->handler(&c);
	if (action != BENCH_ACT_NONE)
		fault_answer(&c, &hit);
	own_told(&c);

	answer(&c, f);
	record_call(&c);

	problem = model_problem();
	if (problem)
		tz_panic("the model is broken: %s", problem);
}
