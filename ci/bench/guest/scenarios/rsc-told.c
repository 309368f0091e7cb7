// SPDX-License-Identifier: GPL-2.0-only
/*
 * Resource tables of which each entry is whole, and some say what the core cannot have: memory that
 * Linux would have to find, or memory twice. What is refused is named, as far as its name goes.
 */
#include "harness.h"
#include "rsc.h"

/* As in the kernel's remoteproc.h */
#define CARVEOUT	0
#define DEVMEM		1
#define VDEV		3
#define VENDOR		128
#define ANY_ADDRESS	0xffffffffu
#define READ_WRITE	3
#define NAME_SIZE	32

#define PAGE		0x1000u
#define MAX_WORDS	(BENCH_TOLD_SIZE / sizeof(uint32_t))
#define HEADER_WORDS	4

/* A table under construction */
struct table {
	uint32_t words[MAX_WORDS];
	uint32_t entries;	/* there is room for */
	uint32_t used;		/* words */
};

static void table_start(struct table *t, uint32_t entries)
{
	memset(t, 0, sizeof(*t));
	t->words[0] = 1;
	t->entries = entries;
	t->used = HEADER_WORDS + entries;
}

static void table_add(struct table *t, const uint32_t *entry, size_t size, const char *name)
{
	t->words[HEADER_WORDS + t->words[1]++] = t->used * sizeof(uint32_t);
	memcpy(t->words + t->used, entry, size);
	t->used += size / sizeof(uint32_t);
	if (!name)
		return;
	/* not terminated if it is as long as that */
	memcpy(t->words + t->used, name, strnlen(name, NAME_SIZE));
	t->used += NAME_SIZE / sizeof(uint32_t);
}

static void add_devmem(struct table *t, uint64_t da, uint64_t pa, uint32_t len)
{
	const uint32_t entry[] = { DEVMEM, da, pa, len, READ_WRITE, 0 };

	table_add(t, entry, sizeof(entry), "told");
}

static void add_carveout(struct table *t, const char *name)
{
	const uint32_t entry[] = { CARVEOUT, ANY_ADDRESS, 0, PAGE, READ_WRITE, 0 };

	table_add(t, entry, sizeof(entry), name);
}

/* ---- the tables ---- */

static void device(struct table *t, const struct core *core)
{
	add_devmem(t, BENCH_DEVMEM_BASE, BENCH_DEVMEM_BASE, BENCH_DEVMEM_SIZE);
}

static void vendor(struct table *t, const struct core *core)
{
	const uint32_t entry[] = { VENDOR, 1, 2, 3 };

	table_add(t, entry, sizeof(entry), NULL);
}

static void no_entries(struct table *t, const struct core *core)
{
	/* what follows the header is nobody's business */
	t->words[HEADER_WORDS] = ANY_ADDRESS;
	t->used = MAX_WORDS;
}

static void no_version(struct table *t, const struct core *core)
{
	t->words[0] = 0;
	t->used = MAX_WORDS;
}

static void own_page(struct table *t, const struct core *core)
{
	add_devmem(t, core->base + PAGE, core->base + PAGE, PAGE);
}

static void own_all(struct table *t, const struct core *core)
{
	add_devmem(t, core->base, core->base, core->size);
}

static void own_dtb(struct table *t, const struct core *core)
{
	add_devmem(t, core->dtb_base, core->dtb_base, PAGE);
}

static void own_elsewhere(struct table *t, const struct core *core)
{
	add_devmem(t, core->base, core->base + PAGE, PAGE);
}

static void own_and_more(struct table *t, const struct core *core)
{
	add_devmem(t, core->base + core->size - PAGE, core->base + core->size - PAGE, 2 * PAGE);
}

static void twice(struct table *t, const struct core *core)
{
	table_start(t, 2);
	device(t, core);
	add_devmem(t, BENCH_DEVMEM_BASE + PAGE, BENCH_DEVMEM_BASE + PAGE, PAGE);
}

static void empty_device(struct table *t, const struct core *core)
{
	add_devmem(t, BENCH_DEVMEM_BASE, BENCH_DEVMEM_BASE, 0);
}

