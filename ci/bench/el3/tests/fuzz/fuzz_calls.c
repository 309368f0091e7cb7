// SPDX-License-Identifier: GPL-2.0-only
/*
 * A machine, then steps (host/steps.c): calls, drivers, memory that changes.
 * scm_call() looks at the model after each call.
 */
#include "fuzz.h"

#define MAX_STEPS	64

void core_smc(uint64_t fn, uint64_t a1, uint64_t a2)
{
	struct smc_frame f = { .x = { fn, a1, a2 } };

	core_call(&f, (unsigned int)(a2 % (TZ_MAX_CPUS + 1)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	enum bench_machine machine = (enum bench_machine)(input_number(&in, 1) % (BENCH_MACHINE_HYP + 1));
	unsigned int n;

	host_start(machine);
	driver_start(machine);
	for (n = 0; n < MAX_STEPS && in.left; n++)
		steps_random(&in);
	model_end();
	return 0;
}
