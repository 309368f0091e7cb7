// SPDX-License-Identifier: GPL-2.0-only
/* What is drawn by lot. */
#include "lot.h"

uint32_t lots_seed = 1;
static uint64_t state;

/* splitmix64, of which neighbouring seeds have nothing in common */
static uint64_t next(void)
{
	uint64_t z = state += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;

	return z ^ z >> 31;
}

void lots_begin(uint32_t seed, uint32_t number)
{
	state = (uint64_t)seed << 32 | number;
}

uint32_t lot(uint32_t below)
{
	return next() % below;
}

uint32_t lot_value(uint32_t old, uint32_t size)
{
	uint32_t near = lot(3) - 1;	/* also one less, and one more */

	switch (lot(10)) {
	case 0:
		return near;
	case 1:
		return 0x7fffffff + near;
	case 2:
		return 0xffff + near;
	case 3:
		return old + near;
	case 4:
		return old * 2 + near;
	case 5:
		return size + near;
	case 6:
		return -old + near;	/* the sum of both wraps */
	case 7:
		return old ^ 1u << lot(32);
	case 8:
		return lot(0x100000) << 12;
	default:
		return next();
	}
}
