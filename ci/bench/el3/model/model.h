/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The TrustZone model: its cores and images.
 *
 * Where a number or a rule of the model comes from is said beside it, in one
 * word. Nothing here is vendor documentation.
 *
 *   base	drivers/firmware/qcom, drivers/soc/qcom, drivers/remoteproc of
 *		v6.18.15: what the kernel sends, and how it reads the answer
 *   posted	said in public when EL2 support was posted to linux-arm-msm
 *		("Peripheral Image Loader support for Qualcomm SoCs running Linux
 *		host at EL2", v8) or in answers to it. No Message-Ids were kept,
 *		so weigh it as hearsay that several people agreed on
 *   field	what users of real boards reported
 *   choice	ours: nothing is public, and the model must answer something
 *
 * Nothing that a caller passes is trusted. Addresses must be RAM that the
 * model does not keep for itself, sizes must not overflow, and what must not
 * change between check and use is copied into secure memory first.
 */
#ifndef MODEL_H
#define MODEL_H

#include "tz.h"
#include "metadata.h"
#include "range.h"

#define CORE_NO_STREAM		BENCH_ANY
#define CORE_MAX_EXTRA		8	/* device ranges of one resource table */

/**
 * struct extra_range - device memory that a resource table grants a core
 * @da:		address that the core uses
 * @pa:		what it must lead to
 * @len:	bytes
 */
struct extra_range {
	uint64_t da;
	uint64_t pa;
	uint64_t len;
};

struct pas;

/**
 * struct core - a remote core
 * @name:	for messages
 * @cpu:	BENCH_CPU_* that plays it
 * @spi_smp2p:	its doorbell to Linux
 * @spi_wdog:	its watchdog's interrupt
 * @sid:	its stream, or CORE_NO_STREAM: no SMMU between it and memory, or
 *		one that is not Linux's business
 * @sid_mask:	it also comes with the ids that differ from @sid in these bits
 * @main:	the image that its CPU runs; NULL: the machine does not have this core
 * @dtb:	its dtb image; NULL: it has none
 * @dtb_wanted:	the main image needs it
 * @untold:	it has an IOMMU, of which the device tree does not tell Linux
 * @extra:	devices granted by its resource table
 * @num_extra:	how many
 * @violated:	violation of its stream that was recorded last; NULL: all is well
 */
struct core {
	const char *name;
	unsigned int cpu;
	unsigned int spi_smp2p;
	unsigned int spi_wdog;
	uint32_t sid;
	uint32_t sid_mask;
	struct pas *main;
	struct pas *dtb;
	bool dtb_wanted;
	bool untold;
	struct extra_range extra[CORE_MAX_EXTRA];
	unsigned int num_extra;
	const char *violated;
};

enum pas_state {
	PAS_IDLE,
	PAS_INITIALISED,	/* init_image accepted, metadata locked */
	PAS_SETUP,		/* and told where a relocatable image lies */
	PAS_UP,			/* authenticated: the carveout is TrustZone's */
	PAS_BOOTED,		/* up since before Linux: nobody here knows its content */
	PAS_FAILED,		/* authentication refused; nothing is locked */
};

#define PAS_MAX_METADATA	0x20000	/* choice: twice the largest known */

/**
 * struct pas - one image that TrustZone authenticates
 * @id:		PAS id (base qcom_q6v5_pas.c)
 * @core:	whose image it is
 * @carveout:	memory reserved for it
 * @state:	see enum pas_state
 * @metadata:	where the caller's metadata lies, locked until authentication
 * @copy:	what it held then, in secure memory
 * @image:	what was parsed from @copy
 * @load:	where the image lies: fixed, or told by mem_setup
 * @sum:	of each segment when it was authenticated
 * @lite:	only the boot loader starts it, in place of the core's own images
 * @told_ok:	the caller was told that its metadata was accepted
 * @violated:	ownership violation that was recorded last; NULL: all is well
 */
struct pas {
	uint32_t id;
	struct core *core;
	struct range carveout;
	enum pas_state state;
	struct range metadata;
	uint8_t *copy;
	struct image image;
	struct range load;
	uint64_t sum[IMAGE_MAX_PHDRS];
	bool lite;
	bool told_ok;
	const char *violated;
};

#define MODEL_MAX_PAS	10	/* of one machine */

/**
 * struct model - the state that has no better home
 * @machine:	who sits below Linux
 * @soc:	whose cores these are
 * @no_bridges:	there are no SHM bridges
 * @bridges_on:	they were enabled
 * @bridges_made: how many handles were given
 * @cores:	indexed by enum bench_core_index
 * @pas:	all images
 * @num_pas:	how many
 */
struct model {
	enum bench_machine machine;
	enum bench_soc soc;
	bool no_bridges;
	bool bridges_on;
	uint64_t bridges_made;
	struct core cores[BENCH_CORES];
	struct pas pas[MODEL_MAX_PAS];
	unsigned int num_pas;
};

extern struct model model;

struct pas *pas_find(uint64_t id);
struct pas *pas_at(struct range range);
struct pas *pas_up_at(struct range range);
bool pas_is_up(const struct pas *pas);
bool pas_waits(const struct pas *pas);
bool pas_lite_on(const struct core *core);
uint64_t pas_segment_addr(const struct pas *pas, const struct image_segment *seg);
struct core *core_of_cpu(unsigned int cpu);
struct bench_shared *model_shared(void);
bool model_under_hypervisor(void);
bool model_wants_bridges(void);

#endif /* MODEL_H */
