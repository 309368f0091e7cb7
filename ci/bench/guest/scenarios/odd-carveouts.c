// SPDX-License-Identifier: GPL-2.0-only
/*
 * Carveouts that do not consist of whole pages, as in some device trees of the bench. A core whose
 * carveout cannot be mapped or bridged does not start, the kernel says why, and other cores do.
 */
#include <endian.h>

#include "harness.h"
#include "message.h"

#define NODES		"/proc/device-tree/reserved-memory"
#define GRANULES	"/proc/device-tree/bench,smmu-granules"
#define CPU_PAGE	0x1000u

SUITE("odd-carveouts", "");

/* One carveout as the device tree has it. */
struct carveout {
	uint64_t base;
	uint64_t size;
};

/* The carveout of node @name@@address, which may lie elsewhere; false: there is no such node. */
static bool carveout_get(const char *name, uint64_t address, struct carveout *c)
{
	uint64_t *reg;
	char path[128];
	size_t len;

	snprintf(path, sizeof(path), NODES "/%s@%llx/reg", name, (unsigned long long)address);
	reg = file_slurp(path, &len);
	if (!reg)
		return false;
	c->base = len == sizeof(*c) ? be64toh(reg[0]) : 0;
	c->size = len == sizeof(*c) ? be64toh(reg[1]) : 0;
	free(reg);

	return true;
}

/* The smallest page that a carveout can be mapped with: the CPU's, or the SMMU's only one */
static uint32_t page_size(void)
{
	uint32_t page = CPU_PAGE;
	size_t len;
	uint32_t *cell = file_slurp(GRANULES, &len);

	if (cell && len == sizeof(*cell))
		page = be32toh(*cell);
	free(cell);

	return page;
}

static bool is_odd(const struct carveout *c)
{
	return (c->base | c->size) & (page_size() - 1);
}

/* The carveout of a core that is not made of whole pages; false: all are. */
static bool odd_carveout(const struct core *core, struct carveout *c)
{
	const char *name = core_is_modem(core) ? "mpss" : core->name;
	char dtb[32];

	snprintf(dtb, sizeof(dtb), "%s-dtb", name);
	return (carveout_get(name, core->base, c) && is_odd(c)) ||
	       (core->dtb_base && carveout_get(dtb, core->dtb_base, c) && is_odd(c));
}

static bool has_odd_carveout(const struct core *core)
{
	struct carveout c;

	return odd_carveout(core, &c);
}

/* As the set-up "boot", but some cores cannot start; it takes the baseline, too. */
static bool boot(const struct test *t)
{
	bool ok = cores_all_present() && cores_boot_over(false);
	unsigned int odd = 0;

	for_each_core(core) {
		if (has_odd_carveout(core))
			odd++;
		else	/* warms up the pools, which one that is refused does not come to */
			ok = core_good_cycle(core) && ok;
	}
	baseline_take();

	return (odd || fail("no odd carveout in this device tree")) && ok;
}

SCENARIO("odd-carveouts", "boot", "S1 S6", MACHINES_ALL, boot, .once = true, .setup = true,
	 .order = ORDER_BOOT, .loud = true);

/* The message names the carveout, and the size of the pages that it should consist of. */
static bool names_both(const struct carveout *c)
{
	char base[24], size[24], page[24], page_decimal[24];
	const char *const hex[] = { base, size, page };
	const char *const decimal[] = { base, size, page_decimal };

	snprintf(base, sizeof(base), "%llx", (unsigned long long)c->base);
	snprintf(size, sizeof(size), "%#llx", (unsigned long long)c->size);
	snprintf(page, sizeof(page), "%#x", page_size());
	snprintf(page_decimal, sizeof(page_decimal), "%u", page_size());
	if (message_find(hex, ARRAY_SIZE(hex)) || message_find(decimal, ARRAY_SIZE(decimal)))
		return true;
	message_show();

	return fail("no line names carveout %s+%s and its pages of %s bytes", base, size, page);
}

/* The calls that were made for the core since @from; none is right without an IOMMU (B3). */
static bool calls_allowed(const struct core *core, uint32_t from)
{
	struct bench_event e;
	bool ok = true;

	for (uint32_t i = from; i < record_len(); i++) {
		record_get(i, &e);
		if (e.kind != BENCH_EV_CALL)
			continue;
		out("# call: %s of PAS %u: status %lld result %llx", call_name(e.fn), e.pas_id,
		    (long long)e.status, (unsigned long long)e.result[0]);
		if (shared->machine == BENCH_MACHINE_EL2_MODEM)
			ok = fail("%s: SMC %s before it was refused", core->name, call_name(e.fn));
		if (e.pas_id == core->pas_id && (e.fn & ~SCM_FAST_CALL) == SCM_PAS_AUTH_AND_RESET)
			ok = fail("%s: TrustZone was asked to start it", core->name);
	}

	return ok;
}

static bool others_work(const struct core *odd)
{
	struct carveout c;
	bool ok = true;

	for_each_core(core) {
		if (core != odd && !odd_carveout(core, &c))
			ok = core_good_cycle(core) && ok;
	}

	return ok;
}

static bool refused(const struct test *t)
{
	const struct core *core = t->core;
	uint32_t from = record_len();
	struct carveout c;
	bool ok;
	int ret;

	odd_carveout(core, &c);
	kmsg_watch(true);
	ret = core_start(core);
	kmsg_watch(false);
	ok = core_failed(core, "start", ret);
	ok = names_both(&c) && ok;
	ok = calls_allowed(core, from) && ok;
	ok = core_all_given_back(core) && ok;

	return others_work(core) && ok;
}

/* Below a hypervisor Linux neither maps nor bridges it, and has no reason to refuse it. */
static bool is_fine(const struct test *t)
{
	return core_good_cycle(t->core) && core_good_cycle(t->core);
}

SCENARIO("odd-carveouts", "odd-carveout", "C4 S1 S4", ONLY_EL2_IOMMU, refused,
	 .when = has_odd_carveout, .loud = true);
SCENARIO("odd-carveouts", "odd-carveout", "B3 S1 S4", ONLY_EL2_MODEM, refused,
	 .when = has_odd_carveout, .loud = true);
SCENARIO("odd-carveouts", "odd-carveout", "P3", ONLY_HYP, is_fine, .when = has_odd_carveout);
