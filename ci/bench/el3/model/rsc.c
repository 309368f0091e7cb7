// SPDX-License-Identifier: GPL-2.0-only
/* Reading and writing resource tables; see rsc.h. */
#include <string.h>

#include "rsc.h"

#define VERSION		1
#define PROT_R		1	/* IOMMU_READ */
#define PROT_RW		3	/* IOMMU_READ | IOMMU_WRITE */

/* Nothing in a caller's buffer is aligned for sure: all of it is copied */
struct header {
	uint32_t ver, num, reserved[2];
};

struct devmem {
	uint32_t type, da, pa, len, flags, reserved;
	char name[RSC_DEVMEM_NAME_SIZE];
};

_Static_assert(sizeof(struct header) == RSC_TABLE_HEADER, "struct resource_table");
_Static_assert(sizeof(struct devmem) == RSC_DEVMEM_SIZE, "struct fw_rsc_devmem");

static struct header header_of(const uint8_t *table)
{
	struct header h;

	memcpy(&h, table, sizeof(h));
	return h;
}

static uint8_t *offset_at(uint8_t *table, uint32_t i)
{
	return table + RSC_TABLE_HEADER + RSC_OFFSET_SIZE * (size_t)i;
}

static uint32_t offset_of(const uint8_t *table, uint32_t i)
{
	uint32_t offset;

	memcpy(&offset, offset_at((uint8_t *)table, i), sizeof(offset));
	return offset;
}

/**
 * rsc_num() - entries of a table
 * @table:	with a whole header
 */
uint32_t rsc_num(const uint8_t *table)
{
	return header_of(table).num;
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
	struct header h;
	uint32_t i;

	if (size < RSC_TABLE_HEADER)
		return false;
	h = header_of(table);
	if ((h.ver != VERSION && (h.ver || h.num)) || h.reserved[0] || h.reserved[1] ||
	    h.num > (size - RSC_TABLE_HEADER) / RSC_OFFSET_SIZE)
		return false;

	for (i = 0; i < h.num; i++) {
		uint32_t at = offset_of(table, i);

		if (at < RSC_TABLE_HEADER + RSC_OFFSET_SIZE * h.num ||
		    at > size || size - at < 4)
			return false;
	}
	return true;
}

/**
 * rsc_devmem_at() - read an entry, if it is one of device memory
 * @table:	a table
 * @size:	its bytes
 * @i:		which entry, whose offset is in them
 * @dev:	where it goes
 *
 * Return: false if it is of another type, cut short or outside.
 */
bool rsc_devmem_at(const uint8_t *table, size_t size, uint32_t i,
		   struct rsc_devmem *dev)
{
	uint32_t at = offset_of(table, i);
	struct devmem entry;

	if (at > size || size - at < sizeof(entry))
		return false;
	memcpy(&entry, table + at, sizeof(entry));
	*dev = (struct rsc_devmem){ entry.da, entry.pa, entry.len, entry.flags == PROT_R };
	return entry.type == RSC_DEVMEM;
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
	struct header h = header_of(in);
	size_t entries = RSC_TABLE_HEADER + RSC_OFFSET_SIZE * (size_t)h.num;
	size_t at = (in_size + RSC_OFFSET_SIZE + 3) & ~(size_t)3;
	struct devmem entry = {
		RSC_DEVMEM, dev->da, dev->pa, dev->len,
		dev->read_only ? PROT_R : PROT_RW, 0, "bench"
	};
	uint32_t i;

	memset(out, 0, at);
	memcpy(out + entries + RSC_OFFSET_SIZE, in + entries, in_size - entries);
	for (i = 0; i < h.num; i++)
		rsc_set_offset(out, i, offset_of(in, i) + RSC_OFFSET_SIZE);
	rsc_set_offset(out, h.num, (uint32_t)at);
	h.ver = VERSION;
	h.num++;
	memcpy(out, &h, sizeof(h));
	memcpy(out + at, &entry, sizeof(entry));
	return at + sizeof(entry);
}

/**
 * rsc_set_num() - change the number of entries, rightly or wrongly
 * @table:	the table
 * @num:	what it shall claim
 */
void rsc_set_num(uint8_t *table, uint32_t num)
{
	struct header h = header_of(table);

	h.num = num;
	memcpy(table, &h, sizeof(h));
}

/**
 * rsc_set_offset() - change where an entry lies, rightly or wrongly
 * @table:	the table
 * @i:		which entry
 * @offset:	where it shall be
 */
void rsc_set_offset(uint8_t *table, uint32_t i, uint32_t offset)
{
	memcpy(offset_at(table, i), &offset, sizeof(offset));
}
