/* SPDX-License-Identifier: GPL-2.0-only */
/* What most scenarios use, in one include; what few use is named by these. */
#ifndef HARNESS_H
#define HARNESS_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "call.h"
#include "checks.h"
#include "core.h"
#include "kmsg.h"
#include "out.h"
#include "record.h"
#include "rproc.h"
#include "rules.h"
#include "scenario.h"
#include "shared.h"
#include "snapshot.h"
#include "sys.h"

#endif /* HARNESS_H */
