// SPDX-License-Identifier: GPL-2.0-only
/* assign_mem and the modem's reset line. */
#include "host.h"
#include "ram.h"

#define REGION		0x54000000ull
#define HLOS		3
#define MSA		15

struct perm {
	uint32_t vmid, perm;
	uint64_t ctx;
	uint32_t ctx_size, unused;
};

/* Lists below the pool's bridge, as base qcom_scm_assign_mem() lays them out */
#define FROM_ADDR	(BUF_ADDR + 0x100)
#define REGION_ADDR	(BUF_ADDR + 0x200)
#define TO_ADDR		(BUF_ADDR + 0x300)

static int64_t call(uint64_t regions_size, uint64_t from_size, uint64_t to_size)
{
	uint64_t *ext = word_at(BUF_ADDR);

	ext[0] = from_size;
	ext[1] = TO_ADDR;
	ext[2] = to_size;
	ext[3] = 0;
	return smc(SCM_ASSIGN_MEM, 0x1117, REGION_ADDR, regions_size, FROM_ADDR, BUF_ADDR);
}

static int64_t assign(uint64_t base, uint64_t size, uint32_t from, uint32_t to,
		      uint32_t perm)
{
	struct perm dest = { to, perm, 0, 0, 0 };

	put32(host_ram(FROM_ADDR), from);
	word_at(REGION_ADDR)[0] = base;
	word_at(REGION_ADDR)[1] = size;
	memcpy(host_ram(TO_ADDR), &dest, sizeof(dest));
	return call(16, 4, sizeof(dest));
}

/* Given away it is not Linux's to share, given back it is. */
TEST(there_and_back)
{
	driver_start(BENCH_MACHINE_EL2_MODEM);
	CHECK_EQ(assign(REGION, 0x2000, HLOS, MSA, 6), 0);
	CHECK_EQ(res[0], 0);
	CHECK(!assign_is_linux((struct range){ REGION + 0x1000, 1 }));
	CHECK(assign_is_linux((struct range){ REGION + 0x2000, 1 }));
	CHECK(!bridge(REGION, 0x1000));
	CHECK_EQ(assign(REGION, 0x2000, MSA, HLOS, 7), 0);
	CHECK(bridge(REGION, 0x1000));
	CHECK_EQ(violations(), 0);
	/* under the hypervisor, where nothing is bridged, a buffer there is refused */
	driver_start(BENCH_MACHINE_HYP);
	CHECK_EQ(assign(MD_ADDR, 0x1000, HLOS, MSA, 6), 0);
	CHECK_EQ(driver_init_modem(), SCM_EINVAL_ADDR);
	CHECK_STR(last_event()->what, "buffer was assigned away");
}

TEST(refused)
{
	static const struct {
		uint64_t base, size;
		uint32_t from, to, perm;
		int64_t status;
	} rows[] = {
		{ REGION + 1, 0x1000, HLOS, MSA, 6, SCM_EINVAL_ADDR },
		{ REGION, 0x800, HLOS, MSA, 6, SCM_EINVAL_ADDR },
		{ REGION, 0, HLOS, MSA, 6, SCM_EINVAL_ADDR },
		{ 0x0e000000, 0x1000, HLOS, MSA, 6, SCM_EINVAL_ADDR },
		{ BENCH_SHARED_BASE, 0x1000, HLOS, MSA, 6, SCM_EINVAL_ADDR },
		{ REGION, ~0xfffull, HLOS, MSA, 6, SCM_EINVAL_ADDR },
		{ POOL_ADDR, 0x1000, HLOS, MSA, 6, SCM_EINVAL_ARG },	/* bridged */
		{ REGION, 0x1000, MSA, HLOS, 6, SCM_EINVAL_ARG },	/* not theirs */
		{ REGION, 0x1000, 64, MSA, 6, SCM_EINVAL_ARG },
		{ REGION, 0x1000, HLOS, 64, 6, SCM_EINVAL_ARG },
		{ REGION, 0x1000, HLOS, MSA, 0, SCM_EINVAL_ARG },
		{ REGION, 0x1000, HLOS, MSA, 8, SCM_EINVAL_ARG },
	};
	size_t i;

	driver_start(BENCH_MACHINE_EL2_MODEM);
	for (i = 0; i < ARRAY_LEN(rows); i++)
		if (assign(rows[i].base, rows[i].size, rows[i].from, rows[i].to,
			   rows[i].perm) != rows[i].status)
			fail(__FILE__, __LINE__, "row %zu", i);
	CHECK(assign_is_linux((struct range){ BENCH_RAM_BASE, BENCH_RAM_SIZE }));

	/* lists of a wrong length, or outside every bridge */
	CHECK_EQ(assign(REGION, 0x1000, HLOS, MSA, 6), 0);
	CHECK_EQ(call(0, 4, 24), SCM_EINVAL_ARG);
	CHECK_EQ(call(15, 4, 24), SCM_EINVAL_ARG);
	CHECK_EQ(call(16, 4, 9 * 24), SCM_EINVAL_ARG);
	CHECK_EQ(violations(), 0);
	/* part of what is assigned already, and too many of them */
	CHECK_EQ(assign(REGION, 0x2000, HLOS, MSA, 6), SCM_EINVAL_ARG);
	for (i = 1; i < 16; i++)
		CHECK_EQ(assign(REGION + 0x1000 * i, 0x1000, HLOS, MSA, 6), 0);
	CHECK_EQ(assign(REGION + 0x10000, 0x1000, HLOS, MSA, 6), SCM_EINVAL_ARG);
	CHECK_EQ(smc(SCM_ASSIGN_MEM, 0x1117, REGION, 16, FROM_ADDR, BUF_ADDR),
		 SCM_EINVAL_ARG);
	CHECK_EQ(violations(), 1);

	driver_start(BENCH_MACHINE_EL2_MODEM);
	CHECK(driver_up(MODEM));
	CHECK_EQ(assign(BENCH_MPSS_BASE, BENCH_MPSS_SIZE, HLOS, MSA, 6), SCM_EINVAL_ADDR);
	CHECK_EQ(violations(), 1);
	CHECK_STR(last_event()->what, "assignment of a carveout that TrustZone owns");
}

TEST(mss_reset)
{
	driver_start(BENCH_MACHINE_EL2_MODEM);
	CHECK_EQ(smc(SCM_PAS_MSS_RESET, AI(2), 1, 0, 0, 0), 0);
	CHECK_EQ(smc(SCM_PAS_MSS_RESET, AI(2), 0, 0, 0, 0), 0);
	CHECK_EQ(smc(SCM_PAS_MSS_RESET, AI(2), 2, 0, 0, 0), SCM_EINVAL_ARG);
	CHECK_EQ(smc(SCM_PAS_MSS_RESET, AI(2), 0, 1, 0, 0), SCM_EINVAL_ARG);
	CHECK_EQ(violations(), 0);
	CHECK(driver_up(MODEM));
	CHECK_EQ(smc(SCM_PAS_MSS_RESET, AI(2), 0, 0, 0, 0), 0);
	CHECK_EQ(violations(), 0);
	CHECK_EQ(smc(SCM_PAS_MSS_RESET, AI(2), 1, 0, 0, 0), SCM_EINVAL_ARG);
	CHECK_EQ(violations(), 1);
}
