// SPDX-License-Identifier: GPL-2.0-only
/* What the fuzzers start from: one good input of each kind. */
#include "fuzz.h"

static const char *root;

static void save(const char *fuzzer, const char *name, const void *data, size_t size)
{
	char path[4096];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s/%s", root, fuzzer, name);
	file = fopen(path, "w");
	if (!file || fwrite(data, 1, size, file) != size || fclose(file)) {
		perror(path);
		exit(3);
	}
}

void fail(const char *file, int line, const char *fmt, ...)
{
	fprintf(stderr, "%s:%d: %s\n", file, line, fmt);
	exit(1);
}

static void images(void)
{
	static struct test_image ti;

	image_build(&ti, false, BENCH_MPSS_BASE);
	save("fuzz_image", "linked", ti.md, ti.size);
	image_build(&ti, true, 0x8c000000);
	save("fuzz_image", "relocatable", ti.md, ti.size);
}

/* All words that are not 0 of what the builder of tables wrote to */
static void save_tables(const char *name)
{
	static uint8_t buf[0x10000];
	size_t size = WALK_HEADER;
	uint64_t at;

	put32(buf, host.strtab_cfg);
	for (at = TABLES_BASE; at < TABLES_END; at += 8) {
		uint64_t v = *word_at(at);

		if (!v || size + WALK_RECORD > sizeof(buf))
			continue;
		put32(buf + size, (uint32_t)(at - BENCH_RAM_BASE));
		put32(buf + size + 4, (uint32_t)v);
		put32(buf + size + 8, (uint32_t)(v >> 32));
		size += WALK_RECORD;
	}
	save("fuzz_walk", name, buf, size);
}

static void walks(void)
{
	static const struct {
		const char *name;
		unsigned int granule, split;
	} rows[] = { { "4k", 12, 0 }, { "16k-two-level", 14, 8 }, { "64k", 16, 0 } };
	struct tables t;
	size_t i;

	for (i = 0; i < ARRAY_LEN(rows); i++) {
		host_start(BENCH_MACHINE_EL2_IOMMU);
		tables_start(&t, TABLES_BASE, rows[i].granule, 40);
		if (rows[i].split)
			tables_two_level(&t, BENCH_SID_MPSS, rows[i].split);
		else
			tables_linear(&t, BENCH_SID_MPSS);
		tables_map(&t, BENCH_MPSS_BASE, BENCH_MPSS_BASE, 4ull << rows[i].granule, 3);
		save_tables(rows[i].name);
	}
}

/* A step of fuzz_smmu500 with a le32 */
#define SMMU(step, n, v)	SMMU_STEP_##step, n, (v) & 0xff, (v) >> 8 & 0xff,	\
				(v) >> 16 & 0xff, (v) >> 24 & 0xff
#define SMMU_ACCESS(write, page) SMMU_STEP_ACCESS, write, 0, (page) << 4, 0, 0, 0, 0, 0, 0

/* A DSP's stream in bank 2, which is what another group leads to as well */
#define SMMU_STREAM(s2cr, sctlr)						\
	SMMU(SCR0, 0, 0x1c36u), SMMU(CBA2R, 2, 1u), SMMU(CBAR, 2, 0x1f300u),	\
	SMMU(BANK, 2 + 8, (uint32_t)TABLES_BASE), SMMU(BANK, 2 + 24, 0x800010u),	\
	SMMU(BANK, 2, sctlr), SMMU(S2CR, 7, s2cr),				\
	SMMU(SMR, 7, 0x84000080u), SMMU(SMR, 9, 0x80000040u)

