// SPDX-License-Identifier: GPL-2.0-only
/*
 * The device tree: read the machine from QEMU's copy, hand Linux one of our own
 * with command line, initrd and PSCI.
 */
#include <libfdt.h>
#include <string.h>

#include "platform.h"

#define DTB_EXTRA	0x4000		/* what we add, command line aside */

static void *const dtb = (void *)BENCH_DTB_BASE;
static bool is_qemus;	/* not one of the bench's */
static enum bench_machine machine;
static enum bench_soc soc;
static struct tz_smem smem = { BENCH_SMEM_BASE, BENCH_SMEM_SIZE };

static const char *const machine_names[] = {
	[BENCH_MACHINE_EL2_SMMU500] = "el2-smmu500",
	[BENCH_MACHINE_EL2_IOMMU] = "el2-iommu",
	[BENCH_MACHINE_EL2_MODEM] = "el2-modem",
	[BENCH_MACHINE_HYP] = "hypervisor",
};

static const char *const soc_names[] = {
	[BENCH_SOC_NONE] = NULL,
#define SOC_NAME(SOC, machine, compatible)	[BENCH_SOC_##SOC] = machine,
	BENCH_SOC_LIST(SOC_NAME)
#undef SOC_NAME
};

enum bench_machine tz_machine(void)
{
	return machine;
}

enum bench_soc tz_soc(void)
{
	return soc;
}

struct tz_smem tz_smem(void)
{
	return smem;
}

/* @err as libfdt returns it: negative is an error, else an offset */
static int check(int err, const char *what)
{
	if (err < 0)
		tz_panic("dtb: %s: %s", what, fdt_strerror(err));
	return err;
}

/* Which of @names a property of the root holds; @missing if there is none */
static unsigned int read_name(const char *prop, const char *const *names,
			      unsigned int num, unsigned int missing)
{
	int len;
	const char *name = fdt_getprop(dtb, 0, prop, &len);

	if (!name)
		return missing;
	for (unsigned int i = 0; i < num; i++) {
		if (names[i] && fdt_stringlist_contains(name, len, names[i]))
			return i;
	}
	tz_panic("dtb: %s is none that is known", prop);
}

static void read_machine(void)
{
	is_qemus = !fdt_getprop(dtb, 0, "bench,machine", NULL);
	machine = (enum bench_machine)read_name("bench,machine", machine_names,
						sizeof(machine_names) / sizeof(*machine_names),
						BENCH_MACHINE_EL2_MODEM);
	soc = (enum bench_soc)read_name("bench,soc", soc_names, BENCH_SOCS, BENCH_SOC_NONE);
}

/* The boot loader and the SoC's other masters find SMEM where Linux does */
static void read_smem(void)
{
	int len, node = fdt_node_offset_by_compatible(dtb, -1, "qcom,smem");
	const fdt64_t *reg;

	if (node < 0)
		return;
	reg = fdt_getprop(dtb, node, "reg", &len);
	if (!reg || len < 16)
		tz_panic("dtb: SMEM without 64-bit reg");
	smem.base = fdt64_ld(&reg[0]);
	smem.size = fdt64_ld(&reg[1]);
	if (!phys_ptr(smem.base, smem.size))
		tz_panic("dtb: SMEM at 0x%lx is not in RAM", smem.base);
}

bool tz_has_bridges(void)
{
	return !fdt_getprop(dtb, 0, "bench,no-bridges", NULL);
}

/* The cells of a property of the root, at most @max; how many there are */
static unsigned int read_cells(const char *name, uint32_t *cells, unsigned int max)
{
	int len;
	const fdt32_t *prop = fdt_getprop(dtb, 0, name, &len);
	unsigned int i, n = prop ? (unsigned int)len / sizeof(*prop) : 0;

	if (n > max)
		tz_panic("dtb: %s has %u cells, at most %u fit", name, n, max);
	for (i = 0; i < n; i++)
		cells[i] = fdt32_ld(&prop[i]);
	return n;
}

void tz_boot_smmu(struct tz_boot_smmu *smmu)
{
	uint32_t cells[2 * TZ_BOOT_STREAMS];
	unsigned int i, n;

	n = read_cells("bench,smmu-granules", cells, 3);
	smmu->granules = n ? 0 : 0x1000 + 0x4000 + 0x10000;
	for (i = 0; i < n; i++)
		smmu->granules |= cells[i];
	smmu->banks = BENCH_SMMU500_CBS;
	read_cells("bench,smmu-banks", &smmu->banks, 1);
	if (smmu->banks > BENCH_SMMU500_CBS)
		tz_panic("dtb: %u context banks, there are interrupts for %u", smmu->banks,
			 BENCH_SMMU500_CBS);
	smmu->num = read_cells("bench,smmu-boot-streams", cells, 2 * TZ_BOOT_STREAMS) / 2;
	for (i = 0; i < smmu->num; i++)
		smmu->streams[i] = cells[2 * i] | cells[2 * i + 1] << 16;
}

unsigned int tz_boot_pas(uint32_t *ids)
{
	return read_cells("bench,boot-pas", ids, TZ_BOOT_PAS);
}

