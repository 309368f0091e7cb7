// SPDX-License-Identifier: GPL-2.0-only
/* What a core's program may ask for. */
#include "host.h"

static uint64_t core(uint64_t fn, uint64_t a, uint64_t *out)
{
	struct smc_frame f = { .x = { fn, a } };

	core_call(&f, BENCH_CPU_MPSS);
	if (out)
		*out = f.x[1];
	return f.x[0];
}

TEST(calls)
{
	uint64_t v;

	driver_start(BENCH_MACHINE_EL2_IOMMU);
	CHECK(driver_up(MODEM));
	memcpy(host_ram(BENCH_MPSS_BASE + 0x5000), "rea\ndy", 7);
	CHECK_EQ(core(BENCH_SMC_CORE_EVENT, BENCH_MPSS_BASE + 0x5000, NULL), 0);
	CHECK_STR(last_event()->what, "rea?dy");
	CHECK_EQ(last_event()->kind, BENCH_EV_CORE);
	CHECK_EQ(core(BENCH_SMC_CORE_EVENT, BENCH_CDSP_BASE, NULL), 0);
	CHECK_STR(last_event()->what, "");
	memset(host_ram(BENCH_MPSS_BASE + BENCH_MPSS_SIZE - 9), 'x', 200);
	CHECK_EQ(core(BENCH_SMC_CORE_EVENT, BENCH_MPSS_BASE + BENCH_MPSS_SIZE - 9, NULL), 0);
	CHECK_STR(last_event()->what, "xxxxxxxxx");
	CHECK_EQ(core(BENCH_SMC_CORE_IRQ, 0, NULL), 0);
	CHECK_EQ(host.spi, BENCH_SPI_MPSS_SMP2P);
	CHECK_EQ(core(BENCH_SMC_CORE_WDOG, 0, NULL), 0);
	CHECK_EQ(host.spi, BENCH_SPI_MPSS_WDOG);

	*word_at(BENCH_MPSS_BASE + 0x6000) = 0x1234;
	CHECK_EQ(core(BENCH_SMC_CORE_READ, BENCH_MPSS_BASE + 0x6000, &v), 0);
	CHECK_EQ(v, 0x1234);
	CHECK_EQ((int64_t)core(BENCH_SMC_CORE_READ, BENCH_SMEM_BASE, &v), -1);
	CHECK_STR(last_event()->what, "smmu fault at read of 0x5f000000");
	CHECK_EQ((int64_t)core(BENCH_SMC_CORE_READ, BENCH_MPSS_BASE + 4, &v), -1);
	/* mapped, but nothing that a core may touch */
	driver_map(BENCH_SHARED_BASE, 0x1000);
	CHECK_EQ((int64_t)core(BENCH_SMC_CORE_READ, BENCH_SHARED_BASE, &v), -1);

	driver_start(BENCH_MACHINE_EL2_MODEM);
	CHECK_EQ(core(BENCH_SMC_CORE_READ, BENCH_SMEM_BASE, &v), 0);
	CHECK_EQ((int64_t)core(BENCH_SMC_CORE_READ, BENCH_DEVMEM_BASE, &v), -1);
	driver_start(BENCH_MACHINE_HYP);
	CHECK_EQ(core(BENCH_SMC_CORE_READ, BENCH_DEVMEM_BASE, &v), 0);
	CHECK_EQ((int64_t)core(BENCH_SMC_CORE_READ, BENCH_CDSP_BASE, &v), -1);
}
