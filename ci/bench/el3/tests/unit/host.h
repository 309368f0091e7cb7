/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The model on the host: memory, SMMU registers and CPUs that its tests can
 * arrange and look at, and KTAP.
 */
#ifndef HOST_H
#define HOST_H

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "builders.h"
#include "smmu.h"

/* ---- KTAP ---- */

struct test {
	const char *name;
	void (*fn)(void);
};

int run_tests(const struct test *tests, size_t num);
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

/* ---- the platform ---- */

/**
 * struct host - what the platform's stand-ins were told, and tell
 * @running:	CPUs released and not stopped
 * @entry:	where the last one was released to
 * @spi:	SPI pended last
 * @smmu_cr0:	registers of the SMMU
 * @smmu_gbpa:	likewise
 * @strtab:	likewise
 * @strtab_cfg:	likewise
 * @line:	printed last
 * @ram_size:	bytes of RAM
 */
struct host {
	bool running[TZ_MAX_CPUS];
	uint64_t entry;
	unsigned int spi;
	uint32_t smmu_cr0;
	uint32_t smmu_gbpa;
	uint64_t strtab;
	uint32_t strtab_cfg;
	char line[512];
	uint64_t ram_size;
};

extern struct host host;

void host_start(enum bench_machine machine);
uint32_t host_random(void);

/* ---- the record ---- */

const struct bench_event *last_event(void);
unsigned int violations(void);

#endif /* HOST_H */
