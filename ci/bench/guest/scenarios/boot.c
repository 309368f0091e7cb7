// SPDX-License-Identifier: GPL-2.0-only
/* The boot of the kernel: each core is there, and has booted if its driver boots it at probe. */
#include "harness.h"

static bool boot(const struct test *t)
{
	return cores_all_present() && cores_boot_over(true);
}

SETUP("boot", "S1 S5 S6", boot, ORDER_BOOT);
