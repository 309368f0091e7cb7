// SPDX-License-Identifier: GPL-2.0-only
/* The lock around the model; tz.h says who may wait for it. */
#include "arch.h"
#include "spinlock.h"
#include "platform.h"

static struct tz_lock lock;

void model_lock(unsigned int cpu)
{
	while (!lock_try(&lock)) {
		/* CPU0 may hold it while it waits for this very CPU to stop */
		if (cpu && cpu_stop_wanted(cpu))
			cpu_park();
		cpu_relax();
	}
}

void model_unlock(void)
{
	lock_release(&lock);
}
