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

/* What is the same wherever there is such a core */
#define CORE(name_, NAME, ...)						\
	[BENCH_CORE_##NAME] = {						\
		.name = name_,						\
		.cpu = BENCH_CPU_##NAME,				\
		.smp2p = BENCH_SPI_##NAME##_SMP2P,			\
		.wdog = BENCH_SPI_##NAME##_WDOG,			\
		.id = BENCH_PAS_##NAME,					\
		__VA_ARGS__						\
	}

static const struct core_desc {
	const char *name;
	unsigned int cpu;
	unsigned int smp2p;
	unsigned int wdog;
	uint32_t id;
	uint32_t dtb_id;
	bool dtb_may_lack;		/* on some machines there is none */
} core_descs[BENCH_CORES] = {
	CORE("mpss", MPSS, .dtb_id = BENCH_PAS_MPSS_DTB, .dtb_may_lack = true),
	CORE("cdsp", CDSP, .dtb_id = BENCH_PAS_CDSP_DTB),
	CORE("adsp", ADSP, .dtb_id = BENCH_PAS_ADSP_DTB),
	CORE("cdsp1", CDSP1),
	CORE("gpdsp0", GPDSP0),
	CORE("gpdsp1", GPDSP1),
};

/* And what each SoC has of its own. The bench's: not each of its machines has them all */
#define PLACE(NAME, ...)						\
	[BENCH_CORE_##NAME] = {						\
		.sid = BENCH_SID_##NAME,				\
		.sid_mask = BENCH_SID_##NAME##_MASK,			\
		.carveout = { BENCH_##NAME##_BASE, BENCH_##NAME##_SIZE }, \
		__VA_ARGS__						\
	}
#define PLACE_DTB(NAME)							\
	.dtb_carveout = { BENCH_##NAME##_DTB_BASE, BENCH_##NAME##_DTB_SIZE }
#define PLACE_SOC(SOC, CORE, sid_, mask_, base_, size_, dtb_base_, dtb_size_)	\
	[BENCH_SOC_##SOC][BENCH_CORE_##CORE] = {			\
		.sid = sid_,						\
		.sid_mask = mask_,					\
		.carveout = { base_, size_ },				\
		.dtb_carveout = { dtb_base_, dtb_size_ },		\
	},

static const struct place {
	uint32_t sid;
	uint32_t sid_mask;
	struct range carveout;		/* of size 0: there is no such core */
	struct range dtb_carveout;	/* of size 0: it has no dtb image */
} places[BENCH_SOCS][BENCH_CORES] = {
	[BENCH_SOC_NONE] = {
		PLACE(MPSS, PLACE_DTB(MPSS)),
		PLACE(CDSP, PLACE_DTB(CDSP)),
		PLACE(ADSP, PLACE_DTB(ADSP)),
		PLACE(CDSP1),
		PLACE(GPDSP0),
	},
	BENCH_SOC_CORES(PLACE_SOC)
};

/* What a boot loader may start in place of a core's own images */
#define LITE(SOC, CORE, PAS, base_, size_)				\
	{ BENCH_SOC_##SOC, BENCH_CORE_##CORE, BENCH_PAS_##PAS, { base_, size_ } },

static const struct lite_image {
	enum bench_soc soc;
	enum bench_core_index core;
	uint32_t id;
	struct range carveout;
} lite_images[] = {
	LITE(NONE, ADSP, ADSP_LITE, 0, 0)
	LITE(NONE, ADSP, ADSP_LITE_DTB, 0, 0)
	BENCH_SOC_LITE(LITE)
};

static struct pas *init_pas(struct core *core, uint32_t id, struct range carveout)
{
	struct pas *pas = &model.pas[model.num_pas];

	if (model.num_pas == MODEL_MAX_PAS)
		tz_panic("more than %u images", MODEL_MAX_PAS);
	pas->id = id;
	pas->core = core;
	pas->carveout = carveout;
	pas->copy = metadata_copies[model.num_pas++];
	return pas;
}

/* Elsewhere nobody, or the hypervisor, maps the stream (posted) */
static void init_stream(struct core *core, const struct place *place)
{
	switch (model.machine) {
	case BENCH_MACHINE_EL2_SMMU500:
		/* Of its ids the one that only the mask makes match */
		core->sid = place->sid | place->sid_mask;
		core->sid_mask = place->sid_mask;
		break;
	case BENCH_MACHINE_EL2_IOMMU:
		core->sid = place->sid;
		break;
	default:
		core->sid = CORE_NO_STREAM;
	}
}

static void init_core(struct core *core, const struct core_desc *desc,
		      const struct place *place)
{
	bool has_dtb = desc->dtb_id && place->dtb_carveout.size;

	if (!place->carveout.size)
		return;
	core->name = desc->name;
	core->cpu = desc->cpu;
	core->spi_smp2p = desc->smp2p;
	core->spi_wdog = desc->wdog;
	init_stream(core, place);
	core->main = init_pas(core, desc->id, place->carveout);
	core->dtb_wanted = has_dtb && !desc->dtb_may_lack;
	if (has_dtb)
		core->dtb = init_pas(core, desc->dtb_id, place->dtb_carveout);
	/* All but the modem have an IOMMU (base qcom_q6v5_pas.c and the SoCs' device trees) */
	core->untold = model.machine == BENCH_MACHINE_EL2_MODEM && desc->id != BENCH_PAS_MPSS;
}

/* Of these Linux knows no more than that they can be shut down */
static void init_lite(void)
{
	unsigned int i;

	for (i = 0; i < sizeof(lite_images) / sizeof(*lite_images); i++) {
		const struct lite_image *lite = &lite_images[i];

		if (lite->soc == model.soc)
			init_pas(&model.cores[lite->core], lite->id, lite->carveout)->lite = true;
	}
}

static void init_booted(void)
{
	uint32_t ids[TZ_BOOT_PAS];
	unsigned int i, num = tz_boot_pas(ids);

	for (i = 0; i < num; i++) {
		struct pas *pas = pas_find(ids[i]);

		if (!pas)
			tz_panic("the boot loader has started PAS %u, which is not there", ids[i]);
		pas->state = PAS_BOOTED;
	}
}

/* The model as it is after reset; contract in tz.h */
void model_init(enum bench_machine machine, enum bench_soc soc)
{
	unsigned int i;

	memset(&model, 0, sizeof(model));
	model.machine = machine;
	model.soc = soc;
	model.no_bridges = !tz_has_bridges();
	for (i = 0; i < BENCH_CORES; i++)
		init_core(&model.cores[i], &core_descs[i], &places[soc][i]);
	init_lite();
	init_booted();

	smmu500_fault_reset();
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
	for (i = 0; i < model.num_pas; i++)
		if (model.pas[i].state == PAS_UP)
			record_note(model.pas[i].id, "still up at the end");
	record_end(note_leaks());
}
