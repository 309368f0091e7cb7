// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls of Linux and of a core, mixed with what a driver does, and with memory
 * that changes below them.
 */
#include "input.h"

static const struct {
	uint32_t fn;
	uint32_t arginfo;
} calls[] = {
	{ SCM_PAS_INIT_IMAGE, 0x82 }, { SCM_PAS_MEM_SETUP, 3 },
	{ SCM_PAS_AUTH_AND_RESET, 1 }, { SCM_PAS_SHUTDOWN, 1 },
	{ SCM_PAS_IS_SUPPORTED, 1 }, { SCM_PAS_GET_RSC_TABLE, 0x845 },
	{ SCM_SHM_BRIDGE_ENABLE, 0 }, { SCM_SHM_BRIDGE_DELETE, 1 },
	{ SCM_SHM_BRIDGE_CREATE, 4 }, { SCM_IS_CALL_AVAIL, 1 },
	{ SCM_IO_READ, 1 }, { SCM_IO_WRITE, 2 }, { SCM_SMCINVOKE, 0x224 },
	{ SCM_SET_DLOAD_MODE, 2 }, { SCM_PAS_MSS_RESET, 2 }, { SCM_ASSIGN_MEM, 0x1117 },
};

/* One of the numbers that calls are about, a little beside it, or anything */
static uint64_t argument(struct input *in)
{
	static const uint64_t values[] = {
		0, 1, BENCH_PAS_MPSS, BENCH_PAS_CDSP, BENCH_PAS_CDSP_DTB, MD_ADDR,
		MD_DTB_ADDR, BUF_ADDR, BENCH_MPSS_BASE, BENCH_CDSP_BASE,
		BENCH_CDSP_DTB_BASE, BENCH_MPSS_SIZE, BENCH_CDSP_SIZE,
		BENCH_SHARED_BASE, 0x1000, 0x4000, 0x10000, 0x7ffff000, 0x0e000000,
		~0xfffull,
	};
	unsigned int how = (unsigned int)input_number(in, 1);
	uint64_t v = values[how % ARRAY_LEN(values)];

	switch (how >> 6) {
	case 0:
		return v;
	case 1:
		return v + (int8_t)input_number(in, 1);
	case 2:
		return v | input_number(in, 2);
	default:
		return how & 1 ? driver_handle() : input_number(in, 8);
	}
}

static void call(struct input *in, uint32_t fn, uint32_t arginfo)
{
	uint64_t a[SCM_REG_ARGS];
	unsigned int i;

	for (i = 0; i < ARRAY_LEN(a); i++)
		a[i] = argument(in);
	if (!smc(fn, arginfo, a[0], a[1], a[2], a[3]) &&
	    (fn & ~SCM_FAST_CALL) == SCM_SHM_BRIDGE_CREATE && !res[0])
		driver_note_handle(res[1]);
}

static void poke(struct input *in)
{
	static const uint64_t places[] = {
		MD_ADDR, MD_DTB_ADDR, BUF_ADDR, BENCH_MPSS_BASE, BENCH_CDSP_BASE,
		BENCH_CDSP_DTB_BASE, BENCH_SHARED_BASE, TABLES_BASE,
	};
	uint64_t place = places[input_number(in, 1) % ARRAY_LEN(places)];
	uint64_t at = place + input_number(in, 2);

	if (place == TABLES_BASE)
		driver_tables_lost();
	*host_ram(at) = (uint8_t)input_number(in, 1);
}

static void rule(struct input *in)
{
	struct bench_core_plan *core = &driver_plan()->cores[BENCH_CORE_MPSS];
	struct bench_rule *to = &driver_plan()->rules[input_number(in, 1) % BENCH_MAX_RULES];

	memset(to, 0, sizeof(*to));
	to->fn = calls[input_number(in, 1) % ARRAY_LEN(calls)].fn;
	to->pas_id = BENCH_ANY;
	to->nth = (uint32_t)input_number(in, 1);
	to->count = (uint32_t)input_number(in, 1);
	to->action = (uint32_t)input_number(in, 1);
	to->status = (int8_t)input_number(in, 1);
	/* nobody would ever learn the handle */
	if (to->fn == SCM_SHM_BRIDGE_CREATE)
		to->action = BENCH_ACT_FAIL;
	core->rsc_mode = (uint32_t)input_number(in, 1);
	core->rsc_size = (uint32_t)input_number(in, 4);
}

static void core(struct input *in)
{
	uint64_t fn = BENCH_SMC_CORE_EVENT + input_number(in, 1) % 8;
	uint64_t a1 = argument(in);

	/* it may write anywhere that is mapped */
	driver_tables_lost();
	core_smc(fn, a1, argument(in));
}

/**
 * steps_random() - one step
 * @in:		what decides about it
 */
void steps_random(struct input *in)
{
	enum step step = (enum step)(input_number(in, 1) % STEPS);
	uint32_t fn;
	size_t i;

	switch (step) {
	case STEP_CALL:
		i = input_number(in, 1) % ARRAY_LEN(calls);
		call(in, calls[i].fn, calls[i].arginfo);
		break;
	case STEP_RAW:
		fn = (uint32_t)input_number(in, 4);
		call(in, fn, (uint32_t)input_number(in, 4));
		break;
	case STEP_POKE:
		poke(in);
		break;
	case STEP_RULE:
		rule(in);
		break;
	case STEP_CORE:
		core(in);
		break;
	default:
		driver_step(step, (unsigned int)(input_number(in, 1) % STEP_IMAGES));
	}
}
