// SPDX-License-Identifier: GPL-2.0-only
/* A fuzzer's bytes; and its end when something fails that must not. */
#include <stdarg.h>

#include "fuzz.h"

/**
 * input_number() - the next bytes as a number
 * @in:		the input; 0 behind its end
 * @bytes:	how many, little-endian
 */
uint64_t input_number(struct input *in, unsigned int bytes)
{
	uint64_t v = 0;
	unsigned int i;

	for (i = 0; i < bytes && in->left; i++, in->left--)
		v |= (uint64_t)*in->data++ << 8 * i;
	return v;
}

/* What the unit tests' helpers call when they do not find what they expect */
void fail(const char *file, int line, const char *fmt, ...)
{
	va_list args;

	fprintf(stderr, "%s:%d: ", file, line);
	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fprintf(stderr, "\n");
	abort();
}
