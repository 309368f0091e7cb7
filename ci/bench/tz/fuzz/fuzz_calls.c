// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls of Linux and of a core, mixed with what a driver does, and with memory
 * that changes below them. scm_call() looks at the model after each one.
 */
#include "input.h"

#define MAX_STEPS	64

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
	{ SCM_SET_DLOAD_MODE, 2 },
};

static const struct {
	uint32_t pas;
	uint64_t base, size, md;
	bool reloc;
} images[] = {
	{ BENCH_PAS_MPSS, BENCH_MPSS_BASE, BENCH_MPSS_SIZE, MD_ADDR, false },
	{ BENCH_PAS_CDSP_DTB, BENCH_CDSP_DTB_BASE, BENCH_CDSP_DTB_SIZE, MD_DTB_ADDR, false },
	{ BENCH_PAS_CDSP, BENCH_CDSP_BASE, BENCH_CDSP_SIZE, MD_ADDR, true },
};

static uint64_t handle;		/* of the last bridge that was made */
static bool tables_ours;	/* nobody else wrote to the page tables */

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
		return how & 1 ? handle : input_number(in, 8);
	}
}

static void call(struct input *in, uint32_t fn, uint32_t arginfo)
{
	uint64_t a[SCM_REG_ARGS];
	unsigned int i;

	for (i = 0; i < ARRAY_LEN(a); i++)
		a[i] = argument(in);
	if (!smc(fn, arginfo, a[0], a[1], a[2], a[3]) &&
	    fn == SCM_SHM_BRIDGE_CREATE && !res[0])
		handle = res[1];
}

static void poke(struct input *in)
{
	static const uint64_t places[] = {
		MD_ADDR, MD_DTB_ADDR, BUF_ADDR, BENCH_MPSS_BASE, BENCH_CDSP_BASE,
		BENCH_CDSP_DTB_BASE, BENCH_SHARED_BASE, TABLES_BASE,
	};
	uint64_t at = places[input_number(in, 1) % ARRAY_LEN(places)];

	tables_ours &= at != TABLES_BASE;
	at += input_number(in, 2);
	*host_ram(at) = (uint8_t)input_number(in, 1);
}

static void rule(struct input *in)
{
	struct bench_shared *shared = phys_ptr(BENCH_SHARED_BASE, BENCH_SHARED_SIZE);
	struct bench_rule *to = &shared->rules[input_number(in, 1) % BENCH_MAX_RULES];

	memset(to, 0, sizeof(*to));
	to->fn = calls[input_number(in, 1) % ARRAY_LEN(calls)].fn;
	to->pas_id = BENCH_ANY;
	to->nth = (uint32_t)input_number(in, 1);
	to->count = (uint32_t)input_number(in, 1);
	to->action = (uint32_t)input_number(in, 1);
	to->status = (int8_t)input_number(in, 1);
	shared->cores[BENCH_CORE_MPSS].rsc_mode = (uint32_t)input_number(in, 1);
	shared->cores[BENCH_CORE_MPSS].rsc_size = (uint32_t)input_number(in, 4);
}

static void core(struct input *in)
{
	struct smc_frame f = {
		.x = { BENCH_SMC_CORE_EVENT + input_number(in, 1) % 8 },
	};
	unsigned int cpu = (unsigned int)input_number(in, 1) % (TZ_MAX_CPUS + 1);

	tables_ours = false;
	f.x[1] = argument(in);
	f.x[2] = argument(in);
	core_call(&f, cpu);
}

/* What a driver does about one image */
static void drive(enum step step, unsigned int i)
{
	switch (step) {
	case STEP_INIT:
		image_build(&flow_image, i & 1 ? SHA2_256 : SHA2_384, images[i].reloc,
			    (uint32_t)images[i].base);
		flow_init(images[i].pas, images[i].md);
		break;
	case STEP_MEM_SETUP:
		smc(SCM_PAS_MEM_SETUP, AI(3), images[i].pas, images[i].base, 0x4000, 0);
		break;
	case STEP_LOAD:
		if (flow_image.head)
			image_load(&flow_image, images[i].base);
		break;
	case STEP_MAP:
		if (tables_ours)
			flow_map(images[i].base, images[i].size);
		break;
	case STEP_UNMAP:
		if (tables_ours)
			flow_unmap(images[i].base, images[i].size);
		break;
	case STEP_BRIDGE:
		handle = bridge(images[i].base, images[i].size);
		break;
	case STEP_AUTH:
		flow_auth(images[i].pas);
		break;
	case STEP_UNBRIDGE:
		unbridge(handle);
		break;
	default:
		flow_shutdown(images[i].pas);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	unsigned int n, i;

	memset(&flow_image, 0, sizeof(flow_image));
	handle = 0;
	tables_ours = true;
	flow_start(input_number(&in, 1) % (BENCH_LEG_HYP + 1));
	for (n = 0; n < MAX_STEPS && in.left; n++) {
		enum step step = input_number(&in, 1) % STEPS;

		switch (step) {
		case STEP_CALL:
			i = input_number(&in, 1) % ARRAY_LEN(calls);
			call(&in, calls[i].fn, calls[i].arginfo);
			break;
		case STEP_RAW:
			i = (unsigned int)input_number(&in, 4);
			call(&in, i, (uint32_t)input_number(&in, 4));
			break;
		case STEP_POKE:
			poke(&in);
			break;
		case STEP_RULE:
			rule(&in);
			break;
		case STEP_CORE:
			core(&in);
			break;
		default:
			drive(step, input_number(&in, 1) % ARRAY_LEN(images));
		}
	}
	model_end();
	return 0;
}
