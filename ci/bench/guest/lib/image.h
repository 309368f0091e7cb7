/* SPDX-License-Identifier: GPL-2.0-only */
/* Firmware images, as files and as what is in them. */
#ifndef IMAGE_H
#define IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define IMAGE_PIECES	8
#define IMAGE_SLACK	0x1000u

/**
 * struct piece - one file
 * @data:	its bytes, NULL: there is none
 * @size:	how many
 * @limit:	how many there is room for
 */
struct piece {
	uint8_t *data;
	size_t size;
	size_t limit;
};

/**
 * struct image - an image in memory
 * @pieces:	the .mbn; or the .mdt, and behind it .b00 and so on
 */
struct image {
	struct piece pieces[IMAGE_PIECES];
};

/* image_read() - read an image by the name of its .mbn or .mdt; fail() if it is not there */
bool image_read(struct image *image, const char *name);

/* image_write() - write all of its files, and remove those that it lacks */
bool image_write(const struct image *image, const char *name);

/* image_free() - free what image_read() has read */
void image_free(struct image *image);

/* image_phnum() - number of the program headers of a good image */
unsigned int image_phnum(const struct image *image);

/* image_hash_at() - where the hash segment lies in the first file, if the headers are good */
size_t image_hash_at(const struct image *image);

/* image_digest_headers() - make the digest of the headers true again, as far as it lies in the file */
void image_digest_headers(struct image *image);

/* image_same_program() - whether the headers of @a load and start what those of @b, a good image, do */
bool image_same_program(const struct image *a, const struct image *b);

#endif /* IMAGE_H */
