// SPDX-License-Identifier: GPL-2.0-only
/* Boots, recoveries and stops, by several users, of which some fail. */
#include "cpu.h"

/* A file that the driver has doubts of, and a step that fails, leave nothing behind */
static void failed_boot(struct cpu *cpu)
{
	cpu->fail_check = true;
	CHECK(rproc_boot(cpu->rproc) == -ENOEXEC && !users(cpu));
	cpu->fail_check = false;
	cpu->fail_prepare = true;
	CHECK(rproc_boot(cpu->rproc) == -EIO && !users(cpu) && !cpu->starts);
	CHECK(list_empty(&cpu->rproc->carveouts));
	cpu->fail_prepare = false;
	CHECK(boot(cpu, 1) && cpu->up && cpu->rproc->bootaddr == BOOT_ADDR);
	CHECK(!rproc_shutdown(cpu->rproc) && !cpu->up);
	/* nothing in the file is for Linux */
	cpu->rproc->ops->parse_fw = NULL;
	CHECK(boot(cpu, 1) && !rproc_shutdown(cpu->rproc));
}

static void recovery(struct cpu *cpu)
{
	CHECK(boot(cpu, 2));
	crash(cpu);
	CHECK(cpu->rproc->state == RPROC_RUNNING && users(cpu) == 2);
	CHECK(cpu->starts == 2 && cpu->stops == 1 && cpu->dumps == 1);
	CHECK(!rproc_shutdown(cpu->rproc) && cpu->up);
	CHECK(!rproc_shutdown(cpu->rproc) && !cpu->up && !users(cpu));
	CHECK(rproc_shutdown(cpu->rproc) < 0 && !users(cpu));
}

/* The start of a recovery fails, for however long */
static void failed_recovery(struct cpu *cpu)
{
	CHECK(boot(cpu, 2));
	cpu->fail_start = true;
	crash(cpu);
	CHECK(cpu->rproc->state == RPROC_OFFLINE && users(cpu) == 2);
	CHECK(rproc_boot(cpu->rproc) == -EIO && users(cpu) == 2);
	/* one goes, another one comes */
	CHECK(!rproc_shutdown(cpu->rproc) && users(cpu) == 1);
	cpu->fail_start = false;
	CHECK(!rproc_boot(cpu->rproc) && cpu->up && users(cpu) == 2);
	CHECK(!rproc_shutdown(cpu->rproc) && cpu->up);
	CHECK(!rproc_shutdown(cpu->rproc) && !cpu->up);
	/* all go before the cause does */
	CHECK(boot(cpu, 1));
	cpu->fail_start = true;
	crash(cpu);
	CHECK(!rproc_shutdown(cpu->rproc) && !users(cpu));
	cpu->fail_start = false;
	CHECK(boot(cpu, 1) && cpu->up && !rproc_shutdown(cpu->rproc));
}

/* The stop of a recovery is refused: subdevices are stopped once nevertheless */
static void refused_recovery(struct cpu *cpu)
{
	CHECK(boot(cpu, 2));
	cpu->fail_stop = true;
	crash(cpu);
	CHECK(cpu->rproc->state == RPROC_CRASHED && users(cpu) == 2);
	CHECK(rproc_boot(cpu->rproc) == -EBUSY && users(cpu) == 2);
	CHECK(!cpu->subdevs && !cpu->dumps);
	cpu->fail_stop = false;
	CHECK(!rproc_boot(cpu->rproc) && cpu->up && users(cpu) == 3);
	CHECK(cpu->subdevs == 1 && cpu->dumps == 1);
}

static void refused_stop(struct cpu *cpu)
{
	CHECK(boot(cpu, 1));
	cpu->fail_stop = true;
	CHECK(rproc_shutdown(cpu->rproc) == -EBUSY && users(cpu) == 1);
	CHECK(sysfs(cpu, "state", "start") == -EBUSY && users(cpu) == 1);
	cpu->fail_stop = false;
	CHECK(!sysfs(cpu, "state", "start") && cpu->starts == 2);
	CHECK(cpu->up && users(cpu) == 1 && cpu->subdevs == 1);
	CHECK(!rproc_shutdown(cpu->rproc) && !cpu->up);
}

/* Who starts it in sysfs after a failed recovery is one who used it before */
static void userspace(struct cpu *cpu)
{
	CHECK(!sysfs(cpu, "state", "start") && !sysfs(cpu, "state", "start"));
	cpu->fail_start = true;
	crash(cpu);
	CHECK(sysfs(cpu, "state", "start") == -EIO && users(cpu) == 2);
	cpu->fail_start = false;
	CHECK(!sysfs(cpu, "state", "start") && users(cpu) == 2);
	CHECK(!sysfs(cpu, "state", "stop") && cpu->up);
	CHECK(!sysfs(cpu, "state", "stop") && !cpu->up);
	CHECK(sysfs(cpu, "state", "stop") == -EINVAL);
}

/* A crash is kept for who looks at it, until somebody says otherwise */
static void recovery_disabled(struct cpu *cpu)
{
	CHECK(!sysfs(cpu, "recovery", "disabled") && boot(cpu, 2));
	crash(cpu);
	CHECK(rproc_boot(cpu->rproc) && sysfs(cpu, "state", "start"));
	CHECK(!rproc_shutdown(cpu->rproc) && rproc_shutdown(cpu->rproc));
	CHECK(cpu->rproc->state == RPROC_CRASHED && users(cpu) == 1);
	CHECK(cpu->up && !cpu->stops && cpu->starts == 1 && cpu->subdevs == 1);
	CHECK(!sysfs(cpu, "recovery", "recover") && cpu->dumps == 1);
	CHECK(cpu->rproc->state == RPROC_RUNNING && users(cpu) == 1);
	crash(cpu);
	CHECK(cpu->rproc->state == RPROC_CRASHED);
	CHECK(!sysfs(cpu, "state", "stop") && !cpu->up && cpu->dumps == 2);
	CHECK(!cpu->dumps_up && cpu->rproc->state == RPROC_OFFLINE);
}

const struct scenario boot_scenarios[] = {
	{ "failed-boot", failed_boot },
	{ "recovery", recovery },
	{ "failed-recovery", failed_recovery },
	{ "refused-recovery", refused_recovery },
	{ "refused-stop", refused_stop },
	{ "userspace", userspace },
	{ "recovery-disabled", recovery_disabled },
	{}
};