static void smmu500(void)
{
	static const uint8_t translated[] = {
		SMMU_STREAM(2u, 0x1067u), SMMU_ACCESS(0, 1), SMMU_ACCESS(1, 2),
		SMMU_STEP_HANDLE, 0, SMMU_ACCESS(0, 3),
	};
	static const uint8_t bypassed[] = { SMMU_STREAM(0x10002u, 0x1067u), SMMU_ACCESS(0, 1) };
	static const uint8_t off[] = { SMMU_STREAM(2u, 0u), SMMU_ACCESS(0, 1) };
	static const uint8_t moved[] = {
		SMMU_STREAM(2u, 0x1067u), SMMU(CBAR, 3, 0x1f300u), SMMU(BANK, 3, 0x1067u),
		SMMU(S2CR, 7, 3u), SMMU(SMR, 7, 0x80000480u), SMMU_ACCESS(0, 1),
	};

	save("fuzz_smmu500", "translated", translated, sizeof(translated));
	save("fuzz_smmu500", "bypassed", bypassed, sizeof(bypassed));
	save("fuzz_smmu500", "off", off, sizeof(off));
	save("fuzz_smmu500", "moved", moved, sizeof(moved));
}

/* A start and a stop of an image, as steps */
#define START(i)	STEP_INIT, i, STEP_LOAD, i, STEP_MEM_SETUP, i, STEP_MAP, i, \
			STEP_BRIDGE, i, STEP_AUTH, i, STEP_UNBRIDGE, i
#define STOP(i)		STEP_SHUTDOWN, i, STEP_UNMAP, i

/*
 * get_rsc_table: the buffer of the other arguments gets the bytes that are not 0
 * of an output buffer and its size; then id, input, its size, that buffer
 */
#define RSC_TABLE(how, size) \
	STEP_POKE, 2, 1, 0, 0x10, STEP_POKE, 2, 2, 0, 0x02, \
	STEP_POKE, 2, 3, 0, 0x52, STEP_POKE, 2, 9, 0, 0xf0, \
	STEP_POKE, 2, 10, 0, 0x01, \
	STEP_CALL, CALL_PAS_GET_RSC_TABLE, 2, 147, 0x00, 0x02, how, size, 0x00, 7

static void starts(void)
{
	static const uint8_t modem[] = { BENCH_MACHINE_EL2_IOMMU, START(0), STOP(0) };
	static const uint8_t cdsp[] = { BENCH_MACHINE_EL2_SMMU500, START(1), START(2), STOP(2), STOP(1) };
	static const uint8_t hypervisor[] = {
		BENCH_MACHINE_HYP, STEP_INIT, 0, STEP_LOAD, 0, STEP_AUTH, 0, STOP(0)
	};
	/* assign_mem: the lists and their sizes, one of each, then the call */
	static const uint8_t assign[] = {
		BENCH_MACHINE_EL2_MODEM, STEP_POKE, 2, 0x03, 2, 0x54, STEP_POKE, 2, 0x09, 2, 0x10,
		STEP_POKE, 2, 0x00, 1, 3, STEP_POKE, 2, 0x00, 3, 15,
		STEP_POKE, 2, 0x04, 3, 6, STEP_POKE, 2, 0, 0, 4,
		STEP_POKE, 2, 9, 0, 0x03, STEP_POKE, 2, 10, 0, 0x02,
		STEP_POKE, 2, 11, 0, 0x52, STEP_POKE, 2, 16, 0, 24,
		STEP_CALL, CALL_ASSIGN_MEM,
		147, 0x00, 0x02, 140, 0x10, 0x00, 147, 0x00, 0x01, 7,
	};
	static const uint8_t smallest[] = { BENCH_MACHINE_EL2_MODEM, RSC_TABLE(140, 0x10) };
	static const uint8_t largest[] = { BENCH_MACHINE_EL2_MODEM, RSC_TABLE(136, 0x00) };

	save("fuzz_calls", "assign-mem", assign, sizeof(assign));
	save("fuzz_calls", "modem", modem, sizeof(modem));
	save("fuzz_calls", "cdsp", cdsp, sizeof(cdsp));
	save("fuzz_calls", "hypervisor", hypervisor, sizeof(hypervisor));
	save("fuzz_calls", "resource-table", smallest, sizeof(smallest));
	save("fuzz_calls", "resource-table-largest", largest, sizeof(largest));
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: %s OUTDIR\n", argv[0]);
		return 2;
	}
	root = argv[1];
	images();
	walks();
	smmu500();
	starts();
	return 0;
}
