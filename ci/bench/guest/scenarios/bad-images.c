// SPDX-License-Identifier: GPL-2.0-only
/*
 * Firmware files whose headers lie (F1), a handful that takes different ways through driver and
 * TrustZone; KUnit goes through the fields. Each is started twice: with TrustZone as it is, which
 * looks at the headers too, and with one that takes everything, so that only the kernel is left
 * to notice.
 */
#include "guard.h"
#include "harness.h"
#include "malform.h"

SUITE("images", "boot warm-up");

struct bad_image {
	char name[32];
	bool credulous;		/* TrustZone takes everything */
};

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
	uint32_t from = record_len();
	bool ok;
	int ret;

	if (!guard_fill(core) || !image_there(core, image->name) ||
	    !core_set_image(core, image->name))
		return false;
	if (image->credulous)
		believe(core);
	ret = core_start(core);
	rules_clear();
	out("# start: %d (%s)", ret, strerror(-ret));
	ok = core_failed(core, "start", ret);
	if (record_calls(from, core->pas_id, SCM_PAS_AUTH_AND_RESET))
		ok = fail("%s: TrustZone was asked to start it", core->name);
	ok = announced_inside(core, from) && ok;
	ok = guard_whole(core) && ok;
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
