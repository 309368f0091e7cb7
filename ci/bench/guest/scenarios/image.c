// SPDX-License-Identifier: GPL-2.0-only
/*
 * Firmware files whose headers lie (F1). Each is started twice: with TrustZone as it is, which
 * looks at the headers too, and with one that takes everything, so that only the kernel is left
 * to notice.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "guest.h"

#define GUARD_SIZE	0x10000u
#define GUARD_WORD	0x5a5aa5a5c3c33c3cull

/* Which images a way makes bad: those in one file, which have offsets, or in pieces */
enum { IN_ONE = 1, IN_PIECES = 2, BOTH = IN_ONE | IN_PIECES };

/**
 * struct bad_image - a way in which a file is wrong, see image/malform.py
 * @name:	of the way
 * @kinds:	what it makes bad
 * @theirs:	only who looks into the hash segment can tell
 */
struct bad_image {
	const char *name;
	unsigned int kinds;
	bool theirs;
};

static const struct bad_image images[] = {
	{ "header-cut", BOTH, false },
	{ "phdrs-cut", BOTH, false },
	{ "no-elf", BOTH, false },
	{ "phoff-odd", BOTH, false },
	{ "phoff-behind", BOTH, false },
	{ "phentsize", BOTH, false },
	{ "phnum-huge", BOTH, false },
	{ "phnum-one", BOTH, false },
	{ "headers-long", BOTH, false },
	{ "headers-short", BOTH, false },
	{ "headers-loadable", BOTH, false },
	{ "no-hash", BOTH, false },
	{ "hash-empty", BOTH, false },
	{ "hash-short", BOTH, true },
	{ "hash-huge", BOTH, false },
	{ "hash-behind", IN_ONE, false },
	{ "memsz-below-filesz", BOTH, false },
	{ "filesz-behind", BOTH, false },
	{ "piece-short", IN_PIECES, false },
	{ "offset-behind", IN_ONE, false },
	{ "offset-wraps", IN_ONE, false },
	{ "memsz-huge", BOTH, false },
	{ "paddr-wraps", BOTH, false },
	{ "far-apart", BOTH, false },
	{ "below", BOTH, false },
};

/* Reserved memory that touches the carveout and is nobody's: behind one, in front of the other. */
static volatile uint64_t *guard_map(const struct core *core)
{
	uint64_t at = core->index == BENCH_CORE_MPSS ? core->base + core->size :
						       core->base - GUARD_SIZE;

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
		if (e.fn == FN_MEM_SETUP && (e.args[1] < core->base || e.args[2] > core->size ||
					     e.args[1] - core->base > core->size - e.args[2]))
			ok = fail("%s: mem_setup of %llx+%llx", core->name,
				  (unsigned long long)e.args[1], (unsigned long long)e.args[2]);
		if (e.fn == FN_AUTH_AND_RESET)
			ok = fail("%s: TrustZone was asked to start it", core->name);
	}

	return ok;
}

/* TrustZone takes every image of the core, and does nothing about it. */
static void plan_credulous(const struct core *core)
{
	struct bench_rule rule = {
		.fn = FN_INIT_IMAGE,
		.pas_id = core->pas_id,
		.nth = 1,
		.count = BENCH_ANY,
		.action = BENCH_ACT_FAIL,
	};

	plan_set(&rule);
	rule.fn = FN_MEM_SETUP;
	plan_add(1, &rule);
}

static bool image_there(const struct core *core, const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "/lib/firmware/%s-%s.%s", core->name, name,
		 core->relocatable ? "mbn" : "mdt");

	return !access(path, R_OK) || fail("%s is not there", path);
}

bool sc_bad_image(const struct test *t)
{
	const struct core *core = t->core;
	const char *name = images[t->number].name;
	volatile uint64_t *guard = guard_map(core);
	uint32_t from = record_len();
	bool ok;
	int ret;

	if (!guard)
		return fail("/dev/mem: %m");
	if (!image_there(core, name) || !core_set_image(core, name))
		return false;
	guard_fill(guard);
	if (t->mode)
		plan_credulous(core);
	ret = core_start(core);
	plan_clear();
	out("# start: %d (%s)", ret, strerror(-ret));
	ok = (ret < 0 && ret != -EPROTO) || fail("%s: start gave %d", core->name, ret);
	ok = announced_right(core, from) && ok;
	ok = guard_whole(core, guard) && ok;
	munmap((void *)guard, GUARD_SIZE);
	if (core_is(core, "running"))
		core_stop(core);
	if (record_up(core->pas_id) || (core->dtb_pas_id && record_up(core->dtb_pas_id)))
		ok = fail("%s: a PAS is still up", core->name);
	ok = baseline_back() && ok;

	return core_set_image(core, NULL) && core_good_cycle(core) && ok;
}

static void add_image(struct core *core, unsigned int i, bool credulous)
{
	struct test *t = test_add("F1 S1 S2 S4", sc_bad_image, core, "%s.image.%s%s", core->name,
				  images[i].name, credulous ? ".credulous" : "");

	t->number = i;
	t->mode = credulous;
}

static void add_images(struct core *core)
{
	unsigned int kind = core->relocatable ? IN_ONE : IN_PIECES;

	for (unsigned int i = 0; i < ARRAY_SIZE(images); i++) {
		if (!(images[i].kinds & kind))
			continue;
		add_image(core, i, false);
		if (!images[i].theirs)
			add_image(core, i, true);
	}
}

/* Adds the tests of bad images. */
void images_build(void)
{
	for (size_t c = 0; c < BENCH_CORES; c++) {
		if (cores[c].present)
			add_images(&cores[c]);
	}
}
