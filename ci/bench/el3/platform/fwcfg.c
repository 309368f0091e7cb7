// SPDX-License-Identifier: GPL-2.0-only
/*
 * Kernel, initrd and command line from QEMU's fw_cfg, by DMA straight to their
 * places. The control block lies in non-secure RAM, because the device does
 * not see secure RAM.
 */
#include "arch.h"
#include "platform.h"

#define FWCFG_DMA		(FWCFG_BASE + 0x10)

#define FWCFG_SIGNATURE		0x00
#define FWCFG_KERNEL_SIZE	0x08
#define FWCFG_INITRD_SIZE	0x0b
#define FWCFG_KERNEL_DATA	0x11
#define FWCFG_INITRD_DATA	0x12
#define FWCFG_CMDLINE_SIZE	0x14
#define FWCFG_CMDLINE_DATA	0x15

#define DMA_ERROR		(1u << 0)
#define DMA_READ		(1u << 1)
#define DMA_SELECT		(1u << 3)
#define DMA_TIMEOUT_US		10000000

/* The device's format: big endian */
struct fwcfg_dma {
	uint32_t control;
	uint32_t length;
	uint64_t address;
};

/* Layout of the scratch area */
struct fwcfg_scratch {
	struct fwcfg_dma dma;
	uint32_t word;
	char cmdline[BOOT_SCRATCH_SIZE / 2];
};

/* The first 64 bytes of an arm64 Image, see booting.rst */
struct image_header {
	uint32_t code[2];
	uint64_t text_offset;
	uint64_t image_size;
	uint64_t flags;
	uint64_t res[3];
	uint32_t magic;
	uint32_t res5;
};

#define IMAGE_MAGIC		0x644d5241	/* "ARM\x64" */
#define IMAGE_OLD_TEXT_OFFSET	0x80000		/* if image_size is 0 */

static volatile struct fwcfg_scratch *const scratch =
	(volatile struct fwcfg_scratch *)BOOT_SCRATCH;

static void fwcfg_read(uint16_t item, void *to, uint32_t size)
{
	volatile struct fwcfg_dma *dma = &scratch->dma;
	uint64_t start = tz_time_us();
	uint32_t control = (uint32_t)item << 16 | DMA_SELECT | DMA_READ;

	dma->length = __builtin_bswap32(size);
	dma->address = __builtin_bswap64((uint64_t)to);
	dma->control = __builtin_bswap32(control);
	dsb();
	write64(FWCFG_DMA, __builtin_bswap64((uint64_t)dma));
	for (;;) {
		control = __builtin_bswap32(dma->control);
		if (!control)
			break;
		if (control & DMA_ERROR)
			tz_panic("fw_cfg: reading item 0x%x failed", item);
		if (tz_time_us() - start > DMA_TIMEOUT_US)
			tz_panic("fw_cfg: item 0x%x does not come", item);
	}
	dsb();
}

static uint32_t fwcfg_size(uint16_t item)
{
	fwcfg_read(item, (void *)&scratch->word, sizeof(scratch->word));
	return scratch->word;
}

static uint64_t load_kernel(void)
{
	uint32_t size = fwcfg_size(FWCFG_KERNEL_SIZE);
	uint64_t room = BENCH_INITRD_BASE - BENCH_KERNEL_BASE;
	struct image_header *header = (struct image_header *)BENCH_KERNEL_BASE;
	uint64_t offset, needs;

	if (size < sizeof(*header) || size > room)
		tz_panic("kernel of %u bytes: none, or no room for it", size);
	fwcfg_read(FWCFG_KERNEL_DATA, header, size);
	if (header->magic != IMAGE_MAGIC)
		tz_panic("kernel is no arm64 Image (magic %08x)", header->magic);

	offset = header->image_size ? header->text_offset :
				      IMAGE_OLD_TEXT_OFFSET;
	needs = header->image_size > size ? header->image_size : size;
	if (offset > room || needs > room - offset)
		tz_panic("kernel needs %lu bytes at offset %lx, has %lu", needs,
			 offset, room);
	/* Rare: a kernel from before v5.10 lies above its 2 MiB boundary */
	if (offset)
		fwcfg_read(FWCFG_KERNEL_DATA,
			   (void *)(BENCH_KERNEL_BASE + offset), size);
	return BENCH_KERNEL_BASE + offset;
}

void fwcfg_load(struct boot_image *image)
{
	uint32_t size;
	char *cmdline = (char *)scratch->cmdline;

	if (fwcfg_size(FWCFG_SIGNATURE) != 0x554d4551)	/* "QEMU" */
		tz_panic("no fw_cfg with DMA at 0x%lx", FWCFG_BASE);
	image->kernel_entry = load_kernel();

	image->initrd_size = fwcfg_size(FWCFG_INITRD_SIZE);
	if (image->initrd_size > BOOT_SCRATCH - BENCH_INITRD_BASE)
		tz_panic("initrd of %lu bytes: no room", image->initrd_size);
	if (image->initrd_size)
		fwcfg_read(FWCFG_INITRD_DATA, (void *)BENCH_INITRD_BASE,
			   image->initrd_size);

	size = fwcfg_size(FWCFG_CMDLINE_SIZE);
	if (size >= sizeof(scratch->cmdline))
		tz_panic("command line of %u bytes: no room", size);
	if (size)
		fwcfg_read(FWCFG_CMDLINE_DATA, cmdline, size);
	cmdline[size] = '\0';
	image->cmdline = cmdline;
}
