/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What Linux has to do with TrustZone: calls, images, page tables. For the unit
 * tests and fuzzers on the host, and for a payload that runs instead of Linux.
 */
#ifndef BUILDERS_H
#define BUILDERS_H

#include <string.h>

#include "model.h"

/* ---- where things lie ---- */

#define MD_ADDR			0x52000000ull	/* metadata, below one bridge */
#define MD_DTB_ADDR		0x52010000ull
#define BUF_ADDR		0x52020000ull	/* argument buffers and tables */
#define POOL_ADDR		0x52000000ull
#define POOL_SIZE		0x40000ull

uint8_t *host_ram(uint64_t pa);
uint64_t *word_at(uint64_t pa);

/* ---- calls of Linux ---- */

#define AI(n)			(n)
#define AI_INIT_IMAGE		0x82
#define AI_RSC			0x845

extern uint64_t res[3];		/* result of the last call */

int64_t smc(uint32_t fn, uint32_t arginfo, uint64_t a0, uint64_t a1, uint64_t a2,
	    uint64_t a3);
uint64_t bridge(uint64_t base, uint64_t size);
int64_t unbridge(uint64_t handle);

/* ---- images (image.c) ---- */

#define TI_SEGS			3
#define TI_PHDRS		(2 + TI_SEGS)

/**
 * struct test_image - an image as the loader would have it
 * @alg:	digests
 * @relocatable: flag in each segment
 * @base:	p_paddr of the first segment
 * @md:		metadata
 * @head:	bytes of headers
 * @size:	bytes of metadata
 * @data:	the segments' bytes
 */
struct test_image {
	enum sha2_alg alg;
	bool relocatable;
	uint32_t base;
	uint8_t md[0x1000];
	size_t head;
	size_t size;
	uint8_t data[TI_SEGS][0x1800];
};

/* Fields, for breaking them */
#define EH_CLASS		4
#define EH_DATA			5
#define EH_MACHINE		18
#define EH_ENTRY		24
#define EH_PHOFF		28
#define EH_PHENTSIZE		42
#define EH_PHNUM		44
#define PH(i, field)		(52 + 32 * (i) + (field))
#define PH_TYPE			0
#define PH_PADDR		12
#define PH_FILESZ		16
#define PH_MEMSZ		20
#define PH_FLAGS		24
#define TI_ENTRY		0x40	/* from the first segment */

void put32(uint8_t *p, uint32_t v);
void image_build(struct test_image *ti, enum sha2_alg alg, bool relocatable,
		 uint32_t base);
void image_sign(struct test_image *ti);
void image_load(const struct test_image *ti, uint64_t carveout);

/* ---- page tables (tables.c) ---- */

/* Where they lie: stage 1's, those of a second stream, stream tables, a descriptor, stage 2's */
#define TABLES_BASE		0x50000000ull
#define TABLES_SECOND		0x50800000ull
#define STRTAB_BASE		0x51000000ull
#define L2_BASE			0x51100000ull
#define CD_BASE			0x51200000ull
#define TABLES2_BASE		0x54000000ull
#define TABLES_END		0x55000000ull

/**
 * struct tables - one stage of a translation, under construction in RAM
 * @next:	where the next table goes
 * @ttb:	first table
 * @granule:	log2 of the page size
 * @ia_bits:	input addresses
 * @stage2:	it is stage 2
 * @first:	level of the first table
 * @cd:		context descriptor
 * @ste:	stream table entry
 */
struct tables {
	uint64_t next;
	uint64_t ttb;
	unsigned int granule;
	unsigned int ia_bits;
	bool stage2;
	int first;
	uint64_t cd;
	uint64_t ste;
};

#define PTE_UNPRIV		(1ull << 6)
#define PTE_RDONLY		(1ull << 7)
#define PTE_S2_READ		(1ull << 6)
#define PTE_S2_WRITE		(1ull << 7)
#define PTE_AF			(1ull << 10)
#define PTE_CONT		(1ull << 52)

void tables_start_at(struct tables *t, uint64_t base, unsigned int granule,
		     unsigned int ia_bits);
void tables_start(struct tables *t, unsigned int granule, unsigned int ia_bits);
void tables_start_stage2(struct tables *t, unsigned int granule,
			 unsigned int ia_bits, int first);
void tables_linear(struct tables *t, uint32_t sid);
void tables_two_level(struct tables *t, uint32_t sid, unsigned int split);
void tables_nest(struct tables *s1, struct tables *s2);
uint64_t *tables_pte(struct tables *t, uint64_t iova, int level);
void tables_map(struct tables *t, uint64_t iova, uint64_t pa, uint64_t size,
		int level);
void tables_unmap(struct tables *t, uint64_t iova, uint64_t size, int level);

/* Who builds tables says how the SMMU comes to know of them. */
void smmu_program(uint64_t strtab, uint32_t strtab_cfg);

#endif /* BUILDERS_H */
