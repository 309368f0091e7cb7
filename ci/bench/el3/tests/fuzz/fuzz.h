/* SPDX-License-Identifier: GPL-2.0-only */
/* A fuzzer's bytes, read one after another. */
#ifndef FUZZ_H
#define FUZZ_H

#include "host.h"
#include "input.h"

/**
 * struct input - the bytes that are left
 * @data:	the next one
 * @left:	how many
 */
struct input {
	const uint8_t *data;
	size_t left;
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/*
 * fuzz_walk: STRTAB_BASE_CFG as le32, then words of the tables, each a record of
 * a le32 offset in RAM and a le64
 */
#define WALK_HEADER		4
#define WALK_RECORD		12

#endif /* FUZZ_H */
