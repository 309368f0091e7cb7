// SPDX-License-Identifier: GPL-2.0-only
/* What the kernel's own page tables map of a carveout. */
#include "host.h"
#include "kernel.h"

#define BITS	48
#define UPPER	(1ull << (BITS - 1))	/* of a kernel's addresses, without their ones */
#define T1SZ	(64ull - BITS)
#define TG1_16K	1
#define TG1_4K	2
#define TG1_64K	3

static struct tables t;
static const struct pas *pas;

static void start(unsigned int granule, unsigned int tg1)
{
	driver_start(BENCH_MACHINE_EL2_MODEM);
	pas = pas_find(BENCH_PAS_MPSS);
	tables_start(&t, TABLES_BASE, granule, BITS);
	/* with an ASID and CnP, and a TTBR0 of 48 bits and 4 KiB beside it */
	host.tables.ttbr = t.ttb | 7ull << 48 | 1;
	host.tables.tcr = (uint64_t)tg1 << 30 | T1SZ << 16 | 16;
}

static bool mapped(void)
{
	return kernel_flags(pas) == BENCH_F_CPU_MAPPED;
}

static void pages_of(unsigned int granule, unsigned int tg1)
{
	const uint64_t page = 1ull << granule;
	const uint64_t last = BENCH_MPSS_BASE + BENCH_MPSS_SIZE - page;

	start(granule, tg1);
	CHECK(!mapped());
	tables_map(&t, UPPER, BENCH_MPSS_BASE - page, page, 3);
	tables_map(&t, UPPER + page, last + page, page, 3);
	CHECK(!mapped());
	tables_map(&t, UPPER + 2 * page, BENCH_MPSS_BASE, page, 3);
	CHECK(mapped());
	tables_map(&t, UPPER + 2 * page, last, page, 3);
	CHECK(mapped());
	tables_unmap(&t, UPPER + 2 * page, page, 3);
	CHECK(!mapped());
	/* the last address of all */
	tables_map(&t, 2 * UPPER - page, last, page, 3);
	CHECK(mapped());
}

TEST(pages_4k)
{
	pages_of(12, TG1_4K);
}

TEST(pages_16k)
{
	pages_of(14, TG1_16K);
}

TEST(pages_64k)
{
	pages_of(16, TG1_64K);
}

TEST(block)
{
	start(12, TG1_4K);
	tables_map(&t, UPPER, BENCH_MPSS_BASE & ~0x1fffffull, 0x200000, 2);
	CHECK(mapped());
}

TEST(linear_map_is_not_looked_at)
{
	start(12, TG1_4K);
	tables_map(&t, UPPER - 0x1000, BENCH_MPSS_BASE, 0x1000, 3);
	CHECK(!mapped());
}

TEST(same_table_many_times)
{
	unsigned int i;

	start(12, TG1_4K);
	tables_map(&t, UPPER, BENCH_RAM_BASE, 0x1000, 3);
	for (i = 257; i < 511; i++)
		*word_at(t.ttb + 8 * i) = *word_at(t.ttb + 8 * 256);
	tables_map(&t, 2 * UPPER - 0x1000, BENCH_MPSS_BASE, 0x1000, 3);
	CHECK(mapped());
}

TEST(no_such_tables)
{
	start(12, TG1_4K);
	tables_map(&t, UPPER, BENCH_MPSS_BASE, 0x1000, 3);
	CHECK(mapped());
	host.tables.tcr |= 1ull << 23;	/* EPD1 */
	CHECK(!mapped());
	host.tables.tcr = T1SZ << 16;	/* TG1 0 is none */
	CHECK(!mapped());
	host.tables.tcr = (uint64_t)TG1_4K << 30 | 15 << 16;
	CHECK(!mapped());
	host.tables.tcr = (uint64_t)TG1_4K << 30 | T1SZ << 16;
	host.tables.ttbr = 0x1000;	/* no RAM */
	CHECK(!mapped());
	host.tables.ttbr = 0;		/* not Linux */
	CHECK(!mapped());
}

/* Each entry leads to the next table, or back: as many as there can be, and that takes its time */
TEST(tables_without_end)
{
	unsigned int i;

	start(12, TG1_4K);
	for (i = 0; i < 512; i++)
		*word_at(t.ttb + 8 * i) = (t.ttb + (i & 1 ? 0x1000 : 0)) | 3;
	memcpy(host_ram(t.ttb + 0x1000), host_ram(t.ttb), 0x1000);
	CHECK(!mapped());
}

TEST(in_the_record)
{
	start(12, TG1_4K);
	CHECK_EQ(driver_init_modem(), 0);
	CHECK_EQ(last_event()->flags, 0);
	tables_map(&t, UPPER, BENCH_MPSS_BASE, 0x1000, 3);
	CHECK_EQ(driver_shutdown(BENCH_PAS_MPSS), 0);
	CHECK_EQ(last_event()->flags, BENCH_F_CPU_MAPPED);
	/* nobody else's business */
	CHECK(bridge(POOL_ADDR + POOL_SIZE, 0x1000));
	CHECK_EQ(last_event()->flags, 0);
	shared()->timed = true;
	CHECK_EQ(driver_shutdown(BENCH_PAS_MPSS), 0);
	CHECK_EQ(last_event()->flags, 0);
	CHECK_EQ(violations(), 0);
}
