// SPDX-License-Identifier: GPL-2.0-only
/* The fault plan, the record, unknown calls, what a core may ask for. */
#include "flow.h"

#define MPSS	BENCH_PAS_MPSS

static struct bench_shared *shared(void)
{
	return phys_ptr(BENCH_SHARED_BASE, BENCH_SHARED_SIZE);
}

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
static void occurrences(void)
{
	static const int64_t want[] = { 0, -5, -5, 0, 0 };
	size_t i;

	flow_start(BENCH_MACHINE_HYP);
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

static void busy(void)
{
	flow_start(BENCH_MACHINE_HYP);
	plan(0, SCM_PAS_IS_SUPPORTED, MPSS, 1, 1, BENCH_ACT_BUSY);
	CHECK_EQ(supported(MPSS), SCM_EBUSY);
	CHECK_EQ(res[0], 0);
	CHECK_EQ(supported(MPSS), 0);
	CHECK_EQ(res[0], 1);
}

/* Carried out or not: what is answered is the same. */
static void done_or_not(void)
{
	flow_start(BENCH_MACHINE_HYP);
	CHECK_EQ(flow_init_modem(), 0);
	plan(0, SCM_PAS_AUTH_AND_RESET, MPSS, 1, 1, BENCH_ACT_FAIL);
	CHECK_EQ(flow_auth(MPSS), -5);
	CHECK(!host.running[BENCH_CPU_MPSS]);
	CHECK_EQ(pas_find(MPSS)->state, PAS_INITIALISED);
	plan(0, SCM_PAS_AUTH_AND_RESET, MPSS, 1, 1, BENCH_ACT_DO_AND_FAIL);
	CHECK_EQ(flow_auth(MPSS), -5);
	CHECK(host.running[BENCH_CPU_MPSS]);
	CHECK_EQ(last_event()->flags, BENCH_F_INJECTED | BENCH_F_AUTHENTICATED);
	/* who is told that init_image failed may release the metadata at once */
	CHECK_EQ(flow_shutdown(MPSS), 0);
	plan(0, SCM_PAS_INIT_IMAGE, MPSS, 1, 1, BENCH_ACT_DO_AND_FAIL);
	CHECK_EQ(flow_init_modem(), -5);
	CHECK_EQ(pas_find(MPSS)->state, PAS_INITIALISED);
	memset(host_ram(MD_ADDR), 0xff, 0x1000);
	CHECK_EQ(supported(BENCH_PAS_CDSP), 0);
	CHECK_EQ(violations(), 0);
	/* but not go on */
	CHECK_EQ(flow_auth(MPSS), SCM_EINVAL_ARG);
	CHECK_EQ(violations(), 1);
	flow_start(BENCH_MACHINE_HYP);
	flow_modem_up();
	/* a refused shutdown leaves it running */
	plan(0, SCM_PAS_SHUTDOWN, MPSS, 1, 1, BENCH_ACT_FAIL);
	CHECK_EQ(flow_shutdown(MPSS), -5);
	CHECK(host.running[BENCH_CPU_MPSS]);
	CHECK_EQ(flow_shutdown(MPSS), 0);
	CHECK(!host.running[BENCH_CPU_MPSS]);
}

/* The first rule that hits acts; each that matches counts. */
static void several(void)
{
	flow_start(BENCH_MACHINE_HYP);
	plan(0, SCM_PAS_IS_SUPPORTED, MPSS, 1, 1, BENCH_ACT_BUSY);
	plan(1, SCM_PAS_IS_SUPPORTED, MPSS, 1, 2, BENCH_ACT_FAIL);
	CHECK_EQ(supported(MPSS), SCM_EBUSY);
	CHECK_EQ(supported(MPSS), -5);
	CHECK_EQ(supported(MPSS), 0);
	CHECK_EQ(shared()->rules[1].seen, 3);
	/* fast calls match without their bit */
	plan(2, SCM_IS_CALL_AVAIL, BENCH_ANY, 1, 1, BENCH_ACT_FAIL);
	CHECK_EQ(smc(SCM_IS_CALL_AVAIL | SCM_FAST_CALL, 1, 0x02000601, 0, 0, 0), -5);
}

static void available(void)
{
	static const struct {
		uint32_t fn;
		bool yes;
	} rows[] = {
		{ 0x02000601, true }, { 0x02000201, true }, { 0x02000202, true },
		{ 0x02000205, true }, { 0x02000206, true }, { 0x02000207, true },
		{ 0x02000221, true }, { 0x02000c1c, true }, { 0x02000c1e, true },
		{ 0x02000110, true }, { 0x02000603, false }, { 0x02000c16, true },
		{ 0x0200020a, true },
		{ 0x32000602, false }, { 0x82000601, false }, { 0, false },
	};
	size_t i;

	flow_start(BENCH_MACHINE_EL2_MODEM);
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		CHECK_EQ(smc(SCM_IS_CALL_AVAIL, 1, rows[i].fn, 0, 0, 0), 0);
		if (res[0] != rows[i].yes)
			fail(__FILE__, __LINE__, "%x", rows[i].fn);
	}
	shared()->cores[BENCH_CORE_MPSS].rsc_mode = BENCH_RSC_ABSENT;
	CHECK_EQ(smc(SCM_IS_CALL_AVAIL, 1, 0x02000221, 0, 0, 0), 0);
	CHECK_EQ(res[0], 0);
	flow_start(BENCH_MACHINE_HYP);
	CHECK_EQ(smc(SCM_IS_CALL_AVAIL, 1, 0x02000221, 0, 0, 0), 0);
	CHECK_EQ(res[0], 0);
}

