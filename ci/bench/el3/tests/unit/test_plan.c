// SPDX-License-Identifier: GPL-2.0-only
/* The fault plan. */
#include "host.h"

#define MPSS	BENCH_PAS_MPSS

static void plan(unsigned int i, uint32_t fn, uint32_t pas, uint32_t nth,
		 uint32_t count, enum bench_action action)
{
	shared()->rules[i] = (struct bench_rule){
		.fn = fn, .pas_id = pas, .nth = nth, .count = count,
		.action = action, .status = -5, .result = { 1, 2, 3 },
	};
}

static int64_t supported(uint32_t pas)
{
	return smc(SCM_PAS_IS_SUPPORTED, AI(1), pas, 0, 0, 0);
}

/* The n-th matching call, as often as told, of that PAS alone. */
TEST(occurrences)
{
	static const int64_t want[] = { 0, -5, -5, 0, 0 };
	size_t i;

	driver_start(BENCH_MACHINE_HYP);
	plan(3, SCM_PAS_IS_SUPPORTED, MPSS, 2, 2, BENCH_ACT_FAIL);
	for (i = 0; i < ARRAY_LEN(want); i++) {
		CHECK_EQ(supported(BENCH_PAS_CDSP), 0);
		CHECK_EQ(supported(MPSS), want[i]);
		CHECK_EQ(!!(last_event()->flags & BENCH_F_INJECTED), want[i] != 0);
		if (want[i]) {
			CHECK_EQ(res[0], 1);
			CHECK_EQ(res[1], 2);
			CHECK_EQ(res[2], 3);
		}
		CHECK_EQ(shared()->rules[3].seen, i + 1);
	}

	plan(3, SCM_PAS_IS_SUPPORTED, BENCH_ANY, 0, BENCH_ANY, BENCH_ACT_FAIL);
	for (i = 0; i < 3; i++)
		CHECK_EQ(supported(i ? MPSS : BENCH_PAS_CDSP), -5);
	plan(3, SCM_PAS_IS_SUPPORTED, MPSS, 1, 0, BENCH_ACT_FAIL);
	CHECK_EQ(supported(MPSS), 0);
	plan(3, SCM_PAS_IS_SUPPORTED, MPSS, 1, 1, (enum bench_action)77);
	CHECK_EQ(supported(MPSS), 0);
}

TEST(busy)
{
	driver_start(BENCH_MACHINE_HYP);
	plan(0, SCM_PAS_IS_SUPPORTED, MPSS, 1, 1, BENCH_ACT_BUSY);
	CHECK_EQ(supported(MPSS), SCM_EBUSY);
	CHECK_EQ(res[0], 0);
	CHECK_EQ(supported(MPSS), 0);
	CHECK_EQ(res[0], 1);
}

/* Any call at all, of whatever kind */
TEST(any_call)
{
	driver_start(BENCH_MACHINE_HYP);
	plan(0, BENCH_ANY, BENCH_ANY, 2, 1, BENCH_ACT_FAIL);
	CHECK_EQ(supported(MPSS), 0);
	CHECK_EQ(smc(SCM_IS_CALL_AVAILABLE, AI(1), 0x02000601, 0, 0, 0), -5);
	CHECK_EQ(supported(MPSS), 0);
	CHECK_EQ(shared()->rules[0].seen, 3);
}

static void plan_raise_of(uint64_t what, uint64_t pas)
{
	plan(0, SCM_PAS_IS_SUPPORTED, MPSS, 1, 1, BENCH_ACT_RAISE);
	shared()->rules[0].result[0] = what;
	shared()->rules[0].result[1] = pas;
	host.spi = 0;
}

