// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ownership: what must be bridged, mapped and left alone, at auth_and_reset
 * and as long as an image is up.
 */
#include "host.h"

#define MPSS	BENCH_PAS_MPSS
#define BASE	BENCH_MPSS_BASE
#define SIZE	BENCH_MPSS_SIZE

/* Ready for auth_and_reset, on the machine where Linux owns the stream */
static void prepare(void)
{
	driver_start(BENCH_MACHINE_EL2_IOMMU);
	CHECK_EQ(driver_init_modem(), 0);
	driver_map(BASE, SIZE);
}

static void refused(const char *what)
{
	CHECK_EQ(driver_auth_bridged(MODEM), SCM_EINVAL_ARG);
	CHECK_EQ(violations(), 1);
	CHECK_EQ(pas_find(MPSS)->state, PAS_FAILED);
	CHECK(!host.running[BENCH_CPU_MPSS]);
	/* the deletion of the bridge was recorded after it */
	CHECK_STR(last_event()[-1].what, what);
	CHECK_EQ(last_event()[-2].kind, BENCH_EV_VIOLATION);
}

/* What test_carveout.c does not: nothing at all, and what lies elsewhere */
TEST(auth_maps)
{
	prepare();
	CHECK_EQ(driver_auth_bridged(MODEM), 0);
	CHECK_EQ(violations(), 0);

	prepare();
	driver_unmap(BASE, SIZE);
	refused("carveout is not mapped");
	prepare();
	driver_map(BASE - 0x1000, 0x1000);
	refused("stream maps more than it may at 0x5dfff000");
	/* far away, and to the carveout under another name */
	prepare();
	tables_map(&modem_tables, 1ull << 40, BASE, 0x1000, 3);
	refused("stream maps more than it may at 0x10000000000");
	/* a device needs a resource table that grants it */
	prepare();
	driver_map(BENCH_DEVMEM_BASE, BENCH_DEVMEM_SIZE);
	refused("stream maps more than it may at 0x5eb00000");
	/* a block that reaches beyond the carveout */
	driver_start(BENCH_MACHINE_EL2_IOMMU);
	CHECK_EQ(driver_init_modem(), 0);
	tables_map(&modem_tables, 1ull << 30, 1ull << 30, 1ull << 30, 1);
	refused("stream maps more than it may at 0x40000000");
}

TEST(auth_streams)
{
	prepare();
	host.smmu_cr0 = 0;
	refused("stream bypasses the SMMU");
	prepare();
	*word_at(modem_tables.ste) = 1 | 4 << 1;
	refused("stream bypasses the SMMU");
	prepare();
	*word_at(modem_tables.ste) = 0;
	refused("no valid entry for the stream");
	prepare();
	*word_at(modem_tables.ste) = 1 | 6 << 1;
	refused("stream is behind stage 2");
}

TEST(auth_bridges)
{
	prepare();
	CHECK_EQ(driver_auth(MPSS), SCM_EINVAL_ARG);
	CHECK_STR(last_event()->what, "carveout is not exactly bridged");
	prepare();
	CHECK(bridge(BASE, SIZE - 0x1000));
	CHECK_EQ(driver_auth(MPSS), SCM_EINVAL_ARG);
	CHECK_EQ(violations(), 1);
	prepare();
	CHECK(bridge(BASE, SIZE + 0x1000));
	CHECK_EQ(driver_auth(MPSS), SCM_EINVAL_ARG);
	CHECK_EQ(violations(), 1);

	driver_start(BENCH_MACHINE_HYP);
	CHECK_EQ(driver_init_modem(), 0);
	CHECK(bridge(BASE, SIZE));
	CHECK_EQ(driver_auth(MPSS), SCM_EINVAL_ARG);
	CHECK_STR(last_event()->what, "carveout is bridged under the hypervisor");

	/* and not while TrustZone owns it */
	driver_start(BENCH_MACHINE_EL2_MODEM);
	CHECK(driver_up(MODEM));
	CHECK(!bridge(BASE + 0x1000, 0x1000));
	CHECK_EQ(violations(), 1);
	CHECK_STR(last_event()->what, "bridge over a carveout that TrustZone owns");
	CHECK_EQ(last_event()->pas_id, MPSS);
}

