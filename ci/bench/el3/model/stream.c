// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which of a core's memory its stream maps, and whether that is as it must be:
 * each page of the carveouts that TrustZone owns 1:1 and writable, and nothing
 * else but devices that the core's resource table grants (list).
 */
#include <string.h>

#include "model.h"
#include "smmu.h"

/**
 * struct look - a walk under way
 * @core:	whose stream
 * @view:	what was found so far
 */
struct look {
	const struct core *core;
	struct stream_view *view;
};

static const struct pas *view_pas(const struct core *core, unsigned int i)
{
	if (i == VIEW_MAIN)
		return core->main;
	return core->dtb_wanted ? core->dtb : NULL;
}

static bool is_granted(const struct core *core, const struct smmu_leaf *leaf)
{
	struct range range = { leaf->iova, leaf->size };
	unsigned int i;

	for (i = 0; i < core->num_extra; i++) {
		const struct extra_range *extra = &core->extra[i];

		if (range_contains((struct range){ extra->da, extra->len }, range) &&
		    leaf->pa - leaf->iova == extra->pa - extra->da)
			return true;
	}
	return false;
}

static struct range common(struct range a, struct range b)
{
	uint64_t base = a.base > b.base ? a.base : b.base;
	uint64_t end = a.base + a.size < b.base + b.size ? a.base + a.size
							  : b.base + b.size;

	return (struct range){ base, end > base ? end - base : 0 };
}

/* The part of a leaf that lies in a carveout; they come in rising order. */
static void look_at_part(struct stream_image *image, struct range part,
			 const struct smmu_leaf *leaf)
{
	struct finding f = { NULL, part.base };

	if (part.base != image->next)
		f = (struct finding){ "carveout is mapped in part, missing", image->next };
	else if (leaf->pa != leaf->iova)
		f.what = "carveout is not mapped 1:1";
	else if (!leaf->readable)
		f.what = "carveout is mapped, but not readable";
	else if (!leaf->writable)
		f.what = "carveout is mapped read-only";

	image->mapped += part.size;
	image->next = part.base + part.size;
	if (f.what && !image->wrong.what)
		image->wrong = f;
}

static void look_at_leaf(void *arg, const struct smmu_leaf *leaf)
{
	struct range range = { leaf->iova, leaf->size };
	struct look *look = arg;
	struct stream_view *view = look->view;
	uint64_t inside = 0, outside = leaf->iova;
	unsigned int i;

	for (i = VIEW_MAIN; i <= VIEW_DTB; i++) {
		const struct pas *pas = view_pas(look->core, i);
		struct range part;

		if (!pas)
			continue;
		part = common(pas->carveout, range);
		if (!part.size)
			continue;
		look_at_part(&view->image[i], part, leaf);
		inside += part.size;
		if (part.base == outside)
			outside += part.size;
	}
	if (inside != leaf->size && !view->foreign.what && !is_granted(look->core, leaf))
		view->foreign = (struct finding){ "stream maps more than it may", outside };
}

/**
 * stream_look() - look at a core's stream
 * @core:	whose; it has one
 * @view:	what is there
 */
void stream_look(const struct core *core, struct stream_view *view)
{
	struct look look = { core, view };
	struct smmu_context ctx;
	enum smmu_config config;
	unsigned int i;

	memset(view, 0, sizeof(*view));
	for (i = VIEW_MAIN; i <= VIEW_DTB; i++)
		if (view_pas(core, i))
			view->image[i].next = view_pas(core, i)->carveout.base;
	config = smmu_find_context(core->sid, &ctx);
	if (config == SMMU_TRANSLATES) {
		view->fault = smmu_for_each_leaf(&ctx, look_at_leaf, &look);
	} else {
		view->fault = smmu_config_name(config);
		view->open = config == SMMU_BYPASS;
	}
}

