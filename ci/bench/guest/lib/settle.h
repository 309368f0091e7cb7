/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SETTLE_H
#define SETTLE_H

/*
 * cores_settle() - bind every driver anew and leave the cores down, after a test that failed, so
 * that the next one fails for reasons of its own
 */
void cores_settle(void);

#endif /* SETTLE_H */
