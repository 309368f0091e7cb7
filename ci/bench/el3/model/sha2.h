/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHA2_H
#define SHA2_H

#include <stddef.h>
#include <stdint.h>

#define SHA256_SIZE	32
#define SHA384_SIZE	48
#define SHA2_MAX_SIZE	SHA384_SIZE

enum sha2_alg {
	SHA2_256,
	SHA2_384,
};

size_t sha2_size(enum sha2_alg alg);
void sha2(enum sha2_alg alg, const uint8_t *data, size_t len,
	  uint8_t digest[SHA2_MAX_SIZE]);

#endif /* SHA2_H */