static void unknown(void)
{
	struct smc_frame f = { .x = { 0x86000077, 1, 2 } };

	flow_start(BENCH_MACHINE_EL2_MODEM);
	CHECK_EQ(smc(0x42001234, 1, 5, 6, 7, 8), SCM_NOT_SUPPORTED);
	CHECK_EQ(last_event()->flags, BENCH_F_UNKNOWN);
	CHECK_EQ(last_event()->args[3], 8);
	CHECK_EQ(smc(0x02000201, 0x82, 4, 0, 0, 0), SCM_NOT_SUPPORTED);	/* SMC32 */
	CHECK_EQ(shared()->unknown, 2);
	/* known and not there */
	CHECK_EQ(smc(0x72000602, 0x224, 0, 0, 0, 0), SCM_ERROR);
	CHECK_EQ(smc(SCM_QSEECOM_VERSION, 1, 10, 0, 0, 0), SCM_EOPNOTSUPP);
	/* known, and nothing to do or to be had */
	CHECK_EQ(smc(SCM_SET_DLOAD_MODE, 2, 1, 0, 0, 0), 0);
	CHECK_EQ(smc(SCM_SDI_CONFIG, 2, 1, 0, 0, 0), 0);
	CHECK_EQ(smc(SCM_IO_READ, 1, 0x10000, 0, 0, 0), SCM_EINVAL_ADDR);
	CHECK_EQ(smc(SCM_IO_WRITE, 2, 0x10000, 1, 0, 0), SCM_EINVAL_ADDR);
	CHECK_EQ(shared()->unknown, 2);
	record_unknown(&f);
	CHECK_EQ(shared()->unknown, 3);
	core_call(&f, BENCH_CPU_CDSP);
	CHECK_EQ((int64_t)f.x[0], SCM_ERROR);
	CHECK_EQ(shared()->unknown, 4);
}

/* No call goes unrecorded, whatever becomes of it. */
static void every_call(void)
{
	static const uint32_t words[] = {
		SCM_SDI_CONFIG, SCM_SET_DLOAD_MODE, SCM_PAS_INIT_IMAGE,
		SCM_PAS_MEM_SETUP, SCM_PAS_AUTH_AND_RESET, SCM_PAS_SHUTDOWN,
		SCM_PAS_IS_SUPPORTED, SCM_PAS_GET_RSC_TABLE, SCM_IO_READ,
		SCM_PAS_MSS_RESET, SCM_ASSIGN_MEM,
		SCM_IO_WRITE, SCM_IS_CALL_AVAIL, SCM_QSEECOM_VERSION,
		SCM_SHM_BRIDGE_ENABLE, SCM_SHM_BRIDGE_DELETE,
		SCM_SHM_BRIDGE_CREATE, SCM_SMCINVOKE, 0x42001234,
	};
	size_t i, n, calls = 0;

	flow_start(BENCH_MACHINE_EL2_MODEM);
	n = shared()->num_events;
	for (i = 0; i < ARRAY_LEN(words); i++) {
		int64_t status = smc(words[i], i & 1, 0x1000 + i, 2, 3, 4);

		CHECK_EQ(last_event()->kind, BENCH_EV_CALL);
		CHECK_EQ(last_event()->fn, words[i]);
		CHECK_EQ(last_event()->arginfo, i & 1);
		CHECK_EQ(last_event()->args[0], 0x1000 + i);
		CHECK_EQ(last_event()->status, status);
	}
	for (i = n; i < shared()->num_events; i++)
		calls += shared()->events[i].kind == BENCH_EV_CALL;
	CHECK_EQ(calls, ARRAY_LEN(words));
}

