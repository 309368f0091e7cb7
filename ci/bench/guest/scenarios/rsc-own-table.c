// SPDX-License-Identifier: GPL-2.0-only
/* Images with a resource table of their own, which goes to TrustZone, or is all that there is. */
#include "harness.h"
#include "malform.h"
#include "rsc.h"

/**
 * struct own_case - an image with sections
 * @firmware:	its name
 * @found:	the driver uses its table
 * @rsc:	what comes of it
 */
struct own_case {
	char firmware[64];
	bool found;
	struct rsc_case rsc;
};

static const struct own_case cases[] = {
	{ IMAGE_OWN_TABLE, true, { "own", "T2 C5", BENCH_RSC_DEFAULT, 0, 0, 1 } },
	{ IMAGE_OWN_TABLE, true, { "own-absent", "T2 T5", BENCH_RSC_ABSENT, 0, 0, 0 } },
	{ "modem-badrsc.mbn", true, { "own-malformed", "T2", BENCH_RSC_DEFAULT, 0, -EINVAL, 0 } },
	{ "modem-norsc.mbn", false, { "own-none", "T2 T4", BENCH_RSC_DEFAULT, 0, 0, 1 } },
	{ "modem-oldrsc.mbn", true, { "own-old", "T2 T4", BENCH_RSC_DEFAULT, 0, -EINVAL, 0 } },
};

static bool own_table(const struct test *t)
{
	const struct own_case *c = t->param;

	return rsc_boot(t->core, &c->rsc, c->firmware, c->found);
}

static void add(struct core *core, const char *name, const struct own_case *c)
{
	struct test *t = test_add(c->rsc.proves, own_table, core, "%s.rsc.%s", core->name, name);

	test_param(t, c, sizeof(*c));
	t->loud = c->rsc.want;
}

/* A table that is not in the file is malformed; one that nobody can name is none. */
static void add_malformed(struct core *core, const char *name, const char *expect)
{
	bool found = !strcmp(expect, "malformed");
	struct own_case c = {
		.found = found,
		.rsc = { NULL, "T2 F1", BENCH_RSC_DEFAULT, 0, found ? -EINVAL : 0, !found },
	};

	snprintf(c.firmware, sizeof(c.firmware), "%s-rsc-%s.mbn", core->name, name);
	add(core, name, &c);
}

static bool no_images(const struct test *t)
{
	return false;
}

static void build(struct core *core)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		add(core, cases[i].rsc.name, &cases[i]);
	if (!malforms_each("modem-rsc", core, add_malformed))
		test_add("F1", no_images, core, "%s.rsc", core->name);
}

BUILD("rsc", ONLY_EL2_IOMMU, build, .when = core_is_modem);
