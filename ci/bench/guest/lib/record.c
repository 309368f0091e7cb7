// SPDX-License-Identifier: GPL-2.0-only
/* The record: what TrustZone was asked and what it saw, event by event. */
#include <stddef.h>
#include <string.h>

#include "calls.h"
#include "kmsg.h"
#include "out.h"
#include "record.h"
#include "shared.h"
#include "sys.h"

uint32_t record_len(void)
{
	uint32_t n = shared->num_events;

	__sync_synchronize();
	return n;
}

/* The first event that is not written over yet */
static uint32_t oldest(void)
{
	uint32_t n = record_len(), max = shared->max_events;

	return n > max ? n - max : 0;
}

static uint32_t latest(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

void record_get(uint32_t i, struct bench_event *ev)
{
	const volatile uint64_t *src = (const volatile uint64_t *)&shared->events[i % shared->max_events];
	uint64_t words[sizeof(*ev) / sizeof(uint64_t)];

	_Static_assert(sizeof(*ev) % sizeof(uint64_t) == 0, "copied by words");
	_Static_assert(offsetof(struct bench_shared, events) % sizeof(uint64_t) == 0, "aligned");
	for (size_t w = 0; w < ARRAY_SIZE(words); w++)
		words[w] = src[w];
	memcpy(ev, words, sizeof(*ev));
	ev->what[sizeof(ev->what) - 1] = '\0';
}

/* The first event that is not printed yet, and the number of those that are */
static uint32_t unprinted, printed;

static void print_new(void)
{
	static const char kinds[] = "?CVPN";
	struct bench_event e;
	uint32_t n = record_len();

	for (uint32_t i = latest(unprinted, oldest()); i < n; i++, printed++) {
		record_get(i, &e);
		out("REC %u %c %x %llu %x %x %x %u %llx %llx %llx %llx %llx %llx"
		    " %lld %llx %llx %llx %s",
		    e.seq, e.kind < sizeof(kinds) - 1 ? kinds[e.kind] : '?', e.flags,
		    (unsigned long long)e.time_us, e.pas_id, e.fn, e.arginfo, e.bridges,
		    (unsigned long long)e.args[0], (unsigned long long)e.args[1],
		    (unsigned long long)e.args[2], (unsigned long long)e.args[3],
		    (unsigned long long)e.args[4], (unsigned long long)e.args[5],
		    (long long)e.status, (unsigned long long)e.result[0],
		    (unsigned long long)e.result[1], (unsigned long long)e.result[2], e.what);
	}
	unprinted = n;
}

void record_dump(void)
{
	print_new();
	out("REC-END kept=%u written=%u", printed, record_len());
}

void record_make_room(void)
{
	if (record_len() - unprinted > shared->max_events / 2)
		print_new();
}

static bool matches(const struct bench_event *e, uint16_t kind, uint32_t pas_id, uint32_t fn,
		    const char *what)
{
	return e->kind == kind && (pas_id == BENCH_ANY || e->pas_id == pas_id) &&
	       (!fn || (e->fn & ~SCM_FAST_CALL) == fn) && (!what || strstr(e->what, what));
}

/* How many there are, and the last one unless @last is NULL. */
static unsigned int find(uint32_t from, uint16_t kind, uint32_t pas_id, uint32_t fn,
			 const char *what, struct bench_event *last)
{
	struct bench_event e;
	unsigned int n = 0;

	for (uint32_t i = latest(from, oldest()); i < record_len(); i++) {
		record_get(i, &e);
		if (!matches(&e, kind, pas_id, fn, what))
			continue;
		n++;
		if (last)
			*last = e;
	}

	return n;
}

bool record_call(uint32_t from, uint32_t pas_id, uint32_t fn, struct bench_event *ev)
{
	return find(from, BENCH_EV_CALL, pas_id, fn, NULL, ev);
}

bool record_first(uint32_t from, uint32_t pas_id, uint32_t fn, struct bench_event *ev)
{
	for (uint32_t i = from; i < record_len(); i++) {
		record_get(i, ev);
		if (matches(ev, BENCH_EV_CALL, pas_id, fn, NULL))
			return true;
	}

	return false;
}

unsigned int record_calls(uint32_t from, uint32_t pas_id, uint32_t fn)
{
	return find(from, BENCH_EV_CALL, pas_id, fn, NULL, NULL);
}

bool record_wait_call(uint32_t from, uint32_t pas_id, uint32_t fn, long ms)
{
	return poll_until(record_calls(from, pas_id, fn), ms);
}

unsigned int record_core_events(uint32_t from, uint32_t pas_id, const char *what)
{
	return find(from, BENCH_EV_CORE, pas_id, 0, what, NULL);
}

bool record_wait_core_event(uint32_t from, uint32_t pas_id, const char *what, long ms)
{
	return poll_until(record_core_events(from, pas_id, what), ms);
}

/* Backwards: a boot with a thousand scenarios asks for this often, and the record is long then. */
bool record_up(uint32_t pas_id)
{
	struct bench_event e;

	for (uint32_t i = record_len(); i-- > oldest();) {
		record_get(i, &e);
		if (matches(&e, BENCH_EV_CALL, pas_id, 0, NULL))
			return e.flags & BENCH_F_AUTHENTICATED;
	}

	return false;
}
