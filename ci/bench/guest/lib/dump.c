// SPDX-License-Identifier: GPL-2.0-only
/* The dump of a crashed core. */
#include <dirent.h>
#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "dump.h"
#include "kmsg.h"
#include "out.h"
#include "sys.h"

#define DUMP_CLASS	"/sys/class/devcoredump"
#define CODE_SEGMENT	2	/* the first that is loaded, see images/mkimage.py */

bool dump_program_start(const struct core *core, unsigned char *bytes)
{
	char path[256], name[128];
	const Elf32_Phdr *phdr;
	size_t size, offset = 0;
	char *file, *dot;
	bool ok;

	snprintf(path, sizeof(path), "%s/firmware", core->dir);
	if (file_read(path, name, sizeof(name)) <= 0)
		return false;
	dot = strrchr(name, '.');
	if (dot && !strcmp(dot, ".mdt"))
		snprintf(dot, sizeof(name) - (dot - name), ".b%02d", CODE_SEGMENT);
	snprintf(path, sizeof(path), "/lib/firmware/%s", name);
	file = file_slurp(path, &size);
	if (!file)
		return false;
	if (size > sizeof(Elf32_Ehdr) && !memcmp(file, ELFMAG, SELFMAG)) {
		phdr = (const Elf32_Phdr *)(file + ((const Elf32_Ehdr *)file)->e_phoff);
		offset = phdr[CODE_SEGMENT].p_offset;
	}
	ok = offset + DUMP_PROBE <= size;
	if (ok)
		memcpy(bytes, file + offset, DUMP_PROBE);
	free(file);

	return ok;
}

static bool dump_find(char *path)
{
	struct dirent *d;
	bool found = false;
	DIR *dir;

	dir = opendir(DUMP_CLASS);
	if (!dir)
		return false;
	while (!found && (d = readdir(dir))) {
		found = !strncmp(d->d_name, "devcd", strlen("devcd"));
		if (found)
			snprintf(path, DUMP_PATH, DUMP_CLASS "/%.32s/data", d->d_name);
	}
	closedir(dir);

	return found;
}

bool dump_wait(const struct core *core, char *path)
{
	return poll_until(dump_find(path), LIMIT_SETTLE_MS) || fail("%s: no dump", core->name);
}

/*
 * The kernel drops the core's link to a dump after the dump itself, so that it dangles for a
 * while. A dump that follows too soon would find it still there, and the kernel complains.
 */
bool dump_discard(const struct core *core, const char *path)
{
	char link[DUMP_PATH];
	struct stat st;

	snprintf(link, sizeof(link), "%s/devcoredump", core->dir);
	return (!lstat(link, &st) && !file_write(path, "0") &&
		poll_until(lstat(link, &st), LIMIT_SETTLE_MS)) ||
	       fail("%s: %s cannot be thrown away", core->name, path);
}

void *dump_take(const struct core *core, size_t *size)
{
	char path[DUMP_PATH];
	void *dump;

	if (!dump_wait(core, path))
		return NULL;
	dump = file_slurp(path, size);
	if (!dump || *size < sizeof(Elf32_Ehdr) || memcmp(dump, ELFMAG, SELFMAG)) {
		fail("%s: the dump cannot be read, or is no ELF", core->name);
		free(dump);
		dump = NULL;
	}
	if (!dump_discard(core, path)) {
		free(dump);
		dump = NULL;
	}

	return dump;
}
