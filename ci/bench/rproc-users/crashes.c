// SPDX-License-Identifier: GPL-2.0-only
/* Many crashes, late ones, and a driver that goes away. */
#include <linux/delay.h>

#include "cpu.h"

#define STORM		100000
#define LIMIT_MS	5000

/* However often a crash is reported, it is one */
static void storm(struct cpu *cpu)
{
	int i;

	CHECK(boot(cpu, 1));
	for (i = 0; i < STORM; i++)
		rproc_report_crash(cpu->rproc, RPROC_MMUFAULT);
	flush_work(&cpu->rproc->crash_handler);
	/* the first of them may have been recovered before the last of them */
	CHECK(cpu->rproc->state == RPROC_RUNNING && cpu->rproc->crash_cnt);
	cpu->rproc->crash_cnt = 0;
	cpu->fail_stop = true;
	for (i = 0; i < STORM; i++)
		rproc_report_crash(cpu->rproc, RPROC_MMUFAULT);
	flush_work(&cpu->rproc->crash_handler);
	CHECK(cpu->rproc->crash_cnt == 1);
	cpu->fail_stop = false;
	CHECK(!sysfs(cpu, "recovery", "recover"));
	flush_work(&cpu->rproc->crash_handler);
	CHECK(cpu->rproc->crash_cnt == 1 && cpu->rproc->state == RPROC_RUNNING);
}

/* Until so many wait for the lock, which is held */
static void await_waiters(struct rproc *rproc, size_t waiters)
{
	int ms;

	for (ms = 0; ms < LIMIT_MS; ms++) {
		if (list_count_nodes(&rproc->lock.wait_list) >= waiters)
			return;
		msleep(1);
	}
	pr_info("# reason: nobody waits\n");
	failed = true;
}

static void boot_work(struct work_struct *work)
{
	rproc_boot(container_of(work, struct cpu, boot)->rproc);
}

/* Somebody boots a processor that a stop left half-way, before its crash is looked at */
static void outrun_crash(struct cpu *cpu)
{
	struct rproc *rproc = cpu->rproc;

	CHECK(boot(cpu, 1));
	cpu->fail_stop = true;
	CHECK(rproc_shutdown(rproc) == -EBUSY);
	cpu->fail_stop = false;
	INIT_WORK(&cpu->boot, boot_work);
	mutex_lock(&rproc->lock);
	schedule_work(&cpu->boot);
	await_waiters(rproc, 1);
	rproc_report_crash(rproc, RPROC_FATAL_ERROR);
	await_waiters(rproc, 2);
	mutex_unlock(&rproc->lock);
	flush_work(&cpu->boot);
	flush_work(&rproc->crash_handler);
	CHECK(rproc->state == RPROC_RUNNING && !rproc->crash_cnt);
	CHECK(cpu->up && cpu->starts == 2 && users(cpu) == 2);
}

/* A crash that is looked at when it is over, or the processor gone, is none */
static void late_crash(struct cpu *cpu)
{
	static const unsigned int states[] = {
		RPROC_OFFLINE, RPROC_CRASHED, RPROC_DELETED
	};
	struct rproc *rproc = cpu->rproc;
	int i;

	for (i = 0; i < ARRAY_SIZE(states); i++) {
		CHECK(boot(cpu, 1));
		mutex_lock(&rproc->lock);
		rproc_report_crash(rproc, RPROC_FATAL_ERROR);
		await_waiters(rproc, 1);
		rproc->state = states[i];
		mutex_unlock(&rproc->lock);
		flush_work(&rproc->crash_handler);
		CHECK(rproc->state == states[i] && cpu->starts == i + 1);
		rproc->state = RPROC_RUNNING;
		CHECK(!sysfs(cpu, "recovery", "recover") && cpu->starts == i + 1);
		CHECK(!rproc_shutdown(rproc) && cpu->stops == i + 1);
	}
}

/* Its driver goes away, and it doesn't */
static void refused_removal(struct cpu *cpu)
{
	CHECK(boot(cpu, 1));
	cpu->fail_stop = true;
	rproc_del(cpu->rproc);
	CHECK(cpu->stops == 1 && cpu->up && !cpu->subdevs);
}

/* The same of one that nobody can stop, and of one that has crashed */
static void unstoppable_removal(struct cpu *cpu)
{
	cpu->rproc->ops->stop = NULL;
	CHECK(boot(cpu, 1));
	rproc_del(cpu->rproc);
	CHECK(!cpu->stops && cpu->up && cpu->subdevs == 1);
}

static void crashed_removal(struct cpu *cpu)
{
	CHECK(!sysfs(cpu, "recovery", "disabled") && boot(cpu, 1));
	crash(cpu);
	CHECK(cpu->rproc->state == RPROC_CRASHED);
	rproc_del(cpu->rproc);
	CHECK(cpu->stops == 1 && !cpu->up && !cpu->subdevs);
}

/* Its driver goes away under its users */
static void removed(struct cpu *cpu)
{
	CHECK(boot(cpu, 3));
	get_device(&cpu->rproc->dev);
	rproc_report_crash(cpu->rproc, RPROC_WATCHDOG);
	rproc_del(cpu->rproc);
	CHECK(!cpu->up && !cpu->subdevs && !work_busy(&cpu->rproc->crash_handler));
	CHECK(rproc_boot(cpu->rproc) == -ENODEV);
	CHECK(rproc_shutdown(cpu->rproc));
	put_device(&cpu->rproc->dev);
}

const struct scenario crash_scenarios[] = {
	{ "storm", storm },
	{ "late-crash", late_crash },
	{ "outrun-crash", outrun_crash },
	{ "refused-removal", refused_removal },
	{ "unstoppable-removal", unstoppable_removal },
	{ "crashed-removal", crashed_removal },
	{ "removed", removed },
	{}
};
