// SPDX-License-Identifier: GPL-2.0-only
/*
 * get_rsc_table: the caller's static table comes in, the whole one goes out, or
 * what the core's plan wants instead.
 */
#include <string.h>

#include "handlers.h"
#include "plan.h"
#include "ram.h"
#include "refuse.h"
#include "rsc.h"
#include "stream.h"

#define RSC_RESULT_TOO_SMALL	20		/* result[1] (posted) */
#define RSC_MAX_INPUT		0x10000		/* choice */
#define RSC_MAX_TABLE		(RSC_MAX_INPUT + 0x100)

/* One call at a time: the model is never entered twice. */
static uint8_t input[RSC_MAX_INPUT] __attribute__((aligned(8)));
static uint8_t table[RSC_MAX_TABLE] __attribute__((aligned(8)));

/**
 * struct answer - what goes back
 * @len:	bytes of table[]; what the caller gets beyond that is zero
 * @pad:	bytes that are written in all
 * @claim:	bytes that the caller is told
 * @too_small:	whatever was offered
 */
struct answer {
	size_t len;
	size_t pad;
	uint64_t claim;
	bool too_small;
};

/**
 * rsc_available() - is there such a call?
 *
 * is-call-available names no PAS: one core that is told to be without the call
 * is enough.
 */
bool rsc_available(void)
{
	struct bench_core_plan plan;
	unsigned int i;

	if (model_under_hypervisor())
		return false;
	for (i = 0; i < BENCH_CORES; i++) {
		plan_of_core(&model.cores[i], &plan);
		if (plan.rsc_mode == BENCH_RSC_ABSENT)
			return false;
	}
	return true;
}

/*
 * Devices of a table that was given out may be mapped from now on. The guest's own may be malformed
 * otherwise, which is for Linux to judge.
 */
static void grant_devices(struct core *core, size_t size)
{
	struct rsc_devmem dev;
	uint32_t i, num;

	num = size < RSC_TABLE_HEADER ? 0 : (uint32_t)(size - RSC_TABLE_HEADER) / RSC_OFFSET_SIZE;
	for (i = 0; i < num && i < rsc_num(table) && core->num_extra < CORE_MAX_EXTRA; i++)
		if (rsc_devmem_at(table, size, i, &dev))
			core->extra[core->num_extra++] =
				(struct extra_range){ dev.da, dev.pa, dev.len };
}

/* Build the answer in table[]; it is right unless the plan says otherwise. */
static void build(struct answer *a, const struct bench_core_plan *plan,
		  size_t in_size, uint64_t offered)
{
	const struct rsc_devmem dev = {
		BENCH_DEVMEM_BASE, BENCH_DEVMEM_BASE, BENCH_DEVMEM_SIZE,
		plan->rsc_mode == BENCH_RSC_READ_ONLY
	};
	uint32_t last = rsc_num(input);

	a->len = rsc_extend(table, input, in_size, &dev);
	a->pad = a->len;
	a->claim = a->len;
	a->too_small = false;

	switch (plan->rsc_mode) {
	case BENCH_RSC_EMPTY:
		rsc_set_num(table, 0);
		a->len = a->pad = a->claim = RSC_TABLE_HEADER;
		break;
	case BENCH_RSC_ZERO_BYTES:
		a->len = a->pad = a->claim = 0;
		break;
	case BENCH_RSC_LARGE:
		if (plan->rsc_size > a->len)
			a->pad = a->claim = plan->rsc_size;
		break;
	case BENCH_RSC_ALWAYS_SMALL:
		a->claim = plan->rsc_size;
		a->too_small = true;
		break;
	case BENCH_RSC_LIE_LARGER:
		a->claim = plan->rsc_size > offered ? plan->rsc_size
						    : offered + 0x1000;
		break;
	case BENCH_RSC_SHORT:
		a->claim = RSC_TABLE_HEADER / 2;
		break;
	case BENCH_RSC_BAD_NUM:
		/* times four it wraps in 32 bits, and fits nowhere in 64 */
		rsc_set_num(table, 0x40000001);
		break;
	case BENCH_RSC_BAD_OFFSET:
		rsc_set_offset(table, last, (uint32_t)a->len + 0x10);
		break;
	case BENCH_RSC_TOLD:
		a->len = plan->rsc_size < BENCH_TOLD_SIZE ? plan->rsc_size : BENCH_TOLD_SIZE;
		a->pad = a->claim = a->len;
		memcpy(table, model_shared()->told, a->len);
		break;
	case BENCH_RSC_CUT_ENTRY:
		a->claim = a->len - RSC_DEVMEM_NAME_SIZE;
		break;
	}
}

