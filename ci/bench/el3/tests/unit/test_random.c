// SPDX-License-Identifier: GPL-2.0-only
/*
 * Random calls, addresses, tables and plans. Nothing is expected of the answers;
 * ASan and UBSan watch, and a few things that must hold after each call.
 */
#include "flow.h"

static const uint32_t words[] = {
	SCM_PAS_INIT_IMAGE, SCM_PAS_MEM_SETUP, SCM_PAS_AUTH_AND_RESET,
	SCM_PAS_SHUTDOWN, SCM_PAS_IS_SUPPORTED, SCM_PAS_GET_RSC_TABLE,
	SCM_SHM_BRIDGE_ENABLE, SCM_SHM_BRIDGE_DELETE, SCM_SHM_BRIDGE_CREATE,
	SCM_IS_CALL_AVAIL, SCM_IO_READ, SCM_SMCINVOKE, 0x42000c16,
};

static const uint32_t arginfos[] = {
	0x82, 3, 1, 1, 1, 0x845, 0, 1, 4, 1, 1, 0x224, 0x1117,
};

static uint64_t random_value(void)
{
	static const uint64_t values[] = {
		0, 1, 4, 18, 0x25, MD_ADDR, MD_DTB_ADDR, BUF_ADDR, BENCH_MPSS_BASE,
		BENCH_CDSP_BASE, BENCH_CDSP_DTB_BASE, BENCH_SHARED_BASE, 0x1000,
		BENCH_MPSS_SIZE, 0x4000, 0x7ffff000, 0x80000000, ~0ull, ~0xfffull,
	};
	uint64_t v = values[host_random() % ARRAY_LEN(values)];

	switch (host_random() % 6) {
	case 0:
		return v + host_random() % 64;
	case 1:
		return v | 6;
	case 2:
		return v | 1 << 9;
	case 3:
		return (uint64_t)host_random() << 32 | host_random();
	default:
		return v;
	}
}

static void random_memory(uint64_t base, size_t words32)
{
	size_t i;

	for (i = 0; i < words32; i++)
		put32(host_ram(base) + 4 * i, host_random() % 3 ? host_random() % 64
								: host_random());
}

/* Beyond what scm_call() itself makes sure of after each call */
static void invariants(void)
{
	const struct pas *mpss = pas_find(BENCH_PAS_MPSS);
	const struct pas *cdsp = pas_find(BENCH_PAS_CDSP);

	CHECK_EQ(host.running[BENCH_CPU_MPSS], mpss->state == PAS_UP);
	CHECK_EQ(host.running[BENCH_CPU_CDSP], cdsp->state == PAS_UP);
	CHECK(bridge_count() <= 64);
	CHECK(memchr(last_event()->what, 0, sizeof(last_event()->what)));
}

static void random_call(void)
{
	unsigned int i = host_random() % ARRAY_LEN(words);
	uint32_t arginfo = host_random() % 16 ? arginfos[i] : host_random();

	smc(words[i] | (host_random() % 8 ? 0 : SCM_FAST_CALL), arginfo,
	    random_value(), random_value(), random_value(), random_value());
	invariants();
}

static void calls_on(enum bench_machine machine)
{
	int round;

	flow_start(machine);
	for (round = 0; round < 4000; round++) {
		if (!(round % 50)) {
			flow_start(machine);
			if (round % 100)
				flow_modem_up();
			random_memory(BUF_ADDR, 256);
			random_memory(BENCH_SHARED_BASE + 16, 256);
			/* most of it should get through to the handlers */
			if (round % 200)
				memset(host_ram(BENCH_SHARED_BASE + 16), 0, 1024);
			image_build(&flow_image, SHA2_256, round % 3, BENCH_MPSS_BASE);
			memcpy(host_ram(MD_ADDR), flow_image.md, flow_image.size);
		}
		random_call();
	}
}

static void calls(void)
{
	calls_on(BENCH_MACHINE_EL2_IOMMU);
	calls_on(BENCH_MACHINE_EL2_MODEM);
	calls_on(BENCH_MACHINE_HYP);
}

static void count(void *arg, const struct smmu_leaf *leaf)
{
	CHECK(leaf->size);
	++*(unsigned long *)arg;
}

/* Stream tables, descriptors and page tables full of anything. */
static void tables(void)
{
	struct smmu_context ctx;
	unsigned long leaves = 0;
	uint64_t pa;
	int round, i;

	for (round = 0; round < 300; round++) {
		flow_start(BENCH_MACHINE_EL2_IOMMU);
		flow_map(BENCH_MPSS_BASE, 0x20000);
		host.strtab_cfg ^= host_random() % 8 ? 0 : host_random();
		for (i = host_random() % 6; i > 0; i--)
			*word_at(flow_tables.ste + 8 * (host_random() % 2)) ^=
				1ull << host_random() % 64;
		for (i = host_random() % 3; i > 0; i--)
			*word_at(flow_tables.cd + 8 * (host_random() % 2)) ^=
				1ull << host_random() % 64;
		for (i = 0; i < 40; i++)
			*word_at((flow_tables.ttb + host_random() % 0x4000) & ~7ull) =
				(uint64_t)(host_random() & 0xff) << 56 |
				(0x50000000 + (host_random() & 0x3000)) |
				(host_random() & 0xfff);
		if (smmu_find_context(BENCH_SID_MPSS, &ctx) != SMMU_TRANSLATES)
			continue;
		smmu_for_each_leaf(&ctx, count, &leaves);
		for (i = 0; i < 100; i++)
			smmu_translate(&ctx, (uint64_t)host_random() << host_random() % 20,
				       i & 1, &pa);
	}
	CHECK(leaves);
}

int main(void)
{
	static const struct test tests[] = {
		{ "calls", calls },
		{ "tables", tables },
	};

	return run_tests(tests, ARRAY_LEN(tests));
}
