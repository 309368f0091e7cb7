// SPDX-License-Identifier: GPL-2.0-only
/* The beginning and the end: which cores and images there are, and what is left. */
#include <string.h>

#include "model.h"
#include "ram.h"
#include "record.h"
#include "smmu500.h"
#include "stream.h"

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
		.sid_mask = BENCH_SID_##NAME##_MASK,			\
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
	uint32_t sid_mask;
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

/* Elsewhere nobody, or the hypervisor, maps the stream (posted) */
static uint32_t sid_of(const struct core_desc *desc)
{
	switch (model.machine) {
	case BENCH_MACHINE_EL2_SMMU500:
		/* Of its ids the one that only the mask makes match */
		return desc->sid | desc->sid_mask;
	case BENCH_MACHINE_EL2_IOMMU:
		return desc->sid;
	default:
		return CORE_NO_STREAM;
	}
}

static void init_core(struct core *core, const struct core_desc *desc)
{
	core->name = desc->name;
	core->cpu = desc->cpu;
	core->spi_smp2p = desc->smp2p;
	core->spi_wdog = desc->wdog;
	core->sid = sid_of(desc);
	core->main = init_pas(core, desc->id, desc->carveout);
	core->dtb_wanted = desc->dtb_id && !desc->dtb_may_lack;
	if (desc->dtb_id)
		core->dtb = init_pas(core, desc->dtb_id, desc->dtb_carveout);
}

/* The model as it is after reset; contract in tz.h */
void model_init(enum bench_machine machine)
{
	unsigned int i;

	memset(&model, 0, sizeof(model));
	model.machine = machine;
	num_pas = 0;
	for (i = 0; i < BENCH_CORES; i++)
		init_core(&model.cores[i], &core_descs[i]);

	if (machine == BENCH_MACHINE_EL2_SMMU500)
		smmu500_reset();
	ram_reset();
	record_reset();
}

/*
 * The pool of qcom_scm keeps its bridges as long as the kernel lives, so not
 * every one that is left is a leak. One over a carveout is.
 */
static unsigned int note_leaks(void)
{
	unsigned int i, leaked = 0;

	for (i = 0; i < BRIDGE_MAX; i++) {
		struct pas *pas = pas_at(bridges[i].range);
		struct text t;

		if (!bridges[i].handle)
			continue;
		text_start(&t, pas ? "bridge leaked, base " : "bridge left, base ");
		text_hex(&t, bridges[i].range.base);
		text_add(&t, " size ");
		text_hex(&t, bridges[i].range.size);
		record_note(pas ? pas->id : BENCH_ANY, t.buf);
		leaked += !!pas;
	}
	return leaked;
}

/* What is left over as notes, and the last line; contract in tz.h */
void model_end(void)
{
	unsigned int i;

	stream_forget();
	for (i = 0; i < MODEL_MAX_PAS; i++)
		if (model.pas[i].state == PAS_UP)
			record_note(model.pas[i].id, "still up at the end");
	record_end(note_leaks());
}