/* What is wrong with an image that must be mapped */
static struct finding needed(const struct stream_image *image, const struct pas *pas)
{
	if (!image->mapped)
		return (struct finding){ "carveout is not mapped", FINDING_NOWHERE };
	if (!image->wrong.what && image->mapped != pas->carveout.size)
		return (struct finding){ "carveout is mapped in part, missing", image->next };
	return image->wrong;
}

/**
 * stream_verdict_auth() - is the stream as authentication wants it?
 * @pas:	image to be authenticated
 *
 * The core's other image shares the stream: it must be mapped if it is up, may
 * be if it is being started, and must not be if it is idle.
 *
 * Return: what is wrong.
 */
struct finding stream_verdict_auth(const struct pas *pas)
{
	const struct core *core = pas->core;
	struct finding f = { NULL, FINDING_NOWHERE };
	struct stream_view view;
	unsigned int i;

	if (core->sid == CORE_NO_STREAM)
		return f;
	stream_look(core, &view);
	f.what = view.fault;
	if (f.what)
		return f;

	for (i = VIEW_MAIN; i <= VIEW_DTB; i++) {
		const struct pas *image = view_pas(core, i);

		if (!image)
			continue;
		f = needed(&view.image[i], image);
		if (f.what && (image == pas || image->state == PAS_UP))
			return f;
		if (image != pas && image->state == PAS_IDLE && view.image[i].mapped)
			return (struct finding){ "carveout of an idle image is mapped",
						 FINDING_NOWHERE };
	}
	return view.foreign;
}

/**
 * stream_flags() - BENCH_F_* that describe an image's memory just now
 * @pas:	the image
 */
uint16_t stream_flags(const struct pas *pas)
{
	unsigned int i = pas == pas->core->main ? VIEW_MAIN : VIEW_DTB;
	struct stream_view view;
	uint16_t flags = 0;

	if (bridge_is_exactly(pas->carveout))
		flags |= BENCH_F_BRIDGED;
	if (pas->state == PAS_UP)
		flags |= BENCH_F_AUTHENTICATED;
	if (pas->core->sid == CORE_NO_STREAM)
		return flags;

	stream_look(pas->core, &view);
	if (!view.fault && !view.foreign.what && !needed(&view.image[i], pas).what)
		flags |= BENCH_F_MAPPED;
	else if (view.open || view.image[i].mapped || view.foreign.what)
		flags |= BENCH_F_MAPPED_OTHER;
	return flags;
}

/**
 * stream_verdict_owned() - does the stream still map what TrustZone owns?
 * @core:	whose stream
 * @whose:	where the image goes that it is about
 *
 * Return: what is wrong.
 */
struct finding stream_verdict_owned(const struct core *core, const struct pas **whose)
{
	struct finding f = { NULL, FINDING_NOWHERE };
	struct stream_view view;
	unsigned int i;

	*whose = core->main->state == PAS_UP ? core->main : core->dtb;
	if (core->sid == CORE_NO_STREAM || !*whose || (*whose)->state != PAS_UP)
		return f;
	stream_look(core, &view);
	f.what = view.fault;
	if (f.what)
		return f;

	for (i = VIEW_MAIN; i <= VIEW_DTB; i++) {
		const struct pas *pas = view_pas(core, i);

		if (!pas || pas->state != PAS_UP)
			continue;
		f = needed(&view.image[i], pas);
		if (f.what) {
			*whose = pas;
			return f;
		}
	}
	return view.foreign;
}

/**
 * stream_translate() - one access of a core through its stream
 * @core:	whose; it has one
 * @iova:	where to
 * @write:	or a read
 * @pa:		where it ends up
 *
 * Return: false if it faults.
 */
bool stream_translate(const struct core *core, uint64_t iova, bool write,
		      uint64_t *pa)
{
	struct smmu_context ctx;

	switch (smmu_find_context(core->sid, &ctx)) {
	case SMMU_TRANSLATES:
		return smmu_translate(&ctx, iova, write, pa);
	case SMMU_BYPASS:
		*pa = iova;
		return true;
	default:
		return false;
	}
}
