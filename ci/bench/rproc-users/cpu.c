// SPDX-License-Identifier: GPL-2.0-only
/* A processor without hardware, and its users. */
#include <linux/fs.h>
#include <linux/slab.h>

#include "cpu.h"

#define FW_NAME		"rproc-users.bin"

bool failed;

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
	struct rproc_mem_entry *mem;

	if (!cpu->fail_prepare)
		return 0;
	/* What it has registered by then is for the remoteproc core to drop */
	mem = rproc_mem_entry_init(&rproc->dev, NULL, 0, PAGE_SIZE, 0, NULL, NULL, "memory");
	if (mem)
		rproc_add_carveout(rproc, mem);
	return -EIO;
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

	*size = sizeof(good_table);
	return cpu->loaded;
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

int sysfs(struct cpu *cpu, const char *attr, const char *what)
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

struct cpu *cpu_new(struct device *parent, unsigned int state)
{
	struct rproc *rproc = rproc_alloc(parent, "users", &cpu_ops, FW_NAME,
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

int users(struct cpu *cpu)
{
	return atomic_read(&cpu->rproc->power);
}

bool boot(struct cpu *cpu, int n)
{
	while (n && !rproc_boot(cpu->rproc))
		n--;
	return !n;
}

/* Crash, and wait until the recovery, if there is one, is over */
void crash(struct cpu *cpu)
{
	rproc_report_crash(cpu->rproc, RPROC_FATAL_ERROR);
	flush_work(&cpu->rproc->crash_handler);
}

void cpu_remove(struct cpu *cpu)
{
	cpu->fail_stop = false;
	if (cpu->rproc->state != RPROC_DELETED)
		rproc_del(cpu->rproc);
	rproc_free(cpu->rproc);
}
