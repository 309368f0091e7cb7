/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Numbers that decide what is done next: a fuzzer's bytes, or random ones; and
 * the steps that they are made into.
 */
#ifndef INPUT_H
#define INPUT_H

#include "builders.h"

struct input;

/* The next number, of so many bytes; 0 where there is none. By who has it. */
uint64_t input_number(struct input *in, unsigned int bytes);

/* The first byte of a step; what it does is steps.c's */
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

#define STEP_IMAGES	3	/* modem, dtb, compute DSP */

/* ---- driver.c ---- */

struct bench_shared *driver_plan(void);
void driver_note_handle(uint64_t handle);
uint64_t driver_handle(void);
void driver_tables_lost(void);
void driver_start(enum bench_machine machine);
void driver_step(enum step step, unsigned int image);
bool driver_whole_start(unsigned int image);
void driver_rest(void);

/* ---- steps.c ---- */

void steps_random(struct input *in);

/* A call of a core, or of Linux in its name; by who can make it */
void core_smc(uint64_t fn, uint64_t a1, uint64_t a2);

#endif /* INPUT_H */
