// SPDX-License-Identifier: GPL-2.0-only
/* Firmware images, as files and as what is in them. */
#include <elf.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../el3/model/sha256.h"
#include "image.h"
#include "out.h"
#include "sys.h"

#define FIRMWARE	"/lib/firmware/"
#define MBN_HEADER	40
#define HASH_PHDR	1	/* see images/mkimage.py */

static bool split(const char *name)
{
	size_t len = strlen(name);

	return len > 4 && !strcmp(name + len - 4, ".mdt");
}

/* Of one of the files of an image; 0 is the one that is asked for first. */
static void file_path(const char *name, unsigned int piece, char *path, size_t size)
{
	snprintf(path, size, FIRMWARE "%s", name);
	if (piece)
		snprintf(path + strlen(path) - 3, size - strlen(path) + 3, "b%02u", piece - 1);
}

static bool piece_read(struct piece *p, const char *path)
{
	uint8_t *data = file_slurp(path, &p->size);

	/* room to make it longer */
	p->data = data ? realloc(data, p->size + IMAGE_SLACK) : NULL;
	if (p->data)
		memset(p->data + p->size, 0, IMAGE_SLACK);
	p->limit = p->size + IMAGE_SLACK;

	return p->data;
}

bool image_read(struct image *image, const char *name)
{
	char path[128];

	memset(image, 0, sizeof(*image));
	file_path(name, 0, path, sizeof(path));
	if (!piece_read(&image->pieces[0], path))
		return fail("%s cannot be read", path);
	for (unsigned int i = 1; split(name) && i < IMAGE_PIECES; i++) {
		file_path(name, i, path, sizeof(path));
		if (!access(path, R_OK) && !piece_read(&image->pieces[i], path))
			return fail("%s cannot be read", path);
	}

	return true;
}

static bool piece_write(const struct piece *p, const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	bool ok = fd >= 0 && write(fd, p->data, p->size) == (ssize_t)p->size;

	if (fd >= 0)
		close(fd);

	return ok || fail("%s cannot be written: %m", path);
}

bool image_write(const struct image *image, const char *name)
{
	char path[128];

	for (unsigned int i = 0; i < (split(name) ? IMAGE_PIECES : 1); i++) {
		file_path(name, i, path, sizeof(path));
		if (!image->pieces[i].data)
			unlink(path);
		else if (!piece_write(&image->pieces[i], path))
			return false;
	}

	return true;
}

void image_free(struct image *image)
{
	for (unsigned int i = 0; i < IMAGE_PIECES; i++)
		free(image->pieces[i].data);
}

static Elf32_Phdr phdr_of(const struct image *image, unsigned int i)
{
	Elf32_Phdr phdr;

	memcpy(&phdr, image->pieces[0].data + sizeof(Elf32_Ehdr) + i * sizeof(phdr), sizeof(phdr));
	return phdr;
}

unsigned int image_phnum(const struct image *image)
{
	return ((const Elf32_Ehdr *)image->pieces[0].data)->e_phnum;
}

size_t image_hash_at(const struct image *image)
{
	return image->pieces[1].data ? phdr_of(image, 0).p_filesz :
				       phdr_of(image, HASH_PHDR).p_offset;
}

void image_digest_headers(struct image *image)
{
	struct piece *file = &image->pieces[0];
	size_t at, head;

	if (file->size < sizeof(Elf32_Ehdr) + 2 * sizeof(Elf32_Phdr))
		return;
	at = image_hash_at(image) + MBN_HEADER;
	head = phdr_of(image, 0).p_filesz;
	if (head <= file->size && at <= file->size && file->size - at >= SHA256_SIZE)
		sha256(file->data, head, file->data + at);
}

bool image_same_program(const struct image *a, const struct image *b)
{
	const Elf32_Ehdr *ehdr = (const void *)a->pieces[0].data;
	const Elf32_Ehdr *other = (const void *)b->pieces[0].data;

	if (a->pieces[0].size < sizeof(*ehdr) + ehdr->e_phnum * sizeof(Elf32_Phdr) ||
	    ehdr->e_phnum != other->e_phnum || ehdr->e_phoff != other->e_phoff ||
	    ehdr->e_entry != other->e_entry)
		return false;
	for (unsigned int i = 0; i < other->e_phnum; i++) {
		Elf32_Phdr mine = phdr_of(a, i), its = phdr_of(b, i);

		mine.p_vaddr = its.p_vaddr;
		mine.p_align = its.p_align;
		if (memcmp(&mine, &its, sizeof(mine)))
			return false;
	}

	return true;
}
