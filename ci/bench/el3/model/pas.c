// SPDX-License-Identifier: GPL-2.0-only
/*
 * PAS: one state machine an image. init_image and mem_setup prepare it here,
 * auth_and_reset (auth.c) makes TrustZone the owner of its carveout, shutdown
 * gives it back.
 */
#include <string.h>

#include "model.h"

static struct pas *called_pas(struct scm_call *c)
{
	struct pas *pas = pas_find(c->args[0]);

	if (!pas)
		scm_refuse(c, SCM_EINVAL_ARG, "no such PAS");
	return pas;
}

void do_pas_is_supported(struct scm_call *c)
{
	c->result[0] = !!pas_find(c->args[0]);
}

/*
 * Where the metadata must lie: inside a bridge when TrustZone answers itself;
 * outside each of them when the hypervisor makes one of its own (base
 * qcom_scm_pas_init_image(), list).
 */
static bool metadata_place_ok(struct scm_call *c, struct range range)
{
	if (!caller_buffer_ok(c, range, "metadata outside every bridge"))
		return false;
	if (model_under_hypervisor() && bridge_overlaps(range)) {
		scm_violation(c, SCM_EINVAL_ARG, "metadata inside a bridge");
		return false;
	}
	return true;
}

static bool copy_metadata(struct scm_call *c, struct pas *pas, struct range range)
{
	if (range.size > PAS_MAX_METADATA) {
		scm_refuse_content(c, IMAGE_BAD_PHDRS, "metadata too large");
		return false;
	}
	if (!metadata_place_ok(c, range))
		return false;
	memcpy(pas->copy, caller_ptr(range.base, range.size), range.size);
	return true;
}

static bool content_ok(struct scm_call *c, enum image_error error)
{
	if (error)
		scm_refuse_content(c, error, image_error_name(error));
	return !error;
}

/*
 * No length is passed: the ELF header tells that of the headers, they tell the
 * rest. Each step looks only at what was copied, and the parser starts over
 * with the last copy.
 */
static bool fetch_metadata(struct scm_call *c, struct pas *pas, struct range *md)
{
	md->size = ELF32_EHDR_SIZE;
	return copy_metadata(c, pas, *md) &&
	       content_ok(c, image_headers_size(pas->copy, &md->size)) &&
	       copy_metadata(c, pas, *md) &&
	       content_ok(c, image_metadata_size(pas->copy, md->size, &md->size)) &&
	       copy_metadata(c, pas, *md) &&
	       content_ok(c, image_parse(pas->copy, md->size, &pas->image));
}

/* Does the image suit the memory that is reserved for it? */
static enum image_error image_suits(const struct pas *pas)
{
	const struct image *image = &pas->image;
	unsigned int i;

	if (pas == pas->core->main && !image_entry_ok(image))
		return IMAGE_BAD_ENTRY;
	if (image->relocatable)
		return image->max_addr - image->min_addr <= pas->carveout.size ?
		       IMAGE_OK : IMAGE_OUTSIDE;
	for (i = 0; i < image->num; i++) {
		const struct image_segment *seg = &image->seg[i];

		if (!range_contains(pas->carveout,
				    (struct range){ seg->addr, seg->memsz }))
			return IMAGE_OUTSIDE;
	}
	return IMAGE_OK;
}

void do_pas_init_image(struct scm_call *c)
{
	struct pas *pas = called_pas(c);
	struct range md = { c->args[1], 0 };

	if (!pas)
		return;
	if (pas->state == PAS_UP) {
		scm_violation(c, SCM_EINVAL_ARG, "init_image of an image that is up");
		return;
	}
	pas->state = PAS_IDLE;
	if (md.base & TZ_PAGE_MASK) {
		scm_refuse(c, SCM_EINVAL_ADDR, "metadata is not page aligned");
		return;
	}
	if (!fetch_metadata(c, pas, &md) || !content_ok(c, image_suits(pas)))
		return;

	pas->load.base = pas->image.min_addr;
	pas->load.size = pas->image.max_addr - pas->image.min_addr;
	pas->metadata = md;
	pas->state = PAS_INITIALISED;
	/* Whoever has brought a dtb image once, needs one */
	if (pas == pas->core->dtb)
		pas->core->dtb_wanted = true;
}

void do_pas_mem_setup(struct scm_call *c)
{
	struct range load = { c->args[1], c->args[2] };
	struct pas *pas = called_pas(c);

	if (!pas)
		return;
	if (pas->state != PAS_INITIALISED && pas->state != PAS_SETUP) {
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

/*
 * Whether all that TrustZone owns is as it was has been looked at when the call
 * came in. An idle image may be shut down: drivers do so on the off chance (base
 * qcom_pas_load(), lite images).
 */
void do_pas_shutdown(struct scm_call *c)
{
	struct pas *pas = called_pas(c);

	if (!pas)
		return;
	if (pas->state == PAS_UP && pas == pas->core->main) {
		cpu_stop(pas->core->cpu);
		record_core(pas->core, "stopped");
	}
	pas->state = PAS_IDLE;
	pas->metadata = (struct range){ 0, 0 };
}

/*
 * The modem's own reset line, for drivers that start it without TrustZone's
 * authentication (base qcom_scm_pas_reset_assert()). Nothing hangs on it here.
 */
void do_pas_mss_reset(struct scm_call *c)
{
	const struct pas *pas = pas_find(BENCH_PAS_MPSS);

	if (c->args[0] > 1 || c->args[1])
		scm_refuse(c, SCM_EINVAL_ARG, "neither assert nor deassert");
	else if (c->args[0] && pas->state == PAS_UP)
		scm_violation(c, SCM_EINVAL_ARG, "reset of a modem that is up");
}
