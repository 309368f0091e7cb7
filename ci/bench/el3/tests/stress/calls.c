// SPDX-License-Identifier: GPL-2.0-only
/*
 * Instead of Linux, at EL2 or EL1: calls of the real model, random ones and
 * starts that were tampered with. EL3 looks at the model after each one; here
 * it is seen that every now and then a correct start still succeeds.
 */
#include "input.h"

#define UART_DR			(*(volatile uint32_t *)0x09000000)
#define SMMU_REG(off)		(*(volatile uint32_t *)(0x09050000 + (off)))
#define SMMU_REG64(off)		(*(volatile uint64_t *)(0x09050000 + (off)))
#define SMMU_CR0		0x20
#define SMMU_STRTAB_BASE	0x80
#define SMMU_STRTAB_BASE_CFG	0x88
#define PSCI_SYSTEM_OFF		0x84000008

#define CALLS			100000
#define ROUND			500	/* calls between two correct starts */

/* Random numbers (xorshift64), the same ones in each run */
struct input {
	uint64_t state;
};

void payload(void);
void core(uint64_t arg);

uint64_t res[3];
static uint64_t num_calls;
static unsigned int num_results;
static bool failed;

/* ---- what the steps want of a platform ---- */

static int64_t do_smc(uint32_t fn, uint64_t arginfo, uint64_t a0, uint64_t a1,
		      uint64_t a2, uint64_t a3)
{
	register uint64_t x0 __asm__("x0") = fn;
	register uint64_t x1 __asm__("x1") = arginfo;
	register uint64_t x2 __asm__("x2") = a0;
	register uint64_t x3 __asm__("x3") = a1;
	register uint64_t x4 __asm__("x4") = a2;
	register uint64_t x5 __asm__("x5") = a3;

	__asm__ volatile("smc #0" : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3)
			 : "r"(x4), "r"(x5) : "memory");
	res[0] = x1;
	res[1] = x2;
	res[2] = x3;
	return (int64_t)x0;
}

int64_t smc(uint32_t fn, uint32_t arginfo, uint64_t a0, uint64_t a1, uint64_t a2,
	    uint64_t a3)
{
	num_calls++;
	return do_smc(fn, arginfo, a0, a1, a2, a3);
}

void core_smc(uint64_t fn, uint64_t a1, uint64_t a2)
{
	do_smc((uint32_t)fn, a1, a2, 0, 0, 0);
}

uint8_t *host_ram(uint64_t pa)
{
	return (uint8_t *)pa;
}

uint64_t *word_at(uint64_t pa)
{
	return (uint64_t *)pa;
}

void smmu_program(uint64_t strtab, uint32_t strtab_cfg)
{
	SMMU_REG(SMMU_CR0) = 0;
	SMMU_REG64(SMMU_STRTAB_BASE) = strtab;
	SMMU_REG(SMMU_STRTAB_BASE_CFG) = strtab_cfg;
	SMMU_REG(SMMU_CR0) = 1;
}

uint64_t input_number(struct input *in, unsigned int bytes)
{
	in->state ^= in->state << 13;
	in->state ^= in->state >> 7;
	in->state ^= in->state << 17;
	return bytes < 8 ? in->state & ((1ull << 8 * bytes) - 1) : in->state;
}

/* ---- TAP ---- */

static void print(const char *s)
{
	while (*s)
		UART_DR = (unsigned char)*s++;
}

static void print_number(uint64_t n)
{
	char digits[21], *p = digits + sizeof(digits) - 1;

	*p = '\0';
	do
		*--p = (char)('0' + n % 10);
	while (n /= 10);
	print(p);
}

static void result(bool ok, const char *name)
{
	failed |= !ok;
	print(ok ? "ok " : "not ok ");
	print_number(++num_results);
	print(" - ");
	print(name);
	print("\n");
}

/* ---- the calls ---- */

/* A stop and a start whose steps are left out, doubled or mixed with others */
static void tampered_start(struct input *in)
{
	static const enum step steps[] = {
		STEP_SHUTDOWN, STEP_UNMAP, STEP_INIT, STEP_MEM_SETUP, STEP_LOAD,
		STEP_MAP, STEP_BRIDGE, STEP_AUTH, STEP_UNBRIDGE,
	};
	unsigned int image = (unsigned int)(input_number(in, 1) % STEP_IMAGES);
	unsigned int i;

	for (i = 0; i < ARRAY_LEN(steps); i++) {
		unsigned int what = (unsigned int)(input_number(in, 1) % 32);

		if (what == 0)
			continue;
		if (what == 1)
			steps_random(in);
		if (what == 2)
			driver_step(steps[i], image);
		driver_step(steps[i], image);
	}
}

/* From rest, so that whatever came before can do no harm any more */
static bool correct_starts(void)
{
	unsigned int i;

	driver_rest();
	for (i = 0; i < STEP_IMAGES; i++)
		if (!driver_whole_start(i))
			return false;
	return true;
}

void payload(void)
{
	struct bench_shared *shared = (struct bench_shared *)BENCH_SHARED_BASE;
	struct input in = { 0x5eed };
	bool sound = true;
	uint64_t next = 0;

	print("TAP version 13\n1..3\n# seed ");
	print_number(in.state);
	print("\n");
	driver_start((enum bench_machine)shared->machine);
	result(correct_starts(), "correct starts succeed");
	while (num_calls < CALLS && sound) {
		for (next += ROUND; num_calls < next;) {
			if (input_number(&in, 1) % 8)
				steps_random(&in);
			else
				tampered_start(&in);
		}
		sound = correct_starts();
		driver_rest();
	}
	result(num_calls >= CALLS, "random calls and tampered starts are survived");
	result(sound, "and correct starts succeed again after every 500");
	print("# ");
	print_number(num_calls);
	print(" calls\n");
	do_smc(PSCI_SYSTEM_OFF, 0, 0, 0, 0, 0);
}

/* Never entered: what the cores run is in the images. */
void core(uint64_t arg)
{
	(void)arg;
}
