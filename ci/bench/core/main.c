// SPDX-License-Identifier: GPL-2.0-only
/*
 * A remote core's program: meets Linux over SMP2P, then does what the fault
 * plan says. One source for all cores.
 */
#include "core.h"

#define CRASH_REASON_SIZE	128
#define STRAY_PAGES		16	/* after which stray accesses begin again */

enum core_state {
	CORE_RUNNING,
	CORE_STOPPED,	/* stop acknowledged */
	CORE_DEAD,	/* crashed or bitten: answers nothing any more */
};

static enum core_state state;
static uint32_t bits;

static volatile struct bench_core_plan *core_plan(void)
{
	return &bench_shared()->cores[CORE_INDEX];
}

static void raise(unsigned int bit, const char *what)
{
	/* Recorded first: what Linux does about it must come later. */
	core_event(what);
	bits |= BIT(bit);
	smp2p_set(bits);
}

static void write_crash_reason(const char *reason)
{
	volatile char *item = smem_get_or_alloc(SMEM_GLOBAL_HOST, CORE_CRASH_ITEM,
						  CRASH_REASON_SIZE);
	size_t i;

	if (!item) {
		core_event("no room for the crash reason");
		return;
	}

	for (i = 0; i < CRASH_REASON_SIZE - 1 && reason[i]; i++)
		item[i] = reason[i];
	item[i] = '\0';
}

/* A reason that an earlier run left would be printed as this run's. */
static void clear_crash_reason(void)
{
	volatile char *item = smem_find(SMEM_GLOBAL_HOST, CORE_CRASH_ITEM, CRASH_REASON_SIZE);

	if (item)
		item[0] = '\0';
}

static void crash(const char *reason)
{
	write_crash_reason(reason);
	state = CORE_DEAD;
	raise(BENCH_SMP2P_FATAL, "fatal");
}

/*
 * Accesses that the SMMU should stop, as of a DSP whose program has gone wild: it
 * does not notice, and goes on until it is stopped.
 */
static void stray(uint64_t at, uint32_t count, uint64_t how)
{
	uint32_t i;

	for (i = 0; i < count; i++) {
		core_stream_stray(at + (uint64_t)(i % STRAY_PAGES) * 0x1000, how);
		how |= BENCH_STRAY_AGAIN;
	}
}

/* In the midst of a start or stop, if the plan says so */
static void stray_as_planned(uint32_t mode, uint32_t when)
{
	if (mode == when)
		stray(core_plan()->arg, core_plan()->count, 0);
}

static void come_up(uint32_t mode)
{
	stray_as_planned(mode, BENCH_CORE_STRAY_AT_START);
	switch (mode) {
	case BENCH_CORE_NEVER_READY:
		break;
	case BENCH_CORE_CRASH_AT_ONCE:
		crash(CORE_NAME ".c:1:crash at once, as planned");
		break;
	case BENCH_CORE_NO_HANDOVER:
		raise(BENCH_SMP2P_READY, "ready");
		break;
	default:
		raise(BENCH_SMP2P_READY, "ready");
		raise(BENCH_SMP2P_HANDOVER, "handover");
		break;
	}
}

/*
 * The acknowledgment follows the request's level, so that a second stop, after
 * the secure world refused the shutdown that followed the first, is answered.
 * The other bits stay: Linux may not have looked at handover yet.
 */
static void serve_stop(uint32_t mode)
{
	bool stop = smp2p_get() & BIT(BENCH_SMP2P_STOP);
	bool acked = bits & BIT(BENCH_SMP2P_STOP_ACK);

	if (state == CORE_DEAD || stop == acked)
		return;

	state = CORE_STOPPED;
	if (stop) {
		stray_as_planned(mode, BENCH_CORE_STRAY_AT_STOP);
		raise(BENCH_SMP2P_STOP_ACK, "stop-ack");
	} else {
		bits &= ~BIT(BENCH_SMP2P_STOP_ACK);
		smp2p_set(bits);
	}
}

static void bite(void)
{
	log_line("wdog");	/* EL3 records the bite */
	state = CORE_DEAD;
	core_wdog();
}

static void serve_command(void)
{
	volatile struct bench_core_plan *plan = core_plan();
	uint32_t command = plan->command, count;
	uint64_t arg, value = 0;
	bool ok = true;

	/* one that has acknowledged a stop may still be up, and go wild */
	if (command == BENCH_CMD_NONE || state == CORE_DEAD)
		return;

	barrier_all();
	arg = plan->arg;
	count = plan->count;
	if (command == BENCH_CMD_READ || command == BENCH_CMD_TOUCH)
		ok = core_stream_read(arg, &value);
	plan->answer = ok ? value : ~0ull;
	barrier_all();

	/*
	 * Before the core dies, not after: it may be stopped and started again
	 * at once, and would then find the command a second time.
	 */
	plan->command = BENCH_CMD_NONE;
	switch (command) {
	case BENCH_CMD_READ:
		break;
	case BENCH_CMD_TOUCH:
		if (!ok)	/* a bus error is the end of a DSP */
			crash(CORE_NAME ".c:3:bus error");
		break;
	case BENCH_CMD_STRAY_READ:
		stray(arg, count, 0);
		break;
	case BENCH_CMD_STRAY_WRITE:
		stray(arg, count, BENCH_STRAY_WRITE);
		break;
	case BENCH_CMD_STRAY_STREAM:
		stray(arg, count, BENCH_STRAY_STREAM);
		break;
	case BENCH_CMD_FATAL:
		crash(CORE_NAME ".c:2:fatal error on command");
		break;
	case BENCH_CMD_WDOG:
		bite();
		break;
	case BENCH_CMD_WDOG_TOLD:
		write_crash_reason(CORE_NAME ".c:4:watchdog on command");
		bite();
		break;
	default:
		core_event("unknown command");
	}
}

static char *put_text(char *to, const char *text)
{
	while (*text)
		*to++ = *text++;

	return to;
}

static char *put_hex(char *to, uint32_t value)
{
	unsigned int i;

	for (i = 0; i < 8; i++, value <<= 4)
		*to++ = "0123456789abcdef"[value >> 28];

	return to;
}

/** core_exception() - entered from the vectors; the core is lost */
void core_exception(uint64_t esr, uint64_t elr);
void core_exception(uint64_t esr, uint64_t elr)
{
	static char text[40];
	char *to;

	to = put_text(text, "exception esr ");
	to = put_hex(to, esr);
	to = put_text(to, " elr ");
	to = put_hex(to, elr);
	*to = '\0';
	core_event(text);
}

/** core_main() - entered from start.S with a stack, BSS zero by the loader */
void core_main(void);
void core_main(void)
{
	uint32_t mode = core_plan()->mode;
	const char *problem;

	core_event("entered");
	idle_init();
	clear_crash_reason();

	problem = smp2p_start();
	if (problem) {
		core_event(problem);
		return;
	}

	come_up(mode);
	for (;;) {
		if (mode != BENCH_CORE_IGNORE_STOP)
			serve_stop(mode);
		serve_command();
		idle_wait();
	}
}
