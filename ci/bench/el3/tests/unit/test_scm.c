// SPDX-License-Identifier: GPL-2.0-only
/* The dispatcher and the record: which calls there are, and what is told of them. */
#include "host.h"

TEST(available)
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

	driver_start(BENCH_MACHINE_EL2_MODEM);
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		CHECK_EQ(smc(SCM_IS_CALL_AVAILABLE, 1, rows[i].fn, 0, 0, 0), 0);
		if (res[0] != rows[i].yes)
			fail(__FILE__, __LINE__, "%x", rows[i].fn);
	}
	shared()->cores[BENCH_CORE_MPSS].rsc_mode = BENCH_RSC_ABSENT;
	CHECK_EQ(smc(SCM_IS_CALL_AVAILABLE, 1, 0x02000221, 0, 0, 0), 0);
	CHECK_EQ(res[0], 0);
	driver_start(BENCH_MACHINE_HYP);
	CHECK_EQ(smc(SCM_IS_CALL_AVAILABLE, 1, 0x02000221, 0, 0, 0), 0);
	CHECK_EQ(res[0], 0);
}

TEST(unknown)
{
	struct smc_frame f = { .x = { 0x86000077, 1, 2 } };

	driver_start(BENCH_MACHINE_EL2_MODEM);
	CHECK_EQ(smc(0x42001234, 1, 5, 6, 7, 8), SCM_NOT_SUPPORTED);
	CHECK_EQ(last_event()->flags, BENCH_F_UNKNOWN);
	CHECK_EQ(last_event()->args[3], 8);
	CHECK_EQ(smc(0x02000201, 0x82, 4, 0, 0, 0), SCM_NOT_SUPPORTED);	/* SMC32 */
	CHECK_EQ(shared()->unknown, 2);
	/* known and not there */
	CHECK_EQ(smc(0x72000602, 0x224, 0, 0, 0, 0), SCM_ERROR);
	CHECK_EQ(smc(SCM_QSEECOM_VERSION, 1, 10, 0, 0, 0), SCM_EOPNOTSUPP);
	/* known, and nothing to do or to be had */
	CHECK_EQ(smc(SCM_BOOT_SET_DLOAD_MODE, 2, 1, 0, 0, 0), 0);
	CHECK_EQ(smc(SCM_BOOT_SDI_CONFIG, 2, 1, 0, 0, 0), 0);
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
TEST(every_call)
{
#define WORD(name, ...) SCM_##name,
	static const uint32_t words[] = { SCM_CALLS(WORD) 0x42001234 };
	size_t i, n, calls = 0;

	driver_start(BENCH_MACHINE_EL2_MODEM);
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

/* The line on the UART, and a record that is full: it begins again. */
TEST(record_format)
{
	driver_start(BENCH_MACHINE_HYP);
	shared()->num_events = 77;	/* the guest cannot count for us */
	CHECK_EQ(smc(0x42001234, 0x21, 0xa, 0xb, 0xc, 0xd), SCM_NOT_SUPPORTED);
	CHECK_EQ(shared()->num_events, 2);
	CHECK(strstr(host.line, " ffffffff 42001234 21 0 a b c d 0 0 -1 0 0 0 unknown call\n"));
	CHECK(!strncmp(host.line, "1 C 20 ", 7));

	while (shared()->num_events < shared()->max_events + 3)
		smc(SCM_PAS_IS_SUPPORTED, AI(1), BENCH_PAS_MPSS, 0, 0, 0);
	CHECK_EQ(*host_ram(BENCH_SHARED_BASE + BENCH_SHARED_SIZE), 0);
	CHECK_EQ(shared()->events[2].seq, shared()->max_events + 2);
	CHECK_EQ(shared()->events[3].seq, 3);
}
