/* SPDX-License-Identifier: GPL-2.0-only */
/* A fuzzer's bytes, read one after another, and what its seeds consist of. */
#ifndef INPUT_H
#define INPUT_H

#include "flow.h"

/**
 * struct input - the bytes that are left
 * @data:	the next one
 * @left:	how many
 */
struct input {
	const uint8_t *data;
	size_t left;
};

uint64_t input_number(struct input *in, unsigned int bytes);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/*
 * fuzz_walk: STRTAB_BASE_CFG as le32, then words of the tables, each a record of
 * a le32 offset in RAM and a le64
 */
#define WALK_HEADER		4
#define WALK_RECORD		12

/* fuzz_calls: a leg, then steps, each an enum step and its arguments */
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

#endif /* INPUT_H */
