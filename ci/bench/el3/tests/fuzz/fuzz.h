/* SPDX-License-Identifier: GPL-2.0-only */
/* A fuzzer's bytes, read one after another. */
#ifndef FUZZ_H
#define FUZZ_H

#include "host.h"

/**
 * struct input - the bytes that are left
 * @data:	the next one
 * @left:	how many
 */
struct input {
	const uint8_t *data;
	size_t left;
};

/* The first byte of a step of fuzz_calls */
enum step {
	STEP_CALL,		/* known call, how its arguments are chosen */
	STEP_RAW,		/* any word, arginfo and arguments */
	STEP_INIT,		/* what a driver does; one byte: which image */
	STEP_MEM_SETUP,
	STEP_LOAD,
	STEP_MAP,
	STEP_UNMAP,
	STEP_BRIDGE,
	STEP_AUTH,
	STEP_UNBRIDGE,
	STEP_SHUTDOWN,
	STEP_POKE,		/* a byte of memory that Linux writes */
	STEP_RULE,		/* of the fault plan */
	STEP_CORE,		/* a call of a core */
	STEPS,
};

/* The second byte of STEP_CALL */
#define CALL_INDEX(name, ...) CALL_##name,
enum { SCM_CALLS(CALL_INDEX) };

uint64_t input_number(struct input *in, unsigned int bytes);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/*
 * fuzz_walk: STRTAB_BASE_CFG as le32, then words of the tables, each a record of
 * a le32 offset in RAM and a le64
 */
#define WALK_HEADER		4
#define WALK_RECORD		12

/* fuzz_smmu500: steps of a byte, a number of a byte, and what the step needs */
enum smmu_step {
	SMMU_STEP_SMR,		/* group; le32 */
	SMMU_STEP_S2CR,
	SMMU_STEP_CBAR,		/* bank; le32 */
	SMMU_STEP_CBA2R,
	SMMU_STEP_BANK,		/* bank, from bit 3 on which register; le32 */
	SMMU_STEP_SCR0,		/* nothing; le32 */
	SMMU_STEP_WORD,		/* nothing; offset in RAM as le32, le64 */
	SMMU_STEP_ACCESS,	/* bit 0: a write; le64 */
	SMMU_STEP_HANDLE,	/* nothing */
	SMMU_STEPS,
};

#endif /* FUZZ_H */
