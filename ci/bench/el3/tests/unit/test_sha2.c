// SPDX-License-Identifier: GPL-2.0-only
/* Digests, computed by another implementation (Python's hashlib). */
#include "host.h"

struct vector {
	size_t len;	/* byte i is i * 7 + len */
	const char *sha256;
	const char *sha384;
};

static const struct vector vectors[] = {
	{ 0,
	  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
	  "38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b" },
	{ 3,
	  "6ab0dba1f4f1dfbb37b4f9eeb092c09fca4900ad32bdcd147d8dde35d6c87c35",
	  "de5060203c58b419f136c17666d339a05705575827e3600f0475f6fb3089870aede26c5a0903dea5938bcded4ee9e619" },
	{ 55,
	  "81afe5b788dc2ce138ff83d9b20164db75a94d75d2b2432eea4a0ef605088c72",
	  "a1870e5e4818b0a319866894d848037c75eb7c400de4af9d321dc7e8770ce8f4f272a1f226f4e9c5998bc281170a6a80" },
	{ 56,
	  "2aba54f0ac632420a2b502431408866e40e1d5e430df4cd822642c78ab2eb9c1",
	  "728f7264fde2c46b684401c7a99ea82849012172552660118003f4709b2187ae9c16de5d48743e729e3a0361d46600bd" },
	{ 63,
	  "733d3d4ee79ee67145bf73da13588f6f235d37414fc64b14a2f00f1762792f5e",
	  "7e874bc2979240a22003c7f594445ddd65b23ea826f0b9137a3bfa4003d00b43be01c8228d88627f657263afcfc64ccd" },
	{ 64,
	  "79322907b3e9d013d7dc2c2f256674dbf733045cde01df3539271c6f5605feb8",
	  "1c86511a3851b57a6d275ed71c4f8ce6fec2484b73b4ca7fc91d46ad6c74f7fb75a466f57f8244c1143694088ca09f82" },
	{ 65,
	  "d85c007c6eb440f085afa2b84f6f2bce4658b240e9f62cb1364bf0485a57e720",
	  "8a0830082154726826545585103892aa1a986cac820eb31d9753148f0f1d56804ea275d6eee1c878507ebb0eef57f1db" },
	{ 111,
	  "b41ae5233b9ec35d8576a032034d2857b667a618c7038714d727d4dae3aa2525",
	  "2d39d5e0ed0fd40cb20c860f006219e5299b31e647cd809c21815adf1e0530d707ba123fdc88f0a870aa2b0e2714307c" },
	{ 112,
	  "0949563bc78e5ccd85603fa20368a33ed3d2da0141c8284a3b1515fe4683cdd7",
	  "babc028556f2216d92f9031cee016565a505209a02e8a8f090fd0164044d5b4f7941a950f40d257624d4c18d506d75e7" },
	{ 119,
	  "6c87eedf096b345de205b702e5223b73b447a3207791ded3ea007ba15ed6736e",
	  "6d1e1d4b4b09b453597ebd23b40d279f83b3b3069f5e16621e291fb2a04fdd4ab55fc0ad0ccba1d962f492c08cadb987" },
	{ 120,
	  "42500cf6a1e3936d6b9e0bcfe296d654b63255e525487d3634d0b15fde591c4d",
	  "1ceee1153e653990162018e498cb0971c44e2c9993d1c206818500f3e17c123c481a2a125e63c1dd84c21d6b5b5a6195" },
	{ 127,
	  "68f6ff710276900c0ffbbc57426f67e00c2e01f0750c7edc25ac06b8ce7a8095",
	  "d93a1b0c55394b85b694694f0e5e752612485f4011c687b11bbce979bd44346500eb76091df7bbff63d134c6b2ba30b7" },
	{ 128,
	  "489d55fea9a73af36b6dd0be7b4117d8e5683386d39544e8a44c99a87f368707",
	  "8d22d1dc71336ac63e155f25e0a80c17520502f1e55c26aab685c5d1ed75185dea32236080adffeb53dce3882df374a9" },
	{ 129,
	  "4e1556b2e9a50a3cc9478f3254727b01065f9ac5d2c3a8b4cd538ae7240bb87d",
	  "97c3840582af9f000797553d6dce492e7f259c4e9693bfeb81932521ef273c68b02e637d9019db8456095cb05a2c014c" },
	{ 1000,
	  "6b0df76627243d095b0c4400cb658b7e804dd03461cc03aee8fc8fe0bcada168",
	  "12989fa854607a6cb8a15ba9a0d640e9feda08edca8edc2ce48c811a51cf67e41e1315810d82fecd1349533f515ccbad" },
};

static void check_digest(enum sha2_alg alg, size_t len, const char *want)
{
	uint8_t digest[SHA2_MAX_SIZE], *data = malloc(len + 1);
	char hex[2 * SHA2_MAX_SIZE + 1];
	size_t i;

	if (!data)
		abort();
	for (i = 0; i < len; i++)
		data[i] = (uint8_t)(i * 7 + len);
	sha2(alg, data, len, digest);
	for (i = 0; i < sha2_size(alg); i++)
		sprintf(hex + 2 * i, "%02x", digest[i]);
	CHECK_STR(hex, want);
	free(data);
}

/* Lengths around the places where the padding needs another block. */
static void sha256_vectors(void)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(vectors); i++)
		check_digest(SHA2_256, vectors[i].len, vectors[i].sha256);
}

static void sha384_vectors(void)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(vectors); i++)
		check_digest(SHA2_384, vectors[i].len, vectors[i].sha384);
}

int main(void)
{
	static const struct test tests[] = {
		{ "sha256", sha256_vectors },
		{ "sha384", sha384_vectors },
	};

	return run_tests(tests, ARRAY_LEN(tests));
}
