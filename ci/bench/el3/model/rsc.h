/* SPDX-License-Identifier: GPL-2.0-only */
/* Resource tables; layouts of base include/linux/remoteproc.h. */
#ifndef RSC_H
#define RSC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RSC_TABLE_HEADER	16	/* ver, num, reserved[2]; then offset[] */
#define RSC_OFFSET_SIZE		4
#define RSC_DEVMEM		1	/* fw_rsc_hdr.type */
#define RSC_DEVMEM_SIZE		56	/* with its type */
#define RSC_DEVMEM_NAME_SIZE	32

/**
 * struct rsc_devmem - what a devmem entry says
 * @da:		address that the core uses
 * @pa:		where it leads
 * @len:	bytes
 * @read_only:	the core may not write to it
 */
struct rsc_devmem {
	uint32_t da;
	uint32_t pa;
	uint32_t len;
	bool read_only;
};

bool rsc_valid(const uint8_t *table, size_t size);
uint32_t rsc_num(const uint8_t *table);
bool rsc_devmem_at(const uint8_t *table, size_t size, uint32_t i,
		   struct rsc_devmem *dev);
size_t rsc_extend(uint8_t *out, const uint8_t *in, size_t in_size,
		  const struct rsc_devmem *dev);
void rsc_set_num(uint8_t *table, uint32_t num);
void rsc_set_offset(uint8_t *table, uint32_t i, uint32_t offset);

#endif /* RSC_H */
