/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the parties of the bench agree on: the memory map, the fault plan that
 * the guest hands to the TrustZone model, and the record that comes back.
 *
 * Included by the firmware at EL3 (el3/), the remote cores' program (core/),
 * the guest's init (guest/) and, through the preprocessor, dts/. In front of
 * the __ASSEMBLER__ guard stand only #defines.
 */
#ifndef BENCH_H
#define BENCH_H

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

#if !defined(__ASSEMBLER__) && !defined(__DTS__)

#include <stdint.h>

/* Machines; the device tree's root property "bench,machine" holds the name. */
enum bench_machine {
	BENCH_MACHINE_EL2_SMMU500,	/* "el2-smmu500": Linux at EL2, owns the cores' streams */
	BENCH_MACHINE_EL2_IOMMU,	/* "el2-iommu": the same, behind QEMU's SMMUv3 */
	BENCH_MACHINE_EL2_MODEM,	/* "el2-modem": Linux at EL2, core without an IOMMU */
	BENCH_MACHINE_HYP,		/* "hypervisor": Linux at EL1, EL3 plays the hypervisor too */
};

/* Does Linux own the cores' streams? */
#define BENCH_HAS_IOMMU(machine) \
	((machine) == BENCH_MACHINE_EL2_SMMU500 || (machine) == BENCH_MACHINE_EL2_IOMMU)

#define BENCH_MAGIC		0x48434e4245535a54ULL	/* "TZSEBNCH" */
#define BENCH_MAX_RULES		16
#define BENCH_ANY		0xffffffffu

/* What a rule of the fault plan does to the call that it matches. */
enum bench_action {
	BENCH_ACT_NONE = 0,
	BENCH_ACT_FAIL,		/* not carried out; x0 = status, x1.. = result */
	BENCH_ACT_DO_AND_FAIL,	/* carried out, then answered with status/result */
	BENCH_ACT_BUSY,		/* x0 = -12, not carried out */
	BENCH_ACT_RAISE,	/* carried out as ever, and then something happens, see below */
};

/*
 * What happens with BENCH_ACT_RAISE (@result[0]) to the core of the image whose PAS id is in
 * @result[1], whether it runs or not: its bits of the SMP2P entry (1u << BENCH_SMP2P_*) change,
 * and these. Linux looks for bits that are set anew, so that a second call sets what was set.
 */
#define BENCH_RAISE_SMP2P	0xf	/* all bits; the interrupt comes with any */
#define BENCH_RAISE_WDOG	0x10	/* the watchdog's interrupt */
#define BENCH_RAISE_FAULT	0x20	/* a read of the kernel's memory through its stream */

/**
 * struct bench_rule - fail one call
 * @fn:		function word without the fast-call bit, e.g. 0x42000205, or BENCH_ANY;
 *		0: unused rule
 * @pas_id:	args[0] that must match, or BENCH_ANY
 * @nth:	1: the first matching call after the rule was written, and so on
 * @count:	how many matching calls from @nth on are hit; BENCH_ANY: all
 * @action:	enum bench_action
 * @seen:	written by EL3: matching calls so far
 * @status:	x0 to answer
 * @result:	x1..x3 to answer
 */
struct bench_rule {
	uint32_t fn;
	uint32_t pas_id;
	uint32_t nth;
	uint32_t count;
	uint32_t action;
	uint32_t seen;
	int64_t status;
	uint64_t result[3];
};

/* How a remote core behaves once released (struct bench_core_plan.mode). */
enum bench_core_mode {
	BENCH_CORE_NORMAL = 0,	/* ready, handover, stop-ack */
	BENCH_CORE_NEVER_READY,
	BENCH_CORE_NO_HANDOVER,	/* ready only */
	BENCH_CORE_IGNORE_STOP,	/* no stop-ack */
	BENCH_CORE_CRASH_AT_ONCE, /* fatal instead of ready */
	/* @count accesses to @arg, as BENCH_CMD_STRAY_READ, and then as usual */
	BENCH_CORE_STRAY_AT_START, /* before it is ready */
	BENCH_CORE_STRAY_AT_STOP, /* before it acknowledges a stop */
};

