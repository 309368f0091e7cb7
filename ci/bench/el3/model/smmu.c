// SPDX-License-Identifier: GPL-2.0-only
/* Words for what an SMMU does with a stream. */
#include "smmu.h"

/**
 * smmu_config_name() - words for the record
 * @config:	what
 */
const char *smmu_config_name(enum smmu_config config)
{
	switch (config) {
	case SMMU_TRANSLATES:
		return "stream is translated";
	case SMMU_BYPASS:
		return "stream bypasses the SMMU";
	case SMMU_ABORT:
		return "stream is aborted by the SMMU";
	case SMMU_STAGE2:
		return "stream is behind stage 2";
	case SMMU_BAD_STREAM:
		return "no valid entry for the stream";
	case SMMU_BAD_CONTEXT:
		return "no valid context for the stream";
	}
	return "?";
}
