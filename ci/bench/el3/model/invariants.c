// SPDX-License-Identifier: GPL-2.0-only
/*
 * What holds after each call, whatever Linux sent. If it does not, the model is
 * at fault and nothing that it says can be relied on: the run ends in a panic.
 */
#include "invariants.h"
#include "ram.h"

/* Carveouts that were without a bridge since they are up */
static bool left_alone[MODEL_MAX_PAS];

/* Only the one that Linux made for authentication, until Linux deletes it */
static bool bridge_ok(const struct pas *pas)
{
	bool *alone = &left_alone[pas - model.pas];

	if (pas->state != PAS_UP)
		*alone = false;
	else if (!bridge_overlaps(pas->carveout))
		*alone = true;
	else
		return !*alone && !model_under_hypervisor() &&
		       bridge_is_exactly(pas->carveout);
	return true;
}

static bool is_placed(const struct pas *pas)
{
	return pas->state == PAS_UP || pas->state == PAS_SETUP ||
	       (pas->state == PAS_INITIALISED && !pas->image.relocatable);
}

static bool has_metadata(const struct pas *pas)
{
	return pas->metadata.size > ELF32_EHDR_SIZE &&
	       pas->metadata.size <= PAS_MAX_METADATA &&
	       caller_may_name(pas->metadata);
}

static const char *pas_problem(const struct pas *pas)
{
	bool waits = pas_waits(pas);

	if (pas->state > PAS_FAILED)
		return "no such state";
	/* one that is up may have died by itself */
	if (pas == pas->core->main && pas->state != PAS_UP &&
	    cpu_running(pas->core->cpu))
		return "core runs without an image";
	if (waits && !has_metadata(pas))
		return "image without metadata";
	if ((waits || pas->state == PAS_UP) &&
	    (!pas->image.num || pas->image.num > IMAGE_MAX_PHDRS))
		return "image without segments";
	if (is_placed(pas) && (!pas->load.size || !range_contains(pas->carveout, pas->load)))
		return "image outside its carveout";
	if (!bridge_ok(pas))
		return "bridge over a carveout that is up";
	return NULL;
}

static const char *bridge_problem(void)
{
	unsigned int i, j;

	for (i = 0; i < BRIDGE_MAX; i++) {
		const struct bridge *b = &bridges[i];

		if (!b->handle)
			continue;
		if (!range_is_pages(b->range) || !caller_may_name(b->range))
			return "bridge over what is not Linux's";
		for (j = 0; j < i; j++)
			if (bridges[j].handle &&
			    range_overlaps(bridges[j].range, b->range))
				return "bridges overlap";
	}
	return NULL;
}

/**
 * model_problem() - is the model still what it must be?
 *
 * Return: what is wrong, NULL if nothing is.
 */
const char *model_problem(void)
{
	const char *problem = bridge_problem();
	unsigned int i;

	for (i = 0; i < model.num_pas && !problem; i++)
		problem = pas_problem(&model.pas[i]);
	return problem;
}
