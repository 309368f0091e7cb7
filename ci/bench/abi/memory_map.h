/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where everything of the bench is, and the numbers by which it goes: addresses, PAS
 * ids, streams, CPUs, SMEM items, interrupts. Nothing but #defines, for C, assembly
 * and, through the preprocessor, dts/.
 */
#ifndef MEMORY_MAP_H
#define MEMORY_MAP_H

/*
 * Physical memory map. RAM of QEMU's virt machine starts at 1 GiB; the bench
 * runs with 1 GiB of it, and with more where a board's carveouts lie higher.
 * Everything from BENCH_RESERVED_BASE to its end is no-map reserved memory in
 * every device tree of the bench.
 */
#define BENCH_RAM_BASE		0x40000000
#define BENCH_RAM_SIZE		0x40000000
#define BENCH_KERNEL_BASE	0x40200000	/* 2 MiB aligned, see booting.rst */
#define BENCH_INITRD_BASE	0x48000000
#define BENCH_DTB_BASE		0x4f000000	/* where the firmware puts the final dtb */

#define BENCH_RESERVED_BASE	0x5e000000
#define BENCH_RESERVED_SIZE	0x02000000

#define BENCH_MPSS_BASE		0x5e000000	/* carveout of the modem */
#define BENCH_MPSS_SIZE		0x00400000
#define BENCH_ADSP_BASE		0x5e400000	/* and of three more, on the machine with five cores */
#define BENCH_ADSP_SIZE		0x00100000
#define BENCH_ADSP_DTB_BASE	0x5e500000
#define BENCH_ADSP_DTB_SIZE	0x00010000
#define BENCH_MPSS_DTB_BASE	0x5e510000	/* the modem has a dtb image there */
#define BENCH_MPSS_DTB_SIZE	0x00010000
#define BENCH_MSA_BASE		0x5e520000	/* and three regions that are assigned to it */
#define BENCH_MSA_SIZE		0x00010000
#define BENCH_LENT_BASE		0x5e550000	/* and one that the cdsp shares with Linux */
#define BENCH_LENT_SIZE		0x00010000
#define BENCH_CDSP1_BASE	0x5e600000
#define BENCH_CDSP1_SIZE	0x00100000
#define BENCH_GPDSP0_BASE	0x5e700000
#define BENCH_GPDSP0_SIZE	0x00100000
#define BENCH_CDSP_BASE		0x5e800000	/* carveout of the compute DSP */
#define BENCH_CDSP_SIZE		0x00200000
#define BENCH_CDSP_DTB_BASE	0x5ea00000	/* and of its dtb image */
#define BENCH_CDSP_DTB_SIZE	0x00010000

#define BENCH_DEVMEM_BASE	0x5eb00000	/* "device" named by the resource table */
#define BENCH_DEVMEM_SIZE	0x00010000	/* pages of any size fit */

/* RAM that the arm-smmu driver sees as an SMMU-500, on the machines that have one */
#define BENCH_SMMU500_BASE	0x5ec00000
#define BENCH_SMMU500_SIZE	0x00100000
#define BENCH_SMMU500_CBS	16		/* context banks, an interrupt each */

#define BENCH_SMEM_BASE		0x5f000000
#define BENCH_SMEM_SIZE		0x00100000
#define BENCH_TCSR_MUTEX_BASE	0x5f100000	/* RAM that the hwspinlock driver sees as registers */
#define BENCH_TCSR_MUTEX_SIZE	0x00020000
#define BENCH_IPC_BASE		0x5f120000	/* syscon that qcom,ipc kicks are written to */
#define BENCH_IPC_SIZE		0x00001000
/*
 * Power domains: a register bit each, set while the domain is on. Both cores
 * vote for cx, as on the SoCs; mxc and nsp are the compute DSP's alone.
 */
#define BENCH_PPU_BASE		0x5f121000
#define BENCH_PPU_SIZE		0x00001000
#define BENCH_PPU_CX		0		/* index; register 0, bit 2 */
#define BENCH_PPU_MXC		1		/* index; register 0, bit 3 */
#define BENCH_PPU_NSP		2		/* index; register 4, bit 0 */

#define BENCH_SHARED_BASE	0x5f200000	/* struct bench_shared */
#define BENCH_SHARED_SIZE	0x00e00000

/* Cores: PAS ids and crash-reason items as in qcom_q6v5_pas.c */
#define BENCH_PAS_MPSS		4		/* qcom,sc8180x-mpss-pas */
#define BENCH_PAS_MPSS_DTB	0x26		/* qcom,sm8650-mpss-pas, with five cores */
#define BENCH_PAS_CDSP		18		/* qcom,x1e80100-cdsp-pas */
#define BENCH_PAS_CDSP_DTB	0x25
#define BENCH_PAS_ADSP		1		/* qcom,sm8550-adsp-pas */
#define BENCH_PAS_ADSP_DTB	0x24
#define BENCH_PAS_ADSP_LITE	0x1f		/* what a boot loader starts: qcom,x1e80100-adsp-pas */
#define BENCH_PAS_ADSP_LITE_DTB	0x29
#define BENCH_PAS_CDSP1		30		/* qcom,sa8775p-cdsp1-pas */
#define BENCH_PAS_GPDSP0	39		/* qcom,sa8775p-gpdsp0-pas */
#define BENCH_PAS_GPDSP1	40		/* qcom,sa8775p-gpdsp1-pas */

