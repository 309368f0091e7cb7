// SPDX-License-Identifier: GPL-2.0-only
/* Resource tables, good and bad. */
#include <linux/string.h>

#include "cpu.h"

#define HDR(ver, num)	ver, num, 0, 0
#define TRACE(len)	RSC_TRACE, 0x1000, len, 0, 0, 0, 0, 0, 0, 0, 0, 0
#define CARVEOUT(len, name)						\
	RSC_CARVEOUT, 0xffffffff, 0, len, 0, 0, name, name, name, name,	\
	name, name, name, name
#define VDEV(align, num)						\
	RSC_VDEV, 7, 0, 0, 0, 0, 0x100, 0xffffffff, align, num, 0, 0

const u32 bad_tables[][TABLE_WORDS] = {
	{ HDR(1, 0xffffffff), 20 },
	{ HDR(2, 1), 20, TRACE(0x1000) },
	{ HDR(1, 1), 0x80000000, TRACE(0x1000) },
	{ HDR(1, 1), 0xfffffffc, TRACE(0x1000) },
	{ HDR(1, 1), 124, TRACE(0x1000) },
	{ HDR(1, 1), 100, TRACE(0x1000) },
	{ HDR(1, 3), 28, 28, 28, TRACE(0x1000) },
	{ HDR(1, 1), 20, CARVEOUT(0, 0x6e252525) },
	{ HDR(1, 1), 20, RSC_DEVMEM, 0x1000, 0x1000, 0x1000 },
	{ HDR(1, 1), 20, VDEV(4096, 256) },
	{ HDR(1, 1), 20, VDEV(3, 256) },
	{ HDR(1, 1), 20, VDEV(4096, 0x80000000) },
	{ HDR(1, 1), 20, RSC_VDEV, 7, 0, 0, 0, 0, 0xff00 },
	{ HDR(1, 1), 20, RSC_VDEV, 7, 0, 0, 0, 0xffffffff },
	{ HDR(1, 1), 108, [27] = RSC_VDEV },
};

const u32 good_table[TABLE_WORDS] = { HDR(1, 2), 24, 72, TRACE(0x1000), [18] = 200 };

/* Nothing that a table says is trusted; what is good or empty is used */
static void malformed(struct cpu *cpu)
{
	static const u32 empty[TABLE_WORDS] = { HDR(0, 0), 0x80000000 };
	int i, ret;

	cpu->table_size = sizeof(bad_tables[0]);
	for (i = 0; i < ARRAY_SIZE(bad_tables); i++) {
		cpu->table = bad_tables[i];
		ret = rproc_boot(cpu->rproc);
		if (ret != -EINVAL)
			pr_info("# table %d: %d\n", i, ret);
		CHECK(ret == -EINVAL && !users(cpu) && !cpu->starts);
		CHECK(!cpu->rproc->table_ptr && !cpu->rproc->num_traces);
	}
	cpu->table = good_table;
	CHECK(boot(cpu, 1) && cpu->rproc->num_traces == 1);
	CHECK(!rproc_shutdown(cpu->rproc) && !cpu->rproc->num_traces);
	cpu->table = empty;
	CHECK(boot(cpu, 1) && !rproc_shutdown(cpu->rproc));
	cpu->table_size = 15;
	CHECK(rproc_boot(cpu->rproc) == -EINVAL);
	cpu->table_size = 0;
	CHECK(boot(cpu, 1));
}

/* What lies in a carveout, and nothing beside it, has an address */
static void carveout(struct cpu *cpu)
{
	static const u32 table[TABLE_WORDS] = { HDR(1, 1), 20, CARVEOUT(0x2000, 0x656d616e) };
	struct rproc *rproc = cpu->rproc;
	struct rproc_mem_entry *mem;

	cpu->table = table;
	cpu->table_size = sizeof(table);
	CHECK(boot(cpu, 1) && !list_empty(&rproc->carveouts));
	if (failed)
		return;
	mem = list_first_entry(&rproc->carveouts, struct rproc_mem_entry, node);
	CHECK(rproc_da_to_va(rproc, mem->da, 0x2000, NULL) == mem->va);
	CHECK(rproc_da_to_va(rproc, mem->da + 0x1ffc, 4, NULL) == mem->va + 0x1ffc);
	CHECK(!rproc_da_to_va(rproc, mem->da, 0x2001, NULL));
	CHECK(!rproc_da_to_va(rproc, mem->da + 0x1ffc, 5, NULL));
	CHECK(!rproc_da_to_va(rproc, mem->da + 4, SIZE_MAX, NULL));
	CHECK(!rproc_da_to_va(rproc, mem->da - 4, 4, NULL));
}

static void cpu_kick(struct rproc *rproc, int vqid)
{
}

/* A virtio device has no more rings than it says */
static void few_vrings(struct cpu *cpu)
{
	static const u32 one[TABLE_WORDS] = { HDR(1, 1), 20, VDEV(4096, 256) };
	static const u32 none[TABLE_WORDS] = { HDR(1, 1), 20, RSC_VDEV, 7 };

	cpu->rproc->ops->kick = cpu_kick;
	cpu->table = one;
	cpu->table_size = sizeof(one);
	CHECK(boot(cpu, 1) && !idr_is_empty(&cpu->rproc->notifyids));
	CHECK(!rproc_shutdown(cpu->rproc) && idr_is_empty(&cpu->rproc->notifyids));
	cpu->table = none;
	CHECK(boot(cpu, 1) && !rproc_shutdown(cpu->rproc));
}

/* A table with a virtio device, for who reads it in debugfs */
static void shown(struct cpu *cpu)
{
	static const u32 table[TABLE_WORDS] = {
		HDR(1, 1), 20, RSC_VDEV, 7, 0, 0, 0, 0, 0x200,
		0xffffffff, 4096, 256, 0, 0, 0xffffffff, 4096, 256, 0, 0
	};

	cpu->rproc->ops->kick = cpu_kick;
	cpu->table = table;
	cpu->table_size = sizeof(table);
	CHECK(boot(cpu, 1));
	cpu->to_be_seen = true;
}

/* A table that the processor has spoilt since */
static void spoilt(struct cpu *cpu)
{
	static u32 table[ARRAY_SIZE(good_table)];

	memcpy(table, good_table, sizeof(table));
	cpu->loaded = table;
	CHECK(boot(cpu, 1));
	table[1] = 0xffffffff;
	cpu->to_be_seen = true;
}

const struct scenario table_scenarios[] = {
	{ "bad-tables", malformed },
	{ "carveout", carveout },
	{ "few-vrings", few_vrings },
	{ "shown", shown },
	{ "spoilt", spoilt, RPROC_DETACHED },
	{}
};
