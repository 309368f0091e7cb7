// SPDX-License-Identifier: GPL-2.0-only
/* init_image: the metadata is copied into secure memory, parsed, and locked. */
#include <string.h>

#include "handlers.h"
#include "ram.h"
#include "refuse.h"
#include "stream.h"

/*
 * Inside a bridge when TrustZone answers itself; outside every bridge when the
 * hypervisor makes one of its own.
 */
static bool metadata_place_ok(struct scm_call *c, struct range range)
{
	/* Where Linux knows of no IOMMU it does what it always did: the answer is no */
	if (c->pas->core->untold && model_wants_bridges() && !bridge_covers(range)) {
		scm_refuse(c, SCM_EINVAL_ARG, "metadata outside every bridge");
		return false;
	}
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

/**
 * do_pas_init_image() - 02.01: here is the metadata of an image
 * @c:		PAS id, physical address of the metadata; no length
 *
 * Checks:
 *
 *   it is not up				-2
 *   the address is a page's			-3
 *   RAM that Linux may name			-3
 *   machines at EL2: inside one bridge		-2, violation (no violation of
 *   a core that has an IOMMU, of which the device tree does not tell)
 *   hypervisor: outside every bridge		-2, violation
 *   not assigned away				-3
 *   the metadata is sound (metadata.h)		0, result[0] = enum image_error
 *   entry point and segments suit the carveout	0, result[0] = enum image_error
 *
 * Whatever is refused from the address on leaves the PAS idle. Once accepted,
 * the metadata is locked until authentication or shutdown (ownership.c).
 *
 * Source: arguments and "status 0, result not 0" base; outside every bridge
 * below a hypervisor base (comment in qcom_scm_pas_init_image()); inside one at
 * EL2 field (-22 otherwise); a PAS that is up field (cores that UEFI started
 * cannot be started again); result[0]'s values choice.
 */
void do_pas_init_image(struct scm_call *c)
{
	struct pas *pas = c->pas;
	struct range md = { c->args[1], 0 };

	if (pas_is_up(pas)) {
		scm_refuse(c, SCM_EINVAL_ARG, "image is up already");
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
	if (pas == pas->core->dtb && !pas->core->dtb_wanted) {
		pas->core->dtb_wanted = true;
		stream_forget();
	}
}
