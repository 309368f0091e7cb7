// SPDX-License-Identifier: GPL-2.0-only
/* Which tests a suite is made of. */
#include <string.h>
#include <unistd.h>

#include "guest.h"

#define BIT_HYP		MACHINE_BIT(BENCH_MACHINE_HYP)
#define BIT_IOMMU	MACHINE_BIT(BENCH_MACHINE_EL2_IOMMU)

static const struct scenario demo[] = {
	{ "start", "M1 B1 C1", sc_start, MACHINES_ALL },
	{ "recover", "S6", sc_recover, MACHINES_ALL },
	{ "stop", "S1 C1", sc_stop, MACHINES_ALL },
	{ "restart", "S2 S6", sc_restart, MACHINES_ALL },
};

static const struct scenario life[] = {
	{ "start-stop", "M1 M3 B1 C1 C2 C5 S1", sc_start_stop, MACHINES_ALL },
	{ "restart", "S2 S6", sc_restart, MACHINES_ALL },
	{ "crash-recover", "S6 M3 C1", sc_crash_recover, MACHINES_ALL },
	{ "watchdog-recover", "S6 M3 C1", sc_watchdog_recover, MACHINES_ALL },
	{ "bus-error", "C1 S6", sc_bus_error, BIT_IOMMU },
	{ "who-decides", "P1 P2 M1 B1 C2 T1", sc_who_decides, MACHINES_ALL },
	{ "never-ready", "S1 S2 S4 C2", sc_never_ready, MACHINES_ALL },
	{ "crash-at-once", "S1 S2 S4 C2", sc_crash_at_once, MACHINES_ALL },
	{ "no-handover", "S1", sc_no_handover, MACHINES_ALL },
	{ "stop-ignored", "S3", sc_stop_ignored, MACHINES_ALL },
	{ "unbind-rebind", "S6", sc_unbind_rebind, MACHINES_ALL },
	{ "coredump", "C5 T6 S6", sc_coredump, MACHINES_ALL },
	{ "stream", "C1 T1", sc_stream, BIT_IOMMU },
	{ "many-cycles", "S1 M2 M5", sc_many_cycles, MACHINES_ALL },
};

static const struct scenario flip[] = {
	{ "flip", "S1 S2 S4", sc_flip, MACHINES_ALL },
};

static const struct scenario same_calls[] = {
	{ "same-calls", "P3", sc_same_calls, BIT_HYP },
};

static const struct scenario first_life[] = {
	{ "start-stop-start", "S1 S6", sc_start_stop_start, MACHINES_ALL },
	{ "stop", "S1", sc_stop, MACHINES_ALL },
};

static void add_boot(void)
{
	test_add("S1", sc_boot, NULL, "boot")->setup = true;
}

static void add_warm_up(void)
{
	test_add("M5", sc_warm_up, NULL, "warm-up")->setup = true;
}

static void build_demo(void)
{
	add_boot();
	/* one core after the other, each from start to restart */
	for (size_t c = 0; c < BENCH_CORES; c++) {
		for (size_t i = 0; i < ARRAY_SIZE(demo); i++) {
			if (cores[c].present)
				test_add(demo[i].rows, demo[i].fn, &cores[c], "%s.%s",
					 cores[c].name, demo[i].name);
		}
	}
}

static const struct scenario first[] = {
	/* elsewhere the pool has grown before the guest is there, or is not used */
	{ "growth-fails", "B4 S1 S2", sc_growth_fails, MACHINE_BIT(BENCH_MACHINE_EL2_MODEM) },
};

static void build_life(void)
{
	add_boot();
	if (shared->machine == BENCH_MACHINE_EL2_IOMMU)
		fault_first_call(&cores[BENCH_CORE_MPSS]);
	tests_add_table(first, ARRAY_SIZE(first));
	add_warm_up();
	tests_add_table(life, ARRAY_SIZE(life));
	if (cores[BENCH_CORE_CDSP].present)
		minidump_add(&cores[BENCH_CORE_CDSP]);
	if (cores_present() > 1)
		test_add("M5 S6", sc_parallel, NULL, "parallel");
}

static void build_flip(void)
{
	add_boot();
	add_warm_up();
	tests_add_table(flip, ARRAY_SIZE(flip));
}

static const struct scenario five_cores[] = {
	{ "five-cores", "M5 C5 S1", sc_five_cores, BIT_IOMMU },
	{ "five-cores-sizes", "M5 C5 S1", sc_five_cores_sizes, BIT_IOMMU },
};

static void build_first_life(void)
{
	add_boot();
	tests_add_table(first_life, ARRAY_SIZE(first_life));
}

