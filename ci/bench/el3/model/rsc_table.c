// SPDX-License-Identifier: GPL-2.0-only
/* Reading and writing resource tables; see rsc.h. */
#include <string.h>

#include "rsc.h"

static uint32_t get_le32(const uint8_t *p)
{
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[3] << 24;
}

static void put_le32(uint8_t *p, uint32_t v)
{
	unsigned int i;

	for (i = 0; i < 4; i++, v >>= 8)
		p[i] = (uint8_t)v;
}

static uint8_t *offset_at(uint8_t *table, uint32_t i)
{
	return table + RSC_TABLE_HEADER + RSC_OFFSET_SIZE * (size_t)i;
}

static uint32_t offset_of(const uint8_t *table, uint32_t i)
{
	return get_le32(table + RSC_TABLE_HEADER + RSC_OFFSET_SIZE * (size_t)i);
}

/**
 * rsc_num() - entries of a table
 * @table:	with a whole header
 */
uint32_t rsc_num(const uint8_t *table)
{
	return get_le32(table + RSC_TABLE_NUM);
}

/**
 * rsc_valid() - is this a table?
 * @table:	the bytes
 * @size:	how many
 *
 * Version and reserved words, offsets inside, each entry at least a type. An
 * all-zero header stands for "none".
 */
bool rsc_valid(const uint8_t *table, size_t size)
{
	uint32_t i;

	if (size < RSC_TABLE_HEADER ||
	    (get_le32(table + RSC_TABLE_VER) != RSC_TABLE_VERSION &&
	     (get_le32(table + RSC_TABLE_VER) || rsc_num(table))) ||
	    get_le32(table + 8) || get_le32(table + 12) ||
	    rsc_num(table) > (size - RSC_TABLE_HEADER) / RSC_OFFSET_SIZE)
		return false;

	for (i = 0; i < rsc_num(table); i++) {
		uint32_t at = offset_of(table, i);

		if (at < RSC_TABLE_HEADER + RSC_OFFSET_SIZE * rsc_num(table) ||
		    at > size || size - at < 4)
			return false;
	}
	return true;
}

/**
 * rsc_devmem_at() - read an entry, if it is one of device memory
 * @table:	a valid table
 * @size:	its bytes
 * @i:		which entry
 * @dev:	where it goes
 *
 * Return: false if it is of another type or cut short.
 */
bool rsc_devmem_at(const uint8_t *table, size_t size, uint32_t i,
		   struct rsc_devmem *dev)
{
	uint32_t at = offset_of(table, i);

	if (get_le32(table + at) != RSC_DEVMEM || size - at < RSC_DEVMEM_SIZE)
		return false;
	dev->da = get_le32(table + at + RSC_DEVMEM_DA);
	dev->pa = get_le32(table + at + RSC_DEVMEM_PA);
	dev->len = get_le32(table + at + RSC_DEVMEM_LEN);
	return true;
}

/**
 * rsc_extend() - the same table with one more entry, of device memory
 * @out:	room for @in_size + 3 + RSC_OFFSET_SIZE + RSC_DEVMEM_SIZE bytes
 * @in:		a valid table
 * @in_size:	its bytes
 * @dev:	the device
 *
 * Return: bytes written.
 */
size_t rsc_extend(uint8_t *out, const uint8_t *in, size_t in_size,
		  const struct rsc_devmem *dev)
{
	uint32_t num = rsc_num(in);
	size_t entries = RSC_TABLE_HEADER + RSC_OFFSET_SIZE * (size_t)num;
	size_t at = (in_size + RSC_OFFSET_SIZE + 3) & ~(size_t)3;
	uint32_t i;

	memset(out, 0, at + RSC_DEVMEM_SIZE);
	memcpy(out, in, RSC_TABLE_HEADER);
	memcpy(out + entries + RSC_OFFSET_SIZE, in + entries, in_size - entries);
	for (i = 0; i < num; i++)
		put_le32(offset_at(out, i), offset_of(in, i) + RSC_OFFSET_SIZE);
	put_le32(offset_at(out, num), (uint32_t)at);
	put_le32(out + RSC_TABLE_VER, RSC_TABLE_VERSION);
	rsc_set_num(out, num + 1);

	put_le32(out + at, RSC_DEVMEM);
	put_le32(out + at + RSC_DEVMEM_DA, dev->da);
	put_le32(out + at + RSC_DEVMEM_PA, dev->pa);
	put_le32(out + at + RSC_DEVMEM_LEN, dev->len);
	put_le32(out + at + RSC_DEVMEM_FLAGS, RSC_DEVMEM_PROT);
	memcpy(out + at + RSC_DEVMEM_NAME, "bench", 5);
	return at + RSC_DEVMEM_SIZE;
}

/**
 * rsc_set_num() - change the number of entries, rightly or wrongly
 * @table:	the table
 * @num:	what it shall claim
 */
void rsc_set_num(uint8_t *table, uint32_t num)
{
	put_le32(table + RSC_TABLE_NUM, num);
}

/**
 * rsc_set_offset() - change where an entry lies, rightly or wrongly
 * @table:	the table
 * @i:		which entry
 * @offset:	where it shall be
 */
void rsc_set_offset(uint8_t *table, uint32_t i, uint32_t offset)
{
	put_le32(offset_at(table, i), offset);
}
