/* SPDX-License-Identifier: GPL-2.0-only */
/* Whole starts and stops, step by step, as a correct driver does them. */
#ifndef FLOW_H
#define FLOW_H

#include "host.h"

extern struct tables flow_tables;
extern struct test_image flow_image;

void flow_start(enum bench_machine machine);
void flow_map(uint64_t base, uint64_t size);
void flow_unmap(uint64_t base, uint64_t size);
int64_t flow_init(uint32_t pas, uint64_t md);
int64_t flow_init_modem(void);
int64_t flow_auth(uint32_t pas);
int64_t flow_auth_bridged(uint32_t pas, uint64_t base, uint64_t size);
int64_t flow_shutdown(uint32_t pas);
void flow_modem_up(void);
void flow_dtb_up(void);
void flow_cdsp_up(void);

#endif /* FLOW_H */
