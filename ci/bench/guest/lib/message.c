// SPDX-License-Identifier: GPL-2.0-only
/* What the kernel says about a call that failed. */
#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "call.h"
#include "kmsg.h"
#include "message.h"
#include "out.h"
#include "shared.h"
#include "sys.h"

#define LINE_SIZE	512

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

static bool names_call(const char *line, uint32_t fn)
{
	if (call_is_bridge(fn))
		return strcasestr(line, "bridge") &&
		       strcasestr(line, fn == SCM_BRIDGE_CREATE ? "create" : "delete");

	return has_word(line, call_name(fn));
}

static bool names_tzmem(const char *line)
{
	return strstr(line, "in tzmem") &&
	       !strstr(line, "not in tzmem") == (shared->machine != BENCH_MACHINE_HYP);
}

/* What a line does not name, in @list; returns how much that is. */
static unsigned int lacks(const char *line, const struct bench_rule *rule, uint32_t about,
			  char *list)
{
	bool bridge = call_is_bridge(rule->fn);
	char pas[24], status[32], result[32];
	unsigned int n = 0;

	snprintf(pas, sizeof(pas), "PAS %u", about);
	snprintf(status, sizeof(status), "status %lld", (long long)rule->status);
	snprintf(result, sizeof(result), "result 0x%llx", (unsigned long long)rule->result[0]);

	const struct {
		const char *name;
		bool there;
	} wants[] = {
		{ " PAS id", bridge || has_word(line, pas) },
		{ " call", names_call(line, rule->fn) },
		{ " status", has_word(line, status) },
		{ " result", has_word(line, result) },
		{ " tzmem", bridge || names_tzmem(line) },
	};

	list[0] = '\0';
	for (size_t i = 0; i < ARRAY_SIZE(wants); i++) {
		if (wants[i].there)
			continue;
		strcat(list, wants[i].name);
		n++;
	}

	return n;
}

/* Copies the next line; returns what is behind it, NULL: there was none. */
static const char *next_line(const char *text, char *line)
{
	const char *end = strchr(text, '\n');

	if (!end)
		return NULL;
	snprintf(line, LINE_SIZE, "%.*s", (int)(end - text), text);

	return end + 1;
}

bool message_find(const char *const *texts, size_t num)
{
	const char *text = kmsg_kept();
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

void message_show(void)
{
	const char *text = kmsg_kept();
	char line[LINE_SIZE];

	while ((text = next_line(text, line)))
		out("# said: %s", line);
}

/* A pool's bridge is made for nobody in particular. */
static bool names_owner(uint32_t about)
{
	const char *text = kmsg_kept();
	char line[LINE_SIZE], pas[24];

	snprintf(pas, sizeof(pas), "PAS %u", about);
	while (about != BENCH_ANY && (text = next_line(text, line))) {
		if (has_word(line, pas)) {
			out("# told: %s", line);
			return true;
		}
	}

	return about == BENCH_ANY || fail("no line names %s", pas);
}

bool message_tells(const struct bench_rule *rule, uint32_t about)
{
	char best[LINE_SIZE] = "(no line speaks of a failure)", lacking[64] = "";
	char line[LINE_SIZE], list[64];
	unsigned int fewest = UINT_MAX, n;
	const char *text = kmsg_kept();

	while ((text = next_line(text, line))) {
		n = lacks(line, rule, about, list);
		if (!strstr(line, "fail") || n >= fewest)
			continue;
		fewest = n;
		strcpy(best, line);
		strcpy(lacking, list);
	}
	out("# told: %s", best);
	if (fewest)
		return fail("no line names all; \"%s\" lacks%s", best, lacking);

	return !call_is_bridge(rule->fn) || names_owner(about);
}
