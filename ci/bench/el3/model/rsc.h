/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Resource tables: layouts of base include/linux/remoteproc.h, as offsets,
 * since nothing in a caller's buffer is aligned for sure.
 */
#ifndef RSC_H
#define RSC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RSC_TABLE_VERSION	1
#define RSC_TABLE_VER		0
#define RSC_TABLE_NUM		4
#define RSC_TABLE_HEADER	16	/* ver, num, reserved[2]; then offset[] */
#define RSC_OFFSET_SIZE		4

#define RSC_DEVMEM		1	/* fw_rsc_hdr.type */
#define RSC_DEVMEM_DA		4	/* struct fw_rsc_devmem, behind the type */
#define RSC_DEVMEM_PA		8
#define RSC_DEVMEM_LEN		12
#define RSC_DEVMEM_FLAGS	16
#define RSC_DEVMEM_RESERVED	20
#define RSC_DEVMEM_NAME		24
#define RSC_DEVMEM_NAME_SIZE	32
#define RSC_DEVMEM_SIZE		(RSC_DEVMEM_NAME + RSC_DEVMEM_NAME_SIZE)
#define RSC_DEVMEM_PROT		3	/* IOMMU_READ | IOMMU_WRITE */

/**
 * struct rsc_devmem - what a devmem entry says
 * @da:		address that the core uses
 * @pa:		where it leads
 * @len:	bytes
 */
struct rsc_devmem {
	uint32_t da;
	uint32_t pa;
	uint32_t len;
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
