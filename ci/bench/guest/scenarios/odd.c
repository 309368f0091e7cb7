// SPDX-License-Identifier: GPL-2.0-only
/*
 * Carveouts that do not consist of whole pages, as some device trees of the bench have them: who
 * cannot be mapped or bridged is refused, says why, and leaves the others alone.
 */
#include <endian.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "guest.h"

#define NODES		"/proc/device-tree/reserved-memory"
#define PAGE_MASK	0xfffu

/* One carveout as the device tree has it. */
struct carveout {
	uint64_t base;
	uint64_t size;
};

/* The carveout whose node @name@address is called after where it should be; false: none. */
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

static bool is_odd(const struct carveout *c)
{
	return (c->base | c->size) & PAGE_MASK;
}

/* The carveout of a core that is not made of whole pages; false: all are. */
static bool odd_carveout(const struct core *core, struct carveout *c)
{
	const char *name = core->index == BENCH_CORE_MPSS ? "mpss" : core->name;
	char dtb[32];

	snprintf(dtb, sizeof(dtb), "%s-dtb", name);
	return (carveout_get(name, core->base, c) && is_odd(c)) ||
	       (core->dtb_base && carveout_get(dtb, core->dtb_base, c) && is_odd(c));
}

/* As sc_boot(), but that some cores cannot start. */
static bool sc_odd_boot(const struct test *t)
{
	bool ok = true;

	(void)t;
	for (size_t i = 0; i < BENCH_CORES; i++) {
		const struct core *core = &cores[i];

		if (!core->present)
			continue;
		if (core->auto_boot)
			ok = core_wait_boot_over(core) && ok;
		if (core_is(core, "running"))
			ok = core_good_stop(core) && ok;
	}
	kmsg_watch(false);
	baseline_take();

	return ok;
}

/*
 * The message names the carveout, and the size of the pages that it should consist of; where Linux
 * has to map it, that these are the IOMMU's, for a bridge needs pages of that size too.
 */
static bool names_both(const struct carveout *c)
{
	const char *whose = shared->machine == BENCH_MACHINE_EL2_IOMMU ? "IOMMU" : "";
	char base[24], size[24];
	const char *const hex[] = { base, size, "0x1000", whose };
	const char *const decimal[] = { base, size, "4096", whose };

	snprintf(base, sizeof(base), "%llx", (unsigned long long)c->base);
	snprintf(size, sizeof(size), "%#llx", (unsigned long long)c->size);
	if (message_find(hex, ARRAY_SIZE(hex)) || message_find(decimal, ARRAY_SIZE(decimal)))
		return true;
	message_show();

	return fail("no line names carveout %s+%s and its pages of 0x1000 bytes", base, size);
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
		if (e.pas_id == core->pas_id && (e.fn & ~FN_FAST) == FN_AUTH_AND_RESET)
			ok = fail("%s: TrustZone was asked to start it", core->name);
	}

	return ok;
}

static bool others_work(const struct core *core)
{
	struct carveout c;
	bool ok = true;

	for (size_t i = 0; i < BENCH_CORES; i++) {
		if (&cores[i] != core && cores[i].present && !odd_carveout(&cores[i], &c))
			ok = core_good_cycle(&cores[i]) && ok;
	}

	return ok;
}

static bool sc_odd_carveout(const struct test *t)
{
	const struct core *core = t->core;
	uint32_t from = record_len();
	struct carveout c;
	bool ok;
	int ret;

	if (!odd_carveout(core, &c))
		return fail("%s: no odd carveout in this device tree", core->name);
	message_watch();
	ret = core_start(core);
	message_keep();
	ok = (ret < 0 && ret != -EPROTO) || fail("%s: start gave %d", core->name, ret);
	ok = names_both(&c) && ok;
	ok = calls_allowed(core, from) && ok;
	if (record_up(core->pas_id) || (core->dtb_pas_id && record_up(core->dtb_pas_id)))
		ok = fail("%s: a PAS is up", core->name);
	ok = core_wait(core, "offline", LIMIT_SETTLE_MS) && baseline_back() && ok;

	return others_work(core) && ok;
}

/* Below a hypervisor Linux neither maps nor bridges it, and has no reason to refuse it. */
static bool sc_odd_is_fine(const struct test *t)
{
	return core_good_cycle(t->core) && core_good_cycle(t->core);
}

static const struct scenario odd[] = {
	[BENCH_MACHINE_EL2_IOMMU] = { "odd-carveout", "C4 S1 S4", sc_odd_carveout, 0 },
	[BENCH_MACHINE_EL2_MODEM] = { "odd-carveout", "B3 S1 S4", sc_odd_carveout, 0 },
	[BENCH_MACHINE_HYP] = { "odd-carveout", "P3", sc_odd_is_fine, 0 },
};

static void add_odd(struct core *core)
{
	const struct scenario *s = &odd[shared->machine];

	test_add(s->rows, s->fn, core, "%s.%s", core->name, s->name);
}

/* Adds the tests of the carveouts that this device tree has. */
void odd_build(void)
{
	struct carveout c;

	test_add("S1", sc_odd_boot, NULL, "boot")->setup = true;
	for (size_t i = 0; i < BENCH_CORES; i++) {
		if (cores[i].present && odd_carveout(&cores[i], &c))
			add_odd(&cores[i]);
	}
}

/* The same without a device tree: on each machine it is the last of the few cores. */
void odd_list(void)
{
	test_add("S1", sc_odd_boot, NULL, "boot");
	add_odd(&cores[shared->machine == BENCH_MACHINE_EL2_MODEM ? BENCH_CORE_MPSS : BENCH_CORE_CDSP]);
}
