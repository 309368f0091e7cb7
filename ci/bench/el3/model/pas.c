// SPDX-License-Identifier: GPL-2.0-only
/*
 * The small PAS calls. An image is one state machine (enum pas_state):
 * init_image (init_image.c) and mem_setup prepare it, auth_and_reset
 * (auth_and_reset.c) makes TrustZone the owner of its carveout, shutdown gives
 * the carveout back.
 */
#include "handlers.h"
#include "record.h"
#include "refuse.h"

/**
 * do_pas_is_supported() - 02.07: is there such a PAS?
 * @c:		PAS id
 *
 * Answers result[0] = 1 or 0. Source: base.
 */
void do_pas_is_supported(struct scm_call *c)
{
	c->result[0] = !!c->pas;
}

/**
 * do_pas_mem_setup() - 02.02: where a relocatable image lies
 * @c:		PAS id, address, size
 *
 * Checks:
 *
 *   init_image was accepted			-2, violation
 *   the image is relocatable			-2
 *   a page's address, inside the carveout	-3, violation
 *   room for the image				-2
 *
 * Source: arguments base (qcom_mdt_pas_init()); rules and codes choice.
 */
void do_pas_mem_setup(struct scm_call *c)
{
	struct range load = { c->args[1], c->args[2] };
	struct pas *pas = c->pas;

	if (!pas_waits(pas)) {
		scm_violation(c, SCM_EINVAL_ARG, "mem_setup without init_image");
		return;
	}
	if (!pas->image.relocatable) {
		scm_refuse(c, SCM_EINVAL_ARG, "image is not relocatable");
		return;
	}
	if ((load.base & TZ_PAGE_MASK) || load.base + load.size < load.base ||
	    !range_contains(pas->carveout, load)) {
		scm_violation(c, SCM_EINVAL_ADDR, "memory outside the carveout");
		return;
	}
	if (load.size < pas->image.max_addr - pas->image.min_addr) {
		scm_refuse(c, SCM_EINVAL_ARG, "memory too small for the image");
		return;
	}
	pas->load = load;
	pas->state = PAS_SETUP;
}

/**
 * do_pas_shutdown() - 02.06: stop the core, give the carveout back
 * @c:		PAS id
 *
 * Whatever the state, the image is idle afterwards: drivers shut down on the off
 * chance. When this returns nothing of the core's program runs. Whether memory
 * was left alone until now was looked at when the call came in (ownership.c).
 *
 * Source: base (qcom_pas_load() for lite images).
 */
void do_pas_shutdown(struct scm_call *c)
{
	struct pas *pas = c->pas;

	if (pas->state == PAS_UP && pas == pas->core->main) {
		cpu_stop(pas->core->cpu);
		record_core(pas->core, "stopped");
	}
	pas->state = PAS_IDLE;
	pas->metadata = (struct range){ 0, 0 };
}

/**
 * do_pas_mss_reset() - 02.0a: the modem's own reset line
 * @c:		1 assert or 0 deassert, 0
 *
 * Checks:
 *
 *   the arguments				-2
 *   no assert while the modem is up		-2, violation
 *
 * For drivers that start it without TrustZone's authentication; nothing hangs
 * on it here. Source: arguments base (qcom_scm_pas_reset_assert()); the rest
 * choice.
 */
void do_pas_mss_reset(struct scm_call *c)
{
	const struct pas *pas = pas_find(BENCH_PAS_MPSS);

	if (c->args[0] > 1 || c->args[1])
		scm_refuse(c, SCM_EINVAL_ARG, "neither assert nor deassert");
	else if (c->args[0] && pas && pas->state == PAS_UP)
		scm_violation(c, SCM_EINVAL_ARG, "reset of a modem that is up");
}
