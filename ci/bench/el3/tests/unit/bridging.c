// SPDX-License-Identifier: GPL-2.0-only
/* Bridges as the kernel makes them. */
#include "builders.h"

/**
 * bridge() - make a bridge as the kernel does
 * @base:	base
 * @size:	size
 *
 * Return: its handle, 0 if there is none.
 */
uint64_t bridge(uint64_t base, uint64_t size)
{
	if (smc(SCM_SHM_BRIDGE_CREATE, 4, base | 6, base | 6, size | 1 << 9, 3) ||
	    res[0])
		return 0;
	return res[1];
}

/**
 * unbridge() - delete a bridge
 * @handle:	which
 */
int64_t unbridge(uint64_t handle)
{
	return smc(SCM_SHM_BRIDGE_DELETE, 1, handle, 0, 0, 0);
}