/* Seen at the next call, whichever, told once, and authentication is refused */
static void lost(const char *what)
{
	CHECK_EQ(smc(SCM_PAS_IS_SUPPORTED, AI(1), BENCH_PAS_CDSP, 0, 0, 0), 0);
	CHECK_EQ(violations(), 1);
	CHECK_EQ(last_event()[-1].kind, BENCH_EV_VIOLATION);
	CHECK_EQ(last_event()[-1].pas_id, MPSS);
	CHECK_STR(last_event()[-1].what, what);
	CHECK_EQ(driver_auth(MPSS), SCM_EINVAL_ARG);
	CHECK_STR(last_event()->what, what);
	CHECK_EQ(violations(), 1);
	CHECK_EQ(pas_find(MPSS)->state, PAS_FAILED);
	CHECK(!host.running[BENCH_CPU_MPSS]);
}

/* With the metadata below a bridge of its own; the image is announced */
static uint64_t announce(void)
{
	uint64_t handle;

	driver_start(BENCH_MACHINE_EL2_MODEM);
	handle = bridge(0x53000000, 0x1000);
	scratch_image = *driver_built(MODEM);
	CHECK_EQ(driver_init_scratch(MPSS, 0x53000000), 0);
	image_load(&scratch_image, BASE);
	return handle;
}

TEST(metadata)
{
	uint64_t handle;

	prepare();
	*host_ram(MD_ADDR + 0x80) ^= 1;
	lost("metadata changed before authentication");
	handle = announce();
	CHECK_EQ(unbridge(handle), 0);
	lost("metadata released before authentication");
	driver_start(BENCH_MACHINE_HYP);
	CHECK_EQ(driver_init_modem(), 0);
	CHECK(bridge(MD_ADDR, 0x1000));
	lost("metadata bridged before authentication");

	/* gone for a while is gone */
	handle = announce();
	CHECK_EQ(unbridge(handle), 0);
	CHECK(bridge(0x53000000, 0x1000));
	CHECK_EQ(violations(), 1);
	/* released without a shutdown, when loading failed */
	handle = announce();
	CHECK_EQ(unbridge(handle), 0);
	CHECK_EQ(driver_shutdown(MPSS), 0);
	CHECK_EQ(violations(), 1);
	handle = announce();
	CHECK_EQ(driver_shutdown(MPSS), 0);
	CHECK_EQ(unbridge(handle), 0);
	CHECK_EQ(smc(SCM_PAS_IS_SUPPORTED, AI(1), MPSS, 0, 0, 0), 0);
	CHECK_EQ(violations(), 0);

	/* once the core is up it may go */
	driver_start(BENCH_MACHINE_EL2_MODEM);
	CHECK(driver_up(MODEM));
	memset(host_ram(MD_ADDR), 0xff, 0x1000);
	CHECK_EQ(driver_shutdown(MPSS), 0);
	CHECK_EQ(violations(), 0);
}

/* What is lost while the core runs is seen at the next call, and told once. */
TEST(while_up)
{
	uint64_t pte;

	prepare();
	CHECK_EQ(driver_auth_bridged(MODEM), 0);
	pte = *tables_pte(&modem_tables, BASE + 0x3000, 3);
	*tables_pte(&modem_tables, BASE + 0x3000, 3) = 0;
	CHECK_EQ(unbridge(1), SCM_EINVAL_ARG);
	CHECK_EQ(violations(), 1);
	CHECK_STR(last_event()[-1].what, "carveout is mapped in part, missing at 0x5e003000");
	CHECK_EQ(last_event()[-1].pas_id, MPSS);
	CHECK_EQ(unbridge(1), SCM_EINVAL_ARG);
	CHECK_EQ(violations(), 1);
	/* another one is another event, and so is the same one later */
	host.smmu_cr0 = 0;
	CHECK_EQ(unbridge(1), SCM_EINVAL_ARG);
	CHECK_EQ(violations(), 2);
	host.smmu_cr0 = 1;
	*tables_pte(&modem_tables, BASE + 0x3000, 3) = pte;
	CHECK_EQ(unbridge(1), SCM_EINVAL_ARG);
	CHECK_EQ(violations(), 2);
	driver_unmap(BASE, SIZE);
	CHECK_EQ(driver_shutdown(MPSS), 0);
	CHECK_EQ(violations(), 3);
}

