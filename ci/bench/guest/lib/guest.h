/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The guest: init of the bench's initramfs. It drives the remote processors
 * through sysfs and debugfs, tells the firmware what to get wrong through the
 * shared page, and reports in KTAP.
 */
#ifndef GUEST_H
#define GUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bench.h"

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))

/* Limits. A start or stop that times out in the driver takes 5 s. */
#define PAS_DRIVER		"/sys/bus/platform/drivers/qcom_q6v5_pas"

#define LIMIT_STATE_MS		15000
#define LIMIT_AUTO_BOOT_MS	30000
#define LIMIT_SETTLE_MS		2000
#define POLL_MS			10

/* Function words, without the fast-call bit */
#define FN_FAST			0x80000000u
#define FN_INIT_IMAGE		0x42000201u
#define FN_MEM_SETUP		0x42000202u
#define FN_AUTH_AND_RESET	0x42000205u
#define FN_SHUTDOWN		0x42000206u
#define FN_IS_SUPPORTED		0x42000207u
#define FN_GET_RSC_TABLE	0x42000221u
#define FN_IS_CALL_AVAILABLE	0x42000601u
#define FN_ASSIGN_MEM		0x42000c16u
#define FN_BRIDGE_DELETE	0x42000c1du
#define FN_BRIDGE_CREATE	0x42000c1eu

#define MACHINE_BIT(l)	(1u << (l))
#define MACHINES_ALL	(MACHINE_BIT(BENCH_MACHINE_EL2_IOMMU) | MACHINE_BIT(BENCH_MACHINE_EL2_MODEM) | \
			 MACHINE_BIT(BENCH_MACHINE_HYP))

/**
 * struct core - a remote processor as the guest sees it
 * @name:	name of the rproc, as sysfs shows it
 * @index:	its place in the shared page
 * @pas_id:	PAS id of the main image
 * @dtb_pas_id:	PAS id of the dtb image, 0: none
 * @base:	of the main image's carveout
 * @size:	of that carveout
 * @dtb_base:	of the dtb image's
 * @auto_boot:	the driver starts it at probe
 * @relocatable:	its image is moved to the carveout, which TrustZone is told with mem_setup
 * @machines:	MACHINE_BIT() of each machine that has it
 * @full_dump:	the driver dumps all segments; else what a table in SMEM names, and there is none
 * @present:	found in sysfs
 * @dir:	its directory in sysfs
 * @device:	name of the platform device
 */
struct core {
	const char *name;
	enum bench_core_index index;
	uint32_t pas_id;
	uint32_t dtb_pas_id;
	uint64_t base;
	uint64_t size;
	uint64_t dtb_base;
	bool auto_boot;
	bool relocatable;
	unsigned int machines;
	bool full_dump;
	bool present;
	char dir[64];
	char device[64];
};

/* An image of the modem's with a resource table, in which there is a trace entry */
#define OWN_TABLE		"modem-rsc.mbn"

/* What a fault does to one call, and what the driver must make of it. */
enum expect { EXPECT_FAIL, EXPECT_SURVIVE };

/**
 * struct fault - one planted failure
 * @rule:	as it goes into the shared page
 * @expect:	whether the operation must fail
 * @about:	PAS id that the call is made for, BENCH_ANY: the kernel cannot know
 */
struct fault {
	struct bench_rule rule;
	enum expect expect;
	uint32_t about;
};

/**
 * struct test - one KTAP result
 * @name:	core.scenario[.variant]
 * @rows:	behaviour rows that it proves, blanks between them
 * @fn:		returns true if all is as it must be
 * @told:	looks at what the kernel said meanwhile: a result of its own, or NULL
 * @core:	the core it is about, or NULL
 * @setup:	others build on it, so that it runs whatever is selected
 * @fault:	for the tests of a single failure
 * @number:	which row of the suite's own table
 * @mode:	mode of the core or of its resource table
 * @size:	size that goes with @mode
 * @want:	errno that must come back, 0: success, 1: any negative errno
 * @calls:	number of get_rsc_table calls that must be seen
 * @firmware:	image that is started instead of the usual one, or NULL
 * @own_table:	that image has a resource table which can be found
 * @op:		operation of the suites "exits"
 */