static void build_five_cores(void)
{
	struct core *modem = &cores[BENCH_CORE_MPSS];

	add_boot();
	add_warm_up();
	for (size_t i = 0; i < ARRAY_SIZE(five_cores); i++)
		test_add(five_cores[i].rows, five_cores[i].fn, NULL, "%s", five_cores[i].name);
	test_add("S1 S6", sc_unbind_rebind, modem, "%s.unbind-rebind", modem->name);
	assign_refused_add(modem);
	decrypt_add(modem);
	refused_dtb_add(modem);
}

static void build_images(void)
{
	add_boot();
	add_warm_up();
	images_build();
}

static void build_rsc(void)
{
	add_boot();
	add_warm_up();
	rsc_build();
}

static void build_refused(void)
{
	add_boot();
	add_warm_up();
	refused_build();
}

static void add_failpoint(void)
{
	add_boot();
	add_warm_up();
	test_add("-", sc_failpoint, NULL, "failpoint")->setup = true;
}

static void build_exits_modem(void)
{
	add_failpoint();
	exits_build(&cores[BENCH_CORE_MPSS]);
}

static void build_exits_cdsp(void)
{
	add_failpoint();
	exits_build(&cores[BENCH_CORE_CDSP]);
}

static void build_exits_probe(void)
{
	add_failpoint();
	exits_probe_build();
}

static void build_same_calls(void)
{
	/* base and series are compared: what only the series does is not asked for */
	check_series = false;
	add_boot();
	tests_add_table(same_calls, ARRAY_SIZE(same_calls));
}

static void build_panic(void)
{
	test_add("-", sc_nothing, NULL, "alive");
	test_add("-", sc_die, NULL, "die");
}

static void build_hang(void)
{
	test_add("-", sc_hang, NULL, "hang");
}

static void build_nothing(void)
{
	test_add("-", sc_nothing, NULL, "alive");
}

/**
 * struct suite - a plan that run.py can ask for
 * @name:	its name
 * @build:	makes the plan
 * @list:	makes it where there is no bench to look at, NULL: @build does
 */
static const struct suite {
	const char *name;
	void (*build)(void);
	void (*list)(void);
} suites[] = {
	{ "demo", build_demo, NULL },
	{ "life", build_life, NULL },
	{ "first-life", build_first_life, NULL },
	{ "faults", faults_build, faults_list },
	{ "refused", build_refused, NULL },
	{ "exits-modem", build_exits_modem, NULL },
	{ "exits-cdsp", build_exits_cdsp, NULL },
	{ "exits-probe", build_exits_probe, NULL },
	{ "thousand", thousand_build, thousand_list },
	{ "rsc", build_rsc, NULL },
	{ "flip", build_flip, NULL },
	{ "images", build_images, NULL },
	{ "odd-carveouts", odd_build, odd_list },
	{ "five-cores", build_five_cores, NULL },
	{ "same-calls", build_same_calls, NULL },
	/* that the guest's checks can say no */
	{ "gates", gates_build, NULL },
	/* the harness' own tests: all but the first must turn red */
	{ "selftest-pass", build_nothing, NULL },
	{ "selftest-hang", build_hang, NULL },
	{ "selftest-panic", build_panic, NULL },
	{ "selftest-notoken", build_nothing, NULL },
	{ "selftest-badnonce", build_nothing, NULL },
};

/**
 * suite_build() - make the plan
 * @name:	of the suite
 *
 * Return: false if there is no such suite
 */
bool suite_build(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(suites); i++) {
		if (strcmp(suites[i].name, name))
			continue;
		suites[i].build();
		if (shared && !access("/sys/kernel/debug/kmemleak", F_OK))
			test_add("S1", sc_kmemleak, NULL, "kmemleak");
		return true;
	}

	return fail("no suite %s", name);
}

static bool needs_bench(const struct suite *suite)
{
	return strncmp(suite->name, "selftest-", strlen("selftest-"));
}

/* Prints suite, name and rows of each test of each machine; the same test may come once a machine. */
void suites_list(void)
{
	static struct bench_shared nothing;

	shared = &nothing;
	for (uint32_t machine = BENCH_MACHINE_EL2_IOMMU; machine <= BENCH_MACHINE_HYP; machine++) {
		nothing.machine = machine;
		for (size_t c = 0; c < BENCH_CORES; c++)
			cores[c].present = cores[c].machines & MACHINE_BIT(machine);
		for (size_t i = 0; i < ARRAY_SIZE(suites); i++) {
			if (!needs_bench(&suites[i]))
				continue;
			suites[i].list ? suites[i].list() : suites[i].build();
			test_add("S1", sc_kmemleak, NULL, "kmemleak");
			tests_list(suites[i].name);
		}
	}
}
