// SPDX-License-Identifier: GPL-2.0-only
/* The model's tables: which cores, which images, and whose memory is whose. */
#include <string.h>

#include "model.h"

struct model model;

/* Secure copies of the metadata, one an image */
static uint8_t metadata_copies[MODEL_MAX_PAS][PAS_MAX_METADATA]
	__attribute__((aligned(16)));

static void init_core(enum bench_core_index index, const char *name,
		      unsigned int cpu, unsigned int smp2p, unsigned int wdog,
		      uint32_t sid)
{
	struct core *core = &model.cores[index];

	core->name = name;
	core->cpu = cpu;
	core->spi_smp2p = smp2p;
	core->spi_wdog = wdog;
	/* Elsewhere nobody, or the hypervisor, maps the stream (list) */
	core->sid = model.leg == BENCH_LEG_EL2_IOMMU ? sid : CORE_NO_STREAM;
}

static struct pas *init_pas(unsigned int index, uint32_t id,
			    enum bench_core_index core, uint64_t base,
			    uint64_t size)
{
	struct pas *pas = &model.pas[index];

	pas->id = id;
	pas->core = &model.cores[core];
	pas->carveout = (struct range){ base, size };
	pas->copy = metadata_copies[index];
	return pas;
}

void model_init(enum bench_leg leg)
{
	struct core *mpss = &model.cores[BENCH_CORE_MPSS];
	struct core *cdsp = &model.cores[BENCH_CORE_CDSP];

	memset(&model, 0, sizeof(model));
	model.leg = leg;

	init_core(BENCH_CORE_MPSS, "mpss", BENCH_CPU_MPSS, BENCH_SPI_MPSS_SMP2P,
		  BENCH_SPI_MPSS_WDOG, BENCH_SID_MPSS);
	init_core(BENCH_CORE_CDSP, "cdsp", BENCH_CPU_CDSP, BENCH_SPI_CDSP_SMP2P,
		  BENCH_SPI_CDSP_WDOG, BENCH_SID_CDSP);

	mpss->main = init_pas(0, BENCH_PAS_MPSS, BENCH_CORE_MPSS,
			      BENCH_MPSS_BASE, BENCH_MPSS_SIZE);
	cdsp->main = init_pas(1, BENCH_PAS_CDSP, BENCH_CORE_CDSP,
			      BENCH_CDSP_BASE, BENCH_CDSP_SIZE);
	cdsp->dtb = init_pas(2, BENCH_PAS_CDSP_DTB, BENCH_CORE_CDSP,
			     BENCH_CDSP_DTB_BASE, BENCH_CDSP_DTB_SIZE);

	bridge_reset();
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
	return model.leg == BENCH_LEG_HYP;
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
	return true;
}
