// SPDX-License-Identifier: GPL-2.0-only
/* Starts and stops, step by step and as a whole, as a correct driver does them. */
#include "host.h"

#define BLOCK	0x200000	/* of page tables with pages of 4 KiB */

const struct driver_image driver_images[IMAGES] = {
	[MODEM] = { BENCH_PAS_MPSS, BENCH_MPSS_BASE, BENCH_MPSS_SIZE, MD_ADDR, false },
	[CDSP_DTB] = { BENCH_PAS_CDSP_DTB, BENCH_CDSP_DTB_BASE, BENCH_CDSP_DTB_SIZE,
		       MD_DTB_ADDR, false },
	[CDSP] = { BENCH_PAS_CDSP, BENCH_CDSP_BASE, BENCH_CDSP_SIZE, MD_ADDR, true },
};

struct tables modem_tables, cdsp_tables;
struct test_image scratch_image;	/* for who breaks it */
bool driver_blocks;			/* map blocks where they fit: less to walk */

/* A kernel boots, and makes its pool and its domains */
void driver_boot(enum bench_machine machine)
{
	CHECK_EQ(smc(SCM_BRIDGE_ENABLE, 0, 0, 0, 0, 0), 0);
	if (machine != BENCH_MACHINE_HYP)
		CHECK(bridge(POOL_ADDR, POOL_SIZE));
	if (!BENCH_HAS_IOMMU(machine))
		return;
	tables_start(&modem_tables, TABLES_BASE, 12, 48);
	tables_start(&cdsp_tables, TABLES_SECOND, 12, 48);
	if (machine == BENCH_MACHINE_EL2_IOMMU) {
		tables_linear(&modem_tables, BENCH_SID_MPSS);
		tables_add(&cdsp_tables, BENCH_SID_CDSP);
	} else {
		tables_bank(&modem_tables, 0);
		tables_group(0, BENCH_SID_MPSS, BENCH_SID_MPSS_MASK, 0);
		tables_bank(&cdsp_tables, 1);
		tables_group(1, BENCH_SID_CDSP, BENCH_SID_CDSP_MASK, 1);
	}
}

/* The same on a machine after reset */
void driver_start(enum bench_machine machine)
{
	host_start(machine);
	driver_boot(machine);
}

/* The image as its maker delivers it: built once, it never changes */
const struct test_image *driver_built(enum which i)
{
	static struct test_image built[IMAGES];

	if (!built[i].size)
		image_build(&built[i], driver_images[i].reloc,
			    driver_images[i].reloc ? 0x8c000000
						   : (uint32_t)driver_images[i].base);
	return &built[i];
}

/* Whose stream: the compute DSP's carveouts are its own, the rest the modem's */
static struct tables *tables_of(uint64_t base)
{
	bool cdsp = base >= BENCH_CDSP_BASE &&
		    base < BENCH_CDSP_DTB_BASE + BENCH_CDSP_DTB_SIZE;

	return cdsp ? &cdsp_tables : &modem_tables;
}

static int level_of(uint64_t base, uint64_t size)
{
	return !driver_blocks || (base | size) % BLOCK ? 3 : 2;
}

/* Map a range 1:1, if Linux owns the streams */
void driver_map(uint64_t base, uint64_t size)
{
	if (BENCH_HAS_IOMMU(model.machine))
		tables_map(tables_of(base), base, base, size, level_of(base, size));
}

/* Undo that, with the size of the mapping */
void driver_unmap(uint64_t base, uint64_t size)
{
	if (BENCH_HAS_IOMMU(model.machine))
		tables_unmap(tables_of(base), base, size, level_of(base, size));
}

static int64_t init(const struct test_image *ti, uint32_t pas, uint64_t md)
{
	memcpy(host_ram(md), ti->md, ti->size);
	return smc(SCM_PAS_INIT_IMAGE, AI_INIT_IMAGE, pas, md, 0, 0);
}

int64_t driver_init(enum which i)
{
	return init(driver_built(i), driver_images[i].pas, driver_images[i].md);
}

/* init_image with scratch_image, its metadata at @md */
int64_t driver_init_scratch(uint32_t pas, uint64_t md)
{
	return init(&scratch_image, pas, md);
}

int64_t driver_mem_setup(enum which i)
{
	return smc(SCM_PAS_MEM_SETUP, AI(3), driver_images[i].pas, driver_images[i].base,
		   0x4000, 0);
}

/* auth_and_reset alone */
int64_t driver_auth(uint32_t pas)
{
	return smc(SCM_PAS_AUTH_AND_RESET, AI(1), pas, 0, 0, 0);
}

/* With a bridge around it where the machine asks for one */
int64_t driver_auth_bridged(enum which i)
{
	uint64_t handle = 0, result[3];
	int64_t status;

	if (model.machine != BENCH_MACHINE_HYP) {
		handle = bridge(driver_images[i].base, driver_images[i].size);
		CHECK(handle);
	}
	status = driver_auth(driver_images[i].pas);
	memcpy(result, res, sizeof(result));
	if (handle)
		CHECK_EQ(unbridge(handle), 0);
	memcpy(res, result, sizeof(result));
	return status;
}

int64_t driver_shutdown(uint32_t pas)
{
	return smc(SCM_PAS_SHUTDOWN, AI(1), pas, 0, 0, 0);
}

/* Announce and load the modem's image */
int64_t driver_init_modem(void)
{
	int64_t status = driver_init(MODEM);

	image_load(driver_built(MODEM), BENCH_MPSS_BASE);
	return status;
}

/* A whole start; the dtb image goes first. Is it up? */
bool driver_up(enum which i)
{
	const struct driver_image *image = &driver_images[i];

	if (driver_init(i) || res[0])
		return false;
	if (image->reloc && (driver_mem_setup(i) || res[0]))
		return false;
	image_load(driver_built(i), image->base);
	driver_map(image->base, image->size);
	return !driver_auth_bridged(i) && !res[0];
}
