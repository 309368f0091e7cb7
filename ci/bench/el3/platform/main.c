// SPDX-License-Identifier: GPL-2.0-only
/* CPU0 after reset: set up the machine, load Linux, enter it. */
#include "arch.h"
#include "platform.h"

void main(void) __attribute__((noreturn));

void main(void)
{
	struct boot_image image;

	uart_init();
	tz_log("TZ boot\n");
	gic_init();
	dtb_open();
	fwcfg_load(&image);
	dtb_finish(&image);
	smem_init(tz_smem());
	model_lock(0);
	model_init(tz_machine(), tz_soc());
	model_unlock();
	tz_log("TZ enters Linux at %lx, %u CPUs, %lu us\n", image.kernel_entry,
	       gic_num_cpus(), tz_time_us());
	cpu_enter_linux(image.kernel_entry, BENCH_DTB_BASE);
}
