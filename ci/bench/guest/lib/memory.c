// SPDX-License-Identifier: GPL-2.0-only
/* The kernel's memory as a whole: what no table of names shows, a leak of any kind does. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core.h"
#include "kmsg.h"
#include "memory.h"
#include "out.h"
#include "sys.h"

/* What comes and goes with nobody's fault, such as slabs that caches keep */
#define DRIFT_KB	160
#define PAGE_KB		4

struct memory {
	long available;
	long slab;
};

static struct memory before;

/* Sum of the numbers behind each @name in @path, -1 if it cannot be read or has none. */
static long sum(const char *path, const char *name)
{
	long total = -1;
	char *text, *at;

	text = file_slurp(path, NULL);
	if (!text)
		return -1;
	for (at = strstr(text, name); at; at = strstr(at + 1, name))
		total = (total < 0 ? 0 : total) + strtol(at + strlen(name), NULL, 10);
	free(text);

	return total;
}

/* What can be given back is not lost, nor are free pages that the CPU keeps at hand. */
static struct memory look(void)
{
	struct memory m;

	file_write("/proc/sys/vm/drop_caches", "3");
	file_write("/proc/sys/vm/stat_refresh", "1");
	m.available = sum("/proc/meminfo", "MemAvailable:") +
		      sum("/proc/zoneinfo", " count:") * PAGE_KB;
	m.slab = sum("/proc/meminfo", "SUnreclaim:");

	return m;
}

void memory_take(void)
{
	before = look();
}

static bool within(const struct memory *now)
{
	return before.available - now->available <= DRIFT_KB && now->slab - before.slab <= DRIFT_KB;
}

bool memory_back(void)
{
	struct memory now;

	poll_until((now = look(), within(&now)), LIMIT_SETTLE_MS);
	out("# memory: available %ld kB, %ld less than before; slab %ld kB, %ld more",
	    now.available, before.available - now.available, now.slab, now.slab - before.slab);

	/* the checkers of a debug kernel keep records of what is gone; kmemleak looks there */
	return within(&now) || !access("/sys/kernel/debug/kmemleak", F_OK) ||
	       fail("memory was lost, limit %d kB", DRIFT_KB);
}
