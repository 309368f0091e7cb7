// SPDX-License-Identifier: GPL-2.0-only
/* In the model's place: gives the payload the platform's functions by SMC. */
#include "tz.h"

#include "calls.h"

#define NOWHERE		0x7ffff00000ul

static uint64_t unknown;

static void hold_lock(uint64_t us)
{
	uint64_t start = tz_time_us();

	while (tz_time_us() - start < us)
		__asm__ volatile("yield");
}

void model_init(enum bench_machine machine, enum bench_soc soc)
{
	(void)soc;
	tz_log("STRESS machine %u %08x|%5d|%05d|%ld|%3s|%c%%\n", machine, 0xabcu, -12,
	       -12, -5L, "x", 'y');
}

void scm_call(struct smc_frame *f)
{
	unsigned int cpu = (unsigned int)f->x[1];

	switch (f->x[0]) {
	case CALL_RELEASE:
		cpu_release(cpu, f->x[2], f->x[3]);
		break;
	case CALL_STOP:
		cpu_stop(cpu);
		break;
	case CALL_BOTH:
		cpu_release(cpu, f->x[2], f->x[3]);
		hold_lock(f->x[4]);
		cpu_stop(cpu);
		cpu_stop(cpu);
		break;
	case CALL_FAULT:
		*(volatile uint32_t *)NOWHERE = 1;
		break;
	case CALL_UNKNOWN:
		f->x[0] = unknown;
		return;
	default:
		tz_panic("no such call: %lx", f->x[0]);
	}
	f->x[0] = 0;
}

void core_call(struct smc_frame *f, unsigned int cpu)
{
	f->x[0] = cpu;
}

void record_unknown(const struct smc_frame *f)
{
	(void)f;
	unknown++;
}

void model_end(void)
{
	tz_log("STRESS end\n");
}
