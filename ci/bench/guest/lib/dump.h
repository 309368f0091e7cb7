/* SPDX-License-Identifier: GPL-2.0-only */
/* The dump of a crashed core. */
#ifndef DUMP_H
#define DUMP_H

#include "core.h"

#define DUMP_PROBE	64	/* bytes of a program that tell it from another */
#define DUMP_PATH	128

/**
 * dump_wait() - wait for the dump of a core that crashed
 * @core:	the core
 * @path:	receives the path, of DUMP_PATH bytes; whatever is written there discards the dump
 *
 * Context: sleeps, for at most LIMIT_SETTLE_MS.
 *
 * Return: true if there is one.
 */
bool dump_wait(const struct core *core, char *path);

/**
 * dump_discard() - throw a dump away, and wait until the kernel has forgotten it
 * @core:	the core
 * @path:	of the dump, from dump_wait()
 *
 * Context: sleeps, for at most LIMIT_SETTLE_MS.
 *
 * Return: true if it is gone.
 */
bool dump_discard(const struct core *core, const char *path);

/**
 * dump_take() - wait for the dump of a core that crashed, and take it out of the kernel
 * @core:	the core
 * @size:	receives its size in bytes
 *
 * Return: the dump, an ELF file, to be freed; NULL if there is none.
 */
void *dump_take(const struct core *core, size_t *size);

/**
 * dump_program_start() - the first bytes of the program, from the file that it was loaded from
 * @core:	the core
 * @bytes:	receives DUMP_PROBE bytes
 *
 * Return: true if they could be read.
 */
bool dump_program_start(const struct core *core, unsigned char *bytes);

#endif /* DUMP_H */
