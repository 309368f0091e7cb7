// SPDX-License-Identifier: GPL-2.0-only
/* Nobody's memory, beside a carveout. */
#include <sys/mman.h>

#include "guard.h"
#include "out.h"
#include "record.h"
#include "shared.h"
#include "sys.h"
#include "calls.h"

#define GUARD_SIZE	0x10000u
#define GUARD_WORD	0x5a5aa5a5c3c33c3cull

static volatile uint64_t *guard_map(const struct core *core)
{
	/* behind that of the modem, in front of the others' */
	uint64_t at = core_is_modem(core) ? core->base + core->size : core->base - GUARD_SIZE;

	return physical_map(at, GUARD_SIZE);
}

bool guard_fill(const struct core *core)
{
	volatile uint64_t *guard = guard_map(core);

	if (!guard)
		return false;
	for (size_t i = 0; i < GUARD_SIZE / sizeof(*guard); i++)
		guard[i] = GUARD_WORD;
	munmap((void *)guard, GUARD_SIZE);

	return true;
}

bool guard_whole(const struct core *core)
{
	volatile uint64_t *guard = guard_map(core);
	bool whole = guard;

	for (size_t i = 0; whole && i < GUARD_SIZE / sizeof(*guard); i++)
		whole = guard[i] == GUARD_WORD;
	if (guard)
		munmap((void *)guard, GUARD_SIZE);

	return whole || fail("%s: memory beside the carveout was written", core->name);
}

bool announced_inside(const struct core *core, uint32_t from)
{
	struct bench_event e;

	for (uint32_t i = from; i < record_len(); i++) {
		record_get(i, &e);
		if (e.kind == BENCH_EV_CALL && e.pas_id == core->pas_id && e.fn == SCM_PAS_MEM_SETUP &&
		    (e.args[1] < core->base || e.args[2] > core->size ||
		     e.args[1] - core->base > core->size - e.args[2]))
			return fail("%s: mem_setup of %llx+%llx", core->name,
				    (unsigned long long)e.args[1], (unsigned long long)e.args[2]);
	}

	return true;
}