/* The CPU may write data of a running core, not its code or constants. */
TEST(cpu_writes)
{
	static const unsigned int at[] = { 0, 0x1001, 0x1233, 0x2000, 0x27ff };
	char want[80];
	size_t i;

	driver_start(BENCH_MACHINE_HYP);
	CHECK(driver_up(MODEM));
	*host_ram(BASE + 0x3000) ^= 1;
	CHECK_EQ(driver_shutdown(MPSS), 0);
	CHECK_EQ(violations(), 0);
	/* seen at the next call, told once; each byte of a segment counts */
	for (i = 0; i < ARRAY_LEN(at); i++) {
		driver_start(BENCH_MACHINE_HYP);
		CHECK(driver_up(MODEM));
		*host_ram(BASE + at[i]) ^= 1;
		CHECK_EQ(smc(SCM_PAS_IS_SUPPORTED, AI(1), BENCH_PAS_CDSP, 0, 0, 0), 0);
		CHECK_EQ(violations(), 1);
		snprintf(want, sizeof(want), "%s at 0x%x",
			 "read-only segment was written while up",
			 BENCH_MPSS_BASE + (at[i] & ~0x1fff));
		CHECK_STR(last_event()[-1].what, want);
		CHECK_EQ(last_event()[-1].pas_id, MPSS);
		CHECK_EQ(driver_shutdown(MPSS), 0);
		CHECK_EQ(violations(), 1);
	}
	/* right before the shutdown is early enough */
	driver_start(BENCH_MACHINE_HYP);
	CHECK(driver_up(MODEM));
	*host_ram(BASE + 0x2004) ^= 1;
	CHECK_EQ(driver_shutdown(MPSS), 0);
	CHECK_EQ(violations(), 1);
}

/* The images of one core share its stream. */
TEST(two_images)
{
	/* main mapped although idle, when the dtb is authenticated */
	driver_start(BENCH_MACHINE_EL2_IOMMU);
	CHECK_EQ(driver_init(CDSP_DTB), 0);
	image_load(driver_built(CDSP_DTB), BENCH_CDSP_DTB_BASE);
	driver_map(BENCH_CDSP_DTB_BASE, BENCH_CDSP_DTB_SIZE);
	driver_map(BENCH_CDSP_BASE, BENCH_CDSP_SIZE);
	CHECK_EQ(driver_auth_bridged(CDSP_DTB), SCM_EINVAL_ARG);
	CHECK_STR(last_event()[-1].what, "carveout of an idle image is mapped");

	/* dtb unmapped while it is up */
	driver_start(BENCH_MACHINE_EL2_IOMMU);
	CHECK(driver_up(CDSP_DTB));
	CHECK(driver_up(CDSP));
	driver_unmap(BENCH_CDSP_DTB_BASE, 0x1000);
	CHECK_EQ(unbridge(1), SCM_EINVAL_ARG);
	CHECK_EQ(violations(), 1);
	CHECK_EQ(last_event()[-1].pas_id, BENCH_PAS_CDSP_DTB);

	/* the main one may still be mapped when it was just shut down */
	driver_start(BENCH_MACHINE_EL2_IOMMU);
	CHECK(driver_up(CDSP_DTB));
	CHECK(driver_up(CDSP));
	CHECK_EQ(driver_shutdown(BENCH_PAS_CDSP), 0);
	CHECK_EQ(driver_shutdown(BENCH_PAS_CDSP_DTB), 0);
	CHECK_EQ(violations(), 0);
}
