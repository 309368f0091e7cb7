/* SPDX-License-Identifier: GPL-2.0-only */
/* What lib.c offers; for libfdt and the firmware. */
#ifndef TZ_STRING_H
#define TZ_STRING_H

#include <stddef.h>

void *memcpy(void *to, const void *from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int c, size_t size);
int memcmp(const void *a, const void *b, size_t size);
void *memchr(const void *mem, int c, size_t size);
size_t strlen(const char *s);
size_t strnlen(const char *s, size_t max);
int strcmp(const char *a, const char *b);
char *strrchr(const char *s, int c);

#endif /* TZ_STRING_H */
