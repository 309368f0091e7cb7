// SPDX-License-Identifier: GPL-2.0-only
/*
 * A remote processor without hardware, to prove what the remoteproc core owes to
 * drivers other than Qualcomm's, and to several users of one processor. Loading
 * the module with run=NAME plays one scenario, and fails with -EIO if that does;
 * the log then says what was not so. One that is there to be looked at remains
 * until the module goes. Sysfs has to be mounted, and
 * /lib/firmware/rproc-users.bin to be there, with anything in it.
 */

#include <linux/delay.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/remoteproc.h>
#include <linux/slab.h>

#define FW_NAME		"rproc-users.bin"
#define STORM		100000
#define LIMIT_MS	5000
#define BOOT_ADDR	0x1000

/* What was called, and what fails until it is told not to */
struct cpu {
	struct rproc *rproc;
	struct rproc_subdev subdev;
	int starts, stops, attaches, detaches, dumps, dumps_up;
	int subdevs;
	bool up, fail_check, fail_prepare, fail_start, fail_stop, fail_attach, fail_detach;
	const void *table;	/* of its firmware */
	size_t table_size;
	void *loaded;		/* of who started it */
	bool to_be_seen;
	struct work_struct boot;
};

static char *run = "";
module_param(run, charp, 0);

static struct platform_device *parent;
static struct cpu *seen;
static bool failed;

