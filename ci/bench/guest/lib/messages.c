// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the kernel says about a call that failed: one line has to hold the PAS id, the call,
 * TrustZone's status and result, and whether the metadata was in TrustZone memory. The calls for
 * bridges know of no PAS: there another line names it, if the bridge was a carveout's.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "guest.h"

#define KEPT_SIZE	(1 << 16)
#define LINE_SIZE	512
#define PRIO_USER	8	/* from here on a record of /dev/kmsg is not the kernel's */

/* Things that a line has to name */
enum { NAMES_PAS, NAMES_CALL, NAMES_STATUS, NAMES_RESULT, NAMES_TZMEM, NAMES };

static const char *const names[NAMES] = { "PAS id", "call", "status", "result", "tzmem" };
static char kept[KEPT_SIZE];

/* From now on. */
void message_watch(void)
{
	kept[0] = '\0';
	kmsg_watch(true);
}

/* As if the kernel had said just this. */
void message_put(const char *records)
{
	snprintf(kept, sizeof(kept), "%s", records);
}

/* Until now. */
void message_keep(void)
{
	message_put(kmsg_kept());
	kmsg_watch(false);
}

/* A text that neither a digit nor a letter continues */
static bool has_word(const char *line, const char *word)
{
	size_t len = strlen(word);

	for (line = strstr(line, word); line; line = strstr(line + 1, word)) {
		if (!isalnum((unsigned char)line[len]))
			return true;
	}

	return false;
}

static bool is_bridge(uint32_t fn)
{
	return fn == FN_BRIDGE_CREATE || fn == FN_BRIDGE_DELETE;
}

static bool names_call(const char *line, uint32_t fn)
{
	if (is_bridge(fn))
		return strcasestr(line, "bridge") &&
		       strcasestr(line, fn == FN_BRIDGE_CREATE ? "create" : "delete");

	return has_word(line, call_name(fn));
}

static bool names_tzmem(const char *line)
{
	return strstr(line, "in tzmem") &&
	       !strstr(line, "not in tzmem") == (shared->machine != BENCH_MACHINE_HYP);
}

/* Which of the things a line does not name, as bits. */
static unsigned int lacks(const char *line, const struct fault *fault)
{
	const struct bench_rule *rule = &fault->rule;
	char pas[24], status[32], result[32];
	unsigned int bits = 0;

	snprintf(pas, sizeof(pas), "PAS %u", fault->about);
	snprintf(status, sizeof(status), "status %lld", (long long)rule->status);
	snprintf(result, sizeof(result), "result 0x%llx", (unsigned long long)rule->result[0]);

	if (!is_bridge(rule->fn)) {
		bits |= !has_word(line, pas) << NAMES_PAS;
		bits |= !names_tzmem(line) << NAMES_TZMEM;
	}
	bits |= !names_call(line, rule->fn) << NAMES_CALL;
	bits |= !has_word(line, status) << NAMES_STATUS;
	bits |= !has_word(line, result) << NAMES_RESULT;

	return bits;
}

/* The next line of the kernel out of @text, without what /dev/kmsg puts in front. */
static const char *next_line(const char *text, char *line)
{
	const char *end, *start;

	line[0] = '\0';
	while (*text) {
		end = strchrnul(text, '\n');
		start = memchr(text, ';', end - text);
		/* a blank in front: properties of the record before */
		if (*text != ' ' && start && strtoul(text, NULL, 10) < PRIO_USER) {
			snprintf(line, LINE_SIZE, "%.*s", (int)(end - start - 1), start + 1);
			return *end ? end + 1 : end;
		}
		text = *end ? end + 1 : end;
	}

	return NULL;
}

static bool complain(const char *line, unsigned int bits)
{
	char text[128] = "";

	for (unsigned int i = 0; i < NAMES; i++) {
		if (bits & 1u << i)
			snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s%s",
				 *text ? ", " : "", names[i]);
	}

	return fail("no line names all; \"%s\" lacks %s", line, text);
}

/**
 * message_find() - whether one line of the kernel holds all of some texts
 * @texts:	the texts
 * @num:	how many
 */
bool message_find(const char *const *texts, size_t num)
{
	const char *text = kept;
	char line[LINE_SIZE];
	size_t i;

	while ((text = next_line(text, line))) {
		for (i = 0; i < num && strstr(line, texts[i]); i++)
			;
		if (i == num) {
			out("# told: %s", line);
			return true;
		}
	}

	return false;
}

/* Shows all that the kernel said, for a reader who wants to know why. */
void message_show(void)
{
	const char *text = kept;
	char line[LINE_SIZE];

	while ((text = next_line(text, line)))
		out("# said: %s", line);
}

/* A pool's bridge is made for nobody in particular. */
static bool names_owner(const struct fault *fault)
{
	const char *text = kept;
	char line[LINE_SIZE], pas[24];

	if (fault->about == BENCH_ANY)
		return true;
	snprintf(pas, sizeof(pas), "PAS %u", fault->about);
	while ((text = next_line(text, line))) {
		if (has_word(line, pas)) {
			out("# told: %s", line);
			return true;
		}
	}

	return fail("no line names %s", pas);
}

/**
 * message_tells() - whether the kernel said what a user needs to know
 * @t:		test with a failure that was planted
 *
 * Return: true if one line has it all
 */
bool message_tells(const struct test *t)
{
	char line[LINE_SIZE], found[LINE_SIZE] = "(no line speaks of a failure)";
	unsigned int best = (1u << NAMES) - 1, fewest = NAMES + 1, bits;
	const char *text = kept;

	while ((text = next_line(text, line))) {
		bits = lacks(line, &t->fault);
		if (!strstr(line, "fail") || (unsigned int)__builtin_popcount(bits) >= fewest)
			continue;
		best = bits;
		fewest = __builtin_popcount(bits);
		snprintf(found, sizeof(found), "%s", line);
	}
	out("# told: %s", found);
	if (best)
		return complain(found, best);

	return !is_bridge(t->fault.rule.fn) || names_owner(&t->fault);
}
