// SPDX-License-Identifier: GPL-2.0-only
/*
 * A core reaches for what its stream does not map, and does not notice. The SMMU reports it, and
 * that alone makes the driver recover the core, once. A stream that is nobody's is no core's fault.
 */
#include "harness.h"

/**
 * struct stray - an access that the SMMU stops
 * @name:	for the plan
 * @command:	BENCH_CMD_STRAY_*
 * @address:	where to
 * @rsc_mode:	what TrustZone's resource table grants
 * @recorded:	how EL3 calls it
 */
struct stray {
	const char *name;
	uint32_t command;
	uint64_t address;
	uint32_t rsc_mode;
	const char *recorded;
};

static const struct stray strays[] = {
	{ "read", BENCH_CMD_STRAY_READ, BENCH_KERNEL_BASE, BENCH_RSC_DEFAULT,
	  "smmu fault at read of" },
	{ "write", BENCH_CMD_STRAY_WRITE, BENCH_KERNEL_BASE, BENCH_RSC_DEFAULT,
	  "smmu fault at write to" },
	{ "write-read-only", BENCH_CMD_STRAY_WRITE, BENCH_DEVMEM_BASE, BENCH_RSC_READ_ONLY,
	  "smmu fault at write to" },
};

/* One crash, and one reason for it */
static bool crashed_once(const struct core *core)
{
	char fault[64], any[64];
	unsigned int n;

	snprintf(fault, sizeof(fault), "crash detected in %s: type mmufault", core->name);
	snprintf(any, sizeof(any), "crash detected in %s", core->name);
	n = kmsg_count(any);

	return (n == 1 && kmsg_seen(fault)) ||
	       fail("%s: %u crashes in the log, want one of the SMMU", core->name, n);
}

static bool fault_once(const struct core *core, const struct stray *stray)
{
	uint32_t from = record_len();
	bool ok;

	kmsg_watch(true);
	ok = core_stray(core, stray->command, stray->address, 1) && core_recovers(core, from);
	if (record_core_events(from, core->pas_id, stray->recorded) != 1)
		ok = fail("%s: not one fault of the SMMU in the record", core->name);
	ok = ok && crashed_once(core);
	kmsg_watch(false);

	return ok;
}

static bool fault_recover(const struct test *t)
{
	const struct stray *stray = t->param;
	const struct core *core = t->core;
	bool ok;

	core_answer(core, stray->rsc_mode, 0);
	/* twice: what the first recovery forgets, the second one trips over */
	ok = core_good_start(core) && fault_once(core, stray) && fault_once(core, stray);
	core_normal(core);

	return core_good_stop(core) && ok;
}

static void build(struct core *core)
{
	for (size_t i = 0; i < ARRAY_SIZE(strays); i++)
		test_param(test_add("C1 S6", fault_recover, core, "%s.fault-recover.%s",
				    core->name, strays[i].name), &strays[i], sizeof(strays[i]));
}

BUILD("life", ONLY_EL2_SMMU500, build, .loud = true);

/* Reported by the SMMU, but there is nobody to recover */
static bool unknown_stream(const struct test *t)
{
	const struct core *core = t->core;
	uint32_t from = record_len();
	bool ok;

	if (!core_good_start(core))
		return false;
	kmsg_watch(true);
	ok = core_stray(core, BENCH_CMD_STRAY_STREAM, BENCH_KERNEL_BASE, 1);
	if (!poll_until(kmsg_seen("Blocked unknown Stream ID 0x7f0"), LIMIT_SETTLE_MS))
		ok = fail("the SMMU's driver does not know of it");
	if (kmsg_seen("crash detected") || record_calls(from, core->pas_id, SCM_PAS_SHUTDOWN))
		ok = fail("%s was recovered for the fault of another", core->name);
	kmsg_watch(false);
	ok = core_is(core, "running") && ok;

	return core_good_stop(core) && ok;
}

SCENARIO("life", "fault-unknown-stream", "S6", ONLY_EL2_SMMU500, unknown_stream, .loud = true);
