// SPDX-License-Identifier: GPL-2.0-only
/*
 * A carveout through every kind of translation that Linux makes: each granule,
 * linear and two-level stream tables, pages, blocks and the contiguous hint.
 * Mapped rightly it is authenticated; each defect in it is named, with its place.
 */
#include "host.h"

#define BASE	BENCH_MPSS_BASE
#define SIZE	BENCH_MPSS_SIZE
#define SID	BENCH_SID_MPSS

/* One kind of translation; split of a two-level stream table, 0: linear */
static const struct kind {
	unsigned int split, granule, ia_bits;
} kinds[] = {
	{ 0, 12, 48 }, { 8, 12, 39 }, { 0, 14, 48 },
	{ 6, 14, 36 }, { 0, 16, 48 }, { 10, 16, 42 },
};

static const struct kind *kind;
static struct tables t;
static uint64_t page;

static void map(uint64_t iova, uint64_t pa, uint64_t size)
{
	tables_map(&t, iova, pa, size, 3);
}

/* Ready for auth_and_reset, the carveout mapped with pages */
static void prepare(void)
{
	driver_start(BENCH_MACHINE_EL2_MODEM);
	model.cores[BENCH_CORE_MPSS].sid = SID;
	CHECK_EQ(driver_init_modem(), 0);
	tables_start(&t, TABLES_BASE, kind->granule, kind->ia_bits);
	if (kind->split)
		tables_two_level(&t, SID, kind->split);
	else
		tables_linear(&t, SID);
	map(BASE, BASE, SIZE);
}

/* Authenticate. What must be said; NULL: nothing, the image is up */
static void verdict(const char *what, uint64_t at)
{
	const struct bench_event *ev;
	char want[sizeof(ev->what)] = "";

	if (what && at)
		snprintf(want, sizeof(want), "%s at 0x%" PRIx64, what, at);
	else if (what)
		snprintf(want, sizeof(want), "%s", what);
	CHECK_EQ(driver_auth_bridged(MODEM), what ? SCM_EINVAL_ARG : 0);
	CHECK_EQ(violations(), what ? 1 : 0);
	ev = last_event() - 1;	/* the bridge's deletion is the last one */
	if (strcmp(ev->what, want))
		fail(__FILE__, __LINE__, "granule %u, %u bits: \"%s\", not \"%s\"",
		     kind->granule, kind->ia_bits, ev->what, want);
}

static void each_kind(void (*fn)(void))
{
	for (kind = kinds; kind < kinds + ARRAY_LEN(kinds); kind++) {
		page = 1ull << kind->granule;
		fn();
	}
}

static void places_of_kind(void)
{
	const uint64_t holes[] = { BASE, BASE + SIZE / 2, BASE + SIZE - page };
	size_t i;

	prepare();
	verdict(NULL, 0);
	for (i = 0; i < ARRAY_LEN(holes); i++) {
		prepare();
		tables_unmap(&t, holes[i], page, 3);
		verdict("carveout is mapped in part, missing", holes[i]);
	}
	prepare();
	map(BASE + 5 * page, BASE + 6 * page, page);
	verdict("carveout is not mapped 1:1", BASE + 5 * page);
	prepare();
	map(BASE + SIZE, BASE + SIZE, page);
	verdict("stream maps more than it may", BASE + SIZE);
}

TEST(places)
{
	each_kind(places_of_kind);
}

static void permissions_of_kind(void)
{
	const uint64_t at = BASE + SIZE - page;

	prepare();
	*tables_pte(&t, at, 3) ^= PTE_RDONLY;
	verdict("carveout is mapped read-only", at);
	prepare();
	*tables_pte(&t, at, 3) ^= PTE_UNPRIV;
	verdict("carveout is mapped, but not readable", at);
	prepare();
	*tables_pte(&t, at, 3) ^= PTE_AF;
	verdict("carveout is mapped in part, missing", at);
}

TEST(permissions)
{
	each_kind(permissions_of_kind);
}

TEST(blocks)
{
	kind = &kinds[0];
	prepare();
	tables_map(&t, BASE, BASE, SIZE, 2);
	verdict(NULL, 0);
}

static void hint(uint64_t group)
{
	uint64_t at;

	for (at = BASE; at < BASE + group; at += page)
		*tables_pte(&t, at, 3) |= PTE_CONT;
}

static void contiguous_of_kind(void)
{
	/* leads elsewhere, another permission, no hint */
	static const uint64_t change[] = { 1 << 20, PTE_RDONLY, PTE_CONT };
	static const char not_alike[] = "contiguous hint on entries that are not alike";
	uint64_t group = page * (kind->granule == 12 ? 16 : kind->granule == 14 ? 128 : 32);
	size_t i;

	prepare();
	hint(group);
	verdict(NULL, 0);
	for (i = 0; i < ARRAY_LEN(change); i++) {
		prepare();
		hint(group);
		*tables_pte(&t, BASE + 3 * page, 3) ^= change[i];
		verdict(not_alike, 0);
	}
	/* a group whose first address is none of a group */
	prepare();
	map(BASE, BASE + page, group);
	hint(group);
	verdict(not_alike, 0);
}

TEST(contiguous)
{
	each_kind(contiguous_of_kind);
}
