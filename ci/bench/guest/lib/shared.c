// SPDX-License-Identifier: GPL-2.0-only
/* The page shared with the firmware: fault plan in, record out. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "guest.h"

volatile struct bench_shared *shared;

/**
 * physical_map() - map memory that Linux does not use
 * @base:	physical address
 * @size:	bytes
 *
 * No-map memory is mapped as a device: nothing may be copied to or from it but by aligned
 * words, which rules memcpy() out.
 *
 * Return: the memory, to be unmapped with munmap(); NULL with errno if that fails
 */
volatile void *physical_map(uint64_t base, size_t size)
{
	int fd = open("/dev/mem", O_RDWR | O_SYNC | O_CLOEXEC);
	void *p;

	if (fd < 0)
		return NULL;
	p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, base);
	close(fd);

	return p == MAP_FAILED ? NULL : p;
}

/**
 * shared_map() - map the shared page
 *
 * Return: true if the firmware has been there before
 */
bool shared_map(void)
{
	shared = physical_map(BENCH_SHARED_BASE, BENCH_SHARED_SIZE);
	if (!shared)
		return fail("mapping the shared page: %m");
	if (shared->magic != BENCH_MAGIC)
		return fail("no magic in the shared page");

	return true;
}

/* Number of events that can be read. */
uint32_t record_len(void)
{
	uint32_t n = shared->num_events, max = shared->max_events;

	__sync_synchronize();
	return n < max ? n : max;
}

/**
 * record_get() - copy one event out of the shared page
 * @i:		its number
 * @ev:		receives it
 */
void record_get(uint32_t i, struct bench_event *ev)
{
	const volatile uint64_t *src = (const volatile uint64_t *)&shared->events[i];
	uint64_t words[sizeof(*ev) / sizeof(uint64_t)];

	_Static_assert(sizeof(*ev) % sizeof(uint64_t) == 0, "copied by words");
	_Static_assert(offsetof(struct bench_shared, events) % sizeof(uint64_t) == 0, "aligned");
	for (size_t w = 0; w < ARRAY_SIZE(words); w++)
		words[w] = src[w];
	memcpy(ev, words, sizeof(*ev));
	ev->what[sizeof(ev->what) - 1] = '\0';
}

