/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the parties of the bench agree on: the fault plan that the guest hands to
 * the TrustZone model, how cores are to behave, and the record that comes back.
 *
 * Included by the firmware at EL3 (el3/), the remote cores' program (core/) and the
 * guest's init (guest/).
 */
#ifndef BENCH_H
#define BENCH_H

#include <stdint.h>

#include "memory_map.h"

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
	BENCH_CMD_WDOG_TOLD,	/* crash reason into SMEM, then the same */
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
 * @assigned:	regions that are not Linux's alone
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
	uint32_t assigned;
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

#endif /* BENCH_H */
