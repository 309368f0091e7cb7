// SPDX-License-Identifier: GPL-2.0-only
/* Names and kinds of calls. */
#include <stddef.h>

#include "call.h"
#include "sys.h"

/* What the first argument of a call is */
enum first { PAS, ANY };

static const struct call {
	uint32_t fn;
	const char *name;
	enum first first;
} calls[] = {
#define CALL(name, text, owner, svc, cmd, arginfo, first, result) { SCM_##name, text, first },
	SCM_CALLS(CALL)
};

static const struct call *find(uint32_t fn)
{
	for (size_t i = 0; i < ARRAY_SIZE(calls); i++) {
		if (calls[i].fn == (fn & ~SCM_FAST_CALL))
			return &calls[i];
	}

	return NULL;
}

const char *call_name(uint32_t fn)
{
	const struct call *call = find(fn);

	return call ? call->name : "other";
}

bool call_is_pas(uint32_t fn)
{
	const struct call *call = find(fn);

	return call && call->first == PAS;
}

bool call_is_bridge(uint32_t fn)
{
	fn &= ~SCM_FAST_CALL;
	return fn == SCM_BRIDGE_CREATE || fn == SCM_BRIDGE_DELETE;
}
