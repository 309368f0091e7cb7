// SPDX-License-Identifier: GPL-2.0-only
/* The parser of metadata: good ones, and each field broken in turn. */
#include "host.h"

#define BASE	0x8c000000u

static struct test_image ti;

/* From a heap block of the exact size, so that ASan sees one byte too many. */
static enum image_error parse(struct image *image, size_t size)
{
	uint8_t *md = malloc(size ? size : 1);
	enum image_error error;

	if (!md)
		abort();
	memcpy(md, ti.md, size);
	error = image_parse(md, size, image);
	free(md);
	return error;
}

TEST(valid)
{
	struct image image;

	image_build(&ti, true, BASE);
	CHECK_EQ(parse(&image, ti.size), IMAGE_OK);
	CHECK_EQ(image.num, TI_SEGS);
	CHECK_EQ(image.entry, BASE + TI_ENTRY);
	CHECK_EQ(image.min_addr, BASE);
	CHECK_EQ(image.max_addr, BASE + 0x4000);
	CHECK(image.relocatable);
	CHECK(image_entry_ok(&image));
	CHECK_EQ(image.seg[2].index, 4);
	CHECK_EQ(image.seg[2].filesz, 0x101);
	CHECK_EQ(image.seg[2].memsz, 0x1000);

	image_build(&ti, false, BASE);
	CHECK_EQ(parse(&image, ti.size), IMAGE_OK);
	CHECK(!image.relocatable);
}

/* Each size but the right one is refused, and nothing beyond it is read. */
TEST(truncated)
{
	struct image image;
	size_t size;

	image_build(&ti, false, BASE);
	for (size = 0; size < ti.size; size++)
		CHECK(parse(&image, size) != IMAGE_OK);
	CHECK_EQ(parse(&image, ti.size + 1), IMAGE_BAD_PHDRS);
}

/* One word is changed, with the digest of the headers made to fit. */
TEST(broken_headers)
{
	static const struct {
		size_t at;
		uint32_t word;
		enum image_error error;
	} rows[] = {
		{ 0, 0x464c457e, IMAGE_BAD_ELF },		/* magic */
		{ EH_CLASS, 0x010102, IMAGE_BAD_ELF },		/* 64 bits */
		{ EH_CLASS, 0x010201, IMAGE_BAD_ELF },		/* big-endian */
		{ 16, 40 << 16, IMAGE_BAD_ELF },		/* machine */
		{ EH_PHOFF, 0, IMAGE_BAD_PHDRS },
		{ EH_PHOFF, 51, IMAGE_BAD_PHDRS },
		{ EH_PHOFF, 84, IMAGE_BAD_PHDRS },	/* one header on */
		{ EH_PHOFF, 0x1001, IMAGE_BAD_PHDRS },
		{ EH_PHOFF, 0xfffffff0, IMAGE_BAD_PHDRS },
		{ EH_PHENTSIZE, TI_PHDRS << 16 | 31, IMAGE_BAD_PHDRS },
		{ EH_PHENTSIZE, TI_PHDRS << 16 | 0, IMAGE_BAD_PHDRS },
		{ EH_PHENTSIZE, 0 << 16 | 32, IMAGE_BAD_PHDRS },	/* no headers */
		{ EH_PHENTSIZE, 1 << 16 | 32, IMAGE_BAD_PHDRS },
		{ EH_PHENTSIZE, (TI_PHDRS + 1) << 16 | 32, IMAGE_BAD_PHDRS },
		{ EH_PHENTSIZE, 0xffffu << 16 | 32, IMAGE_BAD_PHDRS },
		{ PH(0, PH_TYPE), PT_LOAD, IMAGE_BAD_PHDRS },
		{ PH(0, PH_FILESZ), 0, IMAGE_BAD_PHDRS },
		{ PH(0, PH_FILESZ), 211, IMAGE_BAD_PHDRS },
		{ PH(0, PH_FILESZ), 213, IMAGE_BAD_PHDRS },
		{ PH(0, PH_FILESZ), 0xffffffff, IMAGE_BAD_PHDRS },
		{ PH(1, PH_FLAGS), 0, IMAGE_NO_HASH },
		{ PH(1, PH_FILESZ), 0, IMAGE_NO_HASH },
		{ PH(1, PH_FILESZ), 39, IMAGE_NO_HASH },
		{ PH(1, PH_FILESZ), 0xffffffff, IMAGE_BAD_PHDRS },
		{ PH(2, PH_FILESZ), 0x1235, IMAGE_BAD_SEGMENT },	/* above memsz */
		{ PH(2, PH_MEMSZ), 0x1233, IMAGE_BAD_SEGMENT },
		{ PH(2, PH_MEMSZ), 0xffffffff, IMAGE_BAD_SEGMENT },
		{ PH(2, PH_PADDR), 0xfffff000, IMAGE_BAD_SEGMENT },
	};
	struct image image;
	size_t i;

	for (i = 0; i < ARRAY_LEN(rows); i++) {
		enum image_error error;

		image_build(&ti, false, BASE);
		put32(ti.md + rows[i].at, rows[i].word);
		image_sign(&ti);
		error = parse(&image, ti.size);
		if (error != rows[i].error)
			fail(__FILE__, __LINE__, "row %zu: %s", i,
			     image_error_name(error));
	}
}

