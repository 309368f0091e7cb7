// SPDX-License-Identifier: GPL-2.0-only
/* get_rsc_table: the right answer, and each wrong one that the plan asks for. */
#include "host.h"
#include "rsc.h"

#define MPSS		BENCH_PAS_MPSS
#define EXT		BUF_ADDR
#define IN		(BUF_ADDR + 0x1000)
#define OUT		(BUF_ADDR + 0x8000)
#define OUT_SIZE	0x4000u
#define EMPTY_ANSWER	(RSC_TABLE_HEADER + RSC_OFFSET_SIZE + RSC_DEVMEM_SIZE)

static struct bench_core_plan *plan(void)
{
	return &shared()->cores[BENCH_CORE_MPSS];
}

static void start(uint32_t mode, uint32_t size)
{
	driver_start(BENCH_MACHINE_EL2_IOMMU);
	plan()->rsc_mode = mode;
	plan()->rsc_size = size;
	put32(host_ram(IN), 1);
}

static int64_t call(uint64_t in, uint64_t in_size, uint64_t out, uint64_t out_size)
{
	uint64_t *ext = word_at(EXT);

	ext[0] = out;
	ext[1] = out_size;
	return smc(SCM_PAS_GET_RSC_TABLE, AI_RSC, MPSS, in, in_size, EXT);
}

static int64_t ask(uint64_t out_size)
{
	return call(IN, RSC_TABLE_HEADER, OUT, out_size);
}

static bool good_table(size_t size)
{
	struct rsc_devmem dev;
	const uint8_t *table = host_ram(OUT);

	return rsc_valid(table, size) && rsc_num(table) == 1 &&
	       rsc_devmem_at(table, size, 0, &dev) && dev.da == BENCH_DEVMEM_BASE &&
	       dev.pa == BENCH_DEVMEM_BASE && dev.len == BENCH_DEVMEM_SIZE;
}

TEST(by_default)
{
	start(BENCH_RSC_DEFAULT, 0);
	CHECK_EQ(ask(OUT_SIZE), 0);
	CHECK_EQ(res[0], 0);
	CHECK_EQ(res[1], 0);
	CHECK_EQ(res[2], EMPTY_ANSWER);
	CHECK(good_table(res[2]));
	CHECK_EQ(last_event()->args[3], OUT);
	CHECK_EQ(last_event()->args[4], OUT_SIZE);
	CHECK_EQ(ask(EMPTY_ANSWER), 0);
	/* an all-zero header stands for "no table" too */
	put32(host_ram(IN), 0);
	CHECK_EQ(ask(OUT_SIZE), 0);
	CHECK(good_table(res[2]));
	CHECK_EQ(violations(), 0);
}

/* The input's entries come back, each behind one offset more. */
TEST(merged)
{
	uint8_t *in;
	const uint8_t *out;
	struct rsc_devmem dev;

	start(BENCH_RSC_DEFAULT, 0);
	in = host_ram(IN);
	out = host_ram(OUT);
	put32(in + 4, 2);
	put32(in + 16, 24);
	put32(in + 20, 28);
	put32(in + 24, 0xaa);
	put32(in + 28, RSC_DEVMEM);
	put32(in + 32, 0x1000);
	put32(in + 36, 0x2000);
	put32(in + 40, 0x3000);
	CHECK_EQ(call(IN, 28 + RSC_DEVMEM_SIZE, OUT, OUT_SIZE), 0);
	CHECK_EQ(res[2], 28 + RSC_DEVMEM_SIZE + RSC_OFFSET_SIZE + RSC_DEVMEM_SIZE);
	CHECK(rsc_valid(out, res[2]));
	CHECK_EQ(rsc_num(out), 3);
	CHECK_EQ(out[28], 0xaa);
	CHECK(rsc_devmem_at(out, res[2], 1, &dev));
	CHECK_EQ(dev.da, 0x1000);
	CHECK_EQ(dev.pa, 0x2000);
	CHECK_EQ(dev.len, 0x3000);
	CHECK(rsc_devmem_at(out, res[2], 2, &dev));
	CHECK_EQ(dev.da, BENCH_DEVMEM_BASE);
}

