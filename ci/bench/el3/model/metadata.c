// SPDX-License-Identifier: GPL-2.0-only
/* Parsing of an image's metadata; see metadata.h. All of it works on bytes. */
#include <string.h>

#include "metadata.h"

#define ELFCLASS32		1
#define ELFDATA2LSB		1

#define PAGE_ROUND_UP(x)	(((x) + 0xfffu) & ~(uint64_t)0xfffu)

/* Elf32_Ehdr, Elf32_Phdr, and the hash segment's header; copied, never aligned */
struct ehdr {
	uint8_t magic[4], class, data, ident[10];
	uint16_t type, machine;
	uint32_t version, entry, phoff, shoff, flags;
	uint16_t ehsize, phentsize, phnum, shentsize, shnum, shstrndx;
};

struct phdr {
	uint32_t type, offset, vaddr, paddr, filesz, memsz, flags, align;
};

struct mbn_header {
	uint32_t id, version, flash, dest, image_size, code_size, rest[4];
};

_Static_assert(sizeof(struct ehdr) == ELF32_EHDR_SIZE, "Elf32_Ehdr");
_Static_assert(sizeof(struct phdr) == ELF32_PHDR_SIZE, "Elf32_Phdr");
_Static_assert(sizeof(struct mbn_header) == MBN_HEADER_SIZE, "hash segment");

static struct ehdr ehdr_of(const uint8_t *headers)
{
	struct ehdr ehdr;

	memcpy(&ehdr, headers, sizeof(ehdr));
	return ehdr;
}

static struct phdr phdr_at(const uint8_t *headers, unsigned int i)
{
	struct phdr phdr;

	memcpy(&phdr, headers + ehdr_of(headers).phoff + i * sizeof(phdr), sizeof(phdr));
	return phdr;
}

/**
 * image_headers_size() - how far the program headers reach
 * @ehdr:	ELF header, ELF32_EHDR_SIZE bytes
 * @size:	where the number of bytes goes
 */
enum image_error image_headers_size(const uint8_t *ehdr, size_t *size)
{
	struct ehdr e = ehdr_of(ehdr);

	if (memcmp(e.magic, "\177ELF", sizeof(e.magic)) || e.class != ELFCLASS32 ||
	    e.data != ELFDATA2LSB || e.machine != EM_QDSP6)
		return IMAGE_BAD_ELF;
	if (e.phentsize != ELF32_PHDR_SIZE || e.phnum < 2 || e.phnum > IMAGE_MAX_PHDRS ||
	    e.phoff < ELF32_EHDR_SIZE || e.phoff > 0x1000)
		return IMAGE_BAD_PHDRS;

	*size = e.phoff + e.phnum * ELF32_PHDR_SIZE;
	return IMAGE_OK;
}

/* The first header with the hash type, never header 0 (base mdt_loader.c) */
static unsigned int find_hash(const uint8_t *headers)
{
	unsigned int i;

	for (i = 1; i < ehdr_of(headers).phnum; i++)
		if ((phdr_at(headers, i).flags & MDT_TYPE_MASK) == MDT_TYPE_HASH)
			return i;
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
	struct phdr first = phdr_at(headers, 0);
	unsigned int hash = find_hash(headers);
	uint32_t tail;

	if (first.type == PT_LOAD || first.filesz < headers_size)
		return IMAGE_BAD_PHDRS;
	if (!hash)
		return IMAGE_NO_HASH;
	tail = phdr_at(headers, hash).filesz;
	if (tail < MBN_HEADER_SIZE)
		return IMAGE_NO_HASH;

	*size = (size_t)first.filesz + tail;
	return IMAGE_OK;
}

/* The hash segment's header, and whether the digests fit behind it */
static enum image_error parse_hash(const uint8_t *hash, size_t size,
				   unsigned int phnum)
{
	struct mbn_header mbn;

	memcpy(&mbn, hash, sizeof(mbn));
	if (mbn.id != MBN_IMAGE_ID || mbn.version != MBN_VERSION_SHA256 ||
	    mbn.code_size != phnum * SHA256_SIZE)
		return IMAGE_BAD_HASH;
	return phnum * SHA256_SIZE > size - MBN_HEADER_SIZE ? IMAGE_NO_HASH : IMAGE_OK;
}

static enum image_error add_segment(struct image *image, unsigned int index,
				    const struct phdr *phdr, const uint8_t *digest)
{
	struct image_segment *seg = &image->seg[image->num];
	uint64_t end = (uint64_t)phdr->paddr + phdr->memsz;

	if (phdr->filesz > phdr->memsz || end > UINT32_MAX)
		return IMAGE_BAD_SEGMENT;
	seg->index = index;
	seg->addr = phdr->paddr;
	seg->filesz = phdr->filesz;
	seg->memsz = phdr->memsz;
	seg->flags = phdr->flags;
	memcpy(seg->digest, digest, SHA256_SIZE);
	image->num++;

	image->relocatable |= !!(seg->flags & MDT_RELOCATABLE);
	if (seg->addr < image->min_addr)
		image->min_addr = seg->addr;
	if (PAGE_ROUND_UP(end) > image->max_addr)
		image->max_addr = PAGE_ROUND_UP(end);
	return IMAGE_OK;
}

static enum image_error parse_segments(const uint8_t *headers, const uint8_t *digests,
				       struct image *image)
{
	unsigned int i;

	for (i = 0; i < ehdr_of(headers).phnum; i++) {
		struct phdr phdr = phdr_at(headers, i);
		enum image_error error;

		/* Loadable as base mdt_phdr_loadable() says */
		if (phdr.type != PT_LOAD || !phdr.memsz ||
		    (phdr.flags & MDT_TYPE_MASK) == MDT_TYPE_HASH)
			continue;
		error = add_segment(image, i, &phdr, digests + i * SHA256_SIZE);
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
	uint8_t digest[SHA256_SIZE];
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

	head = phdr_at(metadata, 0).filesz;
	hash = metadata + head;
	error = parse_hash(hash, size - head, ehdr_of(metadata).phnum);
	if (error)
		return error;

	/* Digest 0 is that of everything in front of the hash segment. */
	sha256(metadata, head, digest);
	if (memcmp(digest, hash + MBN_HEADER_SIZE, SHA256_SIZE))
		return IMAGE_BAD_DIGEST;

	image->entry = ehdr_of(metadata).entry;
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
