/* SPDX-License-Identifier: GPL-2.0-only */
/* Resource tables: what TrustZone answers, and what the kernel makes of it. */
#ifndef RSC_H
#define RSC_H

#include "core.h"

#define KIB		1024u
#define WANT_ANY_ERROR	1

/**
 * struct rsc_case - what TrustZone answers, and what comes of it
 * @name:	of the case
 * @proves:	requirements
 * @mode:	enum bench_rsc_mode
 * @size:	in bytes, for the modes that name a size
 * @want:	what the start must return: 0, a negative errno, or WANT_ANY_ERROR
 * @calls:	number of get_rsc_table calls that must be seen
 */
struct rsc_case {
	const char *name;
	const char *proves;
	uint32_t mode;
	uint32_t size;
	int want;
	unsigned int calls;
};

/**
 * rsc_boot() - start a core with a certain answer, and once more with the usual one
 * @core:	the core, offline; it is offline afterwards
 * @c:		the case
 * @firmware:	image to start instead of the usual one, or NULL
 * @own_table:	that image has a table which can be found
 *
 * Return: true if each of the boots had its own table, and all came as it must.
 */
bool rsc_boot(const struct core *core, const struct rsc_case *c, const char *firmware,
	      bool own_table);

/* An image of the modem with a resource table of its own, in which there is a trace entry */
#define IMAGE_OWN_TABLE	"modem-rsc.mbn"

/**
 * table_has() - whether there is an entry in the resource table of a core
 * @core:	the core
 * @entry:	"devmem", as TrustZone's tables have, or "trace", as those of images have
 * @expected:	whether there should be
 *
 * Return: true if it is as expected.
 */
bool table_has(const struct core *core, const char *entry, bool expected);

/**
 * carveouts_forgotten() - whether the remoteproc core has no carveout of an earlier boot
 * @core:	the core, which is down
 *
 * Return: true if it has none.
 */
bool carveouts_forgotten(const struct core *core);

/**
 * trace_hidden() - whether the CPU does not get at the log that the first trace entry names
 * @core:	the core, which has such an entry
 *
 * Return: true if it is as it should be, for the log lies in the carveout.
 */
bool trace_hidden(const struct core *core);

#endif /* RSC_H */
