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
	return i == VIEW_MAIN ? core->main : core->dtb;
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

static void look_at_leaf(void *arg, const struct smmu_leaf *leaf)
{
	struct range range = { leaf->iova, leaf->size };
	struct look *look = arg;
	struct stream_view *view = look->view;
	unsigned int i;

	for (i = VIEW_MAIN; i <= VIEW_DTB; i++) {
		const struct pas *pas = view_pas(look->core, i);

		if (!pas || !range_contains(pas->carveout, range))
			continue;
		if (leaf->pa != leaf->iova)
			view->wrong[i] = "carveout is not mapped 1:1";
		else if (!leaf->writable)
			view->wrong[i] = "carveout is mapped read-only";
		else
			view->covered[i] += leaf->size;
		return;
	}
	if (!is_granted(look->core, leaf))
		view->foreign = "stream maps more than it may";
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

	memset(view, 0, sizeof(*view));
	config = smmu_find_context(core->sid, &ctx);
	if (config != SMMU_TRANSLATES) {
		view->fault = smmu_config_name(config);
		view->open = config == SMMU_BYPASS;
	} else if (!smmu_for_each_leaf(&ctx, look_at_leaf, &look)) {
		view->fault = "page tables lead nowhere";
	}
}

/* What is wrong with an image that must be mapped; NULL: nothing */
static const char *needed(const struct stream_view *view, unsigned int i,
			  const struct pas *pas)
{
	if (view->wrong[i])
		return view->wrong[i];
	if (!view->covered[i])
		return "carveout is not mapped";
	if (view->covered[i] != pas->carveout.size)
		return "carveout is mapped in part";
	return NULL;
}

/**
 * stream_verdict_auth() - is the stream as authentication wants it?
 * @pas:	image to be authenticated
 *
 * The core's other image shares the stream: it must be mapped if it is up, may
 * be if it is being started, and must not be if it is idle.
 *
 * Return: what is wrong, NULL if nothing is.
 */
const char *stream_verdict_auth(const struct pas *pas)
{
	const struct core *core = pas->core;
	struct stream_view view;
	unsigned int i;

	if (core->sid == CORE_NO_STREAM)
		return NULL;
	stream_look(core, &view);
	if (view.fault)
		return view.fault;

	for (i = VIEW_MAIN; i <= VIEW_DTB; i++) {
		const struct pas *image = view_pas(core, i);
		const char *what;

		if (!image)
			continue;
		what = needed(&view, i, image);
		if (what && (image == pas || image->state == PAS_UP))
			return what;
		if (image != pas && image->state == PAS_IDLE &&
		    (view.covered[i] || view.wrong[i]))
			return "carveout of an idle image is mapped";
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
	if (!view.fault && !view.foreign && !needed(&view, i, pas))
		flags |= BENCH_F_MAPPED;
	else if (view.open || view.covered[i] || view.wrong[i] || view.foreign)
		flags |= BENCH_F_MAPPED_OTHER;
	return flags;
}

static const char *owned_verdict(const struct core *core, const struct pas **whose)
{
	struct stream_view view;
	unsigned int i;

	*whose = core->main->state == PAS_UP ? core->main : core->dtb;
	if (!*whose || (*whose)->state != PAS_UP)
		return NULL;
	stream_look(core, &view);
	if (view.fault)
		return view.fault;

	for (i = VIEW_MAIN; i <= VIEW_DTB; i++) {
		const struct pas *pas = view_pas(core, i);
		const char *what;

		if (!pas || pas->state != PAS_UP)
			continue;
		what = needed(&view, i, pas);
		if (what) {
			*whose = pas;
			return what;
		}
	}
	return view.foreign;
}

/**
 * ownership_check() - is what TrustZone owns still as it was?
 * @c:		the call on the occasion of which this is looked at
 *
 * The domain may be gone a moment later, so each call is an occasion. A
 * violation is recorded once, until it ends or changes.
 */
void ownership_check(struct scm_call *c)
{
	unsigned int i;

	for (i = 0; i < BENCH_CORES; i++) {
		struct core *core = &model.cores[i];
		const struct pas *whose;
		const char *what;

		if (core->sid == CORE_NO_STREAM)
			continue;
		what = owned_verdict(core, &whose);
		if (what && what != core->own_seen)
			record_violation(c, whose->id, what);
		core->own_seen = what;
	}
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
