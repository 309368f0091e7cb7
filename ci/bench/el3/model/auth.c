// SPDX-License-Identifier: GPL-2.0-only
/*
 * auth_and_reset: authenticates for real, the carveout's content against the
 * digests of the metadata, after the caller did what the machine asks of it.
 */
#include <string.h>

#include "model.h"

/**
 * pas_segment_addr() - where a segment lies in memory
 * @pas:	image, loaded
 * @seg:	its segment
 */
uint64_t pas_segment_addr(const struct pas *pas, const struct image_segment *seg)
{
	return pas->load.base + (seg->addr - pas->image.min_addr);
}

/* Is in memory what the digest says? */
static bool segment_intact(const struct pas *pas, const struct image_segment *seg)
{
	const uint8_t *p = caller_ptr(pas_segment_addr(pas, seg), seg->memsz);
	uint8_t digest[SHA2_MAX_SIZE];

	if (!p)
		return false;
	if (!seg->filesz)
		return true;
	sha2(pas->image.alg, p, seg->filesz, digest);
	return !memcmp(digest, seg->digest, sha2_size(pas->image.alg));
}

static bool bss_is_zero(const struct pas *pas, const struct image_segment *seg)
{
	const uint8_t *p = caller_ptr(pas_segment_addr(pas, seg), seg->memsz);
	uint32_t i;

	if (!p)
		return false;
	for (i = seg->filesz; i < seg->memsz; i++)
		if (p[i])
			return false;
	return true;
}

static enum image_error authenticate(const struct pas *pas)
{
	unsigned int i;

	for (i = 0; i < pas->image.num; i++) {
		if (!segment_intact(pas, &pas->image.seg[i]))
			return IMAGE_BAD_CONTENT;
		if (!bss_is_zero(pas, &pas->image.seg[i]))
			return IMAGE_BAD_BSS;
	}
	return IMAGE_OK;
}

static const char *state_problem(const struct pas *pas)
{
	const struct core *core = pas->core;

	if (pas->state == PAS_UP)
		return "image is up already";
	if (pas->state != PAS_INITIALISED && pas->state != PAS_SETUP)
		return "auth_and_reset without init_image";
	if (pas->image.relocatable && pas->state != PAS_SETUP)
		return "auth_and_reset without mem_setup";
	/* The main image reads its dtb as soon as it runs (base qcom_pas_start()) */
	if (pas == core->main && core->dtb_wanted && core->dtb->state != PAS_UP)
		return "dtb image is not up";
	return NULL;
}

/*
 * The carveout: bridged exactly by Linux, or not at all where the hypervisor
 * does that; mapped exactly where Linux owns the stream (list).
 */
static struct finding carveout_problem(const struct pas *pas)
{
	struct finding f = { NULL, FINDING_NOWHERE };

	if (model_under_hypervisor()) {
		if (bridge_overlaps(pas->carveout))
			f.what = "carveout is bridged under the hypervisor";
		return f;
	}
	if (!bridge_is_exactly(pas->carveout)) {
		f.what = "carveout is not exactly bridged";
		return f;
	}
	return stream_verdict_auth(pas);
}

static void release_core(const struct pas *pas)
{
	const struct image *image = &pas->image;

	record_core(pas->core, "released");
	cpu_release(pas->core->cpu,
		    pas->load.base + (image->entry - image->min_addr), 0);
}

void do_pas_auth_and_reset(struct scm_call *c)
{
	struct pas *pas = pas_find(c->args[0]);
	enum image_error error;
	struct finding f = { NULL, FINDING_NOWHERE };
	struct text t;

	if (!pas) {
		scm_refuse(c, SCM_EINVAL_ARG, "no such PAS");
		return;
	}
	f.what = state_problem(pas);
	if (f.what) {
		scm_violation(c, SCM_EINVAL_ARG, f.what);
		return;
	}

	/* From here on it is up or failed: the metadata is no longer locked. */
	pas->state = PAS_FAILED;
	if (pas->own_seen) {
		/* of the metadata, recorded when the call came in */
		scm_refuse(c, SCM_EINVAL_ARG, pas->own_seen);
		return;
	}
	f.what = own_metadata(pas);
	if (!f.what)
		f = carveout_problem(pas);
	if (f.what) {
		text_finding(&t, f);
		scm_violation(c, SCM_EINVAL_ARG, t.buf);
		return;
	}
	error = authenticate(pas);
	if (error) {
		scm_refuse_content(c, error, image_error_name(error));
		return;
	}

	pas->state = PAS_UP;
	own_segments(pas);
	if (pas == pas->core->main)
		release_core(pas);
}
