// SPDX-License-Identifier: GPL-2.0-only
/* A builder of images: code, constants, and data with a bss. */
#include "host.h"

static const struct {
	uint32_t offset, filesz, memsz, flags;
} layout[TI_SEGS] = {
	{ 0x0000, 0x1234, 0x1234, 5 },
	{ 0x2000, 0x0800, 0x0800, 4 },
	{ 0x3000, 0x0101, 0x1000, 6 },
};

/* Store a little-endian word */
void put32(uint8_t *p, uint32_t v)
{
	int i;

	for (i = 0; i < 4; i++, v >>= 8)
		p[i] = (uint8_t)v;
}

static void put_phdr(struct test_image *ti, int i, uint32_t type, uint32_t paddr,
		     uint32_t filesz, uint32_t memsz, uint32_t flags)
{
	put32(ti->md + PH(i, PH_TYPE), type);
	put32(ti->md + PH(i, PH_PADDR), paddr);
	put32(ti->md + PH(i, PH_FILESZ), filesz);
	put32(ti->md + PH(i, PH_MEMSZ), memsz);
	put32(ti->md + PH(i, PH_FLAGS), flags);
}

static void put_digest(struct test_image *ti, int i, const uint8_t *data, size_t len)
{
	sha256(data, len, ti->md + ti->head + MBN_HEADER_SIZE + i * SHA256_SIZE);
}

/* Make the digest of the headers right again */
void image_sign(struct test_image *ti)
{
	put_digest(ti, 0, ti->md, ti->head);
}

/* A good image whose first segment is linked to @base */
void image_build(struct test_image *ti, bool relocatable, uint32_t base)
{
	uint32_t reloc = relocatable ? 1u << 27 : 0;
	uint32_t digests = TI_PHDRS * SHA256_SIZE;
	uint8_t *mbn;
	uint32_t i, j;

	memset(ti, 0, sizeof(*ti));
	ti->head = 52 + 32 * TI_PHDRS;
	ti->size = ti->head + MBN_HEADER_SIZE + digests;

	memcpy(ti->md, "\177ELF\1\1\1", 7);
	ti->md[EH_MACHINE] = EM_QDSP6;
	put32(ti->md + EH_ENTRY, base + TI_ENTRY);
	put32(ti->md + EH_PHOFF, 52);
	ti->md[EH_PHENTSIZE] = 32;
	ti->md[EH_PHNUM] = TI_PHDRS;

	put_phdr(ti, 0, 0, 0, ti->head, 0, 7u << 24);
	put_phdr(ti, 1, 0, 0, MBN_HEADER_SIZE + digests, 0, 2u << 24);
	mbn = ti->md + ti->head;
	put32(mbn, MBN_IMAGE_ID);
	put32(mbn + 4, MBN_VERSION_SHA256);
	put32(mbn + 16, digests);
	put32(mbn + 20, digests);

	for (i = 0; i < TI_SEGS; i++) {
		for (j = 0; j < layout[i].filesz; j++)
			ti->data[i][j] = (uint8_t)(j * 13 + i + (j >> 8));
		put_phdr(ti, 2 + i, PT_LOAD, base + layout[i].offset,
			 layout[i].filesz, layout[i].memsz, layout[i].flags | reloc);
		put_digest(ti, 2 + i, ti->data[i], layout[i].filesz);
	}
	image_sign(ti);
}

/* Put the segments into a carveout */
void image_load(const struct test_image *ti, uint64_t carveout)
{
	uint32_t i;

	for (i = 0; i < TI_SEGS; i++) {
		uint8_t *to = host_ram(carveout + layout[i].offset);

		memset(to, 0, layout[i].memsz);
		memcpy(to, ti->data[i], layout[i].filesz);
	}
}