/* The reserved memory must really be there, or every fault looks like ours. */
static void read_memory(void)
{
	const fdt64_t *reg;
	int node, len;

	node = check(fdt_node_offset_by_prop_value(dtb, -1, "device_type",
						   "memory", sizeof("memory")),
		     "memory node");
	reg = fdt_getprop(dtb, node, "reg", &len);
	if (!reg || len < 16)
		tz_panic("dtb: memory node without 64-bit reg");
	if (fdt64_ld(&reg[0]) != BENCH_RAM_BASE ||
	    fdt64_ld(&reg[1]) < BENCH_RAM_SIZE)
		tz_panic("dtb: needs %u MiB of memory (-m 1024)",
			 BENCH_RAM_SIZE >> 20);
	ram_set_size(fdt64_ld(&reg[1]));
}

/* QEMU leaves no psci node when the firmware is ours. */
static void add_psci(void)
{
	static const char compatible[] = "arm,psci-1.0\0arm,psci-0.2";
	int node = fdt_path_offset(dtb, "/psci");

	if (node != -FDT_ERR_NOTFOUND) {
		check(node, "/psci");
		return;
	}
	node = check(fdt_add_subnode(dtb, 0, "psci"), "add /psci");
	check(fdt_setprop(dtb, node, "compatible", compatible,
			  sizeof(compatible)), "psci compatible");
	check(fdt_setprop_string(dtb, node, "method", "smc"), "psci method");
}

/* Memory that Linux must leave alone; returns its node */
static int reserve(int parent, const char *name, uint64_t base, uint64_t end)
{
	int node = check(fdt_add_subnode(dtb, parent, name), name);

	check(fdt_appendprop_u64(dtb, node, "reg", base), "reg");
	check(fdt_appendprop_u64(dtb, node, "reg", end - base), "reg");
	check(fdt_setprop_empty(dtb, node, "no-map"), "no-map");
	return node;
}

/*
 * The model's memory, and in its midst the carveout of the one image that needs
 * neither a core nor an IOMMU, for a KUnit suite to find.
 */
static void add_reserved_memory(void)
{
	const uint64_t carveout = BENCH_CDSP_DTB_BASE;
	const uint64_t carveout_end = carveout + BENCH_CDSP_DTB_SIZE;
	int parent, node;

	parent = check(fdt_add_subnode(dtb, 0, "reserved-memory"),
		       "add /reserved-memory");
	check(fdt_setprop_u32(dtb, parent, "#address-cells", 2), "#address-cells");
	check(fdt_setprop_u32(dtb, parent, "#size-cells", 2), "#size-cells");
	check(fdt_setprop_empty(dtb, parent, "ranges"), "ranges");

	reserve(parent, "below", BENCH_RESERVED_BASE, carveout);
	node = reserve(parent, "carveout", carveout, carveout_end);
	check(fdt_setprop_string(dtb, node, "compatible",
				 "test,qcom-pas-carveout"), "compatible");
	check(fdt_setprop_u32(dtb, node, "test,pas-id", BENCH_PAS_CDSP_DTB),
	      "test,pas-id");
	reserve(parent, "above", carveout_end,
		BENCH_RESERVED_BASE + BENCH_RESERVED_SIZE);
}

/* Before QEMU's device tree can be overwritten. */
void dtb_open(void)
{
	const void *qemu = (const void *)QEMU_DTB;
	uint64_t size;

	check(fdt_check_header(qemu), "no device tree from QEMU");
	size = fdt_totalsize(qemu) + BOOT_SCRATCH_SIZE + DTB_EXTRA;
	check(fdt_open_into(qemu, dtb, size), "copy");
	read_machine();
	read_memory();
	read_smem();
}

/* What the machine itself asks for in "bench,bootargs", and then the command line */
static void add_bootargs(int chosen, const char *cmdline)
{
	int len, ours;
	const char *more = fdt_getprop(dtb, 0, "bench,bootargs", &len);
	char all[4096];
	size_t size = strlen(cmdline) + 1;

	if (!more) {
		check(fdt_setprop_string(dtb, chosen, "bootargs", cmdline), "bootargs");
		return;
	}
	ours = len - 1;		/* without its NUL, which becomes a blank */
	if (ours < 0 || (size_t)len + size > sizeof(all))
		tz_panic("dtb: bench,bootargs and the command line are too long");
	memcpy(all, more, (size_t)ours);
	all[ours] = ' ';
	memcpy(all + len, cmdline, size);
	check(fdt_setprop(dtb, chosen, "bootargs", all, len + (int)size), "bootargs");
}

void dtb_finish(const struct boot_image *image)
{
	int node = fdt_path_offset(dtb, "/chosen");

	if (node < 0)
		node = check(fdt_add_subnode(dtb, 0, "chosen"), "add /chosen");
	add_bootargs(node, image->cmdline);
	if (image->initrd_size) {
		check(fdt_setprop_u64(dtb, node, "linux,initrd-start",
				      BENCH_INITRD_BASE), "initrd-start");
		check(fdt_setprop_u64(dtb, node, "linux,initrd-end",
				      BENCH_INITRD_BASE + image->initrd_size),
		      "initrd-end");
	}
	add_psci();
	if (is_qemus)
		add_reserved_memory();
	check(fdt_pack(dtb), "pack");
}
