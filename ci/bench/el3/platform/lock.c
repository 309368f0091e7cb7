// SPDX-License-Identifier: GPL-2.0-only
/*
 * Spin locks. Atomics with the MMU off work on QEMU, which is all the bench
 * runs on; hardware would need the memory to be cacheable.
 */
#include "arch.h"
#include "platform.h"

bool lock_try(struct tz_lock *lock)
{
	return !__atomic_exchange_n(&lock->taken, 1, __ATOMIC_ACQUIRE);
}

void lock_acquire(struct tz_lock *lock)
{
	while (!lock_try(lock))
		cpu_relax();
}

void lock_release(struct tz_lock *lock)
{
	__atomic_store_n(&lock->taken, 0, __ATOMIC_RELEASE);
}
