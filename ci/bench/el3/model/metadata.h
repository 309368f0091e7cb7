/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An image's metadata: the ELF32 headers directly followed by the hash
 * segment, as base qcom_mdt_read_metadata() hands them over. No length comes
 * with them: it follows from the program headers.
 */
#ifndef METADATA_H
#define METADATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sha256.h"

/* ELF32 (System V ABI); names as in <elf.h> */
#define ELF32_EHDR_SIZE		52
#define ELF32_PHDR_SIZE		32
#define EM_QDSP6		164
#define PT_LOAD			1
#define PF_X			1u
#define PF_W			2u

/* Type in p_flags (base include/linux/soc/qcom/mdt_loader.h, mdt_loader.c) */
#define MDT_TYPE_MASK		(7u << 24)
#define MDT_TYPE_HASH		(2u << 24)
#define MDT_RELOCATABLE		(1u << 27)

/*
 * The hash segment: ten le32, then a digest for each program header. Real
 * images come with SHA-384 too (version 6); the kernel looks at neither.
 */
#define MBN_HEADER_SIZE		40
#define MBN_IMAGE_ID		3
#define MBN_VERSION_SHA256	3

#define IMAGE_MAX_PHDRS		32	/* choice */

/* Also what result[0] says of a refused image (choice) */
enum image_error {
	IMAGE_OK = 0,
	IMAGE_BAD_ELF,		/* not an ELF32 executable for this machine */
	IMAGE_BAD_PHDRS,	/* program headers outside the header bytes */
	IMAGE_NO_HASH,		/* no hash segment, or one that does not fit */
	IMAGE_BAD_HASH,		/* its header does not match the program headers */
	IMAGE_BAD_DIGEST,	/* digest of the headers */
	IMAGE_BAD_SEGMENT,	/* a segment that wraps or holds more than it may */
	IMAGE_BAD_ENTRY,	/* entry point outside every executable segment */
	IMAGE_OUTSIDE,		/* a segment outside the carveout */
	IMAGE_BAD_CONTENT,	/* authentication: a segment's digest */
	IMAGE_BAD_BSS,		/* authentication: not zero where it must be */
};

/**
 * struct image_segment - a loadable segment
 * @index:	its program header
 * @addr:	p_paddr
 * @filesz:	bytes from the file
 * @memsz:	bytes in memory, the rest zero
 * @flags:	p_flags
 * @digest:	of the bytes from the file
 */
struct image_segment {
	unsigned int index;
	uint32_t addr;
	uint32_t filesz;
	uint32_t memsz;
	uint32_t flags;
	uint8_t digest[SHA256_SIZE];
};

/**
 * struct image - what the metadata says
 * @entry:	e_entry
 * @relocatable: lies where mem_setup says
 * @min_addr:	lowest address of a loadable segment
 * @max_addr:	end of the highest one, rounded up to 4 KiB
 * @num:	loadable segments
 * @seg:	the segments
 */
struct image {
	uint32_t entry;
	bool relocatable;
	uint64_t min_addr;
	uint64_t max_addr;
	unsigned int num;
	struct image_segment seg[IMAGE_MAX_PHDRS];
};

enum image_error image_headers_size(const uint8_t *ehdr, size_t *size);
enum image_error image_metadata_size(const uint8_t *headers, size_t headers_size,
				     size_t *size);
enum image_error image_parse(const uint8_t *metadata, size_t size,
			     struct image *image);
bool image_entry_ok(const struct image *image);
const char *image_error_name(enum image_error error);

#endif /* METADATA_H */
