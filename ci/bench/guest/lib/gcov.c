// SPDX-License-Identifier: GPL-2.0-only
/* The kernel's gcov counters, printed for ci/check/coverage/coverage.py. */
#include <ftw.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gcov.h"
#include "out.h"
#include "sys.h"

#define GCOV_DIR	"/sys/kernel/debug/gcov"
#define BYTES_A_LINE	400

static void print_file(const char *path)
{
	char hex[2 * BYTES_A_LINE + 1];
	size_t size, at = 0;
	uint8_t *data = file_slurp(path, &size);

	if (!data) {
		fail("%s cannot be read", path);
		return;
	}
	out("GCOV %zu %s", size, path + strlen(GCOV_DIR));
	while (at < size) {
		size_t n = 0;

		while (n < BYTES_A_LINE && at < size)
			sprintf(&hex[2 * n++], "%02x", data[at++]);
		out("GCOV+ %s", hex);
	}
	free(data);
}

/* Links to files of the build tree, which is not here, are no files. */
static int visit(const char *path, const struct stat *st, int type)
{
	size_t len = strlen(path);

	if (type == FTW_F && len > 5 && !strcmp(path + len - 5, ".gcda"))
		print_file(path);

	return 0;
}

void gcov_dump(void)
{
	if (!access(GCOV_DIR, F_OK) && ftw(GCOV_DIR, visit, 8))
		fail("%s cannot be walked", GCOV_DIR);
}