/* Answered as ever, and something happens to a core besides. */
TEST(raised)
{
	volatile uint32_t *value = (volatile uint32_t *)host_ram(BENCH_SMEM_BASE + 0x100);

	driver_start(BENCH_MACHINE_EL2_SMMU500);
	plan_raise_of(1u << BENCH_SMP2P_FATAL, MPSS);
	CHECK_EQ(supported(MPSS), 0);
	CHECK_EQ(res[0], 1);
	CHECK_EQ(host.spi, 0);		/* it has not said where its entry is */

	shared()->cores[BENCH_CORE_MPSS].smp2p = BENCH_SMEM_BASE + 0x100;
	*value = 1u << BENCH_SMP2P_READY;
	plan_raise_of(1u << BENCH_SMP2P_FATAL, MPSS);
	CHECK_EQ(supported(MPSS), 0);
	CHECK_EQ(res[0], 1);
	CHECK(last_event()->flags & BENCH_F_INJECTED);
	CHECK_EQ(host.spi, BENCH_SPI_MPSS_SMP2P);
	CHECK_EQ(*value, 1u << BENCH_SMP2P_READY | 1u << BENCH_SMP2P_FATAL);
	plan_raise_of(1u << BENCH_SMP2P_READY, MPSS);
	CHECK_EQ(supported(MPSS), 0);
	CHECK_EQ(*value, 1u << BENCH_SMP2P_FATAL);

	plan_raise_of(BENCH_RAISE_WDOG, BENCH_PAS_CDSP);
	CHECK_EQ(supported(MPSS), 0);
	CHECK_EQ(host.spi, BENCH_SPI_CDSP_WDOG);

	/* the stream of a core that is down stops nothing, and reports nothing */
	plan_raise_of(BENCH_RAISE_FAULT, MPSS);
	CHECK_EQ(supported(MPSS), 0);
	plan_raise_of(BENCH_RAISE_WDOG, 12345);
	CHECK_EQ(supported(MPSS), 0);
	CHECK_EQ(host.spi, 0);

	/* memory that is not SMEM is not written to */
	shared()->cores[BENCH_CORE_MPSS].smp2p = MD_ADDR;
	plan_raise_of(BENCH_RAISE_SMP2P, MPSS);
	CHECK_EQ(supported(MPSS), 0);
	CHECK_EQ(host.spi, 0);
	CHECK_EQ(violations(), 0);
}

/* Carried out or not: what is answered is the same. */
TEST(done_or_not)
{
	driver_start(BENCH_MACHINE_HYP);
	CHECK_EQ(driver_init_modem(), 0);
	plan(0, SCM_PAS_AUTH_AND_RESET, MPSS, 1, 1, BENCH_ACT_FAIL);
	CHECK_EQ(driver_auth(MPSS), -5);
	CHECK(!host.running[BENCH_CPU_MPSS]);
	CHECK_EQ(pas_find(MPSS)->state, PAS_INITIALISED);
	plan(0, SCM_PAS_AUTH_AND_RESET, MPSS, 1, 1, BENCH_ACT_DO_AND_FAIL);
	CHECK_EQ(driver_auth(MPSS), -5);
	CHECK(host.running[BENCH_CPU_MPSS]);
	CHECK_EQ(last_event()->flags, BENCH_F_INJECTED | BENCH_F_AUTHENTICATED);
	/* who is told that init_image failed may release the metadata at once */
	CHECK_EQ(driver_shutdown(MPSS), 0);
	plan(0, SCM_PAS_INIT_IMAGE, MPSS, 1, 1, BENCH_ACT_DO_AND_FAIL);
	CHECK_EQ(driver_init_modem(), -5);
	CHECK_EQ(pas_find(MPSS)->state, PAS_INITIALISED);
	memset(host_ram(MD_ADDR), 0xff, 0x1000);
	CHECK_EQ(supported(BENCH_PAS_CDSP), 0);
	CHECK_EQ(violations(), 0);
	/* but not go on */
	CHECK_EQ(driver_auth(MPSS), SCM_EINVAL_ARG);
	CHECK_EQ(violations(), 1);
	driver_start(BENCH_MACHINE_HYP);
	CHECK(driver_up(MODEM));
	/* a refused shutdown leaves it running */
	plan(0, SCM_PAS_SHUTDOWN, MPSS, 1, 1, BENCH_ACT_FAIL);
	CHECK_EQ(driver_shutdown(MPSS), -5);
	CHECK(host.running[BENCH_CPU_MPSS]);
	CHECK_EQ(driver_shutdown(MPSS), 0);
	CHECK(!host.running[BENCH_CPU_MPSS]);
}

/* The first rule that hits acts; each that matches counts. */
TEST(several)
{
	driver_start(BENCH_MACHINE_HYP);
	plan(0, SCM_PAS_IS_SUPPORTED, MPSS, 1, 1, BENCH_ACT_BUSY);
	plan(1, SCM_PAS_IS_SUPPORTED, MPSS, 1, 2, BENCH_ACT_FAIL);
	CHECK_EQ(supported(MPSS), SCM_EBUSY);
	CHECK_EQ(supported(MPSS), -5);
	CHECK_EQ(supported(MPSS), 0);
	CHECK_EQ(shared()->rules[1].seen, 3);
	/* fast calls match without their bit */
	plan(2, SCM_IS_CALL_AVAILABLE, BENCH_ANY, 1, 1, BENCH_ACT_FAIL);
	CHECK_EQ(smc(SCM_IS_CALL_AVAILABLE | SCM_FAST_CALL, 1, 0x02000601, 0, 0, 0), -5);
}
