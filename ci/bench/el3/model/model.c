// SPDX-License-Identifier: GPL-2.0-only
/* The model's tables: which cores, which images, and whose memory is whose. */
#include <string.h>

#include "model.h"

struct model model;

/* Secure copies of the metadata, one an image */
static uint8_t metadata_copies[MODEL_MAX_PAS][PAS_MAX_METADATA]
	__attribute__((aligned(16)));

/* What init_core() is to know of a core; each machine's device tree has some of them */
#define CORE(name_, NAME, ...)						\
	[BENCH_CORE_##NAME] = {						\
		.name = name_,						\
		.cpu = BENCH_CPU_##NAME,				\
		.smp2p = BENCH_SPI_##NAME##_SMP2P,			\
		.wdog = BENCH_SPI_##NAME##_WDOG,			\
		.sid = BENCH_SID_##NAME,				\
		.id = BENCH_PAS_##NAME,					\
		.carveout = { BENCH_##NAME##_BASE, BENCH_##NAME##_SIZE }, \
		__VA_ARGS__						\
	}
#define CORE_DTB(NAME)							\
	.dtb_id = BENCH_PAS_##NAME##_DTB,				\
	.dtb_carveout = { BENCH_##NAME##_DTB_BASE, BENCH_##NAME##_DTB_SIZE }

static const struct core_desc {
	const char *name;
	unsigned int cpu;
	unsigned int smp2p;
	unsigned int wdog;
	uint32_t sid;
	uint32_t id;
	struct range carveout;
	uint32_t dtb_id;		/* 0: no dtb image */
	struct range dtb_carveout;
	bool dtb_may_lack;		/* on some machines there is none */
} core_descs[BENCH_CORES] = {
	CORE("mpss", MPSS, CORE_DTB(MPSS), .dtb_may_lack = true),
	CORE("cdsp", CDSP, CORE_DTB(CDSP)),
	CORE("adsp", ADSP, CORE_DTB(ADSP)),
	CORE("cdsp1", CDSP1),
	CORE("gpdsp0", GPDSP0),
};

static unsigned int num_pas;

static struct pas *init_pas(struct core *core, uint32_t id, struct range carveout)
{
	struct pas *pas = &model.pas[num_pas];

	pas->id = id;
	pas->core = core;
	pas->carveout = carveout;
	pas->copy = metadata_copies[num_pas++];
	return pas;
}

static void init_core(struct core *core, const struct core_desc *desc)
{
	core->name = desc->name;
	core->cpu = desc->cpu;
	core->spi_smp2p = desc->smp2p;
	core->spi_wdog = desc->wdog;
	/* Elsewhere nobody, or the hypervisor, maps the stream (list) */
	core->sid = model.machine == BENCH_MACHINE_EL2_IOMMU ? desc->sid : CORE_NO_STREAM;
	core->main = init_pas(core, desc->id, desc->carveout);
	core->dtb_wanted = desc->dtb_id && !desc->dtb_may_lack;
	if (desc->dtb_id)
		core->dtb = init_pas(core, desc->dtb_id, desc->dtb_carveout);
}

void model_init(enum bench_machine machine)
{
	unsigned int i;

	memset(&model, 0, sizeof(model));
	model.machine = machine;
	num_pas = 0;
	for (i = 0; i < BENCH_CORES; i++)
		init_core(&model.cores[i], &core_descs[i]);

	bridge_reset();
	assign_reset();
	record_reset();
}

void model_end(void)
{
	unsigned int i;

	for (i = 0; i < MODEL_MAX_PAS; i++)
		if (model.pas[i].state == PAS_UP)
			record_note(model.pas[i].id, "still up at the end");
	record_end(bridge_note_leaks());
}

/**
 * pas_find() - the image with a PAS id
 * @id:		args[0] of a PAS call
 */
struct pas *pas_find(uint64_t id)
{
	unsigned int i;

	for (i = 0; i < MODEL_MAX_PAS; i++)
		if (model.pas[i].id == id)
			return &model.pas[i];
	return NULL;
}

/**
 * pas_at() - the first image whose carveout overlaps a range
 * @range:	where
 */
struct pas *pas_at(struct range range)
{
	unsigned int i;

	for (i = 0; i < MODEL_MAX_PAS; i++)
		if (range_overlaps(model.pas[i].carveout, range))
			return &model.pas[i];
	return NULL;
}

/**
 * core_of_cpu() - the remote core that a CPU plays
 * @cpu:	which
 */
struct core *core_of_cpu(unsigned int cpu)
{
	unsigned int i;

	for (i = 0; i < BENCH_CORES; i++)
		if (model.cores[i].cpu == cpu)
			return &model.cores[i];
	return NULL;
}

/**
 * model_shared() - plan and record
 */
struct bench_shared *model_shared(void)
{
	return phys_ptr(BENCH_SHARED_BASE, BENCH_SHARED_SIZE);
}

/**
 * model_under_hypervisor() - does EL3 play the hypervisor as well?
 */
bool model_under_hypervisor(void)
{
	return model.machine == BENCH_MACHINE_HYP;
}

/**
 * caller_may_name() - is this RAM, and not the model's own?
 * @range:	as the caller says; may wrap
 */
bool caller_may_name(struct range range)
{
	static const struct range own = { BENCH_SHARED_BASE, BENCH_SHARED_SIZE };

	return range.size && range.base + range.size > range.base &&
	       phys_ptr(range.base, range.size) && !range_overlaps(range, own);
}

/**
 * caller_ptr() - a pointer to memory that a caller names
 * @pa:		its address
 * @size:	bytes
 *
 * Return: the pointer, or NULL if the caller may not name it.
 */
void *caller_ptr(uint64_t pa, uint64_t size)
{
	if (!caller_may_name((struct range){ pa, size }))
		return NULL;
	return phys_ptr(pa, size);
}

/**
 * caller_buffer_ok() - may TrustZone use this buffer?
 * @c:		the call, refused if not
 * @buf:	the buffer
 * @missing:	the violation if nothing bridges it
 *
 * With nobody below Linux, TrustZone reads and writes only what Linux shared
 * with it by a bridge; under the hypervisor that is not Linux's business (list).
 */
bool caller_buffer_ok(struct scm_call *c, struct range buf, const char *missing)
{
	if (!caller_may_name(buf)) {
		scm_refuse(c, SCM_EINVAL_ADDR, "buffer is not in RAM");
		return false;
	}
	if (!model_under_hypervisor() && !bridge_covers(buf)) {
		scm_violation(c, SCM_EINVAL_ARG, missing);
		return false;
	}
	if (!assign_is_linux(buf)) {
		scm_refuse(c, SCM_EINVAL_ADDR, "buffer was assigned away");
		return false;
	}
	return true;
}
