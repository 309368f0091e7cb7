// SPDX-License-Identifier: GPL-2.0-only
/*
 * A remote processor without hardware, to prove what the remoteproc core owes to
 * drivers other than Qualcomm's, and to several users of one processor. Loading
 * the module with run=NAME plays one scenario, and fails with -EIO if that does;
 * the log then says what was not so. One that is there to be looked at remains
 * until the module goes. Sysfs has to be mounted, and
 * /lib/firmware/rproc-users.bin to be there, with anything in it.
 */
#include <linux/module.h>
#include <linux/platform_device.h>

#include "cpu.h"

static const struct scenario *const scenarios[] = {
	boot_scenarios, attach_scenarios, crash_scenarios, table_scenarios,
};

static char *run = "";
module_param(run, charp, 0);

static struct platform_device *parent;
static struct cpu *seen;

static int play(const struct scenario *scenario)
{
	struct cpu *cpu = cpu_new(&parent->dev, scenario->state);

	if (!cpu)
		return -ENOMEM;

	scenario->run(cpu);
	if (cpu->to_be_seen && !failed)
		seen = cpu;
	else
		cpu_remove(cpu);

	return failed ? -EIO : 0;
}

static int __init rproc_users_init(void)
{
	const struct scenario *one;
	int i, ret = -EINVAL;

	parent = platform_device_register_simple("rproc-users", -1, NULL, 0);
	if (IS_ERR(parent))
		return PTR_ERR(parent);
	device_init_wakeup(&parent->dev, true);

	for (i = 0; i < ARRAY_SIZE(scenarios); i++) {
		for (one = scenarios[i]; one->name; one++) {
			if (!strcmp(run, one->name))
				ret = play(one);
		}
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
