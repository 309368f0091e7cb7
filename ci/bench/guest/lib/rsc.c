// SPDX-License-Identifier: GPL-2.0-only
/* Resource tables: what TrustZone answers, and what the kernel makes of it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calls.h"
#include "out.h"
#include "record.h"
#include "rproc.h"
#include "rsc.h"
#include "snapshot.h"
#include "sys.h"

static void debugfs_path(const struct core *core, const char *file, char *path, size_t size)
{
	snprintf(path, size, "/sys/kernel/debug/remoteproc/%s/%s", strrchr(core->dir, '/') + 1,
		 file);
}

bool table_has(const struct core *core, const char *entry, bool expected)
{
	char path[128], *text;
	bool there;

	debugfs_path(core, "resource_table", path, sizeof(path));
	text = file_slurp(path, NULL);
	if (!text)
		return fail("%s: cannot be read", path);
	there = strstr(text, entry);
	free(text);

	return there == expected || fail("%s: resource table %s a %s", core->name,
					 there ? "has" : "does not have", entry);
}

bool carveouts_forgotten(const struct core *core)
{
	char path[128], *text;
	bool none;

	debugfs_path(core, "carveout_memories", path, sizeof(path));
	text = file_slurp(path, NULL);
	if (!text)
		return fail("%s: cannot be read", path);
	none = !*text;
	free(text);

	return none || fail("%s: has carveouts of an earlier boot", core->name);
}

bool trace_hidden(const struct core *core)
{
	char path[128], text[128];

	debugfs_path(core, "trace0", path, sizeof(path));
	if (file_read(path, text, sizeof(text)) <= 0)
		return fail("%s cannot be read", path);

	return strstr(text, "not available") || fail("%s is \"%s\"", path, text);
}

static bool calls_made(const struct core *core, uint32_t from, unsigned int want)
{
	unsigned int n = record_calls(from, core->pas_id, SCM_PAS_GET_RSC_TABLE);

	return n == want || fail("%u calls of get_rsc_table, want %u", n, want);
}

/* TrustZone's table has a device, the image's table a trace; without either there is none. */
static bool table_is_right(const struct core *core, uint32_t mode, bool own_table)
{
	bool devices = mode == BENCH_RSC_DEFAULT || mode == BENCH_RSC_LARGE;

	return table_has(core, "devmem", devices) && table_has(core, "trace", own_table) &&
	       (!own_table || trace_hidden(core));
}

bool rsc_boot(const struct core *core, const struct rsc_case *c, const char *firmware,
	      bool own_table)
{
	uint32_t from = record_len();
	bool ok;
	int ret;

	core_answer(core, c->mode, c->size);
	if (firmware && !core_set_firmware(core, firmware))
		return false;
	ret = core_start(core);
	core_normal(core);

	ok = calls_made(core, from, c->calls);
	if (c->want == WANT_ANY_ERROR ? ret >= 0 || ret == -EPROTO : ret != c->want)
		ok = fail("%s: start gave %d (%s)", core->name, ret, strerror(-ret));
	if (!ret) {
		ok = core_came_up(core, from) && table_is_right(core, c->mode, own_table) && ok;
		ok = core_good_stop(core) && ok;
	}
	if (firmware && !core_set_image(core, NULL))
		return false;
	if (!core_wait(core, "offline", LIMIT_SETTLE_MS) || !baseline_back())
		return false;

	ok = core_good_start(core) && table_has(core, "devmem", true) &&
	     table_has(core, "trace", false) && ok;
	return core_good_stop(core) && ok;
}
