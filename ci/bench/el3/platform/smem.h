/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Shared memory (SMEM) as the boot loader leaves it; see smem.c.
 */
#ifndef TZ_SMEM_H
#define TZ_SMEM_H

#include <stdint.h>

void smem_init(void *base, uint64_t size);

#endif /* TZ_SMEM_H */
