/* SPDX-License-Identifier: GPL-2.0-only */
/* What a core's stream maps, and what it should. */
#ifndef STREAM_H
#define STREAM_H

#include "model.h"
#include "text.h"

void stream_forget(void);
struct finding stream_verdict_auth(const struct pas *pas);
struct finding stream_verdict_owned(const struct core *core, const struct pas **whose);
bool stream_is_open(const struct core *core);
uint16_t stream_flags(const struct pas *pas);
bool stream_access(uint32_t sid, uint64_t iova, bool write, uint64_t *pa);

#endif /* STREAM_H */
