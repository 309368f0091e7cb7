/* SPDX-License-Identifier: GPL-2.0-only */
/* Lines of the record, and what is said of a wrong mapping or memory. */
#ifndef TEXT_H
#define TEXT_H

#include <stddef.h>
#include <stdint.h>

/**
 * struct text - a line being put together
 * @buf:	NUL-terminated, cut where it is full
 * @len:	characters so far
 */
struct text {
	char buf[80];
	size_t len;
};

/**
 * struct finding - something that is wrong
 * @what:	what; NULL: nothing
 * @at:		address that it is about, or FINDING_NOWHERE
 */
struct finding {
	const char *what;
	uint64_t at;
};

#define FINDING_NOWHERE		UINT64_MAX
#define FINDING(what)		((struct finding){ (what), FINDING_NOWHERE })
#define FINDING_NONE		FINDING(NULL)

void text_start(struct text *t, const char *s);
void text_add(struct text *t, const char *s);
void text_hex(struct text *t, uint64_t v);
void text_finding(struct text *t, struct finding f);

#endif /* TEXT_H */
