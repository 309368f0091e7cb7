/* SPDX-License-Identifier: GPL-2.0-only */
/* Remote processors: what they are, where they are in sysfs, and how they are made to behave. */
#ifndef CORE_H
#define CORE_H

#include <stdbool.h>
#include <stddef.h>

#include "bench.h"
#include "socs.h"

#define MACHINE_BIT(m)	(1u << (m))
#define ONLY_EL2_SMMU500 MACHINE_BIT(BENCH_MACHINE_EL2_SMMU500)
#define ONLY_EL2_IOMMU	(ONLY_EL2_SMMU500 | MACHINE_BIT(BENCH_MACHINE_EL2_IOMMU))	/* any */
#define ONLY_EL2_MODEM	MACHINE_BIT(BENCH_MACHINE_EL2_MODEM)
#define ONLY_HYP	MACHINE_BIT(BENCH_MACHINE_HYP)
#define MACHINES_ALL	(ONLY_EL2_IOMMU | ONLY_EL2_MODEM | ONLY_HYP)

/* In milliseconds. A start or stop that times out in the driver takes 5 s. */
#define LIMIT_STATE_MS	15000
#define LIMIT_SETTLE_MS	2000

/**
 * struct core - a remote processor as the guest sees it
 * @name:	name of the rproc, as sysfs shows it
 * @index:	its place in the shared page
 * @pas_id:	PAS id of the main image
 * @dtb_pas_id:	PAS id of the dtb image, 0: none
 * @base:	physical address of the main image's carveout
 * @size:	of that carveout, in bytes
 * @dtb_base:	physical address of the dtb image's carveout, 0: none
 * @auto_boot:	the driver starts it at probe
 * @relocatable: its image, a single file, is moved to the carveout: TrustZone is told by mem_setup
 * @full_dump:	the driver dumps all segments; else what a table in SMEM names
 * @present:	found in sysfs
 * @dir:	its directory in sysfs
 * @device:	name of the platform device
 */
struct core {
	const char *name;
	enum bench_core_index index;
	uint32_t pas_id;
	uint32_t dtb_pas_id;
	uint64_t base;
	uint64_t size;
	uint64_t dtb_base;
	bool auto_boot;
	bool relocatable;
	bool full_dump;
	bool present;
	char dir[64];
	char device[64];
};

extern struct core cores[BENCH_CORES];

#define for_each_core(core)							\
	for (struct core *core = cores; core < cores + BENCH_CORES; core++)	\
		if (!core->present) {} else

/* Conditions of scenarios; false for NULL, which is the machine as a whole */
bool core_is_modem(const struct core *core);
bool core_is_cdsp(const struct core *core);
bool core_has_dtb(const struct core *core);

/* cores_place() - where the SoC has the carveouts: once, before anything else */
void cores_place(enum bench_soc soc);

/* cores_find() - look for the cores in sysfs, where numbers change when a driver is bound again */
void cores_find(void);

/* cores_present() - number of cores that were found */
unsigned int cores_present(void);

/* cores_all_present() - whether each device for a core has one: scenarios of others just do not run */
bool cores_all_present(void);

/* cores_offline() - whether every core is offline */
bool cores_offline(void);

/* core_write() - write @value to an attribute of the core; 0 or a negative errno */
int core_write(const struct core *core, const char *attr, const char *value);

/* core_is() - whether the core is in @state, as sysfs spells it */
bool core_is(const struct core *core, const char *state);

/* core_wait() - sleep until the core is in @state, for at most @ms milliseconds; fail() if not */
bool core_wait(const struct core *core, const char *state, long ms);

/**
 * core_barrier() - wait for whoever holds the lock of the rproc
 * @core:	the core, in any state
 *
 * Context: sleeps as long as a start, stop or recovery is on its way.
 */
void core_barrier(const struct core *core);

/**
 * core_failed() - check that an operation failed as it has to
 * @core:	the core
 * @op:		what was tried
 * @ret:	result of core_write() or file_write()
 *
 * Return: true if @ret is an errno; else false, after a fail().
 */
bool core_failed(const struct core *core, const char *op, int ret);

/* core_succeeded() - check that an operation succeeded; arguments as for core_failed() */
bool core_succeeded(const struct core *core, const char *op, int ret);

/**
 * core_image_name() - name of one of a core's images
 * @core:	the core
 * @variant:	what follows the core's name and a dash, NULL: nothing
 * @name:	receives the name
 * @size:	of @name, in bytes
 */
void core_image_name(const struct core *core, const char *variant, char *name, size_t size);

/**
 * core_set_image() - choose the image of the next start
 * @core:	the core, offline
 * @variant:	as in core_image_name()
 *
 * Return: true if the driver takes it.
 */
bool core_set_image(const struct core *core, const char *variant);

/* core_set_firmware() - the same, by the name of the file in /lib/firmware */
bool core_set_firmware(const struct core *core, const char *name);

/* core_behave() - let the core behave in a way of enum bench_core_mode from the next start on */
void core_behave(const struct core *core, uint32_t mode);

/**
 * core_answer() - let TrustZone answer get_rsc_table for a core in some way
 * @core:	the core, which behaves well
 * @rsc_mode:	enum bench_rsc_mode
 * @size:	in bytes, for the modes that name a size
 */
void core_answer(const struct core *core, uint32_t rsc_mode, uint32_t size);

/**
 * core_behave_stray() - let the core make stray accesses in the midst of a start or stop
 * @core:	the core
 * @mode:	BENCH_CORE_STRAY_AT_START or BENCH_CORE_STRAY_AT_STOP
 * @arg:	physical address of the first
 * @count:	how many
 */
void core_behave_stray(const struct core *core, uint32_t mode, uint64_t arg, uint32_t count);

/**
 * core_told() - let TrustZone answer get_rsc_table for a core with a certain table
 * @core:	the core, which behaves well
 * @table:	the table
 * @size:	in bytes, at most BENCH_TOLD_SIZE
 */
void core_told(const struct core *core, const void *table, size_t size);

/* core_normal() - core and resource table are as usual again */
void core_normal(const struct core *core);

/**
 * core_command() - have a running core do something
 * @core:	the core
 * @command:	enum bench_core_command
 * @arg:	physical address that the command is about
 * @answer:	receives the answer; may be NULL
 *
 * Return: true once the core has taken the command.
 */
bool core_command(const struct core *core, uint32_t command, uint64_t arg, uint64_t *answer);

/**
 * core_stray() - have a running core make accesses that its stream does not allow
 * @core:	the core, which itself does not mind
 * @command:	BENCH_CMD_STRAY_*
 * @arg:	physical address of the first
 * @count:	how many, as fast as it can
 *
 * Return: true once the core has begun.
 */
bool core_stray(const struct core *core, uint32_t command, uint64_t arg, uint32_t count);

/* core_listens() - wait until a running core is done with what it was told before; fail() if not */
bool core_listens(const struct core *core);

#endif /* CORE_H */
