// SPDX-License-Identifier: GPL-2.0-only
/*
 * The record: each event goes into the shared page, where the guest reads it,
 * and as one line to the secure UART, where nobody but EL3 writes. The counts
 * are kept in secure memory; the shared page only shows them.
 */
#include <string.h>

#include "kernel.h"
#include "ram.h"
#include "record.h"
#include "stream.h"

static uint32_t num_events;
static uint32_t num_violations;
static uint32_t num_unknown;

static uint32_t max_events(void)
{
	return (BENCH_SHARED_SIZE - sizeof(struct bench_shared)) /
	       sizeof(struct bench_event);
}

/**
 * record_reset() - an empty record and plan in the shared page
 */
void record_reset(void)
{
	struct bench_shared *shared = model_shared();

	num_events = 0;
	num_violations = 0;
	num_unknown = 0;

	memset(shared, 0, sizeof(*shared));
	shared->machine = model.machine;
	shared->soc = model.soc;
	shared->smem = tz_smem().base;
	shared->no_bridges = model.no_bridges;
	shared->max_events = max_events();
	__atomic_thread_fence(__ATOMIC_RELEASE);
	shared->magic = BENCH_MAGIC;
}

static char kind_letter(unsigned int kind)
{
	switch (kind) {
	case BENCH_EV_CALL:
		return 'C';
	case BENCH_EV_VIOLATION:
		return 'V';
	case BENCH_EV_CORE:
		return 'P';
	default:
		return 'N';
	}
}

/* The format is bench.h's, at its end. */
static void print_event(const struct bench_event *ev)
{
	tz_log("%u %c %x %lu %x %x %x %u %lx %lx %lx %lx %lx %lx %ld %lx %lx %lx %s\n",
	       ev->seq, kind_letter(ev->kind), ev->flags,
	       (unsigned long)ev->time_us, ev->pas_id, ev->fn, ev->arginfo,
	       ev->bridges,
	       (unsigned long)ev->args[0], (unsigned long)ev->args[1],
	       (unsigned long)ev->args[2], (unsigned long)ev->args[3],
	       (unsigned long)ev->args[4], (unsigned long)ev->args[5],
	       (long)ev->status,
	       (unsigned long)ev->result[0], (unsigned long)ev->result[1],
	       (unsigned long)ev->result[2], ev->what);
}

/* The event is complete before the count says that it is there. */
static void publish(const struct bench_event *ev)
{
	struct bench_shared *shared = model_shared();

	memcpy(&shared->events[ev->seq % max_events()], ev, sizeof(*ev));
	shared->violations = num_violations;
	shared->unknown = num_unknown;
	shared->bridges = ev->bridges;
	shared->assigned = assign_count();
	__atomic_thread_fence(__ATOMIC_RELEASE);
	*(volatile uint32_t *)&shared->num_events = num_events;
}

static void record(enum bench_event_kind kind, const struct scm_call *c,
		   uint32_t pas_id, uint16_t flags, const char *what)
{
	const struct pas *pas = pas_find(pas_id);
	struct bench_event ev;
	struct text t;

	memset(&ev, 0, sizeof(ev));
	ev.seq = num_events++;
	ev.kind = kind;
	ev.flags = flags;
	ev.time_us = tz_time_us();
	ev.pas_id = pas_id;
	ev.bridges = bridge_count();
	if (pas && kind != BENCH_EV_CORE)
		ev.flags |= stream_flags(pas) | kernel_flags(pas);
	if (c) {
		ev.fn = c->word;
		ev.arginfo = c->arginfo;
		memcpy(ev.args, c->args, sizeof(ev.args));
	}
	if (c && kind == BENCH_EV_CALL) {
		ev.status = c->status;
		memcpy(ev.result, c->result, sizeof(ev.result));
	}
	text_start(&t, what);
	memcpy(ev.what, t.buf, t.len);

	print_event(&ev);
	publish(&ev);
}

/**
 * record_call() - an SMC and its answer
 * @c:		the call, answered
 */
void record_call(const struct scm_call *c)
{
	if (c->flags & BENCH_F_UNKNOWN)
		num_unknown++;
	record(BENCH_EV_CALL, c, c->pas_id, c->flags, c->what);
}

/**
 * record_violation() - a broken rule
 * @c:		the call at which it was seen
 * @pas_id:	whose memory it is about
 * @what:	which rule
 */
void record_violation(const struct scm_call *c, uint32_t pas_id, const char *what)
{
	num_violations++;
	record(BENCH_EV_VIOLATION, c, pas_id, 0, what);
}

/**
 * record_core() - something a remote core did
 * @core:	which
 * @what:	what
 */
void record_core(const struct core *core, const char *what)
{
	record(BENCH_EV_CORE, NULL, core->main->id, 0, what);
}

/**
 * record_note() - something worth telling at the end
 * @pas_id:	whom it is about, or BENCH_ANY
 * @what:	what
 */
void record_note(uint32_t pas_id, const char *what)
{
	record(BENCH_EV_NOTE, NULL, pas_id, 0, what);
}

/* An SMC that neither half knows; contract in tz.h */
void record_unknown(const struct smc_frame *f)
{
	struct scm_call c = {
		.fn = (uint32_t)f->x[0],
		.word = (uint32_t)f->x[0],
		.arginfo = (uint32_t)f->x[1],
		.args = { f->x[2], f->x[3], f->x[4], f->x[5] },
		.pas_id = BENCH_ANY,
		.flags = BENCH_F_UNKNOWN,
		.status = SCM_ERROR,
		.what = "unknown call",
	};

	record_call(&c);
}

/**
 * record_end() - the last line
 * @leaked:	bridges that should be gone
 */
void record_end(unsigned int leaked)
{
	tz_log("END events=%u violations=%u unknown=%u bridges_leaked=%u\n",
	       num_events, num_violations, num_unknown, leaked);
}
