// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which of a core's memory its stream maps, and whether that is as it must be:
 * each page of the carveouts that TrustZone owns 1:1 and writable, and nothing
 * else but devices that the core's resource table grants (posted).
 *
 * A stream is walked at most once a call: Linux is stopped meanwhile, so what
 * was seen holds until stream_forget().
 */
#include <string.h>

#include "ram.h"
#include "smmu500.h"
#include "smmuv3.h"
#include "stream.h"

enum { VIEW_MAIN, VIEW_DTB, VIEW_IMAGES };

/**
 * struct stream_image - one carveout as the stream maps it
 * @mapped:	bytes, however mapped
 * @next:	where it goes on, if there is no hole
 * @wrong:	first page that is missing, leads elsewhere or has other permissions
 */
struct stream_image {
	uint64_t mapped;
	uint64_t next;
	struct finding wrong;
};

/**
 * struct stream_view - what one look at a core's stream found
 * @valid:	it was looked at during this call
 * @fault:	why nothing is translated; NULL: it is
 * @open:	everything is reachable (bypass, SMMU off)
 * @image:	the main's and the dtb's carveout
 * @foreign:	first page outside the carveouts and granted devices
 */
struct stream_view {
	bool valid;
	const char *fault;
	bool open;
	struct stream_image image[VIEW_IMAGES];
	struct finding foreign;
};

static struct stream_view views[BENCH_CORES];

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

static bool is_granted(const struct core *core, const struct leaf *leaf)
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
			 const struct leaf *leaf)
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

