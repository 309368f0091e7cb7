// SPDX-License-Identifier: GPL-2.0-only
/*
 * SHA-256 and SHA-384 (FIPS 180-4), for data that lies in one piece.
 *
 * Both are the same algorithm over words of 32 and of 64 bits; the round
 * constants of SHA-256 are the upper halves of the first 64 of SHA-384.
 */
#include <string.h>

#include "sha2.h"

static const uint64_t round_constants[80] = {
	0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc,
	0x3956c25bf348b538, 0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118,
	0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
	0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235, 0xc19bf174cf692694,
	0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
	0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
	0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4,
	0xc6e00bf33da88fc2, 0xd5a79147930aa725, 0x06ca6351e003826f, 0x142929670a0e6e70,
	0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
	0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
	0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30,
	0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
	0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8,
	0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3,
	0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
	0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b,
	0xca273eceea26619c, 0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178,
	0x06f067aa72176fba, 0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
	0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c,
	0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
};

static const uint32_t sha256_start[8] = {
	0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
	0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

static const uint64_t sha384_start[8] = {
	0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939,
	0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4,
};

#define BLOCK_256	64
#define BLOCK_384	128

static inline uint32_t ror32(uint32_t x, unsigned int n)
{
	return x >> n | x << (32 - n);
}

static inline uint64_t ror64(uint64_t x, unsigned int n)
{
	return x >> n | x << (64 - n);
}

static uint64_t get_be(const uint8_t *p, unsigned int bytes)
{
	uint64_t v = 0;

	while (bytes--)
		v = v << 8 | *p++;
	return v;
}

static void put_be(uint8_t *p, uint64_t v, unsigned int bytes)
{
	while (bytes--) {
		p[bytes] = (uint8_t)v;
		v >>= 8;
	}
}

static void block_256(uint32_t h[8], const uint8_t *p)
{
	uint32_t w[64], s[8], t1, t2;
	int i;

	for (i = 0; i < 16; i++)
		w[i] = (uint32_t)get_be(p + 4 * i, 4);
	for (; i < 64; i++)
		w[i] = w[i - 16] + w[i - 7] +
		       (ror32(w[i - 15], 7) ^ ror32(w[i - 15], 18) ^ w[i - 15] >> 3) +
		       (ror32(w[i - 2], 17) ^ ror32(w[i - 2], 19) ^ w[i - 2] >> 10);

	memcpy(s, h, sizeof(s));
	for (i = 0; i < 64; i++) {
		t1 = s[7] + (ror32(s[4], 6) ^ ror32(s[4], 11) ^ ror32(s[4], 25)) +
		     ((s[4] & s[5]) ^ (~s[4] & s[6])) +
		     (uint32_t)(round_constants[i] >> 32) + w[i];
		t2 = (ror32(s[0], 2) ^ ror32(s[0], 13) ^ ror32(s[0], 22)) +
		     ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
		s[7] = s[6];
		s[6] = s[5];
		s[5] = s[4];
		s[4] = s[3] + t1;
		s[3] = s[2];
		s[2] = s[1];
		s[1] = s[0];
		s[0] = t1 + t2;
	}
	for (i = 0; i < 8; i++)
		h[i] += s[i];
}

static void block_384(uint64_t h[8], const uint8_t *p)
{
	uint64_t w[80], s[8], t1, t2;
	int i;

	for (i = 0; i < 16; i++)
		w[i] = get_be(p + 8 * i, 8);
	for (; i < 80; i++)
		w[i] = w[i - 16] + w[i - 7] +
		       (ror64(w[i - 15], 1) ^ ror64(w[i - 15], 8) ^ w[i - 15] >> 7) +
		       (ror64(w[i - 2], 19) ^ ror64(w[i - 2], 61) ^ w[i - 2] >> 6);

	memcpy(s, h, sizeof(s));
	for (i = 0; i < 80; i++) {
		t1 = s[7] + (ror64(s[4], 14) ^ ror64(s[4], 18) ^ ror64(s[4], 41)) +
		     ((s[4] & s[5]) ^ (~s[4] & s[6])) + round_constants[i] + w[i];
		t2 = (ror64(s[0], 28) ^ ror64(s[0], 34) ^ ror64(s[0], 39)) +
		     ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
		s[7] = s[6];
		s[6] = s[5];
		s[5] = s[4];
		s[4] = s[3] + t1;
		s[3] = s[2];
		s[2] = s[1];
		s[1] = s[0];
		s[0] = t1 + t2;
	}
	for (i = 0; i < 8; i++)
		h[i] += s[i];
}

/*
 * The last one or two blocks: the data's tail, 0x80, zeros, the length in
 * bits in the last eight bytes (longer data than that counts never come).
 */
static size_t pad(uint8_t *out, size_t block, const uint8_t *data, size_t len)
{
	size_t tail = len % block;
	size_t size = tail + 1 + block / 8 <= block ? block : 2 * block;

	memset(out, 0, 2 * BLOCK_384);
	memcpy(out, data + len - tail, tail);
	out[tail] = 0x80;
	put_be(out + size - 8, (uint64_t)len * 8, 8);
	return size;
}

/**
 * sha2_size() - bytes of a digest
 * @alg:	algorithm
 */
size_t sha2_size(enum sha2_alg alg)
{
	return alg == SHA2_384 ? SHA384_SIZE : SHA256_SIZE;
}

static void sha256(const uint8_t *data, size_t len, uint8_t *digest)
{
	uint8_t last[2 * BLOCK_384];
	uint32_t h[8];
	size_t i, size;

	memcpy(h, sha256_start, sizeof(h));
	for (i = 0; i + BLOCK_256 <= len; i += BLOCK_256)
		block_256(h, data + i);
	size = pad(last, BLOCK_256, data, len);
	for (i = 0; i < size; i += BLOCK_256)
		block_256(h, last + i);
	for (i = 0; i < SHA256_SIZE / 4; i++)
		put_be(digest + 4 * i, h[i], 4);
}

static void sha384(const uint8_t *data, size_t len, uint8_t *digest)
{
	uint8_t last[2 * BLOCK_384];
	uint64_t h[8];
	size_t i, size;

	memcpy(h, sha384_start, sizeof(h));
	for (i = 0; i + BLOCK_384 <= len; i += BLOCK_384)
		block_384(h, data + i);
	size = pad(last, BLOCK_384, data, len);
	for (i = 0; i < size; i += BLOCK_384)
		block_384(h, last + i);
	for (i = 0; i < SHA384_SIZE / 8; i++)
		put_be(digest + 8 * i, h[i], 8);
}

/**
 * sha2() - digest of a piece of memory
 * @alg:	algorithm
 * @data:	first byte
 * @len:	bytes
 * @digest:	where sha2_size(@alg) bytes go; the rest is zeroed
 */
void sha2(enum sha2_alg alg, const uint8_t *data, size_t len,
	  uint8_t digest[SHA2_MAX_SIZE])
{
	memset(digest, 0, SHA2_MAX_SIZE);
	if (alg == SHA2_384)
		sha384(data, len, digest);
	else
		sha256(data, len, digest);
}
