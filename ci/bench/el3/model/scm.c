// SPDX-License-Identifier: GPL-2.0-only
/* SCM calls of Linux: decoding, the dispatcher, the calls of a line or two. */
#include <string.h>

#include "handlers.h"
#include "invariants.h"
#include "ownership.h"
#include "plan.h"
#include "ram.h"
#include "record.h"
#include "refuse.h"
#include "smmu500.h"
#include "stream.h"

static bool is_implemented(uint32_t fn);

/**
 * do_is_call_available() - 06.01: does TrustZone have a call?
 * @c:		function word without convention (owner, service, command)
 *
 * Answers result[0] = 1 or 0; 1 for every call of calls.h but smcinvoke and
 * qseecom_version, and for get_rsc_table as long as rsc_available().
 *
 * Source: base (__qcom_scm_is_call_available()).
 */
static void do_is_call_available(struct scm_call *c)
{
	c->result[0] = c->args[0] <= UINT32_MAX && !(c->args[0] & SCM_FAST_CALL) &&
		       is_implemented((uint32_t)c->args[0] | SCM_SMC64);
}

/**
 * do_accept() - 01.09 sdi_config, 01.10 set_dload_mode: for crash dumps
 * @c:		not looked at
 *
 * Answers 0: there are no crash dumps here (choice).
 */
static void do_accept(struct scm_call *c)
{
	c->result[0] = 0;
}

/**
 * do_io() - 05.01 io_read, 05.02 io_write: registers for callers
 * @c:		address; value
 *
 * Answers -3: no register is on the list (choice).
 */
static void do_io(struct scm_call *c)
{
	scm_refuse(c, SCM_EINVAL_ADDR, "no register for callers");
}

/**
 * do_absent() - 06.03 qseecom_version, smcinvoke: services that are not there
 * @c:		not looked at
 *
 * Answers -4, for smcinvoke -1. Source: base asks and copes
 * (qcom_scm_qseecom_get_version(), qcom_scm_qtee_init()); codes choice.
 */
static void do_absent(struct scm_call *c)
{
	scm_refuse(c, c->fn == SCM_SMCINVOKE ? SCM_ERROR : SCM_EOPNOTSUPP, "");
}

/**
 * struct scm_entry - a call that the model knows (calls.h)
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

/* One entry for each call of calls.h: a call without a handler does not compile. */
#define PAS	true
#define ANY	false
#define ENTRY(name, text, owner, svc, cmd, info, first, result)	\
	{ SCM_##name, info, first, HANDLER_##name },
#define HANDLER_BOOT_SDI_CONFIG		do_accept
#define HANDLER_BOOT_SET_DLOAD_MODE	do_accept
#define HANDLER_PAS_INIT_IMAGE		do_pas_init_image
#define HANDLER_PAS_MEM_SETUP		do_pas_mem_setup
#define HANDLER_PAS_AUTH_AND_RESET	do_pas_auth_and_reset
#define HANDLER_PAS_SHUTDOWN		do_pas_shutdown
#define HANDLER_PAS_IS_SUPPORTED	do_pas_is_supported
#define HANDLER_PAS_MSS_RESET		do_pas_mss_reset
#define HANDLER_PAS_GET_RSC_TABLE	do_pas_get_rsc_table
#define HANDLER_IO_READ			do_io
#define HANDLER_IO_WRITE		do_io
#define HANDLER_IS_CALL_AVAILABLE	do_is_call_available
#define HANDLER_QSEECOM_VERSION		do_absent
#define HANDLER_ASSIGN_MEM		do_assign_mem
#define HANDLER_BRIDGE_ENABLE		do_bridge_enable
#define HANDLER_BRIDGE_DELETE		do_bridge_delete
#define HANDLER_BRIDGE_CREATE		do_bridge_create
#define HANDLER_SMCINVOKE		do_absent

static const struct scm_entry entries[] = { SCM_CALLS(ENTRY) };

static const struct scm_entry *find_entry(uint32_t fn)
{
	unsigned int i;

	for (i = 0; i < sizeof(entries) / sizeof(entries[0]); i++)
		if (entries[i].fn == fn)
			return &entries[i];
	return NULL;
}

/* @fn without the fast-call bit */
static bool is_implemented(uint32_t fn)
{
	const struct scm_entry *entry = find_entry(fn);

	if (!entry || entry->handler == do_absent)
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
	c->pas_id = BENCH_ANY;
	if (entry && entry->is_pas) {
		c->pas_id = (uint32_t)c->args[0];
		c->pas = pas_find(c->args[0]);
	}
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
	if (entry->is_pas && !c->pas && c->fn != SCM_PAS_IS_SUPPORTED) {
		scm_refuse(c, SCM_EINVAL_ARG, "no such PAS");
		return false;
	}
	return read_ext_args(c);
}

static void answer(const struct scm_call *c, struct smc_frame *f)
{
	f->x[0] = (uint64_t)c->status;
	memcpy(&f->x[1], c->result, sizeof(c->result));
}

/* An SMC of Linux; contract in tz.h */
void scm_call(struct smc_frame *f)
{
	const struct scm_entry *entry = find_entry((uint32_t)f->x[0] & ~SCM_FAST_CALL);
	enum bench_action action;
	struct bench_rule hit;
	const char *problem;
	struct scm_call c;

	stream_forget();
	smmu500_settle();
	decode(&c, entry, f);
	ownership_check(&c);

	action = plan_match(&c, &hit);
	if (prepare(&c, entry) &&
	    action != BENCH_ACT_FAIL && action != BENCH_ACT_BUSY)
		entry->handler(&c);
	if (action == BENCH_ACT_RAISE)
		plan_raise(&c, &hit);
	else if (action != BENCH_ACT_NONE)
		plan_answer(&c, &hit);
	ownership_told(&c);

	answer(&c, f);
	record_call(&c);

	problem = model_problem();
	if (problem)
		tz_panic("the model is broken: %s", problem);
}
