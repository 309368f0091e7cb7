// SPDX-License-Identifier: GPL-2.0-only
/* A processor that somebody else has started. */
#include <linux/string.h>

#include "cpu.h"

/* What somebody else started is attached to and detached from, nothing else */
static void attached(struct cpu *cpu)
{
	CHECK(boot(cpu, 2) && cpu->rproc->state == RPROC_ATTACHED);
	CHECK(!rproc_detach(cpu->rproc) && cpu->detaches == 0);
	cpu->fail_detach = true;
	CHECK(rproc_detach(cpu->rproc) == -EBUSY && users(cpu) == 1);
	cpu->fail_detach = false;
	CHECK(!sysfs(cpu, "state", "start") && users(cpu) == 1);
	CHECK(cpu->rproc->state == RPROC_ATTACHED && cpu->subdevs == 1);
	CHECK(!rproc_detach(cpu->rproc) && cpu->rproc->state == RPROC_DETACHED);
	CHECK(cpu->up && !cpu->starts && !cpu->stops);
}

/* One that can't be detached from, and refuses to stop, is booted from scratch */
static void no_detach(struct cpu *cpu)
{
	cpu->rproc->ops->detach = NULL;
	CHECK(boot(cpu, 1) && cpu->rproc->state == RPROC_ATTACHED);
	cpu->fail_stop = true;
	CHECK(rproc_shutdown(cpu->rproc) == -EBUSY && users(cpu) == 1);
	CHECK(sysfs(cpu, "state", "start") == -EBUSY && users(cpu) == 1);
	cpu->fail_stop = false;
	CHECK(!sysfs(cpu, "state", "start") && users(cpu) == 1);
	CHECK(cpu->rproc->state == RPROC_RUNNING && cpu->starts == 1);
	CHECK(cpu->subdevs == 1);
}

/* What who started it has left as its table is as before when nobody is attached */
static void attached_table(struct cpu *cpu)
{
	u32 table[ARRAY_SIZE(good_table)];

	memcpy(table, good_table, sizeof(table));
	cpu->loaded = table;
	CHECK(boot(cpu, 1) && cpu->rproc->table_ptr == cpu->loaded);
	CHECK(cpu->rproc->num_traces == 1);
	table[8] = 1;
	cpu->fail_detach = true;
	CHECK(rproc_detach(cpu->rproc) == -EBUSY);
	CHECK(!memcmp(table, good_table, sizeof(table)));
	CHECK(rproc_detach(cpu->rproc) == -EBUSY && users(cpu) == 1);
	cpu->fail_detach = false;
	CHECK(!rproc_detach(cpu->rproc) && !cpu->rproc->table_ptr);
	CHECK(boot(cpu, 1) && cpu->rproc->table_ptr == cpu->loaded);
	CHECK(!rproc_shutdown(cpu->rproc) && !cpu->rproc->table_ptr && !cpu->up);
}

/* Whatever fails when somebody attaches, nothing is left of it */
static void failed_attach(struct cpu *cpu)
{
	cpu->fail_prepare = true;
	CHECK(rproc_boot(cpu->rproc) == -EIO && !users(cpu));
	cpu->fail_prepare = false;
	cpu->loaded = ERR_PTR(-ENODATA);
	CHECK(rproc_boot(cpu->rproc) == -ENODATA && !users(cpu));
	cpu->loaded = (void *)bad_tables[0];
	CHECK(rproc_boot(cpu->rproc) == -EINVAL && !users(cpu));
	cpu->loaded = (void *)good_table;
	cpu->fail_attach = true;
	CHECK(rproc_boot(cpu->rproc) == -EIO && !users(cpu));
	CHECK(!cpu->rproc->table_ptr && !cpu->rproc->num_traces);
	CHECK(cpu->rproc->state == RPROC_DETACHED && !cpu->subdevs);
	cpu->loaded = NULL;
	cpu->fail_attach = false;
	CHECK(boot(cpu, 1) && cpu->rproc->state == RPROC_ATTACHED);
	/* its driver goes away */
}

static void attach_on_recovery(struct cpu *cpu)
{
	set_bit(RPROC_FEAT_ATTACH_ON_RECOVERY, cpu->rproc->features);
	CHECK(boot(cpu, 2));
	crash(cpu);
	CHECK(cpu->rproc->state == RPROC_ATTACHED && cpu->attaches == 2);
	cpu->fail_attach = true;
	crash(cpu);
	CHECK(cpu->rproc->state == RPROC_DETACHED && users(cpu) == 2);
	cpu->fail_attach = false;
	CHECK(!sysfs(cpu, "state", "start") && users(cpu) == 2);
	CHECK(cpu->rproc->state == RPROC_ATTACHED && cpu->subdevs == 1);
	cpu->fail_detach = true;
	crash(cpu);
	CHECK(cpu->rproc->state == RPROC_CRASHED);
	cpu->fail_detach = false;
	CHECK(!rproc_boot(cpu->rproc) && users(cpu) == 3);
	CHECK(cpu->rproc->state == RPROC_ATTACHED && cpu->subdevs == 1);
	CHECK(cpu->up && !cpu->starts && !cpu->stops);
}

const struct scenario attach_scenarios[] = {
	{ "attached", attached, RPROC_DETACHED },
	{ "no-detach", no_detach, RPROC_DETACHED },
	{ "attached-table", attached_table, RPROC_DETACHED },
	{ "failed-attach", failed_attach, RPROC_DETACHED },
	{ "attach-on-recovery", attach_on_recovery, RPROC_DETACHED },
	{}
};
