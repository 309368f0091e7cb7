// SPDX-License-Identifier: GPL-2.0-only
/*
 * auth_and_reset: authenticates for real, the carveout's content against the
 * digests of the metadata, after the caller did what the machine asks of it.
 */
#include <string.h>

#include "handlers.h"
#include "ownership.h"
#include "ram.h"
#include "record.h"
#include "refuse.h"
#include "stream.h"

/* Is in memory what the digest says, and zero behind it? */
static enum image_error authenticate(const struct pas *pas, const struct image_segment *seg)
{
	const uint8_t *p = caller_ptr(pas_segment_addr(pas, seg), seg->memsz);
	uint8_t digest[SHA256_SIZE];
	uint32_t i;

	if (!p)
		return IMAGE_BAD_CONTENT;
	sha256(p, seg->filesz, digest);
	if (seg->filesz && memcmp(digest, seg->digest, sizeof(digest)))
		return IMAGE_BAD_CONTENT;
	for (i = seg->filesz; i < seg->memsz; i++)
		if (p[i])
			return IMAGE_BAD_BSS;
	return IMAGE_OK;
}

static const char *state_problem(const struct pas *pas)
{
	const struct core *core = pas->core;

	if (pas->state == PAS_UP)
		return "image is up already";
	if (!pas_waits(pas))
		return "auth_and_reset without init_image";
	if (pas_lite_on(core))
		return "core still runs the boot loader's lite image";
	if (pas->image.relocatable && pas->state != PAS_SETUP)
		return "auth_and_reset without mem_setup";
	/* The main image reads its dtb as soon as it runs (base qcom_pas_start()) */
	if (pas == core->main && core->dtb_wanted && core->dtb->state != PAS_UP)
		return "dtb image is not up";
	return NULL;
}

/* The carveout's bridge and its place in the stream */
static struct finding carveout_problem(const struct pas *pas)
{
	if (model_under_hypervisor())
		return FINDING(bridge_overlaps(pas->carveout) ?
			       "carveout is bridged under the hypervisor" : NULL);
	if (model_wants_bridges() && !bridge_is_exactly(pas->carveout))
		return FINDING("carveout is not exactly bridged");
	return stream_verdict_auth(pas);
}

/* Metadata that changed was recorded as a violation when the call came in */
static bool caller_is_right(struct scm_call *c, const struct pas *pas)
{
	struct finding f = FINDING(ownership_of_metadata(pas));
	struct text t;

	if (pas->violated) {
		scm_refuse(c, SCM_EINVAL_ARG, pas->violated);
		return false;
	}
	if (!f.what)
		f = carveout_problem(pas);
	if (!f.what)
		return true;
	text_finding(&t, f);
	scm_violation(c, SCM_EINVAL_ARG, t.buf);
	return false;
}

static void release_core(const struct pas *pas)
{
	const struct image *image = &pas->image;

	record_core(pas->core, "released");
	cpu_release(pas->core->cpu,
		    pas->load.base + (image->entry - image->min_addr), 0);
}

/**
 * do_pas_auth_and_reset() - 02.05: authenticate, own the carveout, start the core
 * @c:		PAS id
 *
 * Checks:
 *
 *   init_image accepted, not up already	-2, violation
 *   no lite image of the boot loader runs on the core
 *						-2, violation
 *   relocatable: mem_setup accepted		-2, violation
 *   main image: its dtb image is up		-2, violation
 *   from here on, a refusal leaves the image failed, its metadata unlocked:
 *   the metadata is where and as it was	-2, violation (told once)
 *   machines at EL2: a bridge of exactly the carveout's base and size
 *						-2, violation
 *   hypervisor: no bridge touches the carveout	-2, violation
 *   a core with a stream: it maps the carveout 1:1, each page, readable and
 *   writable; also the core's other image if that is up, not if it is idle;
 *   and devices of its resource table; nothing else
 *						-2, violation
 *   each segment's digest and zeroed rest	0, result[0] = enum image_error
 *
 * Then the carveout is TrustZone's (ownership.c). A main image is entered.
 *
 * Source: argument and "status 0, result not 0" base; dtb first base
 * (qcom_pas_start()); bridge and mapping posted; result[0]'s values choice.
 */
void do_pas_auth_and_reset(struct scm_call *c)
{
	struct pas *pas = c->pas;
	enum image_error error = IMAGE_OK;
	const char *problem;
	unsigned int i;

	problem = state_problem(pas);
	if (problem) {
		scm_violation(c, SCM_EINVAL_ARG, problem);
		return;
	}

	pas->state = PAS_FAILED;
	if (!caller_is_right(c, pas))
		return;
	for (i = 0; i < pas->image.num && !error; i++)
		error = authenticate(pas, &pas->image.seg[i]);
	if (error) {
		scm_refuse_content(c, error, image_error_name(error));
		return;
	}

	pas->state = PAS_UP;
	ownership_take(pas);
	if (pas == pas->core->main)
		release_core(pas);
}