static void device_wraps(struct table *t, const struct core *core)
{
	add_devmem(t, ANY_ADDRESS - PAGE + 1, BENCH_DEVMEM_BASE, 2 * PAGE);
}

static void carveout(struct table *t, const struct core *core)
{
	add_carveout(t, "bench-heap");
}

static void percent_name(struct table *t, const struct core *core)
{
	add_carveout(t, "100%s%s%n%p");
}

/* 32 characters, at the end of the table */
static void endless_name(struct table *t, const struct core *core)
{
	add_carveout(t, "0123456789abcdefghijklmnopqrstuv");
}

static void vdev(struct table *t, const struct core *core)
{
	/* two vrings */
	const uint32_t entry[] = {
		VDEV, 7, 0, 0, 0, 0, 2 << 8, ANY_ADDRESS, 4096, 256, 0, 0, ANY_ADDRESS, 4096, 256, 1, 0,
	};

	table_add(t, entry, sizeof(entry), NULL);
}

/**
 * struct told_case - a table, and what comes of it
 * @name:	of the case
 * @proves:	requirements
 * @make:	fills in a table for one entry
 * @told:	the start is refused, in a line with these words; NULL: it succeeds
 * @devmem:	and there is device memory in the kernel's table
 */
struct told_case {
	const char *name;
	const char *proves;
	void (*make)(struct table *t, const struct core *core);
	const char *told;
	bool devmem;
};

static const struct told_case cases[] = {
	{ "device", "T7", device, NULL, true },
	{ "no-entries", "T4", no_entries, NULL, false },
	{ "no-version", "T4", no_version, NULL, false },
	{ "own-page", "T7 C1", own_page, NULL, true },
	{ "own-all", "T7 C1", own_all, NULL, true },
	{ "own-elsewhere", "T7 C1", own_elsewhere, "overlaps carveout", false },
	{ "own-and-more", "T7 C1", own_and_more, "overlaps carveout", false },
	{ "device-twice", "T7", twice, "failed to map", false },
	{ "device-empty", "T4", empty_device, "failed to map", false },
	{ "device-wraps", "T4", device_wraps, "wraps", false },
	{ "carveout", "T7", carveout, "carveout bench-heap: ", false },
	{ "carveout-percent", "T4 T7", percent_name, "carveout 100%s%s%n%p: ", false },
	{ "carveout-endless", "T4 T7", endless_name,
	  "carveout 0123456789abcdefghijklmnopqrstuv: ", false },
	{ "vdev", "T7", vdev, "vdev0: can't be served", false },
};

static const struct told_case dtb_case = { "own-dtb", "T7 C1", own_dtb, NULL, true };
/* the kernel warns of it, in the base too */
static const struct told_case vendor_case = { "vendor", "T7", vendor, NULL, false };

/* The start, with that table */
static bool start_told(const struct core *core, const struct told_case *c)
{
	struct table t;
	bool ok;
	int ret;

	table_start(&t, 1);
	c->make(&t, core);
	core_told(core, t.words, t.used * sizeof(uint32_t));
	kmsg_watch(true);
	ret = core_start(core);
	core_normal(core);
	if (!c->told)
		return core_succeeded(core, "start", ret);

	ok = core_failed(core, "start", ret);
	if (!says(c->told))
		ok = fail("%s: no line says \"%s\"", core->name, c->told);

	return core_all_given_back(core) && ok;
}

static bool told(const struct test *t)
{
	const struct told_case *c = t->param;
	const struct core *core = t->core;
	uint32_t from = record_len();
	bool ok;

	ok = start_told(core, c);
	kmsg_watch(false);
	if (ok && !c->told)
		ok = core_came_up(core, from) && table_has(core, "devmem", c->devmem) &&
		     core_good_stop(core);

	return core_good_cycle(core) && ok;
}

static void add(struct core *core, const struct told_case *c)
{
	struct test *t = test_add(c->proves, told, core, "%s.rsc.%s", core->name, c->name);

	t->param = c;
	t->loud = c->told || c == &vendor_case;
}

static void build(struct core *core)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		add(core, &cases[i]);
	add(core, &vendor_case);
	if (core->dtb_pas_id)
		add(core, &dtb_case);
}

BUILD("rsc", ONLY_EL2_IOMMU, build);