/* Commands to a running core (struct bench_core_plan.command). */
enum bench_core_command {
	BENCH_CMD_NONE = 0,
	BENCH_CMD_FATAL,	/* crash reason into SMEM, fatal bit */
	BENCH_CMD_WDOG,		/* EL3 pends the watchdog SPI */
	BENCH_CMD_READ,		/* read @arg through the core's stream, @answer: value or ~0 */
	BENCH_CMD_TOUCH,	/* read @arg through the core's stream; dies of a fault */
	/* @count accesses to @arg, one page after another; the core lives on */
	BENCH_CMD_STRAY_READ,
	BENCH_CMD_STRAY_WRITE,
	BENCH_CMD_STRAY_STREAM,	/* read with BENCH_SID_NOBODY */
};

/* How get_rsc_table answers for a PAS (struct bench_core_plan.rsc_mode). */
enum bench_rsc_mode {
	BENCH_RSC_DEFAULT = 0,	/* input entries plus one devmem entry */
	BENCH_RSC_EMPTY,	/* a header with zero entries */
	BENCH_RSC_ZERO_BYTES,	/* success, size 0 */
	BENCH_RSC_ABSENT,	/* is-call-available says no; the call itself -EIO */
	BENCH_RSC_LARGE,	/* needs @rsc_size bytes: too small at first, then given */
	BENCH_RSC_LIE_LARGER,	/* success, size above the buffer */
	BENCH_RSC_SHORT,	/* success, size below the header */
	BENCH_RSC_BAD_NUM,	/* entry count larger than the table */
	BENCH_RSC_BAD_OFFSET,	/* an offset outside the table */
	BENCH_RSC_CUT_ENTRY,	/* last entry cut short */
	BENCH_RSC_ALWAYS_SMALL,	/* "too small", naming @rsc_size, every time */
	BENCH_RSC_READ_ONLY,	/* as the default, but the core may only read the device */
	BENCH_RSC_TOLD,		/* @rsc_size bytes of struct bench_shared.told */
};

/**
 * struct bench_core_plan - behaviour of one core, written by the guest
 * @mode:	enum bench_core_mode, read when the core is released
 * @rsc_mode:	enum bench_rsc_mode
 * @rsc_size:	bytes, for the modes that name a size
 * @command:	enum bench_core_command; the core sets it to NONE when done
 * @arg:	physical address the command, or the mode, is about
 * @answer:	written by the core
 * @count:	how often, for the commands and modes that say so
 * @smp2p:	written by the core: where the value of its SMP2P entry is; 0: it never ran
 */
struct bench_core_plan {
	uint32_t mode;
	uint32_t rsc_mode;
	uint32_t rsc_size;
	uint32_t command;
	uint64_t arg;
	uint64_t answer;
	uint32_t count;
	uint32_t pad;
	uint64_t smp2p;
};

enum bench_core_index {
	BENCH_CORE_MPSS,
	BENCH_CORE_CDSP,
	BENCH_CORE_ADSP,
	BENCH_CORE_CDSP1,
	BENCH_CORE_GPDSP0,
	BENCH_CORE_GPDSP1,
	BENCH_CORES
};

/* struct bench_event.kind */
enum bench_event_kind {
	BENCH_EV_CALL = 1,	/* an SMC and its answer */
	BENCH_EV_VIOLATION,	/* ownership rule broken; @what says which */
	BENCH_EV_CORE,		/* a remote core: released, ready, stopped, ... (@what) */
	BENCH_EV_NOTE,		/* end-of-run summaries: leaked bridges and the like */
};

/* struct bench_event.flags: as seen when the event was written */
#define BENCH_F_BRIDGED		(1u << 0)	/* the PAS's carveout is exactly bridged */
#define BENCH_F_MAPPED		(1u << 1)	/* exactly mapped 1:1 writable in its stream */
#define BENCH_F_MAPPED_OTHER	(1u << 2)	/* mapped, but not exactly */
#define BENCH_F_INJECTED	(1u << 3)	/* answered by a rule of the fault plan */
#define BENCH_F_AUTHENTICATED	(1u << 4)	/* the PAS is up after this event */
#define BENCH_F_UNKNOWN		(1u << 5)	/* SMC that the model does not know */
#define BENCH_F_CPU_MAPPED	(1u << 6)	/* the kernel maps some of the PAS's carveout */

