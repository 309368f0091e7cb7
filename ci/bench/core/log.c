// SPDX-License-Identifier: GPL-2.0-only
/*
 * The core's own log, in the carveout: the trace buffer of the image variant
 * with a resource table. It lies in a segment without bytes in the file,
 * which is zero after every load.
 */
#include "core.h"

#define LOG_SIZE	4096

static volatile char log_buffer[LOG_SIZE] __attribute__((section(".bss.log")));
static size_t log_used;

static void log_char(char c)
{
	/* The last byte stays NUL: the reader takes it for a string. */
	if (log_used < LOG_SIZE - 1)
		log_buffer[log_used++] = c;
}

/**
 * log_line() - append one line; what no longer fits is dropped
 * @what: NUL-terminated words
 */
void log_line(const char *what)
{
	while (*what)
		log_char(*what++);
	log_char('\n');
}
