/* SPDX-License-Identifier: GPL-2.0-only */
/* Whose memory is whose: what a caller may name, bridges, assigned regions. */
#ifndef RAM_H
#define RAM_H

#include "model.h"

#define BRIDGE_MAX	256	/* choice */
/* result[0] of a refused bridge; callers must cope with either way to say no */
#define BRIDGE_RESULT_OVERLAP	1	/* choice */
#define BRIDGE_RESULT_NOTSUPP	4	/* base SHMBRIDGE_RESULT_NOTSUPP */
#define ASSIGN_MAX	16	/* choice */
#define ASSIGN_HLOS	(1ull << 3)	/* base QCOM_SCM_VMID_HLOS, as a bit */

/**
 * struct bridge - one SHM bridge
 * @handle:	0: the slot is free
 * @range:	what it covers
 */
struct bridge {
	uint64_t handle;
	struct range range;
};

/**
 * struct assigned - a region that is not Linux's alone
 * @range:	where; empty: the slot is free
 * @owners:	a bit a VM
 */
struct assigned {
	struct range range;
	uint64_t owners;
};

extern struct bridge bridges[BRIDGE_MAX];
extern struct assigned assigned[ASSIGN_MAX];

void ram_reset(void);
bool caller_may_name(struct range range);
void *caller_ptr(uint64_t pa, uint64_t size);
bool bridge_covers(struct range range);
bool bridge_overlaps(struct range range);
bool bridge_is_exactly(struct range range);
unsigned int bridge_count(void);
unsigned int assign_count(void);
bool assign_is_linux(struct range range);

#endif /* RAM_H */
