// SPDX-License-Identifier: GPL-2.0-only
/* The state machine of an image, on all machines, and what each machine asks for. */
#include "host.h"

#define MPSS	BENCH_PAS_MPSS

static enum pas_state state(uint32_t id)
{
	return pas_find(id)->state;
}

static void violated(const char *what)
{
	const struct bench_event *ev = last_event();

	CHECK_EQ(violations(), 1);
	CHECK_EQ(ev->kind, BENCH_EV_CALL);
	CHECK_STR(ev->what, what);
	CHECK_EQ(ev[-1].kind, BENCH_EV_VIOLATION);
	CHECK_STR(ev[-1].what, what);
	CHECK_EQ(ev[-1].fn, ev->fn);
}

/* Every machine: start, stop, start again. */
TEST(start_stop)
{
	int machine, round;

	for (machine = BENCH_MACHINE_EL2_SMMU500; machine <= BENCH_MACHINE_HYP; machine++) {
		driver_start(machine);
		for (round = 0; round < 2; round++) {
			CHECK(driver_up(MODEM));
			CHECK_EQ(state(MPSS), PAS_UP);
			CHECK(host.running[BENCH_CPU_MPSS]);
			CHECK_EQ(host.entry, BENCH_MPSS_BASE + TI_ENTRY);
			CHECK_EQ(driver_shutdown(MPSS), 0);
			CHECK(!host.running[BENCH_CPU_MPSS]);
			CHECK_EQ(state(MPSS), PAS_IDLE);
			driver_unmap(BENCH_MPSS_BASE, BENCH_MPSS_SIZE);
		}
		CHECK_EQ(violations(), 0);
	}
}

TEST(with_dtb)
{
	int machine;

	for (machine = BENCH_MACHINE_EL2_SMMU500; machine <= BENCH_MACHINE_HYP; machine++) {
		driver_start(machine);
		CHECK(driver_up(CDSP_DTB));
		CHECK(!host.running[BENCH_CPU_CDSP]);
		CHECK(driver_up(CDSP));
		CHECK(host.running[BENCH_CPU_CDSP]);
		CHECK_EQ(host.entry, BENCH_CDSP_BASE + TI_ENTRY);
		CHECK_EQ(driver_shutdown(BENCH_PAS_CDSP), 0);
		driver_unmap(BENCH_CDSP_BASE, BENCH_CDSP_SIZE);
		CHECK_EQ(driver_shutdown(BENCH_PAS_CDSP_DTB), 0);
		driver_unmap(BENCH_CDSP_DTB_BASE, BENCH_CDSP_DTB_SIZE);
		CHECK_EQ(violations(), 0);
	}
}

TEST(flags)
{
	uint64_t handle;

	driver_start(BENCH_MACHINE_EL2_IOMMU);
	CHECK_EQ(driver_init_modem(), 0);
	CHECK_EQ(last_event()->flags, 0);
	driver_map(BENCH_MPSS_BASE, BENCH_MPSS_SIZE);
	handle = bridge(BENCH_MPSS_BASE, BENCH_MPSS_SIZE);
	CHECK_EQ(last_event()->flags, BENCH_F_BRIDGED | BENCH_F_MAPPED);
	CHECK_EQ(driver_auth(MPSS), 0);
	CHECK_EQ(last_event()->flags,
		 BENCH_F_BRIDGED | BENCH_F_MAPPED | BENCH_F_AUTHENTICATED);
	CHECK_EQ(unbridge(handle), 0);
	CHECK_EQ(last_event()->flags, BENCH_F_MAPPED | BENCH_F_AUTHENTICATED);
	CHECK_EQ(driver_shutdown(MPSS), 0);
	CHECK_EQ(last_event()->flags, BENCH_F_MAPPED);
	driver_unmap(BENCH_MPSS_BASE, 0x1000);
	CHECK_EQ(driver_shutdown(MPSS), 0);
	CHECK_EQ(last_event()->flags, BENCH_F_MAPPED_OTHER);
}

