// SPDX-License-Identifier: GPL-2.0-only
/*
 * assign_mem: who may use which memory. The driver under test calls it for the
 * modem and the cdsp of the machine with five cores.
 */
#include <string.h>

#include "handlers.h"
#include "ram.h"
#include "refuse.h"

#define ASSIGN_MAX_LIST		8	/* entries of each list of a call (choice) */
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
		if (range_equal(assigned[i].range, range))
			return &assigned[i];
		if (range_overlaps(assigned[i].range, range))
			return NULL;
		if (!slot && !assigned[i].range.size)
			slot = &assigned[i];
	}
	return slot;
}

static bool region_ok(struct scm_call *c, struct range range, uint64_t old)
{
	const struct assigned *slot = slot_of(range);

	if (!range_is_pages(range) || !caller_may_name(range)) {
		scm_refuse(c, SCM_EINVAL_ADDR, "region is not pages of RAM");
		return false;
	}
	if (pas_up_at(range)) {
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

/**
 * do_assign_mem() - 0c.16: regions change hands
 * @c:		list of regions, list of present owners, list of new owners with
 *		permissions, each as address and size in bytes; 0
 *
 * Checks:
 *
 *   each list has 1 to 8 whole entries		-2
 *   each list where TrustZone may read it	see caller_buffer_ok()
 *   owners 0 to 63, none twice; permissions	-2
 *   then, for each region:
 *   pages of RAM				-3
 *   no carveout that TrustZone owns		-3, violation
 *   not bridged				-2
 *   owned by exactly the present owners	-2
 *
 * Regions before the one that is refused stay assigned.
 *
 * Source: formats base (qcom_scm_assign_mem(), dt-bindings/firmware/qcom,scm.h);
 * limits, codes and order choice.
 */
void do_assign_mem(struct scm_call *c)
{
	struct request r = { .num_to = 0 };
	struct assigned *slot;
	unsigned int i;

	if (!copy_list(c, 0, r.regions, sizeof(r.regions[0]), &r.num_regions) ||
	    !copy_list(c, 2, r.from, sizeof(r.from[0]), &r.num_from) ||
	    !copy_list(c, 4, r.to, sizeof(r.to[0]), &r.num_to) || !owners_ok(c, &r))
		return;
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
