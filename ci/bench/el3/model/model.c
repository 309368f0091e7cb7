// SPDX-License-Identifier: GPL-2.0-only
/* Who is there: looking up cores and images. */
#include "model.h"

struct model model;

/**
 * pas_find() - the image with a PAS id
 * @id:		args[0] of a PAS call
 */
struct pas *pas_find(uint64_t id)
{
	unsigned int i;

	for (i = 0; i < model.num_pas; i++)
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

	for (i = 0; i < model.num_pas; i++)
		if (range_overlaps(model.pas[i].carveout, range))
			return &model.pas[i];
	return NULL;
}

/**
 * pas_is_up() - does an image run, whoever has started it?
 * @pas:	the image
 */
bool pas_is_up(const struct pas *pas)
{
	return pas->state == PAS_UP || pas->state == PAS_BOOTED;
}

/**
 * pas_up_at() - the first image that is up and whose carveout overlaps a range
 * @range:	where
 */
struct pas *pas_up_at(struct range range)
{
	unsigned int i;

	for (i = 0; i < model.num_pas; i++)
		if (pas_is_up(&model.pas[i]) &&
		    range_overlaps(model.pas[i].carveout, range))
			return &model.pas[i];
	return NULL;
}

/**
 * pas_waits() - is an image announced, and neither up nor given up?
 * @pas:	the image
 */
bool pas_waits(const struct pas *pas)
{
	return pas->state == PAS_INITIALISED || pas->state == PAS_SETUP;
}

/**
 * pas_lite_on() - does a core still run a lite image of the boot loader?
 * @core:	which
 */
bool pas_lite_on(const struct core *core)
{
	unsigned int i;

	for (i = 0; i < model.num_pas; i++)
		if (model.pas[i].lite && model.pas[i].core == core &&
		    pas_is_up(&model.pas[i]))
			return true;
	return false;
}

/**
 * pas_segment_addr() - where a segment lies in memory
 * @pas:	image, loaded
 * @seg:	its segment
 */
uint64_t pas_segment_addr(const struct pas *pas, const struct image_segment *seg)
{
	return pas->load.base + (seg->addr - pas->image.min_addr);
}

/**
 * core_of_cpu() - the remote core that a CPU plays
 * @cpu:	which
 */
struct core *core_of_cpu(unsigned int cpu)
{
	unsigned int i;

	for (i = 0; i < BENCH_CORES; i++)
		if (model.cores[i].main && model.cores[i].cpu == cpu)
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
 * model_wants_bridges() - is memory that Linux shares to be bridged by Linux?
 */
bool model_wants_bridges(void)
{
	return !model_under_hypervisor() && !model.no_bridges;
}
