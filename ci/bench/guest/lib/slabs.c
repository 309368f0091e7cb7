// SPDX-License-Identifier: GPL-2.0-only
/* Objects that the kernel has allocated, by cache. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core.h"
#include "kmsg.h"
#include "out.h"
#include "slabs.h"
#include "sys.h"

#define MAX_CACHES	256
#define SLABS		"/sys/kernel/slab"
#define RCU_MS		200
#define LAZY		"vmap_area"	/* purged when there are many */

struct cache {
	char name[32];
	long objects;
};

static struct cache before[MAX_CACHES];
static size_t num;

/*
 * What CPUs have at hand counts as allocated, unless it is taken from them; so does what waits for
 * RCU, as what was needed to do that.
 */
static void shrink(void)
{
	DIR *dir = opendir(SLABS);
	char path[320];
	struct dirent *d;

	while (dir && (d = readdir(dir))) {
		snprintf(path, sizeof(path), SLABS "/%s/shrink", d->d_name);
		file_write(path, "1");
	}
	if (dir)
		closedir(dir);
	file_write("/proc/sys/vm/drop_caches", "3");
	usleep(RCU_MS * 1000);
}

static size_t look(struct cache *caches)
{
	char *text, *line, *rest;
	size_t n = 0;

	shrink();
	text = file_slurp("/proc/slabinfo", NULL);
	for (line = strtok_r(text ? text : strdupa(""), "\n", &rest); line && n < MAX_CACHES;
	     line = strtok_r(NULL, "\n", &rest)) {
		if (sscanf(line, "%31s %ld", caches[n].name, &caches[n].objects) == 2)
			n++;
	}
	free(text);

	return n;
}

void slabs_take(void)
{
	num = look(before);
}

/* Both have the same order, in which new caches come first. How far from the end one is that grew. */
static size_t grown(const struct cache *now, size_t n, long limit)
{
	for (size_t i = 1; i <= num && i <= n; i++) {
		if (!strcmp(now[n - i].name, before[num - i].name) && strcmp(now[n - i].name, LAZY) &&
		    now[n - i].objects - before[num - i].objects > limit)
			return i;
	}

	return 0;
}

/* Who has allocated them: the kernel knows with slab_debug=U on its command line. */
static void show_traces(const char *name)
{
	char path[128], *text, *line, *rest;

	snprintf(path, sizeof(path), "/sys/kernel/debug/slab/%s/alloc_traces", name);
	text = file_slurp(path, NULL);
	for (line = strtok_r(text ? text : strdupa(""), "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest))
		out("# %s", line);
	free(text);
}

bool slabs_back(long limit)
{
	static struct cache now[MAX_CACHES];
	size_t n, first;

	if (!num)
		return fail("no /proc/slabinfo");
	poll_until((n = look(now), first = grown(now, n, limit), !first), LIMIT_SETTLE_MS);

	if (!first)
		return true;
	show_traces(now[n - first].name);

	return fail("%s had %ld objects, and has %ld; the limit is %ld more", now[n - first].name,
		    before[num - first].objects, now[n - first].objects, limit);
}
