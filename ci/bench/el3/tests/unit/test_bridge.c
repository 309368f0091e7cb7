// SPDX-License-Identifier: GPL-2.0-only
/* The table of SHM bridges, through the calls. */
#include "host.h"
#include "ram.h"

#define A	0x50000000ull

static void start(void)
{
	host_start(BENCH_MACHINE_EL2_IOMMU);
	CHECK_EQ(smc(SCM_BRIDGE_ENABLE, 0, 0, 0, 0, 0), 0);
	CHECK_EQ(res[0], 0);
}

static int64_t create(uint64_t a0, uint64_t a1, uint64_t a2, uint64_t a3)
{
	return smc(SCM_BRIDGE_CREATE, 4, a0, a1, a2, a3);
}

/* A bridge is made, seen by the checks, and gone after its deletion. */
TEST(lifecycle)
{
	uint64_t handle;

	start();
	handle = bridge(A, 0x3000);
	CHECK(handle);
	CHECK_EQ(bridge_count(), 1);
	CHECK_EQ(last_event()->bridges, 1);
	CHECK(bridge_is_exactly((struct range){ A, 0x3000 }));
	CHECK(!bridge_is_exactly((struct range){ A, 0x2000 }));
	CHECK(bridge_covers((struct range){ A + 0xfff, 0x1001 }));
	CHECK(bridge_covers((struct range){ A + 0x2fff, 1 }));
	CHECK(!bridge_covers((struct range){ A + 0x2fff, 2 }));
	CHECK(!bridge_covers((struct range){ A - 1, 2 }));
	CHECK(bridge_overlaps((struct range){ A - 1, 2 }));
	CHECK(!bridge_overlaps((struct range){ A - 1, 1 }));
	CHECK(!bridge_overlaps((struct range){ A + 0x3000, 1 }));
	CHECK_EQ(unbridge(handle), 0);
	CHECK_EQ(bridge_count(), 0);
	CHECK(!bridge_overlaps((struct range){ A, 0x3000 }));
	CHECK_EQ(violations(), 0);
}

/* Without the enabling call there are none. */
TEST(not_enabled)
{
	host_start(BENCH_MACHINE_EL2_IOMMU);
	CHECK_EQ(create(A | 6, A | 6, 0x1000 | 1 << 9, 3), SCM_EOPNOTSUPP);
}

TEST(bad_arguments)
{
	static const struct {
		uint64_t a0, a1, a2, a3;
		int64_t status;
	} bad[] = {
		{ A | 4, A | 4, 0x1200, 3, SCM_EINVAL_ARG },		/* read-only */
		{ A | 6, A | 4, 0x1200, 3, SCM_EINVAL_ARG },
		{ A | 6, (A + 0x1000) | 6, 0x1200, 3, SCM_EINVAL_ARG },
		{ A | 0x806, A | 0x806, 0x1200, 3, SCM_EINVAL_ARG },	/* not aligned */
		{ A | 6, A | 6, 0x1a00, 3, SCM_EINVAL_ARG },		/* size is not */
		{ A | 6, A | 6, 0x1000, 3, SCM_EINVAL_ARG },		/* no owner */
		{ A | 6, A | 6, 0x1400, 3, SCM_EINVAL_ARG },		/* two owners */
		{ A | 6, A | 6, 0x1200, 0, SCM_EINVAL_ARG },		/* not Linux */
		{ A | 6, A | 6, 0x0200, 3, SCM_EINVAL_ADDR },		/* empty */
		{ 6, 6, 0x1200, 3, SCM_EINVAL_ADDR },			/* flash */
		{ 0x0e000006, 0x0e000006, 0x1200, 3, SCM_EINVAL_ADDR },	/* secure RAM */
		{ 0x7ffff006, 0x7ffff006, 0x2200, 3, SCM_EINVAL_ADDR },	/* over the end */
		{ A | 6, A | 6, ~0xfffull | 0x200, 3, SCM_EINVAL_ADDR }, /* wraps */
		{ ~0xfffull | 6, ~0xfffull | 6, 0x1200, 3, SCM_EINVAL_ADDR },
		{ BENCH_SHARED_BASE | 6, BENCH_SHARED_BASE | 6, 0x1200, 3,
		  SCM_EINVAL_ADDR },
		{ (BENCH_SHARED_BASE - 0x1000) | 6, (BENCH_SHARED_BASE - 0x1000) | 6,
		  0x2200, 3, SCM_EINVAL_ADDR },
	};
	size_t i;

	start();
	for (i = 0; i < ARRAY_LEN(bad); i++) {
		if (create(bad[i].a0, bad[i].a1, bad[i].a2, bad[i].a3) != bad[i].status)
			fail(__FILE__, __LINE__, "row %zu", i);
		CHECK_EQ(bridge_count(), 0);
	}
	/* arginfo is looked at, too */
	CHECK_EQ(smc(SCM_BRIDGE_CREATE, 3, A | 6, A | 6, 0x1200, 3),
		 SCM_EINVAL_ARG);
}

