// SPDX-License-Identifier: GPL-2.0-only
/*
 * assign_mem: who may use which memory. Formats: base qcom_scm_assign_mem() and
 * dt-bindings/firmware/qcom,scm.h. The driver under test calls it for the
 * modem of the machine with five cores; limits and refusals are choices.
 */
#include <string.h>

#include "model.h"

#define ASSIGN_MAX		16	/* regions away from Linux */
#define ASSIGN_MAX_LIST		8	/* entries of each list of a call */
#define ASSIGN_HLOS		(1ull << 3)	/* QCOM_SCM_VMID_HLOS */
#define ASSIGN_PERM_RWX		7u	/* QCOM_SCM_PERM_RWX */

/* struct qcom_scm_mem_map_info */
struct region {
	uint64_t addr;
	uint64_t size;
};

/* struct qcom_scm_current_perm_info */
struct owner {
	uint32_t vmid;
	uint32_t perm;
	uint64_t ctx;
	uint32_t ctx_size;
	uint32_t unused;
};

/* What a call says, in secure memory */
struct request {
	struct region regions[ASSIGN_MAX_LIST];
	uint32_t from[ASSIGN_MAX_LIST];
	struct owner to[ASSIGN_MAX_LIST];
	unsigned int num_regions, num_from, num_to;
	uint64_t old, new;	/* owners, a bit a VM */
};

/**
 * struct assigned - a region that is not Linux's alone
 * @range:	where; empty: the slot is free
 * @owners:	a bit a VM
 */
static struct assigned {
	struct range range;
	uint64_t owners;
} table[ASSIGN_MAX];

/**
 * assign_reset() - all memory is Linux's, as after reset
 */
void assign_reset(void)
{
	memset(table, 0, sizeof(table));
}

/**
 * assign_is_linux() - may Linux use all of a range?
 * @range:	the range
 */
bool assign_is_linux(struct range range)
{
	unsigned int i;

	for (i = 0; i < ASSIGN_MAX; i++)
		if (range_overlaps(table[i].range, range) &&
		    !(table[i].owners & ASSIGN_HLOS))
			return false;
	return true;
}

/* One of the three lists: @num entries of @size bytes each */
static bool copy_list(struct scm_call *c, unsigned int arg, void *to, size_t size,
		      unsigned int *num)
{
	struct range list = { c->args[arg], c->args[arg + 1] };

	if (!list.size || list.size % size || list.size / size > ASSIGN_MAX_LIST) {
		scm_refuse(c, SCM_EINVAL_ARG, "size of a list");
		return false;
	}
	if (!caller_buffer_ok(c, list, "list outside every bridge"))
		return false;
	memcpy(to, caller_ptr(list.base, list.size), list.size);
	*num = (unsigned int)(list.size / size);
	return true;
}

static bool add_owner(uint64_t *owners, uint32_t vmid)
{
	if (vmid >= 64 || (*owners & 1ull << vmid))
		return false;
	*owners |= 1ull << vmid;
	return true;
}

static bool owners_ok(struct scm_call *c, struct request *r)
{
	bool ok = true;
	unsigned int i;

	for (i = 0; i < r->num_from; i++)
		ok = ok && add_owner(&r->old, r->from[i]);
	for (i = 0; i < r->num_to; i++)
		ok = ok && add_owner(&r->new, r->to[i].vmid) && r->to[i].perm &&
		     !(r->to[i].perm & ~ASSIGN_PERM_RWX);
	if (!ok)
		scm_refuse(c, SCM_EINVAL_ARG, "owners or permissions");
	return ok;
}

/* The slot of exactly this region, or a free one; NULL: part of another one */
static struct assigned *slot_of(struct range range)
{
	struct assigned *slot = NULL;
	unsigned int i;

	for (i = 0; i < ASSIGN_MAX; i++) {
		if (range_equal(table[i].range, range))
			return &table[i];
		if (range_overlaps(table[i].range, range))
			return NULL;
		if (!slot && !table[i].range.size)
			slot = &table[i];
	}
	return slot;
}

static bool region_ok(struct scm_call *c, struct range range, uint64_t old)
{
	const struct assigned *slot = slot_of(range);
	unsigned int i;

	if (((range.base | range.size) & TZ_PAGE_MASK) || !caller_may_name(range)) {
		scm_refuse(c, SCM_EINVAL_ADDR, "region is not pages of RAM");
		return false;
	}
	for (i = 0; i < MODEL_MAX_PAS; i++)
		if (model.pas[i].state == PAS_UP &&
		    range_overlaps(model.pas[i].carveout, range)) {
			scm_violation(c, SCM_EINVAL_ADDR,
				      "assignment of a carveout that TrustZone owns");
			return false;
		}
	if (bridge_overlaps(range)) {
		scm_refuse(c, SCM_EINVAL_ARG, "region is bridged");
		return false;
	}
	if (!slot || (slot->range.size ? slot->owners : ASSIGN_HLOS) != old) {
		scm_refuse(c, SCM_EINVAL_ARG, "region is not theirs, or no room");
		return false;
	}
	return true;
}

void do_assign_mem(struct scm_call *c)
{
	struct request r = { .num_to = 0 };
	struct assigned *slot;
	unsigned int i;

	if (!copy_list(c, 0, r.regions, sizeof(r.regions[0]), &r.num_regions) ||
	    !copy_list(c, 2, r.from, sizeof(r.from[0]), &r.num_from) ||
	    !copy_list(c, 4, r.to, sizeof(r.to[0]), &r.num_to) || !owners_ok(c, &r))
		return;
	/* One by one: what is before the one that is refused is done (choice) */
	for (i = 0; i < r.num_regions; i++) {
		struct range range = { r.regions[i].addr, r.regions[i].size };

		if (!region_ok(c, range, r.old))
			return;
		slot = slot_of(range);
		slot->range = range;
		slot->owners = r.new;
		if (r.new == ASSIGN_HLOS)
			slot->range.size = 0;
	}
}
