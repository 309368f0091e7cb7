// SPDX-License-Identifier: GPL-2.0-only
/* Images whose headers lie. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "malform.h"
#include "out.h"
#include "sys.h"

unsigned int malforms_each(const char *image, struct core *core,
			   void (*each)(struct core *core, const char *name, const char *expect))
{
	char path[128], name[32], expect[32], *text, *line, *rest;
	unsigned int num = 0;

	snprintf(path, sizeof(path), "/lib/firmware/%s.malforms", image);
	text = file_slurp(path, NULL);
	for (line = strtok_r(text ? text : strdupa(""), "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest)) {
		if (sscanf(line, "%31s %31s", name, expect) != 2)
			continue;
		each(core, name, expect);
		num++;
	}
	free(text);
	if (!num)
		fail("%s lists no image", path);

	return num;
}
