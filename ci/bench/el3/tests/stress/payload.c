// SPDX-License-Identifier: GPL-2.0-only
/*
 * Instead of Linux, at EL2: starts and stops the cores' CPUs in every way that
 * could lose an SGI or a lock, and says so in TAP on the non-secure UART.
 */
#include <stdbool.h>
#include <stdint.h>

#include "calls.h"

#define UART_DR			(*(volatile uint32_t *)0x09000000)
#define CYCLES			1000
#define PSCI_VERSION		0x84000000
#define PSCI_SYSTEM_OFF		0x84000008
#define NOBODYS_CALL		0x89000000
#define NOT_SUPPORTED		((uint64_t)-1)

/* What a core does until it is stopped */
enum core_mode {
	MODE_CALL,		/* SMCs without end */
	MODE_TICK,		/* WFI until its timer, an SMC, again */
	MODE_ACTIVE,		/* acknowledges the timer and never ends it */
	MODE_TRAP,		/* touches what is EL3's */
	MODE_UNDEFINED,		/* an undefined instruction */
};

extern const char core_entry[];
void payload(void);
void core(uint64_t arg);

/* Counted by the cores themselves; one writer each */
static volatile uint64_t beats[3];
static unsigned int test;
static bool failed;

static uint64_t smc(uint64_t fn, uint64_t a1, uint64_t a2, uint64_t a3,
		    uint64_t a4)
{
	register uint64_t x0 __asm__("x0") = fn;
	register uint64_t x1 __asm__("x1") = a1;
	register uint64_t x2 __asm__("x2") = a2;
	register uint64_t x3 __asm__("x3") = a3;
	register uint64_t x4 __asm__("x4") = a4;

	__asm__ volatile("smc #0" : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3)
			 : "r"(x4) : "memory");
	return x0;
}

static uint64_t smc_imm1(uint64_t fn)
{
	register uint64_t x0 __asm__("x0") = fn;

	__asm__ volatile("smc #1" : "+r"(x0) : : "memory");
	return x0;
}

static uint64_t counter(void)
{
	uint64_t now;

	__asm__ volatile("isb\n\tmrs %0, cntpct_el0" : "=r"(now) : : "memory");
	return now;
}

static uint64_t us(uint64_t n)
{
	uint64_t freq;

	__asm__("mrs %0, cntfrq_el0" : "=r"(freq));
	return freq * n / 1000000;
}

/* ---- a core, at EL1 ---- */

static void wait_for_timer(void)
{
	uint64_t ctl;

	__asm__ volatile("msr cntp_tval_el0, %0" : : "r"(us(1000)));
	__asm__ volatile("msr cntp_ctl_el0, %0\n\tisb" : : "r"(1ul));
	do {
		__asm__ volatile("wfi\n\tmrs %0, cntp_ctl_el0" : "=r"(ctl));
	} while (!(ctl & 4));
}

void core(uint64_t arg)
{
	unsigned int cpu = arg & 0xff;
	uint64_t dummy;

	for (;;) {
		switch (arg >> 8) {
		case MODE_CALL:
			break;
		case MODE_TICK:
			wait_for_timer();
			break;
		case MODE_ACTIVE:
			wait_for_timer();	/* ICC_IAR1_EL1 */
			__asm__ volatile("mrs %0, S3_0_C12_C12_0" : "=r"(dummy));
			break;
		case MODE_TRAP:			/* ICC_IAR0_EL1 */
			__asm__ volatile("mrs %0, S3_0_C12_C8_0" : "=r"(dummy));
			break;
		case MODE_UNDEFINED:
			__asm__ volatile("udf #0");
			break;
		}
		if (smc(CALL_CORE, 0, 0, 0, 0) == cpu)
			beats[cpu]++;
	}
}

/* ---- CPU0 ---- */

static void print(const char *s)
{
	while (*s)
		UART_DR = (unsigned char)*s++;
}