/**
 * struct bench_event - one line of the record
 * @seq:	0, 1, 2, ...
 * @kind:	enum bench_event_kind
 * @flags:	BENCH_F_*
 * @time_us:	microseconds since the firmware's reset (CNTPCT)
 * @pas_id:	PAS id it is about, or BENCH_ANY
 * @fn:		function word as called
 * @arginfo:	x1 as called
 * @bridges:	number of live bridges after the event
 * @args:	arguments, extended ones read from the buffer
 * @status:	x0 as answered
 * @result:	x1..x3 as answered
 * @what:	NUL-terminated words for VIOLATION, CORE and NOTE
 */
struct bench_event {
	uint32_t seq;
	uint16_t kind;
	uint16_t flags;
	uint64_t time_us;
	uint32_t pas_id;
	uint32_t fn;
	uint32_t arginfo;
	uint32_t bridges;
	uint64_t args[6];
	int64_t status;
	uint64_t result[3];
	char what[80];
};

#define BENCH_TOLD_SIZE		256

/**
 * struct bench_shared - the page that guest and firmware share
 * @magic:	BENCH_MAGIC, written by EL3 at reset
 * @machine:	enum bench_machine, written by EL3
 * @soc:	enum bench_soc, written by EL3
 * @smem:	where SMEM lies, written by EL3
 * @no_bridges:	TrustZone has no SHM bridges, written by EL3
 * @timed:	the guest counts instructions: no BENCH_F_CPU_MAPPED, which takes many
 * @rules:	fault plan, written by the guest
 * @cores:	behaviour of the cores, written by the guest
 * @told:	resource table of BENCH_RSC_TOLD, written by the guest
 * @num_events:	events written so far (may exceed what fits: @max_events)
 * @max_events:	capacity of @events: event @seq is at @seq modulo that
 * @violations:	number of VIOLATION events
 * @unknown:	number of unknown SMCs
 * @bridges:	live bridges
 * @events:	the record, of which the guest must have printed what is written over
 */
struct bench_shared {
	uint64_t magic;
	uint32_t machine;
	uint32_t soc;
	uint64_t smem;
	uint32_t no_bridges;
	uint32_t timed;
	struct bench_rule rules[BENCH_MAX_RULES];
	struct bench_core_plan cores[BENCH_CORES];
	uint8_t told[BENCH_TOLD_SIZE] __attribute__((aligned(8)));
	uint32_t num_events;
	uint32_t max_events;
	uint32_t violations;
	uint32_t unknown;
	uint32_t bridges;
	uint32_t pad2;
	struct bench_event events[];
};

/* What the model answers to SMCCC's "Call UID query" of SiP: made up at random */
#define BENCH_TZ_UID	0x316309ca, 0x4e4f4dbd, 0x1a477400, 0x547fa767

/*
 * SMCs of the bench itself, outside SiP (owner "vendor hyp", 0x86..): the
 * remote image's services and the guest's end-of-run mark. Never used by
 * the kernel. x0 = function, x1.. = arguments.
 */
#define BENCH_SMC_CORE_EVENT	0x86000001	/* x1 = const char *what: record a CORE event */
#define BENCH_SMC_CORE_IRQ	0x86000002	/* pend the caller's SMP2P SPI */
#define BENCH_SMC_CORE_WDOG	0x86000003	/* pend the caller's watchdog SPI */
#define BENCH_SMC_CORE_READ	0x86000004	/* x1 = iova: x0 = 0 and x1 = value, or -1: fault */
#define BENCH_SMC_CORE_STRAY	0x86000005	/* x1 = iova, x2 = BENCH_STRAY_*: x0 = 0, or -1: fault */
#define BENCH_STRAY_WRITE	(1u << 0)	/* nothing is written, though */
#define BENCH_STRAY_STREAM	(1u << 1)	/* with BENCH_SID_NOBODY */
#define BENCH_STRAY_AGAIN	(1u << 2)	/* not the first of many: not recorded */

/*
 * One line of the secure UART an event; the guest prints the same line from
 * the shared page, prefixed "REC ", and the harness compares them:
 *
 *   seq kind flags time_us pas_id fn arginfo bridges a0..a5 status r0 r1 r2 what
 *
 * seq, kind, time_us and bridges in decimal, all else in hex without 0x; kind is C, V, P
 * (core) or N; status is signed decimal; what may hold blanks and ends the line.
 */

#endif /* !__ASSEMBLER__ && !__DTS__ */
#endif /* BENCH_H */