/* And the names that people read */
#define BENCH_PAS_NAMES(X)				\
X(BENCH_PAS_MPSS, "modem")				\
X(BENCH_PAS_MPSS_DTB, "modem-dtb")			\
X(BENCH_PAS_CDSP, "cdsp")				\
X(BENCH_PAS_CDSP_DTB, "cdsp-dtb")			\
X(BENCH_PAS_ADSP, "adsp")				\
X(BENCH_PAS_ADSP_DTB, "adsp-dtb")			\
X(BENCH_PAS_ADSP_LITE, "adsp-lite")			\
X(BENCH_PAS_ADSP_LITE_DTB, "adsp-lite-dtb")		\
X(BENCH_PAS_CDSP1, "cdsp1")				\
X(BENCH_PAS_GPDSP0, "gpdsp0")				\
X(BENCH_PAS_GPDSP1, "gpdsp1")

/* Stream ids, on the machines where Linux owns the SMMU */
#define BENCH_SID_MPSS		0x40
#define BENCH_SID_CDSP		0x80
#define BENCH_SID_ADSP		0xc0
#define BENCH_SID_CDSP1		0x100
#define BENCH_SID_GPDSP0	0x140

/*
 * Behind an SMMU-500 a DSP comes with two of them, which differ in the bits of a
 * mask, as most of those of the SoCs do. The SMMUv3 knows no masks.
 */
#define BENCH_SID_MPSS_MASK	0
#define BENCH_SID_CDSP_MASK	0x400
#define BENCH_SID_ADSP_MASK	0x400
#define BENCH_SID_CDSP1_MASK	0x400
#define BENCH_SID_GPDSP0_MASK	0x400
#define BENCH_SID_NOBODY	0x7f0	/* no device has it */

/* SMEM hosts (qcom_smem.h) and the CPU that plays each core */
#define BENCH_SMEM_HOST_APPS	0
#define BENCH_SMEM_HOST_MPSS	1
#define BENCH_SMEM_HOST_ADSP	2
#define BENCH_SMEM_HOST_CDSP	5
#define BENCH_SMEM_HOST_CDSP1	12
#define BENCH_SMEM_HOST_GPDSP0	17
#define BENCH_SMEM_HOST_GPDSP1	18
#define BENCH_CPU_MPSS		1
#define BENCH_CPU_CDSP		2
#define BENCH_CPU_ADSP		3
#define BENCH_CPU_CDSP1		4
#define BENCH_CPU_GPDSP0	5
#define BENCH_CPU_GPDSP1	6
#define BENCH_MAX_CPUS		7		/* CPU0 runs Linux */

/* SMP2P items: apps writes .._OUT, the remote core .._IN; in the SMEM partition of the two */
#define BENCH_SMP2P_MPSS_OUT	428
#define BENCH_SMP2P_MPSS_IN	435
#define BENCH_SMP2P_CDSP_OUT	432
#define BENCH_SMP2P_CDSP_IN	94
#define BENCH_SMP2P_ADSP_OUT	429
#define BENCH_SMP2P_ADSP_IN	443
#define BENCH_SMP2P_CDSP1_OUT	616
#define BENCH_SMP2P_CDSP1_IN	617
#define BENCH_SMP2P_GPDSP0_OUT	616
#define BENCH_SMP2P_GPDSP0_IN	617
#define BENCH_SMP2P_GPDSP1_OUT	616
#define BENCH_SMP2P_GPDSP1_IN	617

/* Bits of the entry "slave-kernel" (from the core) and "master-kernel" (to it) */
#define BENCH_SMP2P_FATAL	0
#define BENCH_SMP2P_READY	1
#define BENCH_SMP2P_HANDOVER	2
#define BENCH_SMP2P_STOP_ACK	3
#define BENCH_SMP2P_STOP	0

#define BENCH_CRASH_ITEM_MPSS	421
#define BENCH_CRASH_ITEM_CDSP	601
#define BENCH_CRASH_ITEM_ADSP	423
#define BENCH_CRASH_ITEM_CDSP1	633
#define BENCH_CRASH_ITEM_GPDSP0	640
#define BENCH_CRASH_ITEM_GPDSP1	641

/* SPI numbers (GIC interrupt id = 32 + SPI) that EL3 pends for Linux */
#define BENCH_SPI_MPSS_SMP2P	80
#define BENCH_SPI_MPSS_WDOG	81
#define BENCH_SPI_CDSP_SMP2P	84
#define BENCH_SPI_CDSP_WDOG	85
#define BENCH_SPI_ADSP_SMP2P	88
#define BENCH_SPI_ADSP_WDOG	89
#define BENCH_SPI_CDSP1_SMP2P	92
#define BENCH_SPI_CDSP1_WDOG	93
#define BENCH_SPI_GPDSP0_SMP2P	96
#define BENCH_SPI_GPDSP0_WDOG	97
#define BENCH_SPI_GPDSP1_SMP2P	98
#define BENCH_SPI_GPDSP1_WDOG	99
#define BENCH_SPI_SMMU_GLOBAL	100		/* and the next one, which never comes */
#define BENCH_SPI_SMMU_CB	102		/* the first context bank's */

#endif /* MEMORY_MAP_H */
