// SPDX-License-Identifier: GPL-2.0-only
/*
 * The number of the mutant that is alive, from the kernel's command line. Without one, note which
 * scenario of the guest reaches which mutant: 0 is what comes before the first. The guest says on
 * the console when a scenario begins.
 */
#include <linux/bench_mutant.h>
#include <linux/bitops.h>
#include <linux/console.h>
#include <linux/init.h>
#include <linux/moduleparam.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <linux/syscore_ops.h>

#define MUTANTS 0
#define SCENARIOS 512

static unsigned int bench_mutant;
core_param(bench_mutant, bench_mutant, uint, 0);

static DECLARE_BITMAP(reached[MUTANTS + 1], SCENARIOS);
static unsigned int scenario;

bool bench_is(unsigned int number)
{
	if (!bench_mutant && !test_bit(scenario, reached[number]))
		set_bit(scenario, reached[number]);

	return bench_mutant == number;
}

static void bench_console(struct console *con, const char *text, unsigned int len)
{
	if (strnstr(text, "# run ", len) && scenario < SCENARIOS - 1)
		scenario++;
}

static struct console bench_con = {
	.name = "bench",
	.write = bench_console,
	.flags = CON_ENABLED,
	.index = -1,
};

static void bench_shutdown(void)
{
	unsigned int i;

	for (i = 1; !bench_mutant && i <= MUTANTS; i++) {
		if (!bitmap_empty(reached[i], SCENARIOS))
			pr_info("bench-reached %u %*pbl\n", i, SCENARIOS, reached[i]);
	}
}

static struct syscore_ops bench_ops = { .shutdown = bench_shutdown };

static int __init bench_init(void)
{
	register_console(&bench_con);
	register_syscore_ops(&bench_ops);

	return 0;
}
core_initcall(bench_init);
