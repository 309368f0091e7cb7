/* SPDX-License-Identifier: GPL-2.0-only */
/* Names and kinds of calls; the list itself is abi/calls.h. */
#ifndef CALL_H
#define CALL_H

#include <stdbool.h>
#include <stdint.h>

#include "calls.h"

/**
 * call_name() - name of a call
 * @fn:		function word, with or without the fast-call bit
 *
 * Return: the name in abi/calls.h, or "other".
 */
const char *call_name(uint32_t fn);

/* call_is_pas() - whether the first argument of the call with function word @fn is a PAS id */
bool call_is_pas(uint32_t fn);

/* call_is_bridge() - whether the call creates or deletes a bridge: it names no PAS */
bool call_is_bridge(uint32_t fn);

#endif /* CALL_H */
