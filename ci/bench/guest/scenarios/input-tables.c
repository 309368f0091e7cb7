// SPDX-License-Identifier: GPL-2.0-only
/*
 * Resource tables with mistakes drawn by lot (T4), told by TrustZone or found in the image. What
 * starts must show its table to who reads it.
 */
#include <elf.h>

#include "harness.h"
#include "image.h"
#include "lot.h"
#include "rsc.h"

#define CASES		250	/* in the image, and as many that are told */
#define CHECK_EVERY	25
#define MAX_MISTAKES	3
#define MAX_ENTRIES	4
#define INPUT		"modem-input.mbn"

/* As in the kernel's remoteproc.h */
enum { CARVEOUT, DEVMEM, TRACE, VDEV, VENDOR = 128 };

#define HEADER_WORDS	4
#define NAME_WORDS	8
#define MAX_WORDS	(BENCH_TOLD_SIZE / 4)

SUITE("input-tables", "boot warm-up");

/**
 * struct input - a case
 * @in_image:	in the image, which is the modem's; else told
 * @seed:	of the case
 * @number:	of the case
 */
struct input {
	bool in_image;
	uint32_t seed;
	uint32_t number;
};

/* A table, of which mistakes may change even the size */
struct table {
	uint32_t words[MAX_WORDS];
	uint32_t size;
	uint32_t num;
	bool no_devices;	/* TrustZone would have to grant them, and has no such call */
};

static unsigned int refused, ran;

/* ---- tables ---- */

static void add_entry(struct table *t, const uint32_t *entry, uint32_t words, bool named)
{
	uint32_t *to = t->words + t->size / 4;

	t->words[HEADER_WORDS + t->num++] = t->size;
	memcpy(to, entry, words * 4);
	if (named)
		snprintf((char *)(to + words), NAME_WORDS * 4, "input%u", t->num);
	t->size += (words + (named ? NAME_WORDS : 0)) * 4;
}

/* Mostly of a kind that the core can have */
static void add_any(struct table *t, const struct core *core)
{
	const uint32_t device = BENCH_DEVMEM_BASE + t->num * 0x1000;
	const uint32_t devmem[] = { DEVMEM, device, device, 0x1000, 3, 0 };
	const uint32_t trace[] = { TRACE, core->base + 0x1000, 0x100, 0 };
	const uint32_t vendor[] = { VENDOR + lot(2), 1, 2, 3 };
	const uint32_t carveout[] = { CARVEOUT, UINT32_MAX, 0, 0x1000, 3, 0 };
	const uint32_t vdev[] = { VDEV, 7, 0, 0, 0, 0, 1 << 8, UINT32_MAX, 4096, 256, 0, 0 };

	switch (lot(12)) {
	case 0:
		add_entry(t, carveout, ARRAY_SIZE(carveout), true);
		break;
	case 1:
		add_entry(t, vdev, ARRAY_SIZE(vdev), false);
		break;
	case 2:
	case 3:
		add_entry(t, vendor, ARRAY_SIZE(vendor), false);
		break;
	case 4:
	case 5:
	case 6:
		add_entry(t, trace, ARRAY_SIZE(trace), true);
		break;
	default:
		if (t->no_devices)
			add_entry(t, trace, ARRAY_SIZE(trace), true);
		else
			add_entry(t, devmem, ARRAY_SIZE(devmem), true);
	}
}

static void good_table(struct table *t, const struct core *core)
{
	uint32_t num = lot(MAX_ENTRIES);

	t->words[0] = 1;
	t->words[1] = num;
	t->size = (HEADER_WORDS + num) * 4;
	while (t->num < num)
		add_any(t, core);
}

/* ---- mistakes ---- */

static void header(struct table *t)
{
	uint32_t *word = &t->words[lot(2)];

	*word = lot_value(*word, t->size);
}

static void offset(struct table *t)
{
	uint32_t *word = &t->words[HEADER_WORDS + lot(t->num + 1)];

	*word = lot_value(*word, t->size);
}

static void two_offsets(struct table *t)
{
	if (t->num)
		t->words[HEADER_WORDS + lot(t->num)] = t->words[HEADER_WORDS + lot(t->num)] + lot(9);
}

static void entry(struct table *t)
{
	uint32_t first = HEADER_WORDS + t->num;
	uint32_t *word = &t->words[first + lot(MAX_WORDS - first)];

	*word = lot_value(*word, t->size);
}

/* The type, or what follows it */
static void type(struct table *t)
{
	static const uint32_t types[] = { CARVEOUT, DEVMEM, TRACE, VDEV, 4, 127, VENDOR, 512, 513 };
	uint32_t at;

	if (!t->num)
		return;
	at = t->words[HEADER_WORDS + lot(t->num)] / 4;
	if (at + 6 >= MAX_WORDS)
		return;
	if (lot(2))
		t->words[at] = types[lot(ARRAY_SIZE(types))];
	else
		t->words[at + 1 + lot(5)] = lot_value(t->words[at + 1], t->size);
}

static void name(struct table *t)
{
	static const char *const names[] = { "%s%s%s%n%p", "\n\n", "../../..", "", "/", "\x80\xff" };
	uint32_t at = lot(t->size);

	if (lot(2))
		snprintf((char *)t->words + at, sizeof(t->words) - at, "%s",
			 names[lot(ARRAY_SIZE(names))]);
	else
		memset((char *)t->words + at, 'x', sizeof(t->words) - at);
}