TEST(metadata_place)
{
	/* outside the pool's bridge; over its end; not aligned; nowhere */
	driver_start(BENCH_MACHINE_EL2_MODEM);
	image_build(&scratch_image, false, BENCH_MPSS_BASE);
	CHECK_EQ(driver_init_scratch(MPSS, POOL_ADDR - 0x1000), SCM_EINVAL_ARG);
	violated("metadata outside every bridge");
	CHECK_EQ(state(MPSS), PAS_IDLE);

	driver_start(BENCH_MACHINE_EL2_MODEM);
	put32(scratch_image.md + PH(1, PH_FILESZ), 0x2000);
	CHECK_EQ(driver_init_scratch(MPSS, POOL_ADDR + POOL_SIZE - 0x1000), SCM_EINVAL_ARG);
	violated("metadata outside every bridge");

	driver_start(BENCH_MACHINE_EL2_MODEM);
	image_build(&scratch_image, false, BENCH_MPSS_BASE);
	CHECK_EQ(driver_init_scratch(MPSS, MD_ADDR + 0x10), SCM_EINVAL_ADDR);
	CHECK_EQ(smc(SCM_PAS_INIT_IMAGE, AI_INIT_IMAGE, MPSS, 0, 0, 0),
		 SCM_EINVAL_ADDR);
	CHECK_EQ(smc(SCM_PAS_INIT_IMAGE, AI_INIT_IMAGE, MPSS, ~0xfffull, 0, 0),
		 SCM_EINVAL_ADDR);
	CHECK_EQ(smc(SCM_PAS_INIT_IMAGE, AI_INIT_IMAGE, MPSS, BENCH_SHARED_BASE,
		     0, 0), SCM_EINVAL_ADDR);
	CHECK_EQ(violations(), 0);

	/* under the hypervisor it is the other way round */
	driver_start(BENCH_MACHINE_HYP);
	CHECK(bridge(MD_ADDR, 0x1000));
	CHECK_EQ(driver_init_modem(), SCM_EINVAL_ARG);
	violated("metadata inside a bridge");
}

/* One that is not moved begins where it likes. */
TEST(image_begins_in_a_page)
{
	driver_start(BENCH_MACHINE_HYP);
	image_build(&scratch_image, false, BENCH_MPSS_BASE + 0x10);
	CHECK_EQ(driver_init_scratch(MPSS, MD_ADDR), 0);
	CHECK_EQ(res[0], IMAGE_OK);
	CHECK_EQ(state(MPSS), PAS_INITIALISED);
}

/* What is wrong with the content comes back as a result. */
TEST(refused_images)
{
	driver_start(BENCH_MACHINE_HYP);
	image_build(&scratch_image, false, BENCH_MPSS_BASE);
	scratch_image.md[EH_MACHINE] ^= 1;
	CHECK_EQ(driver_init_scratch(MPSS, MD_ADDR), 0);
	CHECK_EQ(res[0], IMAGE_BAD_ELF);
	CHECK_EQ(state(MPSS), PAS_IDLE);

	image_build(&scratch_image, false, BENCH_MPSS_BASE);
	put32(scratch_image.md + PH(0, PH_FILESZ), PAS_MAX_METADATA);
	CHECK_EQ(driver_init_scratch(MPSS, MD_ADDR), 0);
	CHECK_EQ(res[0], IMAGE_BAD_PHDRS);

	image_build(&scratch_image, false, BENCH_MPSS_BASE - 0x1000);
	CHECK_EQ(driver_init_scratch(MPSS, MD_ADDR), 0);
	CHECK_EQ(res[0], IMAGE_OUTSIDE);
	image_build(&scratch_image, false,
		    BENCH_MPSS_BASE + BENCH_MPSS_SIZE - 0x3000);
	CHECK_EQ(driver_init_scratch(MPSS, MD_ADDR), 0);
	CHECK_EQ(res[0], IMAGE_OUTSIDE);
	image_build(&scratch_image, true, 0x8c000000);
	put32(scratch_image.md + PH(4, PH_PADDR), 0x8c000000 + BENCH_MPSS_SIZE);
	image_sign(&scratch_image);
	CHECK_EQ(driver_init_scratch(MPSS, MD_ADDR), 0);
	CHECK_EQ(res[0], IMAGE_OUTSIDE);

	image_build(&scratch_image, false, BENCH_MPSS_BASE);
	put32(scratch_image.md + EH_ENTRY, BENCH_MPSS_BASE - 4);
	image_sign(&scratch_image);
	CHECK_EQ(driver_init_scratch(MPSS, MD_ADDR), 0);
	CHECK_EQ(res[0], IMAGE_BAD_ENTRY);
	CHECK_EQ(violations(), 0);
}

