// SPDX-License-Identifier: GPL-2.0-only
/*
 * SHM bridges: the ranges of RAM that Linux lets TrustZone use. The table is
 * in ram.c; here are the calls that change it.
 */
#include <string.h>

#include "handlers.h"
#include "ram.h"
#include "refuse.h"

/* base qcom_tzmem_shm_bridge_create(), qcom_scm_shm_bridge_create() */
#define BRIDGE_PERM_RW		0x6u		/* QCOM_SCM_PERM_RW */
#define BRIDGE_ONE_OWNER	(1u << 9)	/* QCOM_SHM_BRIDGE_NUM_VM_SHIFT */
#define BRIDGE_VMID_HLOS	0x3u		/* QCOM_SCM_VMID_HLOS */

/* The call is about the image whose carveout it touches, if any. */
static void name_pas(struct scm_call *c, struct range range)
{
	const struct pas *pas = pas_at(range);

	if (pas)
		c->pas_id = pas->id;
}

/**
 * do_bridge_enable() - 0c.1c: bridges are asked for from now on
 * @c:		no arguments
 *
 * Answers 0 and result[0] = 0, or 4: not supported (base).
 */
void do_bridge_enable(struct scm_call *c)
{
	if (model.no_bridges) {
		scm_refuse_content(c, BRIDGE_RESULT_NOTSUPP, "there are no bridges");
		return;
	}
	model.bridges_on = true;
	c->result[0] = 0;
}

static bool create_args_ok(const struct scm_call *c, struct range *range)
{
	range->base = c->args[0] & ~(uint64_t)TZ_PAGE_MASK;
	range->size = c->args[2] & ~(uint64_t)TZ_PAGE_MASK;

	return (c->args[0] & TZ_PAGE_MASK) == BRIDGE_PERM_RW &&
	       c->args[1] == c->args[0] &&
	       (c->args[2] & TZ_PAGE_MASK) == BRIDGE_ONE_OWNER &&
	       c->args[3] == BRIDGE_VMID_HLOS;
}

static void add_bridge(struct scm_call *c, struct range range)
{
	unsigned int i;

	for (i = 0; i < BRIDGE_MAX; i++)
		if (!bridges[i].handle)
			break;
	if (i == BRIDGE_MAX) {
		scm_refuse(c, SCM_ENOMEM, "no room for another bridge");
		return;
	}
	/* Never given twice, never 0, and tells the slot */
	bridges[i].handle = ++model.bridges_made << 8 | i;
	bridges[i].range = range;
	c->result[1] = bridges[i].handle;
}

/**
 * do_bridge_create() - 0c.1e: share a range with TrustZone
 * @c:		address | permissions, twice (as TrustZone and as the caller sees
 *		it: the same for Linux), size | number of owners << 9, owner
 *
 * Checks:
 *
 *   bridges were enabled			-4
 *   arguments as Linux packs them, pages	-2
 *   RAM that Linux may name, not assigned away	-3
 *   no carveout that TrustZone owns		-3, violation
 *   no overlap with another bridge		0, result[0] = 1
 *   a free slot				-5
 *
 * Answers the handle in result[1].
 *
 * Source: arguments and results base; the violation field (suspected to reset
 * the machine, one report); order, codes and size of the table choice.
 */
void do_bridge_create(struct scm_call *c)
{
	struct range range;

	if (!model.bridges_on) {
		scm_refuse(c, SCM_EOPNOTSUPP, "bridges are not enabled");
		return;
	}
	if (!create_args_ok(c, &range)) {
		scm_refuse(c, SCM_EINVAL_ARG, "alignment, permissions or owner");
		return;
	}
	if (!caller_may_name(range) || !assign_is_linux(range)) {
		scm_refuse(c, SCM_EINVAL_ADDR, "range is not Linux's RAM");
		return;
	}
	name_pas(c, range);
	if (pas_up_at(range)) {
		scm_violation(c, SCM_EINVAL_ADDR,
			      "bridge over a carveout that TrustZone owns");
		return;
	}
	if (bridge_overlaps(range)) {
		scm_refuse_content(c, BRIDGE_RESULT_OVERLAP, "overlaps a bridge");
		return;
	}
	add_bridge(c, range);
}

/**
 * do_bridge_delete() - 0c.1d: stop sharing a range
 * @c:		handle
 *
 * Checks:
 *
 *   the handle of a live bridge		-2
 *
 * Answers 0; there is no result.
 *
 * Source: base; the code choice.
 */
void do_bridge_delete(struct scm_call *c)
{
	struct bridge *bridge = &bridges[(c->args[0] & 0xff) % BRIDGE_MAX];

	if (!c->args[0] || bridge->handle != c->args[0]) {
		scm_refuse(c, SCM_EINVAL_ARG, "no such bridge");
		return;
	}
	name_pas(c, bridge->range);
	memset(bridge, 0, sizeof(*bridge));
}