static void look_at_leaf(void *arg, const struct leaf *leaf)
{
	struct range range = { leaf->iova, leaf->size };
	struct look *look = arg;
	struct stream_view *view = look->view;
	uint64_t inside = 0, outside = leaf->iova;
	unsigned int i;

	for (i = VIEW_MAIN; i < VIEW_IMAGES; i++) {
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

/* What the machine's SMMU does with a stream */
static enum smmu_config find(uint32_t sid, struct pagetable *pt)
{
	return model.machine == BENCH_MACHINE_EL2_SMMU500 ? smmu500_find(sid, pt)
							  : smmuv3_find(sid, pt);
}

static bool same_tables(uint32_t sid, const struct pagetable *pt)
{
	struct pagetable other;

	return find(sid, &other) == SMMU_TRANSLATES && other.ttb == pt->ttb;
}

/*
 * Whether the core's ids lead to its page tables, all of them, and ids that are
 * one bit off do not: those may be another device's.
 */
static const char *ids_problem(const struct core *core, const struct pagetable *pt)
{
	uint32_t mask = core->sid_mask, bit, i;

	/* Each subset of the mask */
	for (i = mask; i; i = (i - 1) & mask)
		if (!same_tables(core->sid ^ i, pt))
			return "not all stream ids of the core are translated alike";
	for (bit = 1; bit < 1u << SMMU500_SID_BITS; bit <<= 1)
		if (!(bit & mask) && same_tables(core->sid ^ bit, pt))
			return "a stream id that is not the core's reaches its memory";
	return NULL;
}

static void look_at_stream(const struct core *core, struct stream_view *view)
{
	struct look look = { core, view };
	enum smmu_config config;
	struct pagetable pt;
	unsigned int i;

	memset(view, 0, sizeof(*view));
	view->valid = true;
	for (i = VIEW_MAIN; i < VIEW_IMAGES; i++)
		if (view_pas(core, i))
			view->image[i].next = view_pas(core, i)->carveout.base;
	config = find(core->sid, &pt);
	if (config == SMMU_TRANSLATES) {
		view->fault = pagetable_walk(&pt, look_at_leaf, &look);
		if (!view->fault && model.machine == BENCH_MACHINE_EL2_SMMU500)
			view->fault = ids_problem(core, &pt);
	} else {
		view->fault = smmu_config_name(config);
		view->open = config == SMMU_BYPASS;
	}
}

static const struct stream_view *view_of(const struct core *core)
{
	struct stream_view *view = &views[core - model.cores];

	if (!view->valid)
		look_at_stream(core, view);
	return view;
}

/**
 * stream_forget() - look again when asked next
 *
 * At the start of each call, and when a call changes what a stream may map.
 */
void stream_forget(void)
{
	unsigned int i;

	for (i = 0; i < BENCH_CORES; i++)
		views[i].valid = false;
}

/**
 * stream_is_open() - do a core's accesses go through untranslated?
 * @core:	which
 */
bool stream_is_open(const struct core *core)
{
	return core->sid == CORE_NO_STREAM || view_of(core)->open;
}

/* What is wrong with an image that must be mapped */
static struct finding needed(const struct stream_image *image, const struct pas *pas)
{
	if (!image->mapped)
		return FINDING("carveout is not mapped");
	if (!image->wrong.what && image->mapped != pas->carveout.size)
		return (struct finding){ "carveout is mapped in part, missing", image->next };
	return image->wrong;
}

/* What is wrong with those that are up, and with one that is to be */
static struct finding images_needed(const struct core *core, const struct pas *starting,
				    const struct pas **whose)
{
	const struct stream_view *view = view_of(core);
	unsigned int i;

	if (view->fault)
		return FINDING(view->fault);
	for (i = VIEW_MAIN; i < VIEW_IMAGES; i++) {
		const struct pas *pas = view_pas(core, i);
		struct finding f;

		if (!pas || (pas->state != PAS_UP && pas != starting))
			continue;
		f = needed(&view->image[i], pas);
		if (f.what) {
			*whose = pas;
			return f;
		}
	}
	return FINDING_NONE;
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
	unsigned int i = pas == core->main ? VIEW_DTB : VIEW_MAIN;
	const struct pas *other = view_pas(core, i), *whose;
	struct finding f;

	if (core->sid == CORE_NO_STREAM)
		return FINDING_NONE;
	f = images_needed(core, pas, &whose);
	if (f.what)
		return f;
	if (other && other->state == PAS_IDLE && view_of(core)->image[i].mapped)
		return FINDING("carveout of an idle image is mapped");
	return view_of(core)->foreign;
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
	struct finding f;

	*whose = core->main && core->main->state == PAS_UP ? core->main : core->dtb;
	if (core->sid == CORE_NO_STREAM || !*whose || (*whose)->state != PAS_UP)
		return FINDING_NONE;
	f = images_needed(core, NULL, whose);
	return f.what ? f : view_of(core)->foreign;
}

/**
 * stream_flags() - BENCH_F_* that describe an image's memory just now
 * @pas:	the image
 */
uint16_t stream_flags(const struct pas *pas)
{
	unsigned int i = pas == pas->core->main ? VIEW_MAIN : VIEW_DTB;
	const struct stream_view *view;
	uint16_t flags = 0;

	if (bridge_is_exactly(pas->carveout))
		flags |= BENCH_F_BRIDGED;
	if (pas->state == PAS_UP)
		flags |= BENCH_F_AUTHENTICATED;
	if (pas->core->sid == CORE_NO_STREAM)
		return flags;

	view = view_of(pas->core);
	if (!view->fault && !view->foreign.what && !needed(&view->image[i], pas).what)
		flags |= BENCH_F_MAPPED;
	else if (view->open || view->image[i].mapped || view->foreign.what)
		flags |= BENCH_F_MAPPED_OTHER;
	return flags;
}

/* Where an access ends up; false if it is refused */
static bool access(uint32_t sid, uint64_t iova, bool write, uint64_t *pa)
{
	struct pagetable pt;

	switch (find(sid, &pt)) {
	case SMMU_TRANSLATES:
		return pagetable_translate(&pt, iova, write, pa);
	case SMMU_BYPASS:
		*pa = iova;
		return true;
	default:
		return false;
	}
}

/**
 * stream_access() - a core reads or writes through its stream
 * @sid:	the stream's id
 * @iova:	where
 * @write:	or a read
 * @pa:		where it ends up
 *
 * What is refused is reported to Linux, if the SMMU has a way to do so.
 *
 * Return: false if it faults.
 */
bool stream_access(uint32_t sid, uint64_t iova, bool write, uint64_t *pa)
{
	bool ok = access(sid, iova, write, pa);

	if (!ok && model.machine == BENCH_MACHINE_EL2_SMMU500)
		smmu500_fault(sid, iova, write);
	return ok;
}
