/* SPDX-License-Identifier: GPL-2.0-only */
/* Images whose headers lie: images/mkimage.py lists those that it has made. */
#ifndef MALFORM_H
#define MALFORM_H

#include "core.h"

/**
 * malforms_each() - call a function for each malformed version of an image
 * @image:	name of the good image, without its suffix
 * @each:	receives @core, the name of the malformation, which is the image's variant, and what
 *		must come of it, both gone when it returns
 * @core:	for @each
 *
 * Return: how many there were; 0 after a fail() if there is no list.
 */
unsigned int malforms_each(const char *image, struct core *core,
			   void (*each)(struct core *core, const char *name, const char *expect));

#endif /* MALFORM_H */
