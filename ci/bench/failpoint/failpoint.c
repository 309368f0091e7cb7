// SPDX-License-Identifier: GPL-2.0-only
/*
 * Makes calls of one kernel function fail, for the bench's suites exits-*.
 *
 *   echo "FUNCTION CALLER NTH COUNT VALUE" >/sys/kernel/debug/failpoint/plan
 *
 * From then on the NTH call (from 1) of FUNCTION by a function whose name begins
 * with CALLER returns VALUE and does nothing, and so do those after it, COUNT in
 * all; all other calls are carried out. "hits" counts the calls by CALLER since
 * the plan was written.
 *
 * The return address identifies the caller, so that a function that was inlined
 * counts as the one that it became a part of.
 *
 * Why this is not the kernel's fail_function (CONFIG_FAIL_FUNCTION), which also
 * overrides the return value in a kprobe:
 *
 * - It accepts only functions marked with ALLOW_ERROR_INJECTION(). None of those
 *   that the suites fail is (clk_prepare, iommu_map, request_firmware, ...), and
 *   marking them would change the kernel that is tested.
 * - It selects callers by a range of addresses that may match anywhere in the
 *   stack, not by the name of the direct caller.
 * - It fails the n-th call of one task (fail-nth), but recovery runs in a worker;
 *   its interval counts for all tasks, and cannot be reset for the next try.
 * - It does not tell how many calls there were. The suites need that to know when
 *   an operation has no further call to fail.
 */
#include <linux/debugfs.h>
#include <linux/kallsyms.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/string.h>
#include <linux/uaccess.h>

static char function[KSYM_NAME_LEN];
static char caller[KSYM_NAME_LEN];
static atomic_t hits;
static unsigned int nth, count;
static long value;
static bool planned;
static DEFINE_MUTEX(plan_lock);

static int failpoint_hit(struct kprobe *p, struct pt_regs *regs)
{
	unsigned long lr = procedure_link_pointer(regs);
	char name[KSYM_SYMBOL_LEN];
	unsigned int hit;

	/* The call is before the return address, which may be another function's */
	sprint_symbol_no_offset(name, lr - 4);
	if (!strstarts(name, caller))
		return 0;
	hit = atomic_inc_return(&hits);
	if (hit < nth || hit - nth >= count)
		return 0;

	regs_set_return_value(regs, value);
	instruction_pointer_set(regs, lr);

	return 1;
}

static struct kprobe probe = { .pre_handler = failpoint_hit };

static int failpoint_plan(const char *plan)
{
	int ret;

	if (planned)
		unregister_kprobe(&probe);
	planned = false;

	if (sscanf(plan, "%127s %127s %u %u %ld", function, caller, &nth, &count, &value) != 5)
		return -EINVAL;

	atomic_set(&hits, 0);
	probe = (struct kprobe){
		.symbol_name = function,
		.pre_handler = failpoint_hit,
	};
	ret = register_kprobe(&probe);
	planned = !ret;

	return ret;
}

static ssize_t plan_write(struct file *file, const char __user *from,
			  size_t size, loff_t *pos)
{
	char plan[2 * KSYM_NAME_LEN + 32];
	int ret;

	if (size >= sizeof(plan))
		return -EINVAL;
	if (copy_from_user(plan, from, size))
		return -EFAULT;
	plan[size] = '\0';

	mutex_lock(&plan_lock);
	ret = failpoint_plan(plan);
	mutex_unlock(&plan_lock);

	return ret ?: size;
}

static const struct file_operations plan_fops = {
	.owner = THIS_MODULE,
	.write = plan_write,
};

static int __init failpoint_init(void)
{
	struct dentry *dir = debugfs_create_dir("failpoint", NULL);

	debugfs_create_file("plan", 0200, dir, NULL, &plan_fops);
	debugfs_create_atomic_t("hits", 0400, dir, &hits);

	return 0;
}
/* It stays until the machine ends */
module_init(failpoint_init);

MODULE_DESCRIPTION("Lets calls of a kernel function fail");
MODULE_LICENSE("GPL");
