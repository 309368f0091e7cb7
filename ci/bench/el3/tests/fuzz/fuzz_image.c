// SPDX-License-Identifier: GPL-2.0-only
/* Metadata: ELF headers, hash segment, digests. */
#include "fuzz.h"

static uint32_t word(const uint8_t *p)
{
	struct input in = { p, 4 };

	return (uint32_t)input_number(&in, 4);
}

/* Make the digest of the headers right, or nothing behind it is ever reached. */
static void sign(uint8_t *md, size_t size)
{
	size_t headers, total, head;

	if (size < ELF32_EHDR_SIZE || image_headers_size(md, &headers) ||
	    headers > size || image_metadata_size(md, headers, &total) ||
	    total != size)
		return;
	head = word(md + word(md + EH_PHOFF) + PH_FILESZ);
	if (size - head >= MBN_HEADER_SIZE + SHA256_SIZE)
		sha256(md, head, md + head + MBN_HEADER_SIZE);
}

static void parse(const uint8_t *md, size_t size)
{
	struct image image;
	unsigned int i;

	if (image_parse(md, size, &image))
		return;
	CHECK(image.num && image.num <= IMAGE_MAX_PHDRS);
	for (i = 0; i < image.num; i++)
		CHECK(image.seg[i].filesz <= image.seg[i].memsz &&
		      image.seg[i].addr >= image.min_addr &&
		      image.seg[i].addr + (uint64_t)image.seg[i].memsz <= image.max_addr);
	image_entry_ok(&image);
}

/* In a block of the exact size, so that ASan sees one byte too many */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *md = malloc(size ? size : 1);

	if (!md)
		abort();
	memcpy(md, data, size);
	parse(md, size);
	sign(md, size);
	parse(md, size);
	free(md);
	return 0;
}
