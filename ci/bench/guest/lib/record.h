/* SPDX-License-Identifier: GPL-2.0-only */
/* The record: what TrustZone was asked and what it saw, event by event. */
#ifndef RECORD_H
#define RECORD_H

#include <stdbool.h>

#include "bench.h"

/* record_len() - number of events so far; the last ones, by far more than a test's, can be read */
uint32_t record_len(void);

/**
 * record_get() - copy one event out of the shared page
 * @i:		its number, below record_len()
 * @ev:		receives it
 */
void record_get(uint32_t i, struct bench_event *ev);

/* record_dump() - print the record to its end; the harness compares it with the secure UART's */
void record_dump(void);

/* record_make_room() - print what is there before it is written over: now and then in a long test */
void record_make_room(void);

/**
 * record_call() - the last call of some kind
 * @from:	number of the first event to look at
 * @pas_id:	PAS id that the call is about, or BENCH_ANY
 * @fn:		function word without the fast-call bit, 0: any
 * @ev:		receives the event; may be NULL
 *
 * Return: true if there is one.
 */
bool record_call(uint32_t from, uint32_t pas_id, uint32_t fn, struct bench_event *ev);

/* record_first() - the same for the first such call */
bool record_first(uint32_t from, uint32_t pas_id, uint32_t fn, struct bench_event *ev);

/* record_calls() - number of the calls that record_call() looks for */
unsigned int record_calls(uint32_t from, uint32_t pas_id, uint32_t fn);

/* record_wait_call() - sleep until record_call() finds something, for at most @ms milliseconds */
bool record_wait_call(uint32_t from, uint32_t pas_id, uint32_t fn, long ms);

/**
 * record_core_events() - count what a remote core did
 * @from:	number of the first event to look at
 * @pas_id:	PAS id of the core
 * @what:	text that is in the event
 *
 * Return: how many such events there are.
 */
unsigned int record_core_events(uint32_t from, uint32_t pas_id, const char *what);

/* record_wait_core_event() - sleep until there is such an event, for at most @ms milliseconds */
bool record_wait_core_event(uint32_t from, uint32_t pas_id, const char *what, long ms);

/* record_up() - whether TrustZone considers a PAS to be up, by the last call for it */
bool record_up(uint32_t pas_id);

#endif /* RECORD_H */