/* The line on the UART, and a record that is full. */
static void record_format(void)
{
	flow_start(BENCH_MACHINE_HYP);
	shared()->num_events = 77;	/* the guest cannot count for us */
	CHECK_EQ(smc(0x42001234, 0x21, 0xa, 0xb, 0xc, 0xd), SCM_NOT_SUPPORTED);
	CHECK_EQ(shared()->num_events, 2);
	CHECK(strstr(host.line, " ffffffff 42001234 21 0 a b c d 0 0 -1 0 0 0 unknown call\n"));
	CHECK(!strncmp(host.line, "1 C 20 ", 7));

	while (shared()->num_events < shared()->max_events + 3)
		supported(MPSS);
	CHECK_EQ(*host_ram(BENCH_SHARED_BASE + BENCH_SHARED_SIZE), 0);
}

static uint64_t core(uint64_t fn, uint64_t a, uint64_t b, uint64_t *out)
{
	struct smc_frame f = { .x = { fn, a, b } };

	core_call(&f, BENCH_CPU_MPSS);
	if (out)
		*out = f.x[1];
	return f.x[0];
}

static void core_calls(void)
{
	uint64_t v;

	flow_start(BENCH_MACHINE_EL2_IOMMU);
	flow_modem_up();
	memcpy(host_ram(BENCH_MPSS_BASE + 0x5000), "rea\ndy", 7);
	CHECK_EQ(core(BENCH_SMC_CORE_EVENT, BENCH_MPSS_BASE + 0x5000, 0, NULL), 0);
	CHECK_STR(last_event()->what, "rea?dy");
	CHECK_EQ(last_event()->kind, BENCH_EV_CORE);
	CHECK_EQ(core(BENCH_SMC_CORE_EVENT, BENCH_CDSP_BASE, 0, NULL), 0);
	CHECK_STR(last_event()->what, "");
	memset(host_ram(BENCH_MPSS_BASE + BENCH_MPSS_SIZE - 9), 'x', 200);
	CHECK_EQ(core(BENCH_SMC_CORE_EVENT, BENCH_MPSS_BASE + BENCH_MPSS_SIZE - 9,
		      0, NULL), 0);
	CHECK_STR(last_event()->what, "xxxxxxxxx");
	CHECK_EQ(core(BENCH_SMC_CORE_IRQ, 0, 0, NULL), 0);
	CHECK_EQ(host.spi, BENCH_SPI_MPSS_SMP2P);
	CHECK_EQ(core(BENCH_SMC_CORE_WDOG, 0, 0, NULL), 0);
	CHECK_EQ(host.spi, BENCH_SPI_MPSS_WDOG);

	CHECK_EQ(core(BENCH_SMC_CORE_WRITE, BENCH_MPSS_BASE + 0x6000, 0x1234, NULL), 0);
	CHECK_EQ(core(BENCH_SMC_CORE_READ, BENCH_MPSS_BASE + 0x6000, 0, &v), 0);
	CHECK_EQ(v, 0x1234);
	CHECK_EQ((int64_t)core(BENCH_SMC_CORE_READ, BENCH_SMEM_BASE, 0, &v), -1);
	CHECK_STR(last_event()->what, "smmu fault at read of 0x5f000000");
	CHECK_EQ((int64_t)core(BENCH_SMC_CORE_WRITE, BENCH_MPSS_BASE + 4, 0, &v), -1);
	/* mapped, but nothing that a core may touch */
	flow_map(BENCH_SHARED_BASE, 0x1000);
	CHECK_EQ((int64_t)core(BENCH_SMC_CORE_WRITE, BENCH_SHARED_BASE, 0, &v), -1);

	flow_start(BENCH_MACHINE_EL2_MODEM);
	CHECK_EQ(core(BENCH_SMC_CORE_READ, BENCH_SMEM_BASE, 0, &v), 0);
	CHECK_EQ((int64_t)core(BENCH_SMC_CORE_READ, BENCH_DEVMEM_BASE, 0, &v), -1);
	flow_start(BENCH_MACHINE_HYP);
	CHECK_EQ(core(BENCH_SMC_CORE_READ, BENCH_DEVMEM_BASE, 0, &v), 0);
	CHECK_EQ((int64_t)core(BENCH_SMC_CORE_READ, BENCH_CDSP_BASE, 0, &v), -1);
}

int main(void)
{
	static const struct test tests[] = {
		{ "occurrences", occurrences },
		{ "busy", busy },
		{ "done-or-not", done_or_not },
		{ "several", several },
		{ "available", available },
		{ "unknown", unknown },
		{ "every-call", every_call },
		{ "record-format", record_format },
		{ "core-calls", core_calls },
	};

	return run_tests(tests, ARRAY_LEN(tests));
}
