/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the kernel says about a call that failed: one line has to hold the PAS id, the call,
 * TrustZone's status and result, and whether the metadata was in TrustZone memory. The calls for
 * bridges name no PAS: there another line has to name it, if the bridge was a carveout's. All of
 * these look at what kmsg_watch() has kept.
 */
#ifndef MESSAGE_H
#define MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "bench.h"

/**
 * message_tells() - whether the kernel said what a user needs to know about a call that failed
 * @rule:	made it fail
 * @about:	PAS id that the call was made for, BENCH_ANY: the kernel cannot know
 *
 * Return: true if one line has it all.
 */
bool message_tells(const struct bench_rule *rule, uint32_t about);

/**
 * message_find() - look for a line of the kernel that holds all of some texts
 * @texts:	the texts
 * @num:	how many
 *
 * Return: true if there is one.
 */
bool message_find(const char *const *texts, size_t num);

/* message_show() - print all that the kernel said, for a reader who wants to know why */
void message_show(void);

#endif /* MESSAGE_H */