TEST(broken_hash_segment)
{
	static const struct {
		size_t at;
		uint32_t word;
		enum image_error error;
	} rows[] = {
		{ 0, 4, IMAGE_BAD_HASH },			/* image id */
		{ 4, 0, IMAGE_BAD_HASH },			/* version */
		{ 4, 5, IMAGE_BAD_HASH },
		{ 4, 6, IMAGE_BAD_HASH },			/* SHA-384 */
		{ 20, 0, IMAGE_BAD_HASH },			/* code size */
		{ 20, TI_PHDRS * 32 + 1, IMAGE_BAD_HASH },
		{ 20, 0xffffffff, IMAGE_BAD_HASH },
		{ 40, 0, IMAGE_BAD_DIGEST },
	};
	struct image image;
	size_t i;

	for (i = 0; i < ARRAY_LEN(rows); i++) {
		enum image_error error;

		image_build(&ti, false, BASE);
		put32(ti.md + ti.head + rows[i].at, rows[i].word);
		error = parse(&image, ti.size);
		if (error != rows[i].error)
			fail(__FILE__, __LINE__, "row %zu: %s", i,
			     image_error_name(error));
	}
}

/* Any flipped bit in the headers breaks their digest, if nothing before. */
TEST(header_bits)
{
	struct image image;
	size_t bit;

	image_build(&ti, false, BASE);
	for (bit = 0; bit < 8 * ti.head; bit++) {
		ti.md[bit / 8] ^= 1 << bit % 8;
		CHECK(parse(&image, ti.size) != IMAGE_OK);
		ti.md[bit / 8] ^= 1 << bit % 8;
	}
	CHECK_EQ(parse(&image, ti.size), IMAGE_OK);
}

/* Nothing to load, an entry point in the wrong place. */
TEST(odd_images)
{
	struct image image;
	int i;

	image_build(&ti, false, BASE);
	for (i = 2; i < TI_PHDRS; i++)
		put32(ti.md + PH(i, PH_MEMSZ), 0);
	image_sign(&ti);
	CHECK_EQ(parse(&image, ti.size), IMAGE_BAD_SEGMENT);

	image_build(&ti, false, BASE);
	put32(ti.md + EH_ENTRY, BASE + 0x2000);		/* constants */
	image_sign(&ti);
	CHECK_EQ(parse(&image, ti.size), IMAGE_OK);
	CHECK(!image_entry_ok(&image));

	/* the hash may lie in any segment but the first */
	image_build(&ti, false, BASE);
	memcpy(ti.md + PH(4, 0), ti.md + PH(1, 0), 32);
	put32(ti.md + PH(1, PH_FLAGS), 0);
	image_sign(&ti);
	CHECK_EQ(parse(&image, ti.size), IMAGE_OK);
	CHECK_EQ(image.num, TI_SEGS - 1);
}
