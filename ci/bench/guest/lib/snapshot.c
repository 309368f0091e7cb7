// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a start must give back: the state of clocks, power domains, regulators, interrupts, bridges
 * and memory, as far as debugfs, procfs and the shared page show it.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "checks.h"
#include "core.h"
#include "kmsg.h"
#include "out.h"
#include "shared.h"
#include "snapshot.h"
#include "sys.h"

#define MAX_ITEMS	256
#define SAME_LOOKS	3
#define LOOK_MS		30

struct item {
	char key[96];
	char value[32];
};

struct snapshot {
	struct item items[MAX_ITEMS];
	size_t num;
	uint32_t bridges;
	unsigned long buffers;	/* coherent ones */
	unsigned long firmware_files;
};

static struct snapshot baselines[2], *baseline = baselines;
static bool have_baseline;
unsigned int leftovers_tolerated;

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
	char *text = file_slurp("/proc/vmallocinfo", NULL);

	if (!text)
		return;
	s->firmware_files = count_text(text, "kernel_read_file");
	item_add_number(s, "firmware files", s->firmware_files);
	item_add_number(s, "mappings", count_text(text, " ioremap"));
	s->buffers = count_text(text, "dma-coherent");
	free(text);
}

/* Interrupts that somebody has asked for */
static void add_interrupts(struct snapshot *s)
{
	char *text = file_slurp("/proc/interrupts", NULL);

	if (!text)
		return;
	item_add_number(s, "interrupts", count_text(text, "\n"));
	free(text);
}

static void snapshot_take(struct snapshot *s)
{
	s->num = 0;
	s->bridges = shared->bridges;
	s->buffers = 0;
	s->firmware_files = 0;
	add_dir(s, "/sys/kernel/debug/clk", "clk_enable_count");
	add_dir(s, "/sys/kernel/debug/clk", "clk_prepare_count");
	add_dir(s, "/sys/kernel/debug/pm_genpd", "current_state");
	add_dir(s, "/sys/kernel/debug/pm_genpd", "perf_state");
	add_dir(s, "/sys/class/regulator", "num_users");
	add_irqs(s);
	add_interrupts(s);
	add_vmalloc(s);
	item_add_number(s, "regions assigned", shared->assigned);
}

/* Number of the differences, each of which a report names. */
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

void baseline_take(void)
{
	static struct snapshot now;
	long end = now_ms() + LIMIT_SETTLE_MS;

	/* power domains go down from a work queue, which tells nobody: look until it is over */
	snapshot_take(baseline);
	for (int same = 0; same < SAME_LOOKS && now_ms() < end; same++) {
		usleep(LOOK_MS * 1000);
		now = *baseline;
		snapshot_take(baseline);
		if (snapshot_compare(&now, baseline, false))
			same = -1;
	}

	if (have_baseline)
		return;
	have_baseline = true;
	for (size_t i = 0; i < baseline->num; i++)
		out("# baseline: %s = %s", baseline->items[i].key, baseline->items[i].value);
	out("# baseline: bridges = %u, coherent buffers = %lu", baseline->bridges, baseline->buffers);
}

void baseline_unbound(bool unbound)
{
	baseline = &baselines[unbound];
	if (unbound && !baseline->num)
		baseline_take();
}

bool baseline_have(void)
{
	return have_baseline;
}

bool no_firmware_kept(void)
{
	if (!baseline->firmware_files)
		return true;
	if (check_series)
		return fail("%lu firmware files still in memory", baseline->firmware_files);
	breaks("S1", "%lu firmware files still in memory", baseline->firmware_files);

	return true;
}

bool no_domain_on(void)
{
	for (size_t i = 0; i < baseline->num; i++) {
		const struct item *item = &baseline->items[i];

		if (!strstr(item->key, " current_state") || strcmp(item->value, "on"))
			continue;
		if (check_series)
			return fail("power domain not given back: %s is on", item->key);
		breaks("S1", "power domain not given back: %s is on", item->key);
	}

	return true;
}

static bool bridges_back(void)
{
	uint32_t now = shared->bridges;

	return now >= baseline->bridges && now - baseline->bridges <= leftovers_tolerated;
}

static bool buffers_back(const struct snapshot *now)
{
	return now->buffers >= baseline->buffers &&
	       now->buffers - baseline->buffers <= leftovers_tolerated;
}

bool no_new_buffer(void)
{
	static struct snapshot now;

	now.num = 0;
	add_vmalloc(&now);
	return !have_baseline || buffers_back(&now) ||
	       fail("%lu coherent buffers, were %lu", now.buffers, baseline->buffers);
}

bool no_new_bridge(void)
{
	return !have_baseline || bridges_back() ||
	       fail("%u bridges, were %u", shared->bridges, baseline->bridges);
}

static bool all_back(const struct snapshot *now)
{
	return !snapshot_compare(baseline, now, false) && bridges_back() && buffers_back(now);
}

bool baseline_back(void)
{
	static struct snapshot now;

	if (!have_baseline ||
	    poll_until((snapshot_take(&now), all_back(&now)), LIMIT_SETTLE_MS))
		return true;
	snapshot_compare(baseline, &now, true);
	no_new_bridge();
	if (!buffers_back(&now))
		fail("%lu coherent buffers, were %lu", now.buffers, baseline->buffers);

	return false;
}

bool baseline_differs(void)
{
	static struct snapshot now;

	snapshot_take(&now);
	return snapshot_compare(baseline, &now, false);
}
