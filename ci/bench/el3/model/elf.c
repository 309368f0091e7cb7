// SPDX-License-Identifier: GPL-2.0-only
/* Parsing of an image's metadata; see elf.h. All of it works on bytes. */
#include <string.h>

#include "elf.h"

/* Offsets in Elf32_Ehdr and Elf32_Phdr */
#define E_IDENT_CLASS		4
#define E_IDENT_DATA		5
#define E_MACHINE		18
#define E_ENTRY			24
#define E_PHOFF			28
#define E_PHENTSIZE		42
#define E_PHNUM			44
#define ELFCLASS32		1
#define ELFDATA2LSB		1

#define P_TYPE			0
#define P_PADDR			12
#define P_FILESZ		16
#define P_MEMSZ			20
#define P_FLAGS			24

/* Words of the hash segment's header */
#define MBN_WORD_ID		0
#define MBN_WORD_VERSION	1
#define MBN_WORD_CODE_SIZE	5

#define PAGE_ROUND_UP(x)	(((x) + 0xfffu) & ~(uint64_t)0xfffu)

static uint32_t get_le16(const uint8_t *p)
{
	return p[0] | (uint32_t)p[1] << 8;
}

static uint32_t get_le32(const uint8_t *p)
{
	return get_le16(p) | get_le16(p + 2) << 16;
}

static const uint8_t *phdr_at(const uint8_t *headers, unsigned int i)
{
	return headers + get_le32(headers + E_PHOFF) + i * ELF32_PHDR_SIZE;
}

/**
 * image_headers_size() - how far the program headers reach
 * @ehdr:	ELF header, ELF32_EHDR_SIZE bytes
 * @size:	where the number of bytes goes
 */
enum image_error image_headers_size(const uint8_t *ehdr, size_t *size)
{
	static const uint8_t magic[4] = { 0x7f, 'E', 'L', 'F' };
	uint32_t phoff = get_le32(ehdr + E_PHOFF);
	uint32_t phnum = get_le16(ehdr + E_PHNUM);

	if (memcmp(ehdr, magic, sizeof(magic)) ||
	    ehdr[E_IDENT_CLASS] != ELFCLASS32 ||
	    ehdr[E_IDENT_DATA] != ELFDATA2LSB ||
	    get_le16(ehdr + E_MACHINE) != EM_QDSP6)
		return IMAGE_BAD_ELF;
	if (get_le16(ehdr + E_PHENTSIZE) != ELF32_PHDR_SIZE ||
	    phnum < 2 || phnum > IMAGE_MAX_PHDRS ||
	    phoff < ELF32_EHDR_SIZE || phoff > 0x1000)
		return IMAGE_BAD_PHDRS;

	*size = phoff + phnum * ELF32_PHDR_SIZE;
	return IMAGE_OK;
}

/* The first header with the hash type, never header 0 (base mdt_loader.c) */
static unsigned int find_hash(const uint8_t *headers)
{
	unsigned int phnum = get_le16(headers + E_PHNUM);
	unsigned int i;

	for (i = 1; i < phnum; i++) {
		uint32_t flags = get_le32(phdr_at(headers, i) + P_FLAGS);

		if ((flags & MDT_TYPE_MASK) == MDT_TYPE_HASH)
			return i;
	}
	return 0;
}

/**
 * image_metadata_size() - length of the whole metadata
 * @headers:	ELF and program headers
 * @headers_size: as image_headers_size() said
 * @size:	where the number of bytes goes: headers and hash segment
 */
enum image_error image_metadata_size(const uint8_t *headers, size_t headers_size,
				     size_t *size)
{
	const uint8_t *first = phdr_at(headers, 0);
	unsigned int hash = find_hash(headers);
	uint32_t head, tail;

	head = get_le32(first + P_FILESZ);
	if (get_le32(first + P_TYPE) == PT_LOAD || head < headers_size)
		return IMAGE_BAD_PHDRS;
	if (!hash)
		return IMAGE_NO_HASH;
	tail = get_le32(phdr_at(headers, hash) + P_FILESZ);
	if (tail < MBN_HEADER_SIZE)
		return IMAGE_NO_HASH;

	*size = (size_t)head + tail;
	return IMAGE_OK;
}

/* Check the hash segment's header and find out about the digests behind it. */
static enum image_error parse_hash(const uint8_t *hash, size_t size,
				   unsigned int phnum, enum sha2_alg *alg)
{
	if (get_le32(hash + 4 * MBN_WORD_ID) != MBN_IMAGE_ID)
		return IMAGE_BAD_HASH;

	switch (get_le32(hash + 4 * MBN_WORD_VERSION)) {
	case MBN_VERSION_SHA256:
		*alg = SHA2_256;
		break;
	case MBN_VERSION_SHA384:
		*alg = SHA2_384;
		break;
	default:
		return IMAGE_BAD_HASH;
	}

	if (get_le32(hash + 4 * MBN_WORD_CODE_SIZE) != phnum * sha2_size(*alg))
		return IMAGE_BAD_HASH;
	if (phnum * sha2_size(*alg) > size - MBN_HEADER_SIZE)
		return IMAGE_NO_HASH;
	return IMAGE_OK;
}

