// SPDX-License-Identifier: GPL-2.0-only
/* Putting a line together; see text.h. */
#include "text.h"

/**
 * text_start() - begin a line
 * @t:		the line
 * @s:		its first words
 */
void text_start(struct text *t, const char *s)
{
	t->len = 0;
	t->buf[0] = '\0';
	text_add(t, s);
}

/**
 * text_add() - more words
 * @t:		the line
 * @s:		the words
 */
void text_add(struct text *t, const char *s)
{
	while (*s && t->len < sizeof(t->buf) - 1)
		t->buf[t->len++] = *s++;
	t->buf[t->len] = '\0';
}

/**
 * text_hex() - a number
 * @t:		the line
 * @v:		the number, printed in hex with 0x
 */
void text_hex(struct text *t, uint64_t v)
{
	char digits[19];
	size_t at = sizeof(digits) - 1;

	digits[at] = '\0';
	do {
		digits[--at] = "0123456789abcdef"[v & 0xf];
		v >>= 4;
	} while (v);
	digits[--at] = 'x';
	digits[--at] = '0';
	text_add(t, digits + at);
}

/**
 * text_finding() - a line that says what is wrong, and where
 * @t:		the line
 * @f:		what is wrong
 */
void text_finding(struct text *t, struct finding f)
{
	text_start(t, f.what);
	if (f.at != FINDING_NOWHERE) {
		text_add(t, " at ");
		text_hex(t, f.at);
	}
}
