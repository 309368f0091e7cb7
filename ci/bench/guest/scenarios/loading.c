// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a start with a large image is made of, on machines whose clock counts instructions and
 * whose modem has a carveout of more than 64 MiB. The calls in the record divide it:
 *
 *   request	from the user's word until TrustZone has the metadata: the file that is asked for
 *		first is read, which is all there is of an image in a single file
 *   load	until TrustZone is to authenticate: the image gets to its carveout
 *   release	from TrustZone's last call on: what is left of a start, or of one that failed
 *
 * TrustZone says yes without a look, for the model would hash 64 MiB in plain C, two hundred times
 * as much as Linux spends. So nothing runs, and the start times out.
 */
#include <elf.h>
#include <fcntl.h>
#include <stddef.h>

#include "../../el3/model/sha256.h"
#include "harness.h"

#define LARGE		0x4000000u
#define SMALL		0x1000u
#define PHNUM		3
#define HASH_AT		0x1000u	/* in a single file */
#define SEGMENT_AT	0x2000u

SUITE("loading", "boot");

/**
 * struct variant - an image
 * @name:	of the test, and of what it says
 * @filesz:	bytes of its segment that the file has
 * @memsz:	and all of them
 * @split:	.mdt and .b02, else .mbn
 */
static const struct variant {
	const char *name;
	uint32_t filesz;
	uint32_t memsz;
	bool split;
} variants[] = {
	{ "small", SMALL, SMALL, false },
	{ "small-split", SMALL, SMALL, true },
	{ "cleared", SMALL, LARGE, false },
	{ "single", LARGE, LARGE, false },
	{ "split", LARGE, LARGE, true },
};

/* As images/mkimage.py makes them, with one segment of zeros */
struct metadata {
	Elf32_Ehdr ehdr;
	Elf32_Phdr phdr[PHNUM];
	struct {
		uint32_t words[10];
		uint8_t digest[PHNUM][SHA256_SIZE];
	} hash;
};

static void metadata_make(struct metadata *m, const struct variant *v, uint64_t base)
{
	const uint32_t head = offsetof(struct metadata, hash), hash = sizeof(m->hash);

	*m = (struct metadata){
		.ehdr = {
			.e_ident = { ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS32, ELFDATA2LSB,
				     EV_CURRENT },
			.e_type = ET_EXEC,
			.e_machine = EM_QDSP6,
			.e_version = EV_CURRENT,
			.e_entry = base,
			.e_phoff = sizeof(m->ehdr),
			.e_ehsize = sizeof(m->ehdr),
			.e_phentsize = sizeof(*m->phdr),
			.e_phnum = PHNUM,
		},
		.phdr = {
			{ .p_filesz = head, .p_flags = 7 << 24 },
			{ .p_offset = HASH_AT, .p_filesz = hash, .p_memsz = hash,
			  .p_flags = 2 << 24 },
			{ .p_type = PT_LOAD, .p_offset = SEGMENT_AT, .p_vaddr = base,
			  .p_paddr = base, .p_filesz = v->filesz, .p_memsz = v->memsz,
			  .p_flags = PF_R | PF_W | PF_X },
		},
		.hash.words = { 3, 3, [4] = sizeof(m->hash.digest), sizeof(m->hash.digest) },
	};
	sha256((const void *)m, head, m->hash.digest[0]);
}

static bool put(const char *path, size_t at, const void *data, size_t size)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
	bool ok = fd >= 0 && pwrite(fd, data, size, at) == (ssize_t)size;

	if (fd >= 0)
		close(fd);

	return ok || fail("%s cannot be written: %m", path);
}

static bool image_make(const struct variant *v, const struct core *core)
{
	void *segment = calloc(1, v->filesz);
	struct metadata m;
	bool ok;

	metadata_make(&m, v, core->base);
	if (v->split)
		ok = put("/lib/firmware/large.mdt", 0, &m, sizeof(m)) &&
		     put("/lib/firmware/large.b02", 0, segment, v->filesz);
	else
		ok = put("/lib/firmware/large.mbn", 0, &m, offsetof(struct metadata, hash)) &&
		     put("/lib/firmware/large.mbn", HASH_AT, &m.hash, sizeof(m.hash)) &&
		     put("/lib/firmware/large.mbn", SEGMENT_AT, segment, v->filesz);
	free(segment);

	return ok;
}

static void image_remove(void)
{
	unlink("/lib/firmware/large.mdt");
	unlink("/lib/firmware/large.b02");
	unlink("/lib/firmware/large.mbn");
}

/* In microseconds, by the counter that the record goes by */
static uint64_t counter_us(void)
{
	uint64_t count, frequency;

	asm volatile("isb; mrs %0, cntvct_el0; mrs %1, cntfrq_el0" : "=r"(count), "=r"(frequency));

	return count * 1000000 / frequency;
}

static bool loading(const struct test *t)
{
	struct bench_event announced, loaded, down;
	const struct variant *v = t->param;
	const struct core *core = t->core;
	uint32_t from = record_len();
	uint64_t asked, told, request, load, release;
	int ret;

	if (!image_make(v, core) || !core_set_firmware(core, v->split ? "large.mdt" : "large.mbn"))
		return false;
	shared->timed = true;
	rules_set(rule_refuse(SCM_PAS_AUTH_AND_RESET, core->pas_id, 1, 0));
	asked = counter_us();
	ret = core_start(core);
	told = counter_us();
	rules_clear();
	image_remove();

	if (ret != -ETIMEDOUT || !core_is(core, "offline") ||
	    !record_call(from, core->pas_id, SCM_PAS_INIT_IMAGE, &announced) ||
	    !record_call(from, core->pas_id, SCM_PAS_AUTH_AND_RESET, &loaded) ||
	    !record_call(from, core->pas_id, SCM_PAS_SHUTDOWN, &down))
		return fail("%s: it is not loaded: %d", core->name, ret);
	request = announced.time_us - asked;
	load = loaded.time_us - announced.time_us;
	release = told - down.time_us;
	out("# cost %s.request %llu000", v->name, (unsigned long long)request);
	out("# cost %s.load %llu000", v->name, (unsigned long long)load);
	out("# cost %s.release %llu000", v->name, (unsigned long long)release);
	out("# cost %s %llu000", v->name, (unsigned long long)(request + load + release));

	return true;
}

static void build(struct core *core)
{
	for (const struct variant *v = variants; v < variants + ARRAY_SIZE(variants); v++)
		test_add("R1", loading, core, "%s.%s", core->name, v->name)->param = v;
}

BUILD("loading", MACHINES_ALL, build, .loud = true);