struct test {
	char name[96];
	const char *rows;
	bool (*fn)(const struct test *t);
	bool (*told)(const struct test *t);
	struct core *core;
	bool setup;
	struct fault fault;
	unsigned int number;
	uint32_t mode;
	uint32_t size;
	int want;
	unsigned int calls;
	const char *firmware;
	bool own_table;
	const struct op *op;
};

#define WANT_ANY_ERROR	1

/* The second result of a test: what it proves, and what is appended to the name */
#define ROWS_TOLD	"S5"
#define SUFFIX_TOLD	".message"

/**
 * struct scenario - a row of a suite's table, one test a core that is there
 * @name:	without the core's name
 * @rows:	behaviour rows
 * @fn:		the test
 * @machines:	MACHINE_BIT() of each machine that it makes sense on
 */
struct scenario {
	const char *name;
	const char *rows;
	bool (*fn)(const struct test *t);
	unsigned int machines;
};

/* ktap.c: through /dev/kmsg, so that no message of the kernel cuts a line in two */
void out_init(void);
void out(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
bool fail(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
struct test *test_add(const char *rows, bool (*fn)(const struct test *t), struct core *core,
		      const char *fmt, ...) __attribute__((format(printf, 4, 5)));
void tests_add_table(const struct scenario *table, size_t num);
unsigned int tests_run(const char *only, unsigned int *planned);
size_t tests_take(struct test *to, size_t max);
void tests_list(const char *suite);

/* sys.c */
long now_ms(void);
int file_read(const char *path, char *buf, size_t size);
int file_write(const char *path, const char *text);
void mount_all(void);
void kmsg_open(void);
bool kmsg_seen(const char *text);
const char *kmsg_kept(void);
void kmsg_watch(bool on);
void kmsg_wait(long ms);
void *file_slurp(const char *path, size_t *size);

/* shared.c */
extern volatile struct bench_shared *shared;
volatile void *physical_map(uint64_t base, size_t size);
bool shared_map(void);
uint32_t record_len(void);
void record_get(uint32_t i, struct bench_event *ev);
void record_dump(void);
bool record_find(uint32_t from, uint16_t kind, uint32_t pas_id, uint32_t fn, const char *what,
		 struct bench_event *ev);
unsigned int record_count(uint32_t from, uint16_t kind, uint32_t pas_id, uint32_t fn,
			  const char *what);
bool record_wait(uint32_t from, uint16_t kind, uint32_t pas_id, uint32_t fn, const char *what,
		 long ms);
bool record_up(uint32_t pas_id);
const char *call_name(uint32_t fn);
bool call_is_pas(uint32_t fn);
void plan_set(const struct bench_rule *rule);
void plan_add(unsigned int index, const struct bench_rule *rule);
uint32_t plan_seen(void);
void plan_clear(void);
void core_plan_set(const struct core *core, uint32_t mode, uint32_t rsc_mode, uint32_t rsc_size);
bool core_command(const struct core *core, uint32_t command, uint64_t arg, uint64_t *answer);

/* rproc.c, rproc_events.c */
extern struct core cores[BENCH_CORES];
void cores_find(void);
unsigned int cores_present(void);
int core_write(const struct core *core, const char *attr, const char *value);
void core_state(const struct core *core, char *buf, size_t size);
bool core_is(const struct core *core, const char *state);
bool core_wait(const struct core *core, const char *state, long ms);
void core_barrier(const struct core *core);
bool core_set_image(const struct core *core, const char *variant);
int core_start(const struct core *core);
int core_stop(const struct core *core);
bool core_wait_boot_over(const struct core *core);
bool core_wait_auto_boot(const struct core *core);
bool core_came_up(const struct core *core, uint32_t from);
bool core_good_start(const struct core *core);
bool core_good_stop(const struct core *core);
bool core_down_in_order(const struct core *core, uint32_t from);
bool core_good_cycle(const struct core *core);
bool core_failed(const struct core *core, const char *op, int ret);
bool core_works_again(const struct core *core, bool ok);
bool core_expect_crash_and_recovery(const struct core *core, uint32_t command);
bool core_bind(struct core *core, bool bind);
bool cores_offline(void);
void cores_settle(void);

/* snapshot.c */
extern bool check_series;
extern unsigned int leftovers_tolerated;
void baseline_take(void);
bool no_firmware_kept(void);
bool no_new_bridge(void);
bool baseline_have(void);
bool baseline_back(void);
bool baseline_differs(void);

/* memory.c */
void memory_take(void);
bool memory_back(void);
bool clean_so_far(void);
bool cpu_maps(const struct core *core, bool expected);

/* gcov.c */
void gcov_dump(void);

/* suites.c, faults.c, exits.c */
bool suite_build(const char *name);
void suites_list(void);

/* scenarios_dump.c */
#define DUMP_PROBE	64	/* bytes of a program that tell it from another */
#define DUMP_PATH	128
bool dump_wait(const struct core *core, char *path);
void *dump_take(const struct core *core, size_t *size);
bool dump_program_start(const struct core *core, unsigned char *bytes);

/* scenarios_*.c */
bool sc_boot(const struct test *t);
bool sc_warm_up(const struct test *t);
bool sc_start(const struct test *t);
bool sc_stop(const struct test *t);
bool sc_recover(const struct test *t);
bool sc_restart(const struct test *t);
bool sc_start_stop(const struct test *t);
bool sc_start_stop_start(const struct test *t);
bool sc_many_cycles(const struct test *t);
bool sc_crash_recover(const struct test *t);
bool sc_watchdog_recover(const struct test *t);
bool sc_bus_error(const struct test *t);
bool sc_who_decides(const struct test *t);
bool sc_never_ready(const struct test *t);
bool sc_crash_at_once(const struct test *t);
bool sc_no_handover(const struct test *t);
bool sc_stop_ignored(const struct test *t);
bool sc_assign_refused(const struct test *t);
bool sc_unbind_rebind(const struct test *t);
bool sc_parallel(const struct test *t);
bool sc_five_cores(const struct test *t);
bool sc_five_cores_sizes(const struct test *t);
bool sc_coredump(const struct test *t);
bool sc_stream(const struct test *t);
bool sc_flip(const struct test *t);
bool sc_same_calls(const struct test *t);
bool sc_fault_start(const struct test *t);
bool sc_fault_stop(const struct test *t);
bool sc_fault_recover(const struct test *t);
bool sc_growth_fails(const struct test *t);
bool sc_rsc_table(const struct test *t);
bool sc_kmemleak(const struct test *t);
bool sc_failpoint(const struct test *t);
bool sc_die(const struct test *t);
bool sc_hang(const struct test *t);
bool sc_nothing(const struct test *t);
bool sc_bad_image(const struct test *t);
void faults_build(void);
void exits_build(struct core *core);
void exits_probe_build(void);
void faults_list(void);
void fault_first_call(struct core *core);
void rsc_build(void);
void images_build(void);
void gates_build(void);
void assign_refused_add(struct core *core);
void decrypt_add(struct core *core);
void minidump_add(struct core *core);
void refused_dtb_add(struct core *core);
void refused_build(void);
void odd_build(void);
void odd_list(void);

/* thousand.c */
void thousand_build(void);
void thousand_list(void);

/* messages.c */
void message_watch(void);
void message_keep(void);
void message_put(const char *records);
bool message_tells(const struct test *t);
bool message_find(const char *const *texts, size_t num);
void message_show(void);

#endif /* GUEST_H */