TEST(mem_setup)
{
	static const struct {
		uint64_t addr, size;
		int64_t status;
	} rows[] = {
		{ BENCH_CDSP_BASE - 0x1000, 0x4000, SCM_EINVAL_ADDR },
		{ BENCH_CDSP_BASE, BENCH_CDSP_SIZE + 0x1000, SCM_EINVAL_ADDR },
		{ BENCH_CDSP_BASE + BENCH_CDSP_SIZE - 0x3000, 0x4000, SCM_EINVAL_ADDR },
		{ BENCH_CDSP_BASE + 0x10, 0x4000, SCM_EINVAL_ADDR },
		{ BENCH_CDSP_BASE, ~0ull, SCM_EINVAL_ADDR },
		{ BENCH_CDSP_BASE, 0x3000, SCM_EINVAL_ARG },
		{ BENCH_CDSP_BASE, 0, SCM_EINVAL_ARG },
		{ BENCH_CDSP_BASE, 0x4000, 0 },
		{ BENCH_CDSP_BASE, BENCH_CDSP_SIZE, 0 },
	};
	size_t i;

	driver_start(BENCH_MACHINE_HYP);
	image_build(&scratch_image, true, 0x8c000000);
	CHECK_EQ(driver_init_scratch(BENCH_PAS_CDSP, MD_ADDR), 0);
	for (i = 0; i < ARRAY_LEN(rows); i++)
		CHECK_EQ(smc(SCM_PAS_MEM_SETUP, AI(3), BENCH_PAS_CDSP, rows[i].addr,
			     rows[i].size, 0), rows[i].status);

	/* an image linked to its place has nothing to be told */
	CHECK_EQ(driver_init_modem(), 0);
	CHECK_EQ(smc(SCM_PAS_MEM_SETUP, AI(3), MPSS, BENCH_MPSS_BASE, 0x4000, 0),
		 SCM_EINVAL_ARG);

	driver_start(BENCH_MACHINE_HYP);
	CHECK_EQ(smc(SCM_PAS_MEM_SETUP, AI(3), MPSS, BENCH_MPSS_BASE, 0x4000, 0),
		 SCM_EINVAL_ARG);
	violated("mem_setup without init_image");
}

TEST(wrong_order)
{
	driver_start(BENCH_MACHINE_HYP);
	CHECK_EQ(driver_auth(MPSS), SCM_EINVAL_ARG);
	violated("auth_and_reset without init_image");

	driver_start(BENCH_MACHINE_HYP);
	CHECK(driver_up(CDSP_DTB));
	image_build(&scratch_image, true, 0x8c000000);
	CHECK_EQ(driver_init_scratch(BENCH_PAS_CDSP, MD_ADDR), 0);
	CHECK_EQ(driver_auth(BENCH_PAS_CDSP), SCM_EINVAL_ARG);
	violated("auth_and_reset without mem_setup");

	driver_start(BENCH_MACHINE_HYP);
	image_build(&scratch_image, false, BENCH_CDSP_BASE);
	CHECK_EQ(driver_init_scratch(BENCH_PAS_CDSP, MD_ADDR), 0);
	CHECK_EQ(driver_auth(BENCH_PAS_CDSP), SCM_EINVAL_ARG);
	violated("dtb image is not up");

	driver_start(BENCH_MACHINE_HYP);
	CHECK(driver_up(MODEM));
	CHECK_EQ(driver_auth(MPSS), SCM_EINVAL_ARG);
	violated("image is up already");

	/* nothing happens to an image that is up; after a shutdown it can be replaced */
	driver_start(BENCH_MACHINE_HYP);
	CHECK(driver_up(MODEM));
	CHECK_EQ(driver_init_modem(), SCM_EINVAL_ARG);
	CHECK_EQ(state(MPSS), PAS_UP);
	CHECK(host.running[BENCH_CPU_MPSS]);
	CHECK_EQ(driver_shutdown(MPSS), 0);
	CHECK(driver_up(MODEM));
	CHECK_EQ(violations(), 0);

	/* an idle one may be shut down, an unknown one may not */
	driver_start(BENCH_MACHINE_HYP);
	CHECK_EQ(driver_shutdown(MPSS), 0);
	CHECK_EQ(driver_shutdown(99), SCM_EINVAL_ARG);
	CHECK_EQ(smc(SCM_PAS_SHUTDOWN, AI(1), MPSS | 1ull << 32, 0, 0, 0),
		 SCM_EINVAL_ARG);
	CHECK_EQ(violations(), 0);
}