static enum image_error add_segment(struct image *image, unsigned int index,
				    const uint8_t *phdr, const uint8_t *digest)
{
	struct image_segment *seg = &image->seg[image->num];
	uint64_t end;

	seg->index = index;
	seg->addr = get_le32(phdr + P_PADDR);
	seg->filesz = get_le32(phdr + P_FILESZ);
	seg->memsz = get_le32(phdr + P_MEMSZ);
	seg->flags = get_le32(phdr + P_FLAGS);
	end = (uint64_t)seg->addr + seg->memsz;
	if (seg->filesz > seg->memsz || end > UINT32_MAX)
		return IMAGE_BAD_SEGMENT;

	memcpy(seg->digest, digest, sha2_size(image->alg));
	if (seg->flags & MDT_RELOCATABLE)
		image->relocatable = true;
	if (seg->addr < image->min_addr)
		image->min_addr = seg->addr;
	if (PAGE_ROUND_UP(end) > image->max_addr)
		image->max_addr = PAGE_ROUND_UP(end);
	image->num++;
	return IMAGE_OK;
}

static enum image_error parse_segments(const uint8_t *headers,
				       const uint8_t *digests,
				       struct image *image)
{
	unsigned int phnum = get_le16(headers + E_PHNUM);
	unsigned int i;

	for (i = 0; i < phnum; i++) {
		const uint8_t *phdr = phdr_at(headers, i);
		uint32_t flags = get_le32(phdr + P_FLAGS);
		enum image_error error;

		/* Loadable as base mdt_phdr_loadable() says */
		if (get_le32(phdr + P_TYPE) != PT_LOAD ||
		    (flags & MDT_TYPE_MASK) == MDT_TYPE_HASH ||
		    !get_le32(phdr + P_MEMSZ))
			continue;
		error = add_segment(image, i, phdr,
				    digests + i * sha2_size(image->alg));
		if (error)
			return error;
	}
	return image->num ? IMAGE_OK : IMAGE_BAD_SEGMENT;
}

/**
 * image_entry_ok() - does the entry point lie in an executable segment?
 * @image:	parsed image
 */
bool image_entry_ok(const struct image *image)
{
	unsigned int i;

	for (i = 0; i < image->num; i++) {
		const struct image_segment *seg = &image->seg[i];

		if ((seg->flags & PF_X) && image->entry >= seg->addr &&
		    image->entry - seg->addr < seg->filesz)
			return true;
	}
	return false;
}

/**
 * image_parse() - all of the metadata
 * @metadata:	the bytes, out of the caller's reach
 * @size:	how many
 * @image:	what they say; complete only if IMAGE_OK is returned
 */
enum image_error image_parse(const uint8_t *metadata, size_t size,
			     struct image *image)
{
	uint8_t digest[SHA2_MAX_SIZE];
	const uint8_t *hash;
	enum image_error error;
	size_t headers, total, head;

	memset(image, 0, sizeof(*image));
	image->min_addr = UINT64_MAX;

	if (size < ELF32_EHDR_SIZE)
		return IMAGE_BAD_ELF;
	error = image_headers_size(metadata, &headers);
	if (error)
		return error;
	if (headers > size)
		return IMAGE_BAD_PHDRS;
	error = image_metadata_size(metadata, headers, &total);
	if (error)
		return error;
	if (total != size)
		return IMAGE_BAD_PHDRS;

	head = get_le32(phdr_at(metadata, 0) + P_FILESZ);
	hash = metadata + head;
	error = parse_hash(hash, size - head, get_le16(metadata + E_PHNUM),
			   &image->alg);
	if (error)
		return error;

	/* Digest 0 is that of everything in front of the hash segment. */
	sha2(image->alg, metadata, head, digest);
	if (memcmp(digest, hash + MBN_HEADER_SIZE, sha2_size(image->alg)))
		return IMAGE_BAD_DIGEST;

	image->entry = get_le32(metadata + E_ENTRY);
	return parse_segments(metadata, hash + MBN_HEADER_SIZE, image);
}

/**
 * image_error_name() - words for the record
 * @error:	what
 */
const char *image_error_name(enum image_error error)
{
	static const char *const names[] = {
		[IMAGE_OK] = "",
		[IMAGE_BAD_ELF] = "bad ELF header",
		[IMAGE_BAD_PHDRS] = "bad program headers",
		[IMAGE_NO_HASH] = "no hash segment",
		[IMAGE_BAD_HASH] = "bad hash segment header",
		[IMAGE_BAD_DIGEST] = "digest of the headers",
		[IMAGE_BAD_SEGMENT] = "bad segment",
		[IMAGE_BAD_ENTRY] = "bad entry point",
		[IMAGE_OUTSIDE] = "segment outside the carveout",
		[IMAGE_BAD_CONTENT] = "digest of a segment",
		[IMAGE_BAD_BSS] = "bss is not zero",
	};

	return (size_t)error < sizeof(names) / sizeof(names[0]) ? names[error] : "?";
}
