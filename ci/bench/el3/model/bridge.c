// SPDX-License-Identifier: GPL-2.0-only
/*
 * SHM bridges: the ranges of RAM that Linux lets TrustZone use.
 *
 * The arguments are those of base qcom_tzmem_shm_bridge_create(): address and
 * permissions twice (as the caller and as TrustZone see it, the same for
 * Linux), size and number of owners, owner. What goes beyond that, such as the
 * size of the table and which refusal has which code, is a choice.
 */
#include <string.h>

#include "model.h"

#define BRIDGE_MAX		64
#define BRIDGE_PERM_RW		0x6u		/* QCOM_SCM_PERM_RW */
#define BRIDGE_ONE_OWNER	(1u << 9)	/* QCOM_SHM_BRIDGE_NUM_VM_SHIFT */
#define BRIDGE_VMID_HLOS	0x3u		/* QCOM_SCM_VMID_HLOS */

/**
 * struct bridge - one bridge
 * @handle:	0: the slot is free
 * @range:	what it covers
 */
struct bridge {
	uint64_t handle;
	struct range range;
};

static struct bridge bridges[BRIDGE_MAX];
static uint64_t handles_given;

/**
 * bridge_reset() - no bridges, as after reset
 */
void bridge_reset(void)
{
	memset(bridges, 0, sizeof(bridges));
	handles_given = 0;
}

/**
 * bridge_covers() - does one bridge hold all of a range?
 * @range:	the range
 *
 * Two that touch do not count: they may go one by one.
 */
bool bridge_covers(struct range range)
{
	unsigned int i;

	for (i = 0; i < BRIDGE_MAX; i++)
		if (bridges[i].handle && range_contains(bridges[i].range, range))
			return true;
	return false;
}

/**
 * bridge_overlaps() - does any bridge hold a byte of a range?
 * @range:	the range
 */
bool bridge_overlaps(struct range range)
{
	unsigned int i;

	for (i = 0; i < BRIDGE_MAX; i++)
		if (bridges[i].handle && range_overlaps(bridges[i].range, range))
			return true;
	return false;
}

/**
 * bridge_is_exactly() - is there a bridge of this base and size?
 * @range:	the range
 */
bool bridge_is_exactly(struct range range)
{
	unsigned int i;

	for (i = 0; i < BRIDGE_MAX; i++)
		if (bridges[i].handle && range_equal(bridges[i].range, range))
			return true;
	return false;
}

/**
 * bridge_count() - live bridges
 */
unsigned int bridge_count(void)
{
	unsigned int i, count = 0;

	for (i = 0; i < BRIDGE_MAX; i++)
		count += !!bridges[i].handle;
	return count;
}

/**
 * bridge_note_leaks() - what is left at the end
 *
 * The pool of qcom_scm keeps its bridges as long as the kernel lives, so not
 * each is a leak. One over a carveout is.
 *
 * Return: the number of leaks.
 */
unsigned int bridge_note_leaks(void)
{
	unsigned int i, leaked = 0;

	for (i = 0; i < BRIDGE_MAX; i++) {
		struct pas *pas = pas_at(bridges[i].range);
		struct text t;

		if (!bridges[i].handle)
			continue;
		text_start(&t, pas ? "bridge leaked, base " : "bridge left, base ");
		text_hex(&t, bridges[i].range.base);
		text_add(&t, " size ");
		text_hex(&t, bridges[i].range.size);
		record_note(pas ? pas->id : BENCH_ANY, t.buf);
		leaked += !!pas;
	}
	return leaked;
}

/**
 * bridge_problem() - is the table consistent?
 *
 * Return: what is wrong, NULL if nothing is.
 */
const char *bridge_problem(void)
{
	unsigned int i, j;

	for (i = 0; i < BRIDGE_MAX; i++) {
		const struct bridge *b = &bridges[i];

		if (!b->handle)
			continue;
		if ((b->handle & 0xff) != i || b->handle >> 8 > handles_given)
			return "bridge with a handle that was never given";
		if (((b->range.base | b->range.size) & TZ_PAGE_MASK) ||
		    !caller_may_name(b->range))
			return "bridge over what is not Linux's";
		for (j = 0; j < i; j++)
			if (bridges[j].handle &&
			    range_overlaps(bridges[j].range, b->range))
				return "bridges overlap";
	}
	return NULL;
}

void do_bridge_enable(struct scm_call *c)
{
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

/* Never given twice in a run, never 0, and tells the slot. */
static uint64_t new_handle(unsigned int slot)
{
	return ++handles_given << 8 | slot;
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
	bridges[i].handle = new_handle(i);
	bridges[i].range = range;
	c->result[1] = bridges[i].handle;
}

void do_bridge_create(struct scm_call *c)
{
	struct range range;
	unsigned int i;

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
	if (pas_at(range))
		c->pas_id = pas_at(range)->id;

	/* Seen to reset the machine, or so it is suspected (field) */
	for (i = 0; i < MODEL_MAX_PAS; i++)
		if (model.pas[i].state == PAS_UP &&
		    range_overlaps(model.pas[i].carveout, range)) {
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

void do_bridge_delete(struct scm_call *c)
{
	struct bridge *bridge = &bridges[(c->args[0] & 0xff) % BRIDGE_MAX];

	if (!c->args[0] || bridge->handle != c->args[0]) {
		scm_refuse(c, SCM_EINVAL_ARG, "no such bridge");
		return;
	}
	if (pas_at(bridge->range))
		c->pas_id = pas_at(bridge->range)->id;
	memset(bridge, 0, sizeof(*bridge));
}
