/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SETTLE_H
#define SETTLE_H

#include <stdbool.h>

/*
 * cores_settle() - bind every driver anew and leave the cores down, after a test that failed, so
 * that the next one fails for reasons of its own
 */
void cores_settle(void);

/*
 * cores_work() - whether each core that was ready once in this boot still starts and stops, with
 * no rule broken; if not, only a reboot makes the next test fail for reasons of its own
 */
bool cores_work(void);

#endif /* SETTLE_H */
