# SPDX-License-Identifier: GPL-2.0-only
# The model's files, without suffix: for the firmware, the unit tests, the fuzzers
model := scm core bridge pas auth ownership elf sha2 stream smmu smmu_pte smmu_walk rsc \
	 rsc_table assign fault record invariants model
