// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ownership: what TrustZone locked or took over must stay as it was until it
 * is given back (list). What is gone or changed may be back a moment later, so
 * each call is an occasion to look; a violation is recorded once, until it ends
 * or changes.
 */
#include <string.h>

#include "model.h"

/* Of 64 bits at a time: each call pays for it. Nobody forges it on purpose. */
static uint64_t sum_of(const uint8_t *p, size_t size)
{
	const uint64_t prime = 0x100000001b3;	/* FNV-1a */
	uint64_t sum = 0xcbf29ce484222325, word;

	for (; size && ((uintptr_t)p & 7); p++, size--)
		sum = (sum ^ *p) * prime;
	for (; size >= sizeof(word); p += sizeof(word), size -= sizeof(word)) {
		memcpy(&word, __builtin_assume_aligned(p, 8), sizeof(word));
		sum = (sum ^ word) * prime;
	}
	for (; size; p++, size--)
		sum = (sum ^ *p) * prime;
	return sum;
}

static uint64_t segment_sum(const struct pas *pas, const struct image_segment *seg)
{
	const uint8_t *p = caller_ptr(pas_segment_addr(pas, seg), seg->memsz);

	return p ? sum_of(p, seg->filesz) : 0;
}

/**
 * own_segments() - remember code and constants, from authentication on
 * @pas:	image that is up now
 */
void own_segments(struct pas *pas)
{
	unsigned int i;

	for (i = 0; i < pas->image.num; i++)
		pas->sum[i] = segment_sum(pas, &pas->image.seg[i]);
}

/* Written to by the CPU although TrustZone owns them */
static struct finding written(const struct pas *pas)
{
	unsigned int i;

	for (i = 0; i < pas->image.num; i++) {
		const struct image_segment *seg = &pas->image.seg[i];

		if (!(seg->flags & PF_W) && segment_sum(pas, seg) != pas->sum[i])
			return (struct finding){
				"read-only segment was written while up",
				pas_segment_addr(pas, seg)
			};
	}
	return (struct finding){ NULL, FINDING_NOWHERE };
}

/* It stays where and as it was until authentication, or shutdown */
static struct finding metadata(const struct pas *pas)
{
	const void *now = caller_ptr(pas->metadata.base, pas->metadata.size);
	struct finding f = { NULL, FINDING_NOWHERE };

	if (!model_under_hypervisor() && !bridge_covers(pas->metadata))
		f.what = "metadata released before authentication";
	else if (model_under_hypervisor() && bridge_overlaps(pas->metadata))
		f.what = "metadata bridged before authentication";
	else if (!now || memcmp(now, pas->copy, pas->metadata.size))
		f.what = "metadata changed before authentication";
	return f;
}

static struct finding image_verdict(const struct pas *pas)
{
	if (pas->state == PAS_UP)
		return written(pas);
	if (pas->state == PAS_INITIALISED || pas->state == PAS_SETUP)
		return metadata(pas);
	return (struct finding){ NULL, FINDING_NOWHERE };
}

static void tell(struct scm_call *c, const struct pas *pas, struct finding f,
		 const char **seen)
{
	struct text t;

	if (f.what && f.what != *seen) {
		text_finding(&t, f);
		record_violation(c, pas->id, t.buf);
	}
	*seen = f.what;
}

/**
 * ownership_check() - is what TrustZone locked or owns still as it was?
 * @c:		the call on the occasion of which this is looked at
 */
void ownership_check(struct scm_call *c)
{
	unsigned int i;

	for (i = 0; i < BENCH_CORES; i++) {
		struct core *core = &model.cores[i];
		const struct pas *whose;
		struct finding f = stream_verdict_owned(core, &whose);

		tell(c, whose, f, &core->own_seen);
	}
	for (i = 0; i < MODEL_MAX_PAS; i++) {
		struct pas *pas = &model.pas[i];

		tell(c, pas, image_verdict(pas), &pas->own_seen);
	}
}
