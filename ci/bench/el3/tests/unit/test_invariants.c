// SPDX-License-Identifier: GPL-2.0-only
/* The model's look at itself: each thing that must not be is seen. */
#include "handlers.h"
#include "host.h"
#include "invariants.h"

#define MPSS	BENCH_PAS_MPSS
#define BASE	BENCH_MPSS_BASE

static struct pas *pas;

static void start(void)
{
	driver_start(BENCH_MACHINE_EL2_MODEM);
	pas = pas_find(MPSS);
}

static void broken(const char *want)
{
	const char *problem = model_problem();

	CHECK_STR(problem ? problem : "", want);
}

/* Whatever a correct driver does, nothing is found. */
TEST(sound)
{
	int machine;

	for (machine = BENCH_MACHINE_EL2_SMMU500; machine <= BENCH_MACHINE_HYP; machine++) {
		driver_start(machine);
		broken("");
		CHECK(driver_up(MODEM));
		broken("");
		CHECK_EQ(driver_shutdown(MPSS), 0);
		driver_unmap(BASE, BENCH_MPSS_SIZE);
		CHECK(driver_up(CDSP_DTB));
		CHECK(driver_up(CDSP));
		broken("");
	}
}

TEST(states)
{
	start();
	pas->state = (enum pas_state)(PAS_FAILED + 1);
	broken("no such state");
	start();
	pas->state = PAS_INITIALISED;
	broken("image without metadata");
	start();
	host.running[BENCH_CPU_MPSS] = true;
	broken("core runs without an image");

	start();
	CHECK(driver_up(MODEM));
	pas->state = PAS_FAILED;
	broken("core runs without an image");
	/* a core that died is nobody's fault */
	host.running[BENCH_CPU_MPSS] = false;
	pas->state = PAS_UP;
	broken("");
	pas->image.num = IMAGE_MAX_PHDRS + 1;
	broken("image without segments");
}

TEST(places)
{
	start();
	CHECK(driver_up(MODEM));
	pas->load.base += 0x1000;
	pas->load.size = BENCH_MPSS_SIZE;
	broken("image outside its carveout");
	start();
	CHECK_EQ(driver_init_modem(), 0);
	pas->metadata.base = 0x1000;
	broken("image without metadata");
}

/* Set up by states that the calls themselves refuse */
TEST(bridged)
{
	struct scm_call again = {
		.args = { BASE | 6, BASE | 6, BENCH_MPSS_SIZE | 1 << 9, 3 },
	};
	uint64_t handle;

	/* not exactly */
	start();
	CHECK(driver_up(MODEM));
	pas->state = PAS_FAILED;
	host.running[BENCH_CPU_MPSS] = false;
	CHECK(bridge(BASE, 0x1000));
	pas->state = PAS_UP;
	broken("bridge over a carveout that is up");

	/* exactly, and gone, and there again */
	start();
	handle = bridge(BASE, BENCH_MPSS_SIZE);
	CHECK_EQ(driver_init_modem(), 0);
	CHECK_EQ(driver_auth(MPSS), 0);
	broken("");
	CHECK_EQ(unbridge(handle), 0);
	pas->carveout.size = 0;
	do_bridge_create(&again);
	CHECK_EQ(again.status, 0);
	pas->carveout.size = BENCH_MPSS_SIZE;
	broken("bridge over a carveout that is up");

	/* not at all under the hypervisor */
	driver_start(BENCH_MACHINE_HYP);
	pas = pas_find(MPSS);
	CHECK(bridge(BASE, BENCH_MPSS_SIZE));
	CHECK_EQ(driver_init_modem(), 0);
	pas->state = PAS_UP;
	broken("bridge over a carveout that is up");
}

/* The table of bridges, with a machine that changes below it */
TEST(bridges)
{
	start();
	CHECK(bridge(0x53000000, 0x1000));
	broken("");
	host.ram_size = 0x53000000 - BENCH_RAM_BASE;
	broken("bridge over what is not Linux's");
	host.ram_size = BENCH_RAM_SIZE;
	broken("");
}
