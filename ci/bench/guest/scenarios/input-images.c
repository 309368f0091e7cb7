// SPDX-License-Identifier: GPL-2.0-only
/*
 * Images with mistakes drawn by lot (F1). Half of the time TrustZone takes everything, and only
 * the kernel is left to notice; else it looks for itself, and what it accepts must run. A program
 * is started only as it was made, so that no core runs wild.
 */
#include <elf.h>

#include "guard.h"
#include "harness.h"
#include "image.h"
#include "lot.h"

#define CASES		85	/* of each image */
#define CHECK_EVERY	17
#define MAX_MISTAKES	3
#define DTB		"cdsp_dtb.mbn"

SUITE("input-images", "boot warm-up");

/**
 * struct input - a case
 * @name:	file of the image
 * @as:		the file that is started, from @name by mistakes
 * @dtb:	it is the dtb image
 * @seed:	that of the run, or of a case that is kept
 * @number:	of the case
 */
struct input {
	const char *name;
	const char *as;
	bool dtb;
	uint32_t seed;
	uint32_t number;
};

static unsigned int refused, ran;

/* ---- mistakes ---- */

static uint32_t get(const struct piece *p, size_t at, unsigned int width)
{
	uint32_t value = 0;

	if (at + width <= p->size)
		memcpy(&value, p->data + at, width);

	return value;
}

static void put(struct piece *p, size_t at, unsigned int width, uint32_t value)
{
	if (at + width <= p->size)
		memcpy(p->data + at, &value, width);
}

static void spoil(struct piece *p, size_t at, unsigned int width)
{
	put(p, at, width, lot_value(get(p, at, width), p->size));
}

static void elf_header(struct image *image)
{
	static const struct {
		uint8_t at, width;
	} fields[] = {
		{ 4, 1 }, { 5, 1 }, { 6, 1 }, { 16, 2 }, { 18, 2 }, { 20, 4 }, { 24, 4 }, { 28, 4 },
		{ 32, 4 }, { 36, 4 }, { 40, 2 }, { 42, 2 }, { 44, 2 }, { 46, 2 }, { 48, 2 }, { 50, 2 },
	};
	uint32_t i = lot(ARRAY_SIZE(fields));

	spoil(&image->pieces[0], fields[i].at, fields[i].width);
}

/* Of any program header, where they were */
static size_t any_phdr(const struct image *image)
{
	return sizeof(Elf32_Ehdr) + lot(6) * sizeof(Elf32_Phdr);
}

static void program_header(struct image *image)
{
	spoil(&image->pieces[0], any_phdr(image) + lot(8) * 4, 4);
}

static void flags(struct image *image)
{
	static const uint32_t types[] = { 7u << 24, 2u << 24, 1u << 27, 0, 5 };
	size_t phdr = any_phdr(image);

	put(&image->pieces[0], phdr + offsetof(Elf32_Phdr, p_flags), 4, types[lot(ARRAY_SIZE(types))]);
	if (lot(2))
		put(&image->pieces[0], phdr, 4, lot(2));
}

/* Offset, address or size, so that a sum of two wraps, or just does not */
static void sum(struct image *image)
{
	static const uint8_t pairs[][2] = {
		{ 4, 16 }, { 12, 20 }, { 16, 4 }, { 20, 12 }, { 20, 16 }, { 16, 20 },
	};
	const uint8_t *pair = pairs[lot(ARRAY_SIZE(pairs))];
	size_t phdr = any_phdr(image);

	put(&image->pieces[0], phdr + pair[0], 4,
	    -get(&image->pieces[0], phdr + pair[1], 4) + lot(5) - 2);
}

/* Two segments change places, are the same, or overlap. */
static void two_headers(struct image *image)
{
	struct piece *p = &image->pieces[0];
	size_t a = any_phdr(image), b = any_phdr(image), field = lot(8) * 4;
	uint8_t from[sizeof(Elf32_Phdr)], to[sizeof(Elf32_Phdr)];

	if (a + sizeof(from) > p->size || b + sizeof(to) > p->size)
		return;
	memcpy(from, p->data + a, sizeof(from));
	memcpy(to, p->data + b, sizeof(to));
	switch (lot(3)) {
	case 0:
		memcpy(p->data + a, to, sizeof(to));
		memcpy(p->data + b, from, sizeof(from));
		break;
	case 1:
		memcpy(p->data + b, from, sizeof(from));
		break;
	default:
		put(p, b + field, 4, get(p, a + field, 4) + (lot(3) - 1) * lot(0x1000));
	}
}

static void hash_header(struct image *image)
{
	spoil(&image->pieces[0], image_hash_at(image) + lot(10) * 4, 4);
}

static struct piece *any_piece(struct image *image)
{
	struct piece *p;

	do
		p = &image->pieces[lot(IMAGE_PIECES)];
	while (!p->data);

	return p;
}

static void bits(struct image *image)
{
	struct piece *p = any_piece(image);
	uint32_t range = lot(2) && p->size > 0x200 ? 0x200 : p->size;

	for (uint32_t i = 1 + lot(8); range && i; i--)
		p->data[lot(range)] ^= 1u << lot(8);
}

static void cut(struct image *image)
{
	struct piece *p = any_piece(image);
	uint32_t headers = sizeof(Elf32_Ehdr) + 6 * sizeof(Elf32_Phdr);
	const uint32_t sizes[] = {
		0, 1, sizeof(Elf32_Ehdr) - 1, sizeof(Elf32_Ehdr), headers - 1, headers, headers + 1,
		p->size - 1, lot(p->size + 1),
	};
	uint32_t size = sizes[lot(ARRAY_SIZE(sizes))];

	if (size < p->size)
		p->size = size;
}

