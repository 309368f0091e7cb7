// SPDX-License-Identifier: GPL-2.0-only
/*
 * Initialised data, so that the image has a writable segment with bytes in the
 * file. Never written: the secure world may check its hash at any time while
 * the core runs. All that the program writes lies in .bss.
 */
#include "core.h"

char core_version[] = "bench remote core " CORE_NAME;
