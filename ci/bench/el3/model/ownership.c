// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ownership. Two things are TrustZone's, and must stay as they were until it
 * gives them back: the metadata from init_image to authentication, and the
 * carveout (its mapping, code and constants) from authentication to shutdown.
 *
 * What is gone or changed may be back a moment later, so every call is an
 * occasion to look. A violation is recorded once, until it ends or changes.
 * Source: posted; for metadata in a bridge under the hypervisor, base
 * qcom_scm_pas_init_image(). When the model looks is a choice.
 */
#include <string.h>

#include "ownership.h"
#include "ram.h"
#include "record.h"
#include "stream.h"

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
 * ownership_take() - remember code and constants, from authentication on
 * @pas:	image that is up now
 */
void ownership_take(struct pas *pas)
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
	return FINDING_NONE;
}

/**
 * ownership_of_metadata() - is the metadata where and as it was?
 * @pas:	image that was announced, and is neither up nor shut down
 *
 * Return: what is wrong, NULL if nothing is.
 */
const char *ownership_of_metadata(const struct pas *pas)
{
	const void *now = caller_ptr(pas->metadata.base, pas->metadata.size);

	if (model_wants_bridges() && !bridge_covers(pas->metadata))
		return "metadata released before authentication";
	if (model_under_hypervisor() && bridge_overlaps(pas->metadata))
		return "metadata bridged before authentication";
	if (!now || memcmp(now, pas->copy, pas->metadata.size))
		return "metadata changed before authentication";
	return NULL;
}

/**
 * ownership_told() - a call was answered, perhaps as the plan says
 * @c:		the call
 *
 * Whoever is told that init_image failed need not keep the metadata.
 */
void ownership_told(const struct scm_call *c)
{
	if (c->pas && c->fn == SCM_PAS_INIT_IMAGE)
		c->pas->told_ok = !c->status && !c->result[0];
}

/*
 * A lite image of the boot loader lost its translation when Linux took the SMMU. That
 * lasts until the driver is there: it may ask which images there are, and then has
 * to shut this one down before it does anything else with the core (choice; field:
 * fault storms on x1).
 */
static bool may_follow(const struct scm_call *c, const struct pas *lite)
{
	return !c->pas || c->pas->core != lite->core || c->fn == SCM_PAS_IS_SUPPORTED ||
	       c->fn == SCM_PAS_SHUTDOWN;
}

static struct finding image_verdict(const struct scm_call *c, const struct pas *pas)
{
	if (pas->lite && pas_is_up(pas) && !stream_is_open(pas->core) && !may_follow(c, pas))
		return FINDING("lite image is up without its stream");
	if (pas->state == PAS_UP)
		return written(pas);
	if (pas->told_ok && pas_waits(pas))
		return FINDING(ownership_of_metadata(pas));
	return FINDING_NONE;
}

static void tell(const struct scm_call *c, const struct pas *pas, struct finding f,
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
void ownership_check(const struct scm_call *c)
{
	unsigned int i;

	for (i = 0; i < BENCH_CORES; i++) {
		struct core *core = &model.cores[i];
		const struct pas *whose;
		struct finding f = stream_verdict_owned(core, &whose);

		tell(c, whose, f, &core->violated);
	}
	for (i = 0; i < model.num_pas; i++) {
		struct pas *pas = &model.pas[i];

		tell(c, pas, image_verdict(c, pas), &pas->violated);
	}
}
