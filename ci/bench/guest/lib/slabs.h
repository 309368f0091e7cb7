/* SPDX-License-Identifier: GPL-2.0-only */
/* Objects that the kernel has allocated, by cache: a small one that leaks each time is seen here. */
#ifndef SLABS_H
#define SLABS_H

#include <stdbool.h>

/* slabs_take() - remember how many objects there are now */
void slabs_take(void);

/**
 * slabs_back() - whether no cache has grown
 * @limit:	objects by which one may have grown
 *
 * Context: sleeps until none has, for at most LIMIT_SETTLE_MS; some come back late.
 *
 * Return: true if none has; else false, after a fail() that names the cache.
 */
bool slabs_back(long limit);

#endif /* SLABS_H */
