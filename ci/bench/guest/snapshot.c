// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a start must give back: the state of clocks, power domains, regulators, interrupts, bridges
 * and memory, as far as debugfs, procfs and the shared page show it.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "guest.h"

#define MAX_ITEMS	256

struct item {
	char key[96];
	char value[32];
};

struct snapshot {
	struct item items[MAX_ITEMS];
	size_t num;
};

static struct snapshot baseline;
static bool have_baseline;
static uint32_t seen_violations, seen_unknown;
bool check_cpu_mapping;

static void item_add(struct snapshot *s, const char *key, const char *value)
{
	struct item *item;

	if (s->num == MAX_ITEMS)
		return;
	item = &s->items[s->num++];
	snprintf(item->key, sizeof(item->key), "%.90s", key);
	snprintf(item->value, sizeof(item->value), "%.30s", value);
}

static void item_add_number(struct snapshot *s, const char *key, unsigned long value)
{
	char text[24];

	snprintf(text, sizeof(text), "%lu", value);
	item_add(s, key, text);
}

/* One item for file @file in each subdirectory of @dir. */
static void add_dir(struct snapshot *s, const char *dir, const char *file)
{
	char path[600], value[32];
	struct dirent *d;
	DIR *handle;

	handle = opendir(dir);
	if (!handle)
		return;
	while ((d = readdir(handle))) {
		if (d->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s/%s", dir, d->d_name, file);
		if (file_read(path, value, sizeof(value)) < 0)
			continue;
		snprintf(path, sizeof(path), "%.60s %s", d->d_name, file);
		item_add(s, path, value);
	}
	closedir(handle);
}

/* How deep each interrupt is disabled; there only with CONFIG_GENERIC_IRQ_DEBUGFS. */
static void add_irqs(struct snapshot *s)
{
	static const char dir[] = "/sys/kernel/debug/irq/irqs";
	char path[600], text[2048], *depth;
	struct dirent *d;
	DIR *handle;

	handle = opendir(dir);
	if (!handle)
		return;
	while ((d = readdir(handle))) {
		snprintf(path, sizeof(path), "%s/%s", dir, d->d_name);
		if (d->d_name[0] == '.' || file_read(path, text, sizeof(text)) < 0)
			continue;
		depth = strstr(text, "ddepth:");
		if (!depth)
			continue;
		snprintf(path, sizeof(path), "irq %.20s ddepth", d->d_name);
		item_add_number(s, path, strtoul(depth + strlen("ddepth:"), NULL, 10));
	}
	closedir(handle);
}

static unsigned long count_text(const char *text, const char *what)
{
	unsigned long n = 0;

	for (; (text = strstr(text, what)); text++)
		n++;

	return n;
}

/*
 * Firmware files lie in vmalloc memory while somebody holds a reference, and coherent buffers
 * of a device that does not snoop are mapped there too.
 */
static void add_vmalloc(struct snapshot *s)
{
	size_t len;
	char *text = file_slurp("/proc/vmallocinfo", &len);

	if (!text)
		return;
	item_add_number(s, "firmware files", count_text(text, "kernel_read_file"));
	item_add_number(s, "coherent buffers", count_text(text, "dma-coherent"));
	free(text);
}

static void snapshot_take(struct snapshot *s)
{
	s->num = 0;
	add_dir(s, "/sys/kernel/debug/clk", "clk_enable_count");
	add_dir(s, "/sys/kernel/debug/clk", "clk_prepare_count");
	add_dir(s, "/sys/kernel/debug/pm_genpd", "current_state");
	add_dir(s, "/sys/kernel/debug/pm_genpd", "perf_state");
	add_dir(s, "/sys/class/regulator", "num_users");
	add_irqs(s);
	add_vmalloc(s);
	item_add_number(s, "bridges", shared->bridges);
}

/* Calls @differs for each difference; returns how many there are. */
static unsigned int snapshot_compare(const struct snapshot *was, const struct snapshot *is,
				     bool report)
{
	unsigned int n = 0;

	for (size_t i = 0; i < was->num; i++) {
		const char *now = "gone";

		for (size_t j = 0; j < is->num; j++) {
			if (!strcmp(was->items[i].key, is->items[j].key))
				now = is->items[j].value;
		}
		if (!strcmp(was->items[i].value, now))
			continue;
		n++;
		if (report)
			fail("not given back: %s was %s, is %s", was->items[i].key,
			     was->items[i].value, now);
	}

	return n;
}

/**
 * baseline_take() - remember how things are with every core down
 *
 * Taken once more it says what a warm-up may change: the pool of TrustZone memory grows once.
 */
void baseline_take(void)
{
	static struct snapshot now;
	long end = now_ms() + LIMIT_SETTLE_MS;

	/* power domains go down from a work queue: wait until two looks agree */
	snapshot_take(&baseline);
	do {
		kmsg_wait(POLL_MS * 10);
		now = baseline;
		snapshot_take(&baseline);
	} while (snapshot_compare(&now, &baseline, false) && now_ms() < end);

	if (have_baseline)
		return;
	have_baseline = true;
	for (size_t i = 0; i < baseline.num; i++)
		out("# baseline: %s = %s", baseline.items[i].key, baseline.items[i].value);
}

bool baseline_have(void)
{
	return have_baseline;
}

/* Whether everything is as it was at the baseline; waits a little for what comes late. */
bool baseline_back(void)
{
	static struct snapshot now;
	long end = now_ms() + LIMIT_SETTLE_MS;

	if (!have_baseline)
		return true;
	for (;;) {
		snapshot_take(&now);
		if (!snapshot_compare(&baseline, &now, false))
			return true;
		if (now_ms() >= end)
			break;
		kmsg_wait(POLL_MS);
	}

	return !snapshot_compare(&baseline, &now, true);
}

static void report_since(uint32_t from, uint16_t kind)
{
	struct bench_event e;

	for (uint32_t i = from; i < record_len(); i++) {
		record_get(i, &e);
		if (e.kind == kind && kind == BENCH_EV_VIOLATION)
			fail("violation at event %u: %s", e.seq, e.what);
		else if (e.kind == kind && (e.flags & BENCH_F_UNKNOWN))
			fail("unknown SMC %x at event %u", e.fn, e.seq);
	}
}

/* Whether no rule was broken since the last time this was asked. */
bool clean_so_far(void)
{
	static uint32_t reported;
	uint32_t violations = shared->violations, unknown = shared->unknown;
	bool clean = violations == seen_violations && unknown == seen_unknown;

	if (!clean) {
		report_since(reported, BENCH_EV_VIOLATION);
		report_since(reported, BENCH_EV_CALL);
	}
	seen_violations = violations;
	seen_unknown = unknown;
	reported = record_len();

	return clean;
}

static const uint64_t *core_bases(const struct core *core, size_t *num)
{
	static const uint64_t mpss[] = { BENCH_MPSS_BASE };
	static const uint64_t cdsp[] = { BENCH_CDSP_BASE, BENCH_CDSP_DTB_BASE };

	*num = core->index == BENCH_CORE_MPSS ? ARRAY_SIZE(mpss) : ARRAY_SIZE(cdsp);
	return core->index == BENCH_CORE_MPSS ? mpss : cdsp;
}

/**
 * cpu_maps() - whether the CPU maps the carveouts of a core
 * @core:	the core
 * @expected:	whether it should
 *
 * The base maps them as long as the driver is bound, so that this is asked only where it may be.
 *
 * Return: true if it is as expected
 */
bool cpu_maps(const struct core *core, bool expected)
{
	const uint64_t *base;
	char want[40];
	bool ok = true;
	size_t len, num;
	char *text;

	if (!check_cpu_mapping)
		return true;
	text = file_slurp("/proc/vmallocinfo", &len);
	if (!text)
		return fail("no /proc/vmallocinfo");
	base = core_bases(core, &num);
	for (size_t i = 0; i < num; i++) {
		snprintf(want, sizeof(want), "phys=0x%016llx", (unsigned long long)base[i]);
		if (!!strstr(text, want) != expected)
			ok = fail("%s: the CPU %s the carveout at %llx", core->name,
				  expected ? "does not map" : "maps",
				  (unsigned long long)base[i]);
	}
	free(text);

	return ok;
}
