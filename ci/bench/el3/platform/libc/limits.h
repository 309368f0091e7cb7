/* SPDX-License-Identifier: GPL-2.0-only */
/* gcc's own limits.h wants a C library below it. */
#ifndef TZ_LIMITS_H
#define TZ_LIMITS_H

#define INT_MAX		__INT_MAX__
#define INT_MIN		(-INT_MAX - 1)
#define UINT_MAX	(INT_MAX * 2u + 1u)

#endif /* TZ_LIMITS_H */
