// SPDX-License-Identifier: GPL-2.0-only
/*
 * A machine, then steps: calls of Linux and of a core, mixed with what a driver
 * does, and with memory that changes below them. scm_call() looks at the model
 * after each call. Whatever came before, a driver that starts over succeeds.
 */
#include "fuzz.h"
#include "ram.h"

#define MAX_STEPS	64

static uint64_t newest;		/* handle of the bridge that was made last */
static bool tables_ours;	/* nobody else wrote to them */

#define CALL(name, text, owner, svc, cmd, arginfo, ...) { SCM_##name, arginfo },
static const struct {
	uint32_t fn;
	uint32_t arginfo;
} calls[] = { SCM_CALLS(CALL) };

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
		return how & 1 ? newest : input_number(in, 8);
	}
}

static void call(struct input *in, uint32_t fn, uint32_t arginfo)
{
	uint64_t a[SCM_REG_ARGS];
	unsigned int i;

	for (i = 0; i < ARRAY_LEN(a); i++)
		a[i] = argument(in);
	if (!smc(fn, arginfo, a[0], a[1], a[2], a[3]) &&
	    (fn & ~SCM_FAST_CALL) == SCM_BRIDGE_CREATE && !res[0])
		newest = res[1];
}

static void poke(struct input *in)
{
	static const uint64_t places[] = {
		MD_ADDR, MD_DTB_ADDR, BUF_ADDR, BENCH_MPSS_BASE, BENCH_CDSP_BASE,
		BENCH_CDSP_DTB_BASE, BENCH_SHARED_BASE, TABLES_BASE,
	};
	uint64_t place = places[input_number(in, 1) % ARRAY_LEN(places)];
	uint64_t at = place + input_number(in, 2);

	tables_ours &= place != TABLES_BASE;
	*host_ram(at) = (uint8_t)input_number(in, 1);
}

static void rule(struct input *in)
{
	struct bench_core_plan *core = &shared()->cores[BENCH_CORE_MPSS];
	struct bench_rule *to = &shared()->rules[input_number(in, 1) % BENCH_MAX_RULES];

	memset(to, 0, sizeof(*to));
	to->fn = calls[input_number(in, 1) % ARRAY_LEN(calls)].fn;
	to->pas_id = BENCH_ANY;
	to->nth = (uint32_t)input_number(in, 1);
	to->count = (uint32_t)input_number(in, 1);
	to->action = (uint32_t)input_number(in, 1);
	to->status = (int8_t)input_number(in, 1);
	core->rsc_mode = (uint32_t)input_number(in, 1);
	core->rsc_size = (uint32_t)input_number(in, 4);
}

static void core(struct input *in)
{
	uint64_t fn = BENCH_SMC_CORE_EVENT + input_number(in, 1) % 8;
	struct smc_frame f = { .x = { fn, argument(in) } };

	core_call(&f, (unsigned int)(argument(in) % (BENCH_MAX_CPUS + 1)));
}

/* A single step of a driver, right or wrong just now */
static void driver(enum step step, enum which i)
{
	const struct driver_image *image = &driver_images[i];

	switch (step) {
	case STEP_INIT:
		driver_init(i);
		break;
	case STEP_MEM_SETUP:
		driver_mem_setup(i);
		break;
	case STEP_LOAD:
		image_load(driver_built(i), image->base);
		break;
	case STEP_MAP:
		if (tables_ours)
			driver_map(image->base, image->size);
		break;
	case STEP_UNMAP:
		if (tables_ours)
			driver_unmap(image->base, image->size);
		break;
	case STEP_BRIDGE:
		newest = bridge(image->base, image->size);
		break;
	case STEP_AUTH:
		driver_auth(image->pas);
		break;
	case STEP_UNBRIDGE:
		unbridge(newest);
		break;
	default:
		driver_shutdown(image->pas);
	}
}

static void one_step(struct input *in)
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
		driver(step, (enum which)(input_number(in, 1) % IMAGES));
	}
}

/* Beyond what scm_call() makes sure of: on the host no core dies by itself */
static void cores_run_what_is_up(void)
{
	unsigned int i;

	for (i = 0; i < BENCH_CORES; i++)
		if (model.cores[i].main)
			CHECK_EQ(host.running[model.cores[i].cpu],
				 model.cores[i].main->state == PAS_UP);
}

/* No plan, all images down, all bridges gone, all memory back; then start all */
static void start_over(enum bench_machine machine)
{
	unsigned int i;

	memset(shared()->rules, 0, sizeof(shared()->rules));
	memset(shared()->cores, 0, sizeof(shared()->cores));
	for (i = IMAGES; i-- > 0;)
		driver_shutdown(driver_images[i].pas);
	for (i = 0; i < BRIDGE_MAX; i++)
		if (bridges[i].handle)
			unbridge(bridges[i].handle);
	memset(assigned, 0, sizeof(assigned));
	driver_boot(machine);
	for (i = 0; i < IMAGES; i++)
		CHECK(driver_up((enum which)i));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	enum bench_machine machine = (enum bench_machine)(input_number(&in, 1) %
							  (BENCH_MACHINE_HYP + 1));
	unsigned int n;

	driver_blocks = true;
	tables_ours = true;
	newest = 0;
	driver_start(machine);
	for (n = 0; n < MAX_STEPS && in.left; n++) {
		one_step(&in);
		cores_run_what_is_up();
	}
	/* which takes as long as all the steps */
	if (size % 8 == 0)
		start_over(machine);
	model_end();
	return 0;
}