#define CHECK(cond)							\
	do {								\
		if (!(cond)) {						\
			pr_info("# reason: %s:%d: not so: %s\n",	\
				__func__, __LINE__, #cond);		\
			failed = true;					\
		}							\
	} while (0)

#define HDR(ver, num)	ver, num, 0, 0
#define TRACE(len)	RSC_TRACE, 0x1000, len, 0, 0, 0, 0, 0, 0, 0, 0, 0
#define CARVEOUT(len, name)						\
	RSC_CARVEOUT, 0xffffffff, 0, len, 0, 0, name, name, name, name,	\
	name, name, name, name
#define VDEV(align, num)						\
	RSC_VDEV, 7, 0, 0, 0, 0, 0x100, 0xffffffff, align, num, 0, 0

static const u32 tables[][32] = {
	{ HDR(1, 0xffffffff), 20 },
	{ HDR(2, 1), 20, TRACE(0x1000) },
	{ HDR(1, 1), 0x80000000, TRACE(0x1000) },
	{ HDR(1, 1), 0xfffffffc, TRACE(0x1000) },
	{ HDR(1, 1), 124, TRACE(0x1000) },
	{ HDR(1, 1), 100, TRACE(0x1000) },
	{ HDR(1, 3), 28, 28, 28, TRACE(0x1000) },
	{ HDR(1, 1), 20, CARVEOUT(0, 0x6e252525) },
	{ HDR(1, 1), 20, RSC_DEVMEM, 0x1000, 0x1000, 0x1000 },
	{ HDR(1, 1), 20, VDEV(4096, 256) },
	{ HDR(1, 1), 20, VDEV(3, 256) },
	{ HDR(1, 1), 20, VDEV(4096, 0x80000000) },
	{ HDR(1, 1), 20, RSC_VDEV, 7, 0, 0, 0, 0, 0xff00 },
	{ HDR(1, 1), 20, RSC_VDEV, 7, 0, 0, 0, 0xffffffff },
	{ HDR(1, 1), 108, [27] = RSC_VDEV },
};

static const u32 good_table[32] = { HDR(1, 2), 24, 72, TRACE(0x1000), [18] = 200 };

static int cpu_sanity_check(struct rproc *rproc, const struct firmware *fw)
{
	struct cpu *cpu = rproc->priv;

	return cpu->fail_check ? -ENOEXEC : 0;
}

static u64 cpu_get_boot_addr(struct rproc *rproc, const struct firmware *fw)
{
	return BOOT_ADDR;
}

static int cpu_prepare(struct rproc *rproc)
{
	struct cpu *cpu = rproc->priv;

	return cpu->fail_prepare ? -EIO : 0;
}

static int cpu_start(struct rproc *rproc)
{
	struct cpu *cpu = rproc->priv;

	cpu->starts++;
	if (cpu->fail_start)
		return -EIO;
	CHECK(!cpu->up);
	cpu->up = true;
	return 0;
}

static int cpu_stop(struct rproc *rproc)
{
	struct cpu *cpu = rproc->priv;

	cpu->stops++;
	if (cpu->fail_stop)
		return -EBUSY;
	cpu->up = false;
	return 0;
}

static int cpu_attach(struct rproc *rproc)
{
	struct cpu *cpu = rproc->priv;

	cpu->attaches++;
	return cpu->fail_attach ? -EIO : 0;
}

static int cpu_detach(struct rproc *rproc)
{
	struct cpu *cpu = rproc->priv;

	cpu->detaches++;
	return cpu->fail_detach ? -EBUSY : 0;
}

static int cpu_load(struct rproc *rproc, const struct firmware *fw)
{
	return 0;
}

static int cpu_parse_fw(struct rproc *rproc, const struct firmware *fw)
{
	struct cpu *cpu = rproc->priv;

	if (!cpu->table)
		return 0;
	rproc->cached_table = kmemdup(cpu->table, cpu->table_size, GFP_KERNEL);
	if (!rproc->cached_table)
		return -ENOMEM;
	rproc->table_ptr = rproc->cached_table;
	rproc->table_sz = cpu->table_size;
	return 0;
}

static struct resource_table *cpu_loaded_table(struct rproc *rproc, size_t *size)
{
	struct cpu *cpu = rproc->priv;

	*size = sizeof(tables[0]);
	return cpu->loaded;
}

static void cpu_kick(struct rproc *rproc, int vqid)
{
}

static void cpu_coredump(struct rproc *rproc)
{
	struct cpu *cpu = rproc->priv;

	cpu->dumps++;
	cpu->dumps_up += cpu->up;
}

static int subdev_start(struct rproc_subdev *subdev)
{
	container_of(subdev, struct cpu, subdev)->subdevs++;
	return 0;
}

static void subdev_stop(struct rproc_subdev *subdev, bool crashed)
{
	container_of(subdev, struct cpu, subdev)->subdevs--;
}

static const struct rproc_ops cpu_ops = {
	.sanity_check = cpu_sanity_check,
	.get_boot_addr = cpu_get_boot_addr,
	.prepare = cpu_prepare,
	.start = cpu_start,
	.stop = cpu_stop,
	.attach = cpu_attach,
	.detach = cpu_detach,
	.load = cpu_load,
	.parse_fw = cpu_parse_fw,
	.get_loaded_rsc_table = cpu_loaded_table,
	.coredump = cpu_coredump,
};

static int sysfs(struct cpu *cpu, const char *attr, const char *what)
{
	struct file *file;
	loff_t pos = 0;
	char path[64];
	ssize_t ret;

	snprintf(path, sizeof(path), "/sys/class/remoteproc/%s/%s",
		 dev_name(&cpu->rproc->dev), attr);
	file = filp_open(path, O_WRONLY, 0);
	if (IS_ERR(file))
		return PTR_ERR(file);
	ret = kernel_write(file, what, strlen(what), &pos);
	filp_close(file, NULL);
	return ret < 0 ? ret : 0;
}

static struct cpu *cpu_new(unsigned int state)
{
	struct rproc *rproc = rproc_alloc(&parent->dev, "users", &cpu_ops, FW_NAME,
					  sizeof(struct cpu));
	struct cpu *cpu;

	if (!rproc)
		return NULL;
	cpu = rproc->priv;
	cpu->rproc = rproc;
	cpu->up = state == RPROC_DETACHED;
	cpu->subdev.start = subdev_start;
	cpu->subdev.stop = subdev_stop;
	rproc_add_subdev(rproc, &cpu->subdev);
	rproc->auto_boot = false;
	rproc->state = state;
	if (rproc_add(rproc)) {
		rproc_free(rproc);
		return NULL;
	}
	return cpu;
}

static int users(struct cpu *cpu)
{
	return atomic_read(&cpu->rproc->power);
}

static bool boot(struct cpu *cpu, int n)
{
	while (n && !rproc_boot(cpu->rproc))
		n--;
	return !n;
}

/* Crash, and wait until the recovery, if there is one, is over */
static void crash(struct cpu *cpu)
{
	rproc_report_crash(cpu->rproc, RPROC_FATAL_ERROR);
	flush_work(&cpu->rproc->crash_handler);
}

/* A file that the driver has doubts of, and a step that fails, leave nothing behind */
static void failed_boot(struct cpu *cpu)
{
	cpu->fail_check = true;
	CHECK(rproc_boot(cpu->rproc) == -ENOEXEC && !users(cpu));
	cpu->fail_check = false;
	cpu->fail_prepare = true;
	CHECK(rproc_boot(cpu->rproc) == -EIO && !users(cpu) && !cpu->starts);
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
	cpu->loaded = (void *)tables[0];
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

/* However often a crash is reported, it is one */
static void storm(struct cpu *cpu)
{
	int i;

	CHECK(boot(cpu, 1));
	for (i = 0; i < STORM; i++)
		rproc_report_crash(cpu->rproc, RPROC_MMUFAULT);
	flush_work(&cpu->rproc->crash_handler);
	msleep(100);
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

/* Nothing that a table says is trusted; what is good or empty is used */
static void bad_tables(struct cpu *cpu)
{
	static const u32 empty[32] = { HDR(0, 0), 0x80000000 };
	int i, ret;

	cpu->table_size = sizeof(tables[0]);
	for (i = 0; i < ARRAY_SIZE(tables); i++) {
		cpu->table = tables[i];
		ret = rproc_boot(cpu->rproc);
		if (ret != -EINVAL)
			pr_info("# table %d: %d\n", i, ret);
		CHECK(ret == -EINVAL && !users(cpu) && !cpu->starts);
		CHECK(!cpu->rproc->table_ptr && !cpu->rproc->num_traces);
	}
	cpu->table = good_table;
	CHECK(boot(cpu, 1) && cpu->rproc->num_traces == 1);
	CHECK(!rproc_shutdown(cpu->rproc) && !cpu->rproc->num_traces);
	cpu->table = empty;
	CHECK(boot(cpu, 1) && !rproc_shutdown(cpu->rproc));
	cpu->table_size = 15;
	CHECK(rproc_boot(cpu->rproc) == -EINVAL);
	cpu->table_size = 0;
	CHECK(boot(cpu, 1));
}

/* What lies in a carveout, and nothing beside it, has an address */
static void carveout(struct cpu *cpu)
{
	static const u32 table[32] = { HDR(1, 1), 20, CARVEOUT(0x2000, 0x656d616e) };
	struct rproc *rproc = cpu->rproc;
	struct rproc_mem_entry *mem;

	cpu->table = table;
	cpu->table_size = sizeof(table);
	CHECK(boot(cpu, 1) && !list_empty(&rproc->carveouts));
	if (failed)
		return;
	mem = list_first_entry(&rproc->carveouts, struct rproc_mem_entry, node);
	CHECK(rproc_da_to_va(rproc, mem->da, 0x2000, NULL) == mem->va);
	CHECK(rproc_da_to_va(rproc, mem->da + 0x1ffc, 4, NULL) == mem->va + 0x1ffc);
	CHECK(!rproc_da_to_va(rproc, mem->da, 0x2001, NULL));
	CHECK(!rproc_da_to_va(rproc, mem->da + 0x1ffc, 5, NULL));
	CHECK(!rproc_da_to_va(rproc, mem->da + 4, SIZE_MAX, NULL));
	CHECK(!rproc_da_to_va(rproc, mem->da - 4, 4, NULL));
}

/* A table with a virtio device, for who reads it in debugfs */
static void shown(struct cpu *cpu)
{
	static const u32 table[32] = {
		HDR(1, 1), 20, RSC_VDEV, 7, 0, 0, 0, 0, 0x200,
		0xffffffff, 4096, 256, 0, 0, 0xffffffff, 4096, 256, 0, 0
	};

	cpu->rproc->ops->kick = cpu_kick;
	cpu->table = table;
	cpu->table_size = sizeof(table);
	CHECK(boot(cpu, 1));
	cpu->to_be_seen = true;
}

/* A table that the processor has spoilt since */
static void spoilt(struct cpu *cpu)
{
	static u32 table[ARRAY_SIZE(good_table)];

	memcpy(table, good_table, sizeof(table));
	cpu->loaded = table;
	CHECK(boot(cpu, 1));
	table[1] = 0xffffffff;
	cpu->to_be_seen = true;
}

static const struct {
	const char *name;
	void (*run)(struct cpu *cpu);
	unsigned int state;
} scenarios[] = {
	{ "failed-boot", failed_boot },
	{ "recovery", recovery },
	{ "failed-recovery", failed_recovery },
	{ "refused-recovery", refused_recovery },
	{ "refused-stop", refused_stop },
	{ "userspace", userspace },
	{ "recovery-disabled", recovery_disabled },
	{ "attached", attached, RPROC_DETACHED },
	{ "no-detach", no_detach, RPROC_DETACHED },
	{ "attached-table", attached_table, RPROC_DETACHED },
	{ "failed-attach", failed_attach, RPROC_DETACHED },
	{ "attach-on-recovery", attach_on_recovery, RPROC_DETACHED },
	{ "storm", storm },
	{ "late-crash", late_crash },
	{ "outrun-crash", outrun_crash },
	{ "refused-removal", refused_removal },
	{ "unstoppable-removal", unstoppable_removal },
	{ "crashed-removal", crashed_removal },
	{ "removed", removed },
	{ "bad-tables", bad_tables },
	{ "carveout", carveout },
	{ "shown", shown },
	{ "spoilt", spoilt, RPROC_DETACHED },
};

static void cpu_remove(struct cpu *cpu)
{
	cpu->fail_stop = false;
	if (cpu->rproc->state != RPROC_DELETED)
		rproc_del(cpu->rproc);
	rproc_free(cpu->rproc);
}

static int play(void (*scenario)(struct cpu *cpu), unsigned int state)
{
	struct cpu *cpu = cpu_new(state);

	if (!cpu)
		return -ENOMEM;

	scenario(cpu);
	if (cpu->to_be_seen && !failed)
		seen = cpu;
	else
		cpu_remove(cpu);

	return failed ? -EIO : 0;
}

static int __init rproc_users_init(void)
{
	int i, ret = -EINVAL;

	parent = platform_device_register_simple("rproc-users", -1, NULL, 0);
	if (IS_ERR(parent))
		return PTR_ERR(parent);
	device_init_wakeup(&parent->dev, true);

	for (i = 0; i < ARRAY_SIZE(scenarios); i++) {
		if (!strcmp(run, scenarios[i].name))
			ret = play(scenarios[i].run, scenarios[i].state);
	}
	if (ret)
		platform_device_unregister(parent);

	return ret;
}
module_init(rproc_users_init);

static void __exit rproc_users_exit(void)
{
	if (seen)
		cpu_remove(seen);
	platform_device_unregister(parent);
}
module_exit(rproc_users_exit);

MODULE_DESCRIPTION("Users of a remote processor without hardware");
MODULE_LICENSE("GPL");
