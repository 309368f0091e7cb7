/* SPDX-License-Identifier: GPL-2.0-only */
/* What the kernel's own page tables map. */
#ifndef KERNEL_H
#define KERNEL_H

#include "model.h"

uint16_t kernel_flags(const struct pas *pas);

#endif /* KERNEL_H */