/* Prints the record; the harness compares it with the one of the secure UART. */
void record_dump(void)
{
	static const char kinds[] = "?CVPN";
	struct bench_event e;
	uint32_t n = record_len();

	for (uint32_t i = 0; i < n; i++) {
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
	out("REC-END kept=%u written=%u", n, shared->num_events);
}

static bool event_matches(const struct bench_event *e, uint16_t kind, uint32_t pas_id, uint32_t fn,
			  const char *what)
{
	return e->kind == kind && (pas_id == BENCH_ANY || e->pas_id == pas_id) &&
	       (!fn || (e->fn & ~FN_FAST) == fn) && (!what || strstr(e->what, what));
}

/**
 * record_find() - the last event of some kind
 * @from:	first number to look at
 * @kind:	enum bench_event_kind
 * @pas_id:	PAS id, or BENCH_ANY
 * @fn:		function word without the fast-call bit, or 0
 * @what:	text that must be in the event's, or NULL
 * @ev:		receives the event
 *
 * Return: true if there is one
 */
bool record_find(uint32_t from, uint16_t kind, uint32_t pas_id, uint32_t fn, const char *what,
		 struct bench_event *ev)
{
	for (uint32_t i = record_len(); i-- > from;) {
		record_get(i, ev);
		if (event_matches(ev, kind, pas_id, fn, what))
			return true;
	}

	return false;
}

/* Number of the events that record_find() would look for. */
unsigned int record_count(uint32_t from, uint16_t kind, uint32_t pas_id, uint32_t fn,
			  const char *what)
{
	struct bench_event e;
	unsigned int n = 0;

	for (uint32_t i = from; i < record_len(); i++) {
		record_get(i, &e);
		n += event_matches(&e, kind, pas_id, fn, what);
	}

	return n;
}

/* Waits until record_find() would find something, at most @ms. */
bool record_wait(uint32_t from, uint16_t kind, uint32_t pas_id, uint32_t fn, const char *what,
		 long ms)
{
	long end = now_ms() + ms;
	struct bench_event e;

	while (!record_find(from, kind, pas_id, fn, what, &e)) {
		if (now_ms() >= end)
			return false;
		/* the page cannot be polled, but what changes it mostly logs something too */
		kmsg_wait(POLL_MS);
	}

	return true;
}

/* Whether TrustZone holds a PAS to be up, by its last event. */
bool record_up(uint32_t pas_id)
{
	struct bench_event e;

	return record_find(0, BENCH_EV_CALL, pas_id, 0, NULL, &e) &&
	       (e.flags & BENCH_F_AUTHENTICATED);
}

/* Name of a call, for the names of tests. */
const char *call_name(uint32_t fn)
{
	switch (fn & ~FN_FAST) {
	case FN_INIT_IMAGE:		return "init_image";
	case FN_MEM_SETUP:		return "mem_setup";
	case FN_AUTH_AND_RESET:		return "auth_and_reset";
	case FN_SHUTDOWN:		return "shutdown";
	case FN_IS_SUPPORTED:		return "is_supported";
	case FN_GET_RSC_TABLE:		return "get_rsc_table";
	case FN_IS_CALL_AVAILABLE:	return "is_call_available";
	case FN_BRIDGE_DELETE:		return "bridge_delete";
	case FN_BRIDGE_CREATE:		return "bridge_create";
	default:			return "other";
	}
}

/* Whether the first argument of a call is a PAS id. */
bool call_is_pas(uint32_t fn)
{
	return (fn & 0xff00) == 0x0200;
}

/**
 * plan_add() - one more rule for the fault plan
 * @index:	its place in the plan
 * @rule:	the rule
 */
void plan_add(unsigned int index, const struct bench_rule *rule)
{
	volatile struct bench_rule *r = &shared->rules[index];

	r->pas_id = rule->pas_id;
	r->nth = rule->nth;
	r->count = rule->count;
	r->action = rule->action;
	r->seen = 0;
	r->status = rule->status;
	for (size_t i = 0; i < ARRAY_SIZE(rule->result); i++)
		r->result[i] = rule->result[i];
	/* @fn makes the rule live */
	__sync_synchronize();
	r->fn = rule->fn;
	__sync_synchronize();
}

/**
 * plan_set() - make a rule the only one of the fault plan
 * @rule:	the rule
 */
void plan_set(const struct bench_rule *rule)
{
	plan_clear();
	plan_add(0, rule);
}

/* Number of calls that the first rule has matched so far. */
uint32_t plan_seen(void)
{
	return shared->rules[0].seen;
}

/* No call fails any more. */
void plan_clear(void)
{
	for (size_t i = 0; i < BENCH_MAX_RULES; i++)
		shared->rules[i].fn = 0;
	__sync_synchronize();
}

/**
 * core_plan_set() - how a core and its resource table behave from the next start on
 * @core:	the core
 * @mode:	enum bench_core_mode
 * @rsc_mode:	enum bench_rsc_mode
 * @rsc_size:	bytes, for the modes that name a size
 */
void core_plan_set(const struct core *core, uint32_t mode, uint32_t rsc_mode, uint32_t rsc_size)
{
	volatile struct bench_core_plan *p = &shared->cores[core->index];

	p->mode = mode;
	p->rsc_mode = rsc_mode;
	p->rsc_size = rsc_size;
	p->command = BENCH_CMD_NONE;
	__sync_synchronize();
}

/**
 * core_command() - have a running core do something
 * @core:	the core
 * @command:	enum bench_core_command
 * @arg:	address that the command is about
 * @answer:	receives the answer if it is waited for, or NULL
 *
 * Return: true once the core has taken the command
 */
bool core_command(const struct core *core, uint32_t command, uint64_t arg, uint64_t *answer)
{
	volatile struct bench_core_plan *p = &shared->cores[core->index];
	long end = now_ms() + LIMIT_SETTLE_MS;

	p->arg = arg;
	__sync_synchronize();
	p->command = command;
	while (p->command != BENCH_CMD_NONE) {
		if (now_ms() >= end)
			return fail("%s does not take command %u", core->name, command);
		kmsg_wait(1);
	}
	__sync_synchronize();
	if (answer)
		*answer = p->answer;

	return true;
}
