/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is drawn by lot. A case of a seed is the same whatever ran before it, so that it can be run
 * alone.
 */
#ifndef LOT_H
#define LOT_H

#include <stdint.h>

/* From the command line; 1 unless it says something else */
extern uint32_t lots_seed;

/* lots_begin() - what is drawn from now on is that of case @number of @seed */
void lots_begin(uint32_t seed, uint32_t number);

/* lot() - a number from 0 to @below - 1 */
uint32_t lot(uint32_t below);

/**
 * lot_value() - what a field of 32 bits may hold to mislead who reads it
 * @old:	what it holds
 * @size:	of what it describes a part of
 *
 * Return: a limit of its type, something near @old or @size, or anything.
 */
uint32_t lot_value(uint32_t old, uint32_t size);

#endif /* LOT_H */