static bool read_input(struct scm_call *c, struct range in)
{
	if (!in.base || in.size < RSC_TABLE_HEADER || in.size > RSC_MAX_INPUT) {
		scm_refuse(c, SCM_EINVAL_ARG, "no input table");
		return false;
	}
	if (!caller_buffer_ok(c, in, "input table outside every bridge"))
		return false;
	memcpy(input, caller_ptr(in.base, in.size), in.size);
	if (!rsc_valid(input, in.size)) {
		scm_refuse(c, SCM_EINVAL_ARG, "input table is malformed");
		return false;
	}
	return true;
}

static bool output_ok(struct scm_call *c, struct range out)
{
	if (!out.base || !out.size) {
		scm_refuse(c, SCM_EINVAL_ARG, "no output buffer");
		return false;
	}
	return caller_buffer_ok(c, out, "output table outside every bridge");
}

static void give(struct scm_call *c, struct core *core, struct range out,
		 const struct answer *a, uint32_t mode)
{
	uint8_t *to = caller_ptr(out.base, out.size);

	c->result[2] = a->claim;
	if (a->too_small || a->pad > out.size) {
		scm_refuse(c, SCM_EINVAL_ARG, "output buffer too small");
		c->result[1] = RSC_RESULT_TOO_SMALL;
		return;
	}
	memcpy(to, table, a->len);
	memset(to + a->len, 0, a->pad - a->len);
	if (mode == BENCH_RSC_DEFAULT || mode == BENCH_RSC_LARGE ||
	    mode == BENCH_RSC_READ_ONLY || mode == BENCH_RSC_TOLD) {
		grant_devices(core, a->len);
		stream_forget();
	}
}

/**
 * do_pas_get_rsc_table() - 02.21: which devices a core needs
 * @c:		PAS id, input table and its size, output buffer and its size
 *
 * Checks:
 *
 *   no hypervisor				-4
 *   the plan has the call			-1
 *   an input table of 16 bytes to 64 KiB	-2
 *   it lies where TrustZone may read it	see caller_buffer_ok()
 *   it is sound, or an all-zero header		-2
 *   an output buffer, likewise			-2, see caller_buffer_ok()
 *   room for the answer			-2, result[1] = 20
 *
 * Answers the whole table, and its size in result[2], also when there was no
 * room. The devices of a right table are granted to the core's stream until it
 * is asked for again.
 *
 * Source: all but the codes posted (base has no such call); that it may be
 * absent, and then answers -EIO, field; codes and limits choice.
 */
void do_pas_get_rsc_table(struct scm_call *c)
{
	struct range in = { c->args[1], c->args[2] };
	struct range out = { c->args[3], c->args[4] };
	struct pas *pas = c->pas;
	struct bench_core_plan plan;
	struct answer a;

	if (model_under_hypervisor()) {
		scm_refuse(c, SCM_EOPNOTSUPP, "not under the hypervisor");
		return;
	}
	plan_of_core(pas->core, &plan);
	if (plan.rsc_mode == BENCH_RSC_ABSENT) {
		scm_refuse(c, SCM_ERROR, "call is absent");
		return;
	}

	/* A new table replaces what an earlier one granted. */
	pas->core->num_extra = 0;
	stream_forget();
	if (!read_input(c, in) || !output_ok(c, out))
		return;
	build(&a, &plan, in.size, out.size);
	give(c, pas->core, out, &a, plan.rsc_mode);
}
