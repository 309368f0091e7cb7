/* SPDX-License-Identifier: GPL-2.0-only */
/* SHA-256 of a piece of memory. */
#ifndef SHA256_H
#define SHA256_H

#include <stddef.h>
#include <stdint.h>

#define SHA256_SIZE	32

void sha256(const uint8_t *data, size_t len, uint8_t digest[SHA256_SIZE]);

#endif /* SHA256_H */