static void append(struct image *image)
{
	struct piece *p = any_piece(image);

	p->size += lot(p->limit - p->size + 1);
}

/* A file that is another one, or is missing */
static void pieces(struct image *image)
{
	struct piece *a = any_piece(image), *b = any_piece(image), swap = *a;

	*a = *b;
	*b = swap;
	if (lot(2) && a != image->pieces) {
		free(a->data);
		a->data = NULL;
	}
}

/* Each as often as it stands here */
static void (*const mistakes[])(struct image *image) = {
	elf_header, elf_header, program_header, program_header, program_header, program_header,
	flags, sum, sum, two_headers, two_headers, hash_header, bits, bits, cut, append, pieces,
};

static bool make(const struct input *in)
{
	struct image image, good;
	bool ok;

	if (!image_read(&good, in->name) || !image_read(&image, in->name))
		return false;
	for (uint32_t i = lot(MAX_MISTAKES + 1); i; i--)
		mistakes[lot(ARRAY_SIZE(mistakes))](&image);
	if (lot(2) && image.pieces[0].data && (in->dtb || image_same_program(&image, &good)))
		image_digest_headers(&image);
	ok = image_write(&image, in->as);
	image_free(&image);
	image_free(&good);

	return ok;
}

/* ---- what comes of them ---- */

/* TrustZone takes every image of the PAS, and does nothing about it, and starts none. */
static void believe(uint32_t pas_id)
{
	rules_set(rule_refuse(SCM_PAS_INIT_IMAGE, pas_id, BENCH_ANY, 0));
	rules_add(rule_refuse(SCM_PAS_MEM_SETUP, pas_id, BENCH_ANY, 0));
	rules_add(rule_refuse(SCM_PAS_AUTH_AND_RESET, pas_id, BENCH_ANY, -2));
}

static bool is_refused(const struct core *core, int ret)
{
	refused++;

	return core_refused_aloud(core, ret);
}

static bool runs(const struct core *core, uint32_t from)
{
	ran++;
	return core_came_up(core, from) && core_succeeded(core, "stop", core_stop(core)) &&
	       core_is_down(core) && no_new_bridge();
}

/* The image is as it was. */
static bool restore(const struct core *core, const struct input *in)
{
	struct image image;
	bool ok;

	if (!in->dtb)
		return core_set_image(core, NULL);
	ok = image_read(&image, "saved-" DTB) && image_write(&image, DTB);
	image_free(&image);

	return ok;
}

static bool input_image(const struct test *t)
{
	const struct input *in = t->param;
	const struct core *core = t->core;
	uint32_t from = record_len();
	bool ok;
	int ret;

	/* no two images have the same mistakes */
	lots_begin(in->seed, in->number << 2 | in->dtb << 1 | core_is_modem(core));
	if (!guard_fill(core) || !make(in) || (!in->dtb && !core_set_firmware(core, in->as)))
		return false;
	if (lot(2))
		believe(in->dtb ? core->dtb_pas_id : core->pas_id);
	ret = core_start(core);
	rules_clear();
	ok = ret ? is_refused(core, ret) : runs(core, from);
	ok = announced_inside(core, from) && guard_whole(core) && ok;

	return restore(core, in) && ok;
}

/* Now and then, for it takes longer than a case */
static bool check(const struct test *t)
{
	out("# seed %u: so far %u refused, %u ran", lots_seed, refused, ran);
	return baseline_back() && core_good_cycle(t->core);
}

static void add(struct core *core, const struct input *in)
{
	struct test *t;

	t = test_add("F1 S1 S4", input_image, core, "%s.input.%s.%u.%u", core->name,
		     in->dtb ? "dtb" : "image", in->seed, in->number);
	test_param(t, in, sizeof(*in));
	if (in->number % CHECK_EVERY == CHECK_EVERY - 1)
		test_add("F1 S1 S2", check, core, "%s.input.%s.%u.%u.check", core->name,
			 in->dtb ? "dtb" : "image", in->seed, in->number);
}

static const struct input modem = { .name = "modem.mdt", .as = "modem-input.mdt" };
static const struct input cdsp = { .name = "cdsp.mbn", .as = "cdsp-input.mbn" };
static const struct input cdsp_dtb = { .name = "saved-" DTB, .as = DTB, .dtb = true };

/* Cases that once found something, a mutant for example: they run with each seed. */
static const struct {
	const struct input *image;
	uint32_t seed;
	uint32_t number;
} kept[] = {
	{ &modem, 3, 19 },	/* too much memory behind what is in the file, after the first check */
};

static void add_all(struct core *core, const struct input *image)
{
	struct input in = *image;

	for (size_t i = 0; i < ARRAY_SIZE(kept); i++) {
		in.seed = kept[i].seed;
		in.number = kept[i].number;
		if (kept[i].image == image && in.seed != lots_seed)
			add(core, &in);
	}
	in.seed = lots_seed;
	for (in.number = 0; in.number < CASES; in.number++)
		add(core, &in);
}

static void build(struct core *core)
{
	struct image dtb;

	add_all(core, core_is_modem(core) ? &modem : &cdsp);
	if (!core->dtb_pas_id)
		return;
	if (image_read(&dtb, DTB) && image_write(&dtb, "saved-" DTB))
		add_all(core, &cdsp_dtb);
	image_free(&dtb);
}

BUILD("input-images", MACHINES_ALL, build, .loud = true);
