// SPDX-License-Identifier: GPL-2.0-only
/* Whole starts and stops, step by step, as a correct driver does them. */
#include "flow.h"

struct tables flow_tables;
struct test_image flow_image;

/**
 * flow_start() - a machine whose kernel made its pool and its domains
 * @machine:	the machine
 *
 * Both cores' streams share one set of tables: the tests use one core at a time.
 */
void flow_start(enum bench_machine machine)
{
	host_start(machine);
	CHECK_EQ(smc(SCM_SHM_BRIDGE_ENABLE, 0, 0, 0, 0, 0), 0);
	if (machine != BENCH_MACHINE_HYP)
		CHECK(bridge(POOL_ADDR, POOL_SIZE));
	if (machine != BENCH_MACHINE_EL2_IOMMU)
		return;
	tables_start(&flow_tables, 12, 48);
	tables_linear(&flow_tables, BENCH_SID_MPSS);
	*word_at(flow_tables.ste + 64 * (BENCH_SID_CDSP - BENCH_SID_MPSS)) =
		*word_at(flow_tables.ste);
}

/**
 * flow_map() - map a range 1:1, if Linux owns the streams
 * @base:	where
 * @size:	bytes
 */
void flow_map(uint64_t base, uint64_t size)
{
	if (model.machine == BENCH_MACHINE_EL2_IOMMU)
		tables_map(&flow_tables, base, base, size, 3);
}

/**
 * flow_unmap() - undo that
 * @base:	where
 * @size:	bytes
 */
void flow_unmap(uint64_t base, uint64_t size)
{
	if (model.machine == BENCH_MACHINE_EL2_IOMMU)
		tables_unmap(&flow_tables, base, size, 3);
}

/**
 * flow_init() - init_image with flow_image's metadata
 * @pas:	PAS id
 * @md:		where the metadata goes
 */
int64_t flow_init(uint32_t pas, uint64_t md)
{
	memcpy(host_ram(md), flow_image.md, flow_image.size);
	return smc(SCM_PAS_INIT_IMAGE, AI_INIT_IMAGE, pas, md, 0, 0);
}

/**
 * flow_init_modem() - build, announce and load a modem image
 */
int64_t flow_init_modem(void)
{
	int64_t status;

	image_build(&flow_image, SHA2_384, false, BENCH_MPSS_BASE);
	status = flow_init(BENCH_PAS_MPSS, MD_ADDR);
	image_load(&flow_image, BENCH_MPSS_BASE);
	return status;
}

/**
 * flow_auth() - auth_and_reset alone
 * @pas:	PAS id
 */
int64_t flow_auth(uint32_t pas)
{
	return smc(SCM_PAS_AUTH_AND_RESET, AI(1), pas, 0, 0, 0);
}

/**
 * flow_auth_bridged() - with a bridge around it where the machine asks for one
 * @pas:	PAS id
 * @base:	what is bridged
 * @size:	likewise
 *
 * Return: the call's status, its results in res[].
 */
int64_t flow_auth_bridged(uint32_t pas, uint64_t base, uint64_t size)
{
	uint64_t handle = 0, result[3];
	int64_t status;

	if (model.machine != BENCH_MACHINE_HYP) {
		handle = bridge(base, size);
		CHECK(handle);
	}
	status = flow_auth(pas);
	memcpy(result, res, sizeof(result));
	if (handle)
		CHECK_EQ(unbridge(handle), 0);
	memcpy(res, result, sizeof(result));
	return status;
}

/**
 * flow_shutdown() - shutdown
 * @pas:	PAS id
 */
int64_t flow_shutdown(uint32_t pas)
{
	return smc(SCM_PAS_SHUTDOWN, AI(1), pas, 0, 0, 0);
}

/**
 * flow_modem_up() - start the modem
 */
void flow_modem_up(void)
{
	CHECK_EQ(flow_init_modem(), 0);
	CHECK_EQ(res[0], 0);
	flow_map(BENCH_MPSS_BASE, BENCH_MPSS_SIZE);
	CHECK_EQ(flow_auth_bridged(BENCH_PAS_MPSS, BENCH_MPSS_BASE,
				   BENCH_MPSS_SIZE), 0);
	CHECK_EQ(res[0], 0);
}

/**
 * flow_dtb_up() - the compute DSP's dtb image
 */
void flow_dtb_up(void)
{
	image_build(&flow_image, SHA2_256, false, BENCH_CDSP_DTB_BASE);
	CHECK_EQ(flow_init(BENCH_PAS_CDSP_DTB, MD_DTB_ADDR), 0);
	CHECK_EQ(res[0], 0);
	image_load(&flow_image, BENCH_CDSP_DTB_BASE);
	flow_map(BENCH_CDSP_DTB_BASE, BENCH_CDSP_DTB_SIZE);
	CHECK_EQ(flow_auth_bridged(BENCH_PAS_CDSP_DTB, BENCH_CDSP_DTB_BASE,
				   BENCH_CDSP_DTB_SIZE), 0);
	CHECK_EQ(res[0], 0);
}

/**
 * flow_cdsp_up() - and its main image, after that
 */
void flow_cdsp_up(void)
{
	image_build(&flow_image, SHA2_384, true, 0x8c000000);
	CHECK_EQ(flow_init(BENCH_PAS_CDSP, MD_ADDR), 0);
	CHECK_EQ(res[0], 0);
	CHECK_EQ(smc(SCM_PAS_MEM_SETUP, AI(3), BENCH_PAS_CDSP, BENCH_CDSP_BASE,
		     0x4000, 0), 0);
	image_load(&flow_image, BENCH_CDSP_BASE);
	flow_map(BENCH_CDSP_BASE, BENCH_CDSP_SIZE);
	CHECK_EQ(flow_auth_bridged(BENCH_PAS_CDSP, BENCH_CDSP_BASE,
				   BENCH_CDSP_SIZE), 0);
	CHECK_EQ(res[0], 0);
}