/* Content is authenticated: a byte of a segment, a byte of the bss. */
TEST(authentication)
{
	static const struct {
		uint32_t offset;
		enum image_error error;
	} rows[] = {
		{ 0, IMAGE_BAD_CONTENT }, { 0x1233, IMAGE_BAD_CONTENT },
		{ 0x27ff, IMAGE_BAD_CONTENT }, { 0x3100, IMAGE_BAD_CONTENT },
		{ 0x3101, IMAGE_BAD_BSS }, { 0x3fff, IMAGE_BAD_BSS },
		{ 0x1234, IMAGE_OK }, { 0x4000, IMAGE_OK },	/* in no segment */
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(rows); i++) {
		driver_start(BENCH_MACHINE_EL2_MODEM);
		CHECK_EQ(driver_init_modem(), 0);
		*host_ram(BENCH_MPSS_BASE + rows[i].offset) ^= 0x40;
		CHECK_EQ(driver_auth_bridged(MODEM), 0);
		CHECK_EQ(res[0], rows[i].error);
		CHECK_EQ(state(MPSS), rows[i].error ? PAS_FAILED : PAS_UP);
		CHECK_EQ(host.running[BENCH_CPU_MPSS], !rows[i].error);
		CHECK_EQ(violations(), 0);
		/* the next start with a good image succeeds */
		CHECK_EQ(driver_shutdown(MPSS), 0);
		CHECK(driver_up(MODEM));
	}
}

/* What the boot loader has started refuses to be replaced until it was shut down. */
TEST(booted)
{
	host_booted[0] = MPSS;
	host_booted[1] = BENCH_PAS_ADSP_LITE;
	driver_start(BENCH_MACHINE_EL2_MODEM);
	memset(host_booted, 0, sizeof(host_booted));
	CHECK_EQ(driver_init_modem(), SCM_EINVAL_ARG);
	CHECK_EQ(state(MPSS), PAS_BOOTED);
	CHECK_EQ(driver_shutdown(MPSS), 0);
	CHECK(driver_up(MODEM));
	CHECK_EQ(state(BENCH_PAS_ADSP_LITE), PAS_BOOTED);
	CHECK_EQ(driver_shutdown(BENCH_PAS_ADSP_LITE), 0);
	CHECK_EQ(state(BENCH_PAS_ADSP_LITE), PAS_IDLE);
	CHECK_EQ(violations(), 0);
}

/* A core whose IOMMU nobody told Linux of: metadata without a bridge is refused, no more. */
TEST(untold_iommu)
{
	driver_start(BENCH_MACHINE_EL2_MODEM);
	image_build(&scratch_image, false, BENCH_CDSP_DTB_BASE);
	CHECK_EQ(driver_init_scratch(BENCH_PAS_CDSP_DTB, BENCH_RAM_BASE), SCM_EINVAL_ARG);
	CHECK_EQ(violations(), 0);
	CHECK_EQ(driver_init_scratch(BENCH_PAS_MPSS, BENCH_RAM_BASE), SCM_EINVAL_ARG);
	violated("metadata outside every bridge");
}
