/* SPDX-License-Identifier: GPL-2.0-only */
/* The page shared with the firmware, and other memory that Linux does not use. */
#ifndef SHARED_H
#define SHARED_H

#include <stdbool.h>
#include <stddef.h>

#include "bench.h"

/* NULL before shared_map(), and in suites that need no firmware */
extern volatile struct bench_shared *shared;

/**
 * shared_map() - map the shared page
 *
 * Return: true if it is mapped, and the firmware has been there before.
 */
bool shared_map(void);

/**
 * physical_map() - map memory that Linux does not use
 * @base:	physical address
 * @size:	in bytes
 *
 * No-map memory is mapped as a device: access it by aligned words only, which rules out memcpy().
 *
 * Return: the memory, to be unmapped with munmap(); NULL after a fail() if it cannot be mapped.
 */
volatile void *physical_map(uint64_t base, size_t size);

#endif /* SHARED_H */
