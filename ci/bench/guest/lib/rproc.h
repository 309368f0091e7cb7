/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Operations on a remote processor, each with what must hold after it. All of them sleep, and say
 * with fail() what does not hold.
 */
#ifndef RPROC_H
#define RPROC_H

#include "core.h"

#define PAS_DRIVER	"/sys/bus/platform/drivers/qcom_q6v5_pas"

/* core_start(), core_stop() - just that; 0 or a negative errno, as userspace gets it */
int core_start(const struct core *core);
int core_stop(const struct core *core);

/**
 * core_came_up() - whether a core really runs, and what TrustZone saw on the way
 * @core:	the core
 * @from:	length of the record before the start
 *
 * Return: true if sysfs and the record agree that it does, and bridges and mappings are right.
 */
bool core_came_up(const struct core *core, uint32_t from);

/* core_good_start() - start a core that must come up */
bool core_good_start(const struct core *core);

/**
 * core_good_stop() - stop a core that must stop
 * @core:	the core
 *
 * Return: true if TrustZone has it down and, with every core down, the baseline is back.
 */
bool core_good_stop(const struct core *core);

/* core_good_cycle() - start and stop, both good */
bool core_good_cycle(const struct core *core);

/**
 * core_down_in_order() - check that the main image went down before the dtb image (C2)
 * @core:	the core
 * @from:	length of the record before they went down
 *
 * Return: true if it did, or if there are not two images; else false, after a fail().
 */
bool core_down_in_order(const struct core *core, uint32_t from);

/**
 * mapped_at_shutdown() - whether a carveout was mapped when its shutdown was asked for (C3)
 * @pas_id:	PAS id of an image that TrustZone still has
 * @from:	number of the first event to look at
 *
 * Return: true if it was asked for, and was mapped where Linux owns the stream.
 */
bool mapped_at_shutdown(uint32_t pas_id, uint32_t from);

/* core_all_given_back() - core_is_down(), sysfs has it offline, and the baseline is back */
bool core_all_given_back(const struct core *core);

/**
 * core_works_again() - after an operation of which something failed
 * @core:	the core, up or down
 * @ok:		whether all was well so far
 *
 * Return: true if it was, and two more starts and stops are good.
 */
bool core_works_again(const struct core *core, bool ok);

/**
 * core_recovers() - wait for the recovery of a core that crashes
 * @core:	the core
 * @from:	length of the record before the crash
 *
 * Return: true if the driver noticed, shut it down and started it again.
 */
bool core_recovers(const struct core *core, uint32_t from);

/**
 * core_crash_and_recover() - crash a running core
 * @core:	the core
 * @command:	how: BENCH_CMD_FATAL, BENCH_CMD_WDOG or BENCH_CMD_TOUCH
 *
 * Return: true if the driver noticed, shut it down and started it again.
 */
bool core_crash_and_recover(const struct core *core, uint32_t command);

/**
 * core_bind() - bind the driver to a core, or unbind it
 * @core:	the core
 * @bind:	which
 *
 * Return: true if the core appeared or vanished.
 */
bool core_bind(struct core *core, bool bind);

/**
 * core_unbind_refused() - unbind a running core that TrustZone does not give back
 * @core:	the core, of which TrustZone has all images up afterwards, or just the dtb image
 * @pas_id:	PAS id of the image of which rules refuse the shutdown
 *
 * Return: true if the driver let go of the device, and said that TrustZone has its memory.
 */
bool core_unbind_refused(struct core *core, uint32_t pas_id);

/**
 * core_wait_boot_over() - wait until the boot that the driver began at probe is over
 * @core:	the core; what the kernel logs must be kept since its probe
 *
 * Return: true if it is, one way or the other.
 */
bool core_wait_boot_over(const struct core *core);

/* core_wait_auto_boot() - the same, and the core must run */
bool core_wait_auto_boot(const struct core *core);

/* core_bind_works() - bind, start at probe or by hand, stop, and once more */
bool core_bind_works(struct core *core);

/**
 * core_refused_aloud() - whether a start failed as it must for bad input
 * @core:	the core
 * @ret:	what the start gave
 *
 * Return: true if it is an error, has a message, and the core is down.
 */
bool core_refused_aloud(const struct core *core, int ret);

/* cores_boot_over() - wait for all boots at probe, which with @must_run must succeed, and stop them */
bool cores_boot_over(bool must_run);

#endif /* RPROC_H */
