/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The model on the host: a machine, Linux's calls, images and page tables that
 * tests can arrange and look at, and KTAP. For the unit tests and the fuzzers.
 */
#ifndef HOST_H
#define HOST_H

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "call.h"
#include "model.h"

#define ARRAY_LEN(a)	(sizeof(a) / sizeof((a)[0]))

/* ---- KTAP (ktap.c) ---- */

/* A test of the program; they run in the order of the file */
#define TEST(name)							\
	static void name(void);						\
	static void __attribute__((constructor)) add_##name(void)	\
	{								\
		add_test(#name, name);					\
	}								\
	static void name(void)

void add_test(const char *name, void (*fn)(void));
void fail(const char *file, int line, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#define CHECK(cond)							\
	do {								\
		if (!(cond))						\
			fail(__FILE__, __LINE__, "%s", #cond);		\
	} while (0)
#define CHECK_EQ(a, b)							\
	do {								\
		long long a_ = (long long)(a), b_ = (long long)(b);	\
									\
		if (a_ != b_)						\
			fail(__FILE__, __LINE__, "%s is %lld (0x%llx), not %s", \
			     #a, a_, a_, #b);				\
	} while (0)
#define CHECK_STR(a, b)							\
	do {								\
		if (strcmp(a, b))					\
			fail(__FILE__, __LINE__, "%s is \"%s\", not \"%s\"", \
			     #a, a, b);					\
	} while (0)

/* ---- the machine (host.c) ---- */

/**
 * struct host - what the platform's stand-ins were told, and tell
 * @running:	CPUs released and not stopped
 * @entry:	where the last one was released to
 * @spi:	SPI pended last
 * @pended:	how often one was
 * @pending:	it, until a test has Linux acknowledge it; 0: none
 * @active:	SPI that Linux is handling; 0: none
 * @smmu_cr0:	registers of the SMMU
 * @smmu_gbpa:	likewise
 * @strtab:	likewise
 * @strtab_cfg:	likewise
 * @tables:	what the kernel runs with
 * @line:	printed last
 * @ram_size:	bytes of RAM
 */
struct host {
	bool running[BENCH_MAX_CPUS];
	uint64_t entry;
	unsigned int spi;
	unsigned int pended;
	unsigned int pending;
	unsigned int active;
	uint32_t smmu_cr0;
	uint32_t smmu_gbpa;
	uint64_t strtab;
	uint32_t strtab_cfg;
	struct tz_tables tables;
	char line[512];
	uint64_t ram_size;
};

extern struct host host;
/* For the next host_start() */
extern struct tz_boot_smmu host_boot;
extern bool host_no_bridges;
extern uint32_t host_booted[TZ_BOOT_PAS];	/* ends with 0 */

void host_start(enum bench_machine machine);
uint8_t *host_ram(uint64_t pa);
uint64_t *word_at(uint64_t pa);
struct bench_shared *shared(void);
const struct bench_event *last_event(void);
unsigned int violations(void);

/* ---- calls of Linux (host.c) ---- */

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
 * @md:		metadata
 * @head:	bytes of headers
 * @size:	bytes of metadata
 * @data:	the segments' bytes
 */
struct test_image {
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
void image_build(struct test_image *ti, bool relocatable, uint32_t base);
void image_sign(struct test_image *ti);
void image_load(const struct test_image *ti, uint64_t carveout);

/* ---- the SMMU-500's registers (host.c) ---- */

volatile uint32_t *smmu_reg(uint32_t off);

#define SMMU_SMR(n)		(0x800 + 4 * (n))
#define SMMU_S2CR(n)		(0xc00 + 4 * (n))
#define SMMU_CBAR(n)		(0x1000 + 4 * (n))
#define SMMU_CBFRSYNRA(n)	(0x1400 + 4 * (n))
#define SMMU_CBA2R(n)		(0x1800 + 4 * (n))
#define SMMU_CB(n, reg)		(0x80000 + 0x1000 * (n) + (reg))
#define SMMU_CB_SCTLR		0x00
#define SMMU_CB_TTBR0		0x20
#define SMMU_CB_TCR		0x30
#define SMMU_CB_FSR		0x58
#define SMMU_CB_FAR		0x60
#define SMMU_CB_FSYNR0		0x68

/* ---- page tables (tables.c) ---- */

/* Where they lie: the first stream's, the second's, stream tables, descriptors */
#define TABLES_BASE		0x50000000ull
#define TABLES_SECOND		0x50800000ull
#define STRTAB			0x51000000ull
#define STRTAB_L2		0x51100000ull
#define CD_BASE			0x51200000ull
#define TABLES_END		0x51c00000ull

/**
 * struct tables - a translation, under construction in RAM
 * @next:	where the next table goes
 * @ttb:	first table
 * @granule:	log2 of the page size
 * @ia_bits:	width of the input addresses
 * @first:	level of the first table
 * @cd:		context descriptor
 * @ste:	stream table entry
 */
struct tables {
	uint64_t next;
	uint64_t ttb;
	unsigned int granule;
	unsigned int ia_bits;
	int first;
	uint64_t cd;
	uint64_t ste;
};

#define PTE_UNPRIV		(1ull << 6)
#define PTE_RDONLY		(1ull << 7)
#define PTE_AF			(1ull << 10)
#define PTE_CONT		(1ull << 52)

void tables_start(struct tables *t, uint64_t base, unsigned int granule,
		  unsigned int ia_bits);
void tables_linear(struct tables *t, uint32_t sid);
void tables_add(struct tables *t, uint32_t sid);
void tables_two_level(struct tables *t, uint32_t sid, unsigned int split);
void tables_bank(struct tables *t, unsigned int bank);
void tables_group(unsigned int group, uint32_t sid, uint32_t mask, unsigned int bank);
uint64_t *tables_pte(struct tables *t, uint64_t iova, int level);
void tables_map(struct tables *t, uint64_t iova, uint64_t pa, uint64_t size,
		int level);
void tables_unmap(struct tables *t, uint64_t iova, uint64_t size, int level);

/* ---- a driver (driver.c) ---- */

#define POOL_ADDR		0x52000000ull	/* below one bridge */
#define POOL_SIZE		0x40000ull
#define MD_ADDR			0x52000000ull	/* metadata */
#define MD_DTB_ADDR		0x52010000ull
#define BUF_ADDR		0x52020000ull	/* argument buffers and tables */

enum which { MODEM, CDSP_DTB, CDSP, IMAGES };

/**
 * struct driver_image - an image that the driver can start
 * @pas:	PAS id
 * @base:	its carveout
 * @size:	likewise
 * @md:		where its metadata goes
 * @reloc:	it is told by mem_setup where it lies
 */
struct driver_image {
	uint32_t pas;
	uint64_t base;
	uint64_t size;
	uint64_t md;
	bool reloc;
};

extern const struct driver_image driver_images[IMAGES];
extern struct tables modem_tables, cdsp_tables;
extern struct test_image scratch_image;
extern bool driver_blocks;

void driver_boot(enum bench_machine machine);
void driver_start(enum bench_machine machine);
const struct test_image *driver_built(enum which i);
void driver_map(uint64_t base, uint64_t size);
void driver_unmap(uint64_t base, uint64_t size);
int64_t driver_init(enum which i);
int64_t driver_init_scratch(uint32_t pas, uint64_t md);
int64_t driver_mem_setup(enum which i);
int64_t driver_auth(uint32_t pas);
int64_t driver_auth_bridged(enum which i);
int64_t driver_shutdown(uint32_t pas);
int64_t driver_init_modem(void);
bool driver_up(enum which i);

#endif /* HOST_H */