/* What a table grants may be mapped, until the next one is fetched. */
TEST(grants)
{
	start(BENCH_RSC_DEFAULT, 0);
	CHECK_EQ(ask(OUT_SIZE), 0);
	driver_map(BENCH_DEVMEM_BASE, BENCH_DEVMEM_SIZE);
	CHECK(driver_up(MODEM));
	CHECK_EQ(last_event()->flags, BENCH_F_MAPPED | BENCH_F_AUTHENTICATED);
	CHECK_EQ(driver_shutdown(MPSS), 0);
	CHECK_EQ(violations(), 0);

	start(BENCH_RSC_EMPTY, 0);
	CHECK_EQ(ask(OUT_SIZE), 0);
	CHECK_EQ(driver_init_modem(), 0);
	driver_map(BENCH_MPSS_BASE, BENCH_MPSS_SIZE);
	driver_map(BENCH_DEVMEM_BASE, BENCH_DEVMEM_SIZE);
	CHECK_EQ(driver_auth_bridged(MODEM),
		 SCM_EINVAL_ARG);
	CHECK_STR(last_event()[-1].what, "stream maps more than it may at 0x5eb00000");
}

TEST(too_small)
{
	start(BENCH_RSC_DEFAULT, 0);
	CHECK(ask(EMPTY_ANSWER - 1) != 0);
	CHECK_EQ(res[1], 20);
	CHECK_EQ(res[2], EMPTY_ANSWER);
	CHECK_EQ(*host_ram(OUT), 0);

	start(BENCH_RSC_LARGE, 0x5000);
	CHECK(ask(OUT_SIZE) != 0);
	CHECK_EQ(res[1], 20);
	CHECK_EQ(res[2], 0x5000);
	CHECK_EQ(ask(0x5000), 0);
	CHECK_EQ(res[1], 0);
	CHECK_EQ(res[2], 0x5000);
	CHECK(good_table(res[2]));

	start(BENCH_RSC_ALWAYS_SMALL, 0x5000);
	CHECK(ask(OUT_SIZE) != 0);
	CHECK(ask(0x5000) != 0);
	CHECK_EQ(res[1], 20);
	CHECK_EQ(res[2], 0x5000);
}

TEST(lies)
{
	start(BENCH_RSC_EMPTY, 0);
	CHECK_EQ(ask(OUT_SIZE), 0);
	CHECK_EQ(res[2], RSC_TABLE_HEADER);
	CHECK(rsc_valid(host_ram(OUT), res[2]));
	CHECK_EQ(rsc_num(host_ram(OUT)), 0);

	start(BENCH_RSC_ZERO_BYTES, 0);
	CHECK_EQ(ask(OUT_SIZE), 0);
	CHECK_EQ(res[2], 0);

	start(BENCH_RSC_LIE_LARGER, 0);
	CHECK_EQ(ask(OUT_SIZE), 0);
	CHECK_EQ(res[1], 0);
	CHECK(res[2] > OUT_SIZE);

	start(BENCH_RSC_SHORT, 0);
	CHECK_EQ(ask(OUT_SIZE), 0);
	CHECK(res[2] && res[2] < RSC_TABLE_HEADER);

	start(BENCH_RSC_BAD_NUM, 0);
	CHECK_EQ(ask(OUT_SIZE), 0);
	CHECK_EQ(res[2], EMPTY_ANSWER);
	CHECK(!rsc_valid(host_ram(OUT), res[2]));

	start(BENCH_RSC_BAD_OFFSET, 0);
	CHECK_EQ(ask(OUT_SIZE), 0);
	CHECK_EQ(res[2], EMPTY_ANSWER);
	CHECK(!rsc_valid(host_ram(OUT), res[2]));

	start(BENCH_RSC_CUT_ENTRY, 0);
	CHECK_EQ(ask(OUT_SIZE), 0);
	CHECK(res[2] < EMPTY_ANSWER);
	CHECK(!good_table(res[2]));

	start(BENCH_RSC_ABSENT, 0);
	CHECK_EQ(ask(OUT_SIZE), SCM_ERROR);
	driver_start(BENCH_MACHINE_HYP);
	CHECK_EQ(ask(OUT_SIZE), SCM_EOPNOTSUPP);
	CHECK_EQ(violations(), 0);
}

