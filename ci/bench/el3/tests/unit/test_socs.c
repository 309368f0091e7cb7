// SPDX-License-Identifier: GPL-2.0-only
/* The remote processors of a SoC, and what its boot loader leaves running. */
#include "host.h"
#include "stream.h"

#define ADSP		BENCH_PAS_ADSP
#define LITE		BENCH_PAS_ADSP_LITE
#define LITE_DTB	BENCH_PAS_ADSP_LITE_DTB
#define SID		0x1080		/* of the ADSP's two the one that the mask brings */
#define MASK		0x80
#define BANK		2

static void start(enum bench_soc soc)
{
	host_booted[0] = soc == BENCH_SOC_X1 ? LITE : 0;
	host_booted[1] = soc == BENCH_SOC_X1 ? LITE_DTB : 0;
	host_start(BENCH_MACHINE_EL2_SMMU500);
	model_init(BENCH_MACHINE_EL2_SMMU500, soc);
}

static int64_t pas_call(uint32_t fn, uint64_t id)
{
	return smc(fn, AI(1), id, 0, 0, 0);
}

static bool there(uint64_t id)
{
	CHECK_EQ(pas_call(SCM_PAS_IS_SUPPORTED, id), 0);
	return res[0];
}

/* Of a core that the SoC has not there is no image; of one without a dtb image just one */
TEST(cores)
{
	start(BENCH_SOC_LEMANS);
	CHECK(there(BENCH_PAS_CDSP) && there(BENCH_PAS_GPDSP1));
	CHECK(!there(BENCH_PAS_CDSP_DTB) && !there(BENCH_PAS_MPSS) && !there(LITE));
	CHECK_EQ(pas_find(BENCH_PAS_GPDSP1)->carveout.base, 0x99600000);
	CHECK_EQ(model.cores[BENCH_CORE_CDSP1].sid, 0x29c0 | 0x400);
	CHECK(!core_of_cpu(0) && !core_of_cpu(BENCH_CPU_MPSS));
	/* none of which is there to be reset */
	CHECK_EQ(smc(SCM_PAS_MSS_RESET, AI(2), 1, 0, 0, 0), 0);
	CHECK_EQ(pas_call(SCM_PAS_SHUTDOWN, BENCH_PAS_MPSS), SCM_EINVAL_ARG);

	start(BENCH_SOC_X1);
	CHECK(there(BENCH_PAS_CDSP_DTB) && there(LITE) && there(LITE_DTB));
	CHECK(!there(BENCH_PAS_GPDSP0));
	CHECK_EQ(violations(), 0);
}

/* Linux gives the ADSP's stream an empty address space, as it does before any driver probes */
static void take_stream(void)
{
	static struct tables t;

	tables_start(&t, TABLES_BASE, 12, 48);
	tables_bank(&t, BANK);
	tables_group(0, SID & ~MASK, MASK, BANK);
	*smmu_reg(0) = 1 << 10;
}

/* While its stream goes through, and until then: is it there, and down with it */
TEST(lite)
{
	start(BENCH_SOC_X1);
	CHECK_EQ(pas_find(LITE)->state, PAS_BOOTED);
	CHECK_EQ(pas_find(LITE_DTB)->state, PAS_BOOTED);
	smc(SCM_PAS_GET_RSC_TABLE, AI_RSC, ADSP, 0, 0, 0);
	CHECK_EQ(violations(), 0);

	take_stream();
	CHECK(there(ADSP));
	pas_call(SCM_PAS_SHUTDOWN, BENCH_PAS_CDSP);
	CHECK_EQ(violations(), 0);
	smc(SCM_PAS_GET_RSC_TABLE, AI_RSC, ADSP, 0, 0, 0);
	CHECK_EQ(violations(), 2);

	start(BENCH_SOC_X1);
	take_stream();
	CHECK_EQ(pas_call(SCM_PAS_SHUTDOWN, LITE), 0);
	CHECK_EQ(pas_call(SCM_PAS_SHUTDOWN, LITE_DTB), 0);
	CHECK_EQ(pas_find(LITE)->state, PAS_IDLE);
	smc(SCM_PAS_GET_RSC_TABLE, AI_RSC, ADSP, 0, 0, 0);
	CHECK_EQ(violations(), 0);
}

/* One core runs one program */
TEST(lite_first)
{
	struct pas *dtb;

	start(BENCH_SOC_X1);
	dtb = pas_find(BENCH_PAS_ADSP_DTB);
	dtb->metadata = (struct range){ MD_ADDR, 0x1000 };
	dtb->image.num = 1;
	dtb->image.relocatable = true;
	dtb->state = PAS_INITIALISED;
	CHECK_EQ(pas_call(SCM_PAS_AUTH_AND_RESET, BENCH_PAS_ADSP_DTB), SCM_EINVAL_ARG);
	CHECK_STR(last_event()->what, "core still runs the boot loader's lite image");
	CHECK_EQ(violations(), 1);
}
