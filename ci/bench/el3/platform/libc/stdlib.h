/* SPDX-License-Identifier: GPL-2.0-only */
/* libfdt includes it; what it would need (overlays only) is not built. */
#ifndef TZ_STDLIB_H
#define TZ_STDLIB_H

#include <stddef.h>

#endif /* TZ_STDLIB_H */
