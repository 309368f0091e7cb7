// SPDX-License-Identifier: GPL-2.0-only
/* What the kernel's command line tells the guest, behind "--". */
#include <fnmatch.h>
#include <string.h>

#include "lot.h"
#include "option.h"

static int num_words;
static char **words;

void options_set(int argc, char **argv)
{
	num_words = argc;
	words = argv;
}

const char *option(const char *name)
{
	size_t len = strlen(name);

	for (int i = 1; i < num_words; i++) {
		if (strncmp(words[i], name, len))
			continue;
		if (!words[i][len])
			return words[i] + len;
		if (words[i][len] == '=')
			return words[i] + len + 1;
	}

	return NULL;
}

bool option_case(const char *name)
{
	const char *glob = option("case");

	return !glob || !fnmatch(glob, name, 0);
}

unsigned int draw_begin(void)
{
	lots_begin(lots_seed, 0);

	return lots_seed;
}

bool option_draw(unsigned int num, unsigned int all)
{
	/* drawn in any case, so that the next one does not depend on the words */
	bool drawn = lot(all) < num;

	return drawn || option("all") || option("case");
}
