// SPDX-License-Identifier: GPL-2.0-only
/*
 * Firmware files whose headers lie (F1), a handful that takes different ways through driver and
 * TrustZone; KUnit goes through the fields. Each is started twice: with TrustZone as it is, which
 * looks at the headers too, and with one that takes everything, so that only the kernel is left
 * to notice.
 */
#include <sys/mman.h>

#include "harness.h"
#include "malform.h"

#define GUARD_SIZE	0x10000u
#define GUARD_WORD	0x5a5aa5a5c3c33c3cull

SUITE("images", "boot warm-up");

struct bad_image {
	char name[32];
	bool credulous;		/* TrustZone takes everything */
};

/* Reserved memory that touches the carveout and is nobody's: behind one, in front of the other. */
static volatile uint64_t *guard_map(const struct core *core)
{
	uint64_t at = core_is_modem(core) ? core->base + core->size : core->base - GUARD_SIZE;

	return physical_map(at, GUARD_SIZE);
}

static void guard_fill(volatile uint64_t *guard)
{
	for (size_t i = 0; i < GUARD_SIZE / sizeof(*guard); i++)
		guard[i] = GUARD_WORD;
}

static bool guard_whole(const struct core *core, volatile uint64_t *guard)
{
	for (size_t i = 0; i < GUARD_SIZE / sizeof(*guard); i++) {
		if (guard[i] != GUARD_WORD)
			return fail("%s: memory beside the carveout was written", core->name);
	}

	return true;
}

/* What TrustZone was told lies in the carveout; and it was not asked to start anything. */
static bool announced_right(const struct core *core, uint32_t from)
{
	struct bench_event e;
	bool ok = true;

	for (uint32_t i = from; i < record_len(); i++) {
		record_get(i, &e);
		if (e.kind != BENCH_EV_CALL || e.pas_id != core->pas_id)
			continue;
		if (e.fn == SCM_PAS_MEM_SETUP &&
		    (e.args[1] < core->base || e.args[2] > core->size ||
		     e.args[1] - core->base > core->size - e.args[2]))
			ok = fail("%s: mem_setup of %llx+%llx", core->name,
				  (unsigned long long)e.args[1], (unsigned long long)e.args[2]);
		if (e.fn == SCM_PAS_AUTH_AND_RESET)
			ok = fail("%s: TrustZone was asked to start it", core->name);
	}

	return ok;
}

/* TrustZone takes every image of the core, and does nothing about it: a refusal with status 0. */
static void believe(const struct core *core)
{
	rules_set(rule_refuse(SCM_PAS_INIT_IMAGE, core->pas_id, BENCH_ANY, 0));
	rules_add(rule_refuse(SCM_PAS_MEM_SETUP, core->pas_id, BENCH_ANY, 0));
}

static bool image_there(const struct core *core, const char *variant)
{
	char path[128] = "/lib/firmware/";
	size_t len = strlen(path);

	core_image_name(core, variant, path + len, sizeof(path) - len);
	return !access(path, R_OK) || fail("%s is not there", path);
}

static bool bad_image(const struct test *t)
{
	const struct bad_image *image = t->param;
	const struct core *core = t->core;
	volatile uint64_t *guard = guard_map(core);
	uint32_t from = record_len();
	bool ok;
	int ret;

	if (!guard || !image_there(core, image->name) || !core_set_image(core, image->name))
		return false;
	guard_fill(guard);
	if (image->credulous)
		believe(core);
	ret = core_start(core);
	rules_clear();
	out("# start: %d (%s)", ret, strerror(-ret));
	ok = core_failed(core, "start", ret);
	ok = announced_right(core, from) && ok;
	ok = guard_whole(core, guard) && ok;
	munmap((void *)guard, GUARD_SIZE);
	if (core_is(core, "running"))
		core_stop(core);
	ok = core_is_down(core) && baseline_back() && ok;

	return core_set_image(core, NULL) && core_good_cycle(core) && ok;
}

static void add(struct core *core, const char *name, bool credulous)
{
	struct test *t = test_add("F1 S1 S2 S4", bad_image, core, "%s.image.%s%s", core->name, name,
				  credulous ? ".credulous" : "");
	struct bad_image image = { .credulous = credulous };

	snprintf(image.name, sizeof(image.name), "%s", name);
	test_param(t, &image, sizeof(image));
}

/* Some can only be told from good ones by who looks into the hash segment. */
static void add_both(struct core *core, const char *name, const char *expect)
{
	add(core, name, false);
	if (strcmp(expect, "trustzone"))
		add(core, name, true);
}

static bool no_images(const struct test *t)
{
	return fail("%s: no malformed images", t->core->name);
}

static void build(struct core *core)
{
	if (!malforms_each(core->name, core, add_both))
		test_add("F1", no_images, core, "%s.image", core->name);
}

BUILD("images", MACHINES_ALL, build, .loud = true);