static void result(bool ok, const char *name)
{
	char number[3] = { ' ', (char)('0' + ++test), '\0' };

	failed |= !ok;
	print(ok ? "ok" : "not ok");
	print(number);
	print(" - ");
	print(name);
	print("\n");
}

static void release(unsigned int cpu, enum core_mode mode)
{
	smc(CALL_RELEASE, cpu, (uint64_t)core_entry, mode << 8 | cpu, 0);
}

static void stop(unsigned int cpu)
{
	smc(CALL_STOP, cpu, 0, 0, 0);
}

static void pause(uint64_t for_us)
{
	uint64_t start = counter();

	while (counter() - start < us(for_us))
		__asm__ volatile("yield");
}

/* Until @cpu has beaten @n times more; false after ten seconds. */
static bool await_beats(unsigned int cpu, uint64_t n)
{
	uint64_t start = counter();
	uint64_t old = beats[cpu];

	while (beats[cpu] - old < n) {
		if (counter() - start > us(10000000))
			return false;
		__asm__ volatile("yield");
	}
	return true;
}

static bool beats_when_run(unsigned int cpu, enum core_mode mode, uint64_t n)
{
	bool ok;

	release(cpu, mode);
	ok = await_beats(cpu, n);
	stop(cpu);
	return ok;
}

static bool silent(void)
{
	uint64_t sum = beats[1] + beats[2];

	pause(20);
	return beats[1] + beats[2] == sum;
}

/* At once, after a while, and after it was seen to call */
static bool cycle_both(unsigned int i)
{
	bool ok = true;

	release(1, MODE_CALL);
	release(2, i & 1 ? MODE_TICK : MODE_CALL);
	if (i % 4 == 1)
		ok = await_beats(1, 1) && await_beats(2, 1);
	else
		pause(i % 4 * (i % 16));
	stop(1);
	stop(2);
	return ok && silent();
}

static void test_cycles(void)
{
	bool ok = true;

	for (unsigned int i = 0; i < CYCLES && ok; i++)
		ok = cycle_both(i);
	result(ok, "release and stop of both cores, 1000 times");
}

/* While CPU0 holds the lock the core can only be on its way to it. */
static void test_waiting_for_lock(void)
{
	for (unsigned int i = 0; i < CYCLES; i++)
		smc(CALL_BOTH, 1, (uint64_t)core_entry, MODE_CALL << 8 | 1,
		    i % 16 * 8);
	result(silent(), "stop of a core that waits for the lock, 1000 times");
}

static void test_smcs(void)
{
	uint64_t before = smc(CALL_UNKNOWN, 0, 0, 0, 0);

	result(smc(NOBODYS_CALL, 0, 0, 0, 0) == NOT_SUPPORTED &&
	       smc(CALL_UNKNOWN, 0, 0, 0, 0) == before + 1,
	       "an SMC of nobody is refused and recorded");
	result(smc_imm1(PSCI_VERSION) == NOT_SUPPORTED &&
	       smc(PSCI_VERSION, 0, 0, 0, 0) == 0x10001,
	       "an SMC with an immediate is refused");
}

void payload(void)
{
	print("TAP version 13\n1..8\n");
	test_cycles();
	test_waiting_for_lock();
	result(beats_when_run(1, MODE_TICK, 20), "the timer wakes a WFI");
	beats_when_run(1, MODE_ACTIVE, 1);
	result(beats_when_run(1, MODE_TICK, 20),
	       "an interrupt left active does not outlive a stop");
	release(1, MODE_TRAP);
	pause(20000);
	stop(1);
	result(beats_when_run(1, MODE_CALL, 1), "a core that died starts again");
	release(2, MODE_UNDEFINED);
	pause(20000);
	stop(2);
	result(beats_when_run(2, MODE_CALL, 1), "a core that loops is stopped");
	test_smcs();
	print("# the end is a fault at EL3\n");
	smc(failed ? PSCI_SYSTEM_OFF : CALL_FAULT, 0, 0, 0, 0);
}
