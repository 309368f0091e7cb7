/* SPDX-License-Identifier: GPL-2.0-only */
/* What TrustZone locked or took over must stay as it was. */
#ifndef OWNERSHIP_H
#define OWNERSHIP_H

#include "call.h"
#include "model.h"

void ownership_take(struct pas *pas);
const char *ownership_of_metadata(const struct pas *pas);
void ownership_told(const struct scm_call *c);
void ownership_check(const struct scm_call *c);

#endif /* OWNERSHIP_H */