TEST(bad_input)
{
	static const uint32_t bad[][3] = {	/* offset, word, size */
		{ 0, 2, 16 }, { 4, 1, 16 }, { 8, 1, 16 }, { 4, 0x40000000, 16 },
		{ 4, 0xffffffff, 0x1000 }, { 4, 1, 20 }, { 4, 1, 15 },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(bad); i++) {
		start(BENCH_RSC_DEFAULT, 0);
		put32(host_ram(IN) + bad[i][0], bad[i][1]);
		if (call(IN, bad[i][2], OUT, OUT_SIZE) != SCM_EINVAL_ARG)
			fail(__FILE__, __LINE__, "row %zu", i);
	}
	start(BENCH_RSC_DEFAULT, 0);
	put32(host_ram(IN) + 4, 1);
	put32(host_ram(IN) + 16, 17);		/* entry over the end */
	CHECK_EQ(call(IN, 20, OUT, OUT_SIZE), SCM_EINVAL_ARG);
	CHECK_EQ(violations(), 0);
}

TEST(bad_buffers)
{
	start(BENCH_RSC_DEFAULT, 0);
	CHECK_EQ(call(0, 16, OUT, OUT_SIZE), SCM_EINVAL_ARG);
	CHECK_EQ(call(IN, 0, OUT, OUT_SIZE), SCM_EINVAL_ARG);
	CHECK_EQ(call(IN, ~0ull, OUT, OUT_SIZE), SCM_EINVAL_ARG);
	CHECK_EQ(call(IN, 16, 0, OUT_SIZE), SCM_EINVAL_ARG);
	CHECK_EQ(call(IN, 16, OUT, 0), SCM_EINVAL_ARG);
	CHECK_EQ(call(IN, 16, OUT, ~0ull), SCM_EINVAL_ADDR);
	CHECK_EQ(call(IN, 16, BENCH_SHARED_BASE, 0x1000), SCM_EINVAL_ADDR);
	CHECK_EQ(violations(), 0);
	CHECK_EQ(call(IN, 16, 0x54000000, 0x1000), SCM_EINVAL_ARG);
	CHECK_EQ(violations(), 1);
	CHECK_EQ(call(0x54000000, 16, OUT, 0x1000), SCM_EINVAL_ARG);
	CHECK_EQ(violations(), 2);
	CHECK_EQ(smc(SCM_PAS_GET_RSC_TABLE, AI_RSC, MPSS, IN, 16, 0x54000000),
		 SCM_EINVAL_ARG);
	CHECK_EQ(violations(), 3);
	CHECK_EQ(smc(SCM_PAS_GET_RSC_TABLE, AI_RSC, MPSS, IN, 16, EXT + 4),
		 SCM_EINVAL_ADDR);
	CHECK_EQ(smc(SCM_PAS_GET_RSC_TABLE, AI_RSC, MPSS, IN, 16, 0x1000),
		 SCM_EINVAL_ADDR);
	CHECK_EQ(smc(SCM_PAS_GET_RSC_TABLE, 0x844, MPSS, IN, 16, EXT),
		 SCM_EINVAL_ARG);
}

/* The guest's own table; its devices are granted, whatever else is wrong with it. */
TEST(as_told)
{
	static const struct rsc_devmem dev = { 0x5eb00000, 0x5eb00000, 0x1000, false };
	static const uint8_t none[RSC_TABLE_HEADER];
	const struct core *core = &model.cores[BENCH_CORE_MPSS];
	size_t size;

	start(BENCH_RSC_TOLD, 0);
	size = rsc_extend(shared()->told, none, sizeof(none), &dev);
	plan()->rsc_size = (uint32_t)size;
	CHECK_EQ(ask(OUT_SIZE), 0);
	CHECK_EQ(res[2], size);
	CHECK(!memcmp(host_ram(OUT), shared()->told, size));
	CHECK_EQ(core->num_extra, 1);
	CHECK_EQ(core->extra[0].da, dev.da);

	rsc_set_num(shared()->told, 1000);
	CHECK_EQ(ask(OUT_SIZE), 0);
	CHECK(core->num_extra >= 1);
	CHECK_EQ(core->extra[0].da, dev.da);

	rsc_set_num(shared()->told, 0);
	CHECK_EQ(ask(OUT_SIZE), 0);
	CHECK_EQ(core->num_extra, 0);

	plan()->rsc_size = BENCH_TOLD_SIZE + 1;
	CHECK_EQ(ask(OUT_SIZE), 0);
	CHECK_EQ(res[2], BENCH_TOLD_SIZE);
}
