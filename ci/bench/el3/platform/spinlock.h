/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Spin locks. Atomics with the MMU off work on QEMU, which is all that the
 * bench runs on; hardware would need the memory to be cacheable.
 */
#ifndef TZ_SPINLOCK_H
#define TZ_SPINLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "arch.h"

struct tz_lock {
	uint32_t taken;
};

static inline bool lock_try(struct tz_lock *lock)
{
	return !__atomic_exchange_n(&lock->taken, 1, __ATOMIC_ACQUIRE);
}

static inline void lock_acquire(struct tz_lock *lock)
{
	while (!lock_try(lock))
		cpu_relax();
}

static inline void lock_release(struct tz_lock *lock)
{
	__atomic_store_n(&lock->taken, 0, __ATOMIC_RELEASE);
}

#endif /* TZ_SPINLOCK_H */
