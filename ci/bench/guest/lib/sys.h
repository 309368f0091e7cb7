/* SPDX-License-Identifier: GPL-2.0-only */
/* The clock, files and mounts. */
#ifndef SYS_H
#define SYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))

#define POLL_MS		10	/* between two looks at what cannot be polled */

/* now_ms() - the monotonic clock, in milliseconds */
long now_ms(void);

/**
 * file_read() - read a small file without its trailing newline
 * @path:	file
 * @buf:	receives the text, always terminated
 * @size:	of @buf, in bytes
 *
 * Return: length of the text, or a negative errno.
 */
int file_read(const char *path, char *buf, size_t size);

/**
 * file_write() - write a text with a single write()
 * @path:	file
 * @text:	what to write
 *
 * A driver that returns a positive number instead of an error shows as a count that is not the
 * length of the text. That is -EPROTO here.
 *
 * Return: 0, or a negative errno.
 */
int file_write(const char *path, const char *text);

/**
 * file_slurp() - read a file of unknown length
 * @path:	file
 * @size:	receives its length in bytes; may be NULL
 *
 * Return: the contents, terminated, to be freed; NULL if the file cannot be read.
 */
void *file_slurp(const char *path, size_t *size);

/**
 * mount_all() - mount proc, sysfs, devtmpfs and debugfs
 *
 * A mount that fails is not reported: the first missing file will be.
 */
void mount_all(void);

#endif /* SYS_H */