/* Overlap is answered with status 0 and a result. */
TEST(overlap)
{
	start();
	CHECK(bridge(A, 0x3000));
	CHECK_EQ(create((A + 0x2000) | 6, (A + 0x2000) | 6, 0x2200, 3), 0);
	CHECK_EQ(res[0], BRIDGE_RESULT_OVERLAP);
	CHECK_EQ(create(A | 6, A | 6, 0x3200, 3), 0);
	CHECK_EQ(res[0], BRIDGE_RESULT_OVERLAP);
	CHECK_EQ(create((A - 0x1000) | 6, (A - 0x1000) | 6, 0x6200, 3), 0);
	CHECK_EQ(res[0], BRIDGE_RESULT_OVERLAP);
	CHECK_EQ(bridge_count(), 1);
	CHECK(bridge(A - 0x1000, 0x1000));
	CHECK(bridge(A + 0x3000, 0x1000));
}

TEST(deletion)
{
	uint64_t first, second;

	start();
	CHECK_EQ(unbridge(0), SCM_EINVAL_ARG);
	CHECK_EQ(unbridge(0x100), SCM_EINVAL_ARG);
	CHECK_EQ(unbridge(~0ull), SCM_EINVAL_ARG);
	first = bridge(A, 0x1000);
	CHECK_EQ(unbridge(first), 0);
	CHECK_EQ(unbridge(first), SCM_EINVAL_ARG);
	/* the handle of a new bridge in the same place is another one */
	second = bridge(A, 0x1000);
	CHECK(second && second != first);
	CHECK_EQ(unbridge(first), SCM_EINVAL_ARG);
	CHECK_EQ(bridge_count(), 1);
}

TEST(full)
{
	uint64_t handles[BRIDGE_MAX];
	unsigned int i;

	start();
	for (i = 0; i < BRIDGE_MAX; i++) {
		handles[i] = bridge(A + 0x1000ull * i, 0x1000);
		CHECK(handles[i]);
	}
	CHECK_EQ(create((A - 0x1000) | 6, (A - 0x1000) | 6, 0x1200, 3), SCM_ENOMEM);
	for (i = 0; i < BRIDGE_MAX; i++)
		CHECK_EQ(unbridge(handles[i]), 0);
	CHECK(bridge(A, 0x1000));
}

/* What is left over a carveout is a leak, what the pool keeps is not. */
TEST(leaks)
{
	start();
	CHECK(bridge(A, 0x1000));
	CHECK(bridge(BENCH_MPSS_BASE, BENCH_MPSS_SIZE));
	CHECK_EQ(last_event()->pas_id, BENCH_PAS_MPSS);
	CHECK(last_event()->flags & BENCH_F_BRIDGED);
	CHECK(bridge(BENCH_CDSP_BASE, 0x1000));
	CHECK(!(last_event()->flags & BENCH_F_BRIDGED));
	model_end();
	CHECK_STR(host.line, "END events=7 violations=0 unknown=0 bridges_leaked=2\n");
	CHECK_EQ(last_event()->kind, BENCH_EV_NOTE);
	CHECK_STR(last_event()->what, "bridge leaked, base 0x5e800000 size 0x1000");
}

/* Where there are none, that is said, and nobody asks for one. */
TEST(not_supported)
{
	host_no_bridges = true;
	host_start(BENCH_MACHINE_EL2_MODEM);
	host_no_bridges = false;
	CHECK(shared()->no_bridges);
	CHECK_EQ(smc(SCM_BRIDGE_ENABLE, 0, 0, 0, 0, 0), 0);
	CHECK_EQ(res[0], BRIDGE_RESULT_NOTSUPP);
	CHECK_EQ(create(A | 6, A | 6, 0x1200, 3), SCM_EOPNOTSUPP);
	CHECK_EQ(driver_init(MODEM), 0);
	CHECK_EQ(res[0], 0);
	image_load(driver_built(MODEM), BENCH_MPSS_BASE);
	CHECK_EQ(driver_auth(BENCH_PAS_MPSS), 0);
	CHECK_EQ(res[0], 0);
	CHECK(host.running[BENCH_CPU_MPSS]);
	CHECK_EQ(violations(), 0);
}
