// SPDX-License-Identifier: GPL-2.0-only
/* Digests, computed by another implementation (Python's hashlib). */
#include "host.h"

struct vector {
	size_t len;	/* byte i is i * 7 + len */
	const char *sha256;
};

static const struct vector vectors[] = {
	{ 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
	{ 3, "6ab0dba1f4f1dfbb37b4f9eeb092c09fca4900ad32bdcd147d8dde35d6c87c35" },
	{ 55, "81afe5b788dc2ce138ff83d9b20164db75a94d75d2b2432eea4a0ef605088c72" },
	{ 56, "2aba54f0ac632420a2b502431408866e40e1d5e430df4cd822642c78ab2eb9c1" },
	{ 63, "733d3d4ee79ee67145bf73da13588f6f235d37414fc64b14a2f00f1762792f5e" },
	{ 64, "79322907b3e9d013d7dc2c2f256674dbf733045cde01df3539271c6f5605feb8" },
	{ 65, "d85c007c6eb440f085afa2b84f6f2bce4658b240e9f62cb1364bf0485a57e720" },
	{ 111, "b41ae5233b9ec35d8576a032034d2857b667a618c7038714d727d4dae3aa2525" },
	{ 112, "0949563bc78e5ccd85603fa20368a33ed3d2da0141c8284a3b1515fe4683cdd7" },
	{ 119, "6c87eedf096b345de205b702e5223b73b447a3207791ded3ea007ba15ed6736e" },
	{ 120, "42500cf6a1e3936d6b9e0bcfe296d654b63255e525487d3634d0b15fde591c4d" },
	{ 127, "68f6ff710276900c0ffbbc57426f67e00c2e01f0750c7edc25ac06b8ce7a8095" },
	{ 128, "489d55fea9a73af36b6dd0be7b4117d8e5683386d39544e8a44c99a87f368707" },
	{ 129, "4e1556b2e9a50a3cc9478f3254727b01065f9ac5d2c3a8b4cd538ae7240bb87d" },
	{ 1000, "6b0df76627243d095b0c4400cb658b7e804dd03461cc03aee8fc8fe0bcada168" },
};

/* Lengths around the places where the padding needs another block */
TEST(digests)
{
	uint8_t digest[SHA256_SIZE], *data;
	char hex[2 * SHA256_SIZE + 1];
	size_t i, j;

	for (i = 0; i < ARRAY_LEN(vectors); i++) {
		data = malloc(vectors[i].len + 1);
		if (!data)
			abort();
		for (j = 0; j < vectors[i].len; j++)
			data[j] = (uint8_t)(j * 7 + vectors[i].len);
		sha256(data, vectors[i].len, digest);
		for (j = 0; j < SHA256_SIZE; j++)
			sprintf(hex + 2 * j, "%02x", digest[j]);
		CHECK_STR(hex, vectors[i].sha256);
		free(data);
	}
}