static void bits(struct table *t)
{
	for (uint32_t i = 1 + lot(8); i; i--)
		((uint8_t *)t->words)[lot(t->size)] ^= 1u << lot(8);
}

static void size(struct table *t)
{
	const uint32_t sizes[] = {
		0, 1, 15, 16, 17, 16 + 4 * t->num, t->size - 1, t->size - 4, t->size + 4,
		sizeof(t->words), lot(sizeof(t->words)),
	};

	t->size = sizes[lot(ARRAY_SIZE(sizes))];
	if (!t->size || t->size > sizeof(t->words))
		t->size = 4;
}

static void (*const mistakes[])(struct table *t) = {
	header, offset, offset, two_offsets, entry, entry, entry, type, type, name, bits, size,
};

static void make(struct table *t, const struct core *core)
{
	good_table(t, core);
	for (uint32_t i = lot(MAX_MISTAKES + 1); i; i--)
		mistakes[lot(ARRAY_SIZE(mistakes))](t);
}

/* ---- into the image ---- */

static void spoil_section(struct piece *p, size_t at)
{
	uint32_t value;

	memcpy(&value, p->data + at, sizeof(value));
	value = lot_value(value, p->size);
	memcpy(p->data + at, &value, sizeof(value));
}

/* The table goes behind all else, at an address that may be odd; at times its section is bad. */
static bool image_with(const struct table *t)
{
	Elf32_Shdr section;
	struct image image;
	struct piece *p = &image.pieces[0];
	size_t shoff, at;
	bool ok;

	if (!image_read(&image, IMAGE_OWN_TABLE))
		return false;
	shoff = ((const Elf32_Ehdr *)p->data)->e_shoff;
	at = shoff + sizeof(section);
	memcpy(&section, p->data + at, sizeof(section));
	p->size += lot(4) ? 0 : lot(4);
	section.sh_offset = p->size;
	section.sh_size = t->size;
	memcpy(p->data + at, &section, sizeof(section));
	memcpy(p->data + p->size, t->words, t->size);
	p->size += t->size;
	switch (lot(8)) {
	case 0:
		spoil_section(p, shoff + lot(3 * sizeof(section) / 4) * 4);
		break;
	case 1:
		/* e_shoff, or how many and which */
		spoil_section(p, lot(2) ? 32 : 48);
		image_digest_headers(&image);
		break;
	case 2:
		p->size -= lot(t->size);
	}
	ok = image_write(&image, INPUT);
	image_free(&image);

	return ok;
}

/* ---- what comes of them ---- */

static bool prepare(const struct core *core, const struct input *in)
{
	struct table t = { .size = 0 };

	lots_begin(in->seed, in->number << 2 | in->in_image << 1 | core_is_modem(core));
	t.no_devices = in->in_image && lot(2);
	make(&t, core);
	if (!in->in_image) {
		core_told(core, t.words, t.size);
		return true;
	}
	if (!image_with(&t) || !core_set_firmware(core, INPUT))
		return false;
	core_answer(core, t.no_devices ? BENCH_RSC_ABSENT : BENCH_RSC_DEFAULT, 0);

	return true;
}

static bool is_refused(const struct core *core, int ret)
{
	refused++;

	return core_refused_aloud(core, ret);
}

/* Who reads what the kernel has of the table reads nothing else. */
static bool tables_shown(const struct core *core)
{
	static const char *const files[] = { "resource_table", "carveout_memories", "trace0" };
	char path[128], *text;

	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		snprintf(path, sizeof(path), "/sys/kernel/debug/remoteproc/%s/%s",
			 strrchr(core->dir, '/') + 1, files[i]);
		text = file_slurp(path, NULL);
		if (!text && i < 2)
			return fail("%s cannot be read", path);
		free(text);
	}

	return true;
}

static bool runs(const struct core *core, uint32_t from)
{
	ran++;
	return core_came_up(core, from) && tables_shown(core) &&
	       core_succeeded(core, "stop", core_stop(core)) && core_is_down(core) && no_new_bridge();
}

static bool input_table(const struct test *t)
{
	const struct input *in = t->param;
	const struct core *core = t->core;
	uint32_t from = record_len();
	bool ok;
	int ret;

	if (!prepare(core, in))
		return false;
	ret = core_start(core);
	core_normal(core);
	ok = ret ? is_refused(core, ret) : runs(core, from);

	return (!in->in_image || core_set_image(core, NULL)) && ok;
}

static bool check(const struct test *t)
{
	out("# seed %u: so far %u refused, %u ran", lots_seed, refused, ran);
	return baseline_back() && core_good_start(t->core) && table_has(t->core, "devmem", true) &&
	       table_has(t->core, "trace", false) && core_good_stop(t->core);
}

static void add(struct core *core, const struct input *in)
{
	const char *what = in->in_image ? "image-table" : "told-table";

	test_param(test_add("T4 S1 S4", input_table, core, "%s.input.%s.%u.%u", core->name, what,
			    in->seed, in->number), in, sizeof(*in));
	if (in->number % CHECK_EVERY == CHECK_EVERY - 1)
		test_add("T4 T6 S1 S2", check, core, "%s.input.%s.%u.%u.check", core->name, what,
			 in->seed, in->number);
}

static void build(struct core *core)
{
	struct input in = { .seed = lots_seed };

	for (in.number = 0; in.number < CASES / 2; in.number++)
		add(core, &in);
	in.in_image = true;
	for (in.number = 0; in.number < CASES && core_is_modem(core); in.number++)
		add(core, &in);
}

BUILD("input-tables", ONLY_EL2_IOMMU, build, .loud = true);
