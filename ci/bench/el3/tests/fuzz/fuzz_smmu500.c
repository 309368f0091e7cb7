// SPDX-License-Identifier: GPL-2.0-only
/*
 * The SMMU-500's registers, page tables, and faults. What a stream meets must be
 * what its registers say, read here bit by bit; what is refused must be reported,
 * and cleared once Linux has handled it.
 */
#include "fuzz.h"
#include "smmu500.h"
#include "stream.h"

#define SID	(BENCH_SID_CDSP | BENCH_SID_CDSP_MASK)

/* Does each bit of a group's id match, or not count? */
static bool group_matches(unsigned int group)
{
	uint32_t smr = *smmu_reg(SMMU_SMR(group));
	unsigned int bit;

	for (bit = 0; bit < 15; bit++)
		if (!(smr >> (16 + bit) & 1) && (smr >> bit & 1) != (SID >> bit & 1))
			return false;
	return smr >> 31;
}

/* The same question as smmu500_find()'s, of which only some answers are compared */
static enum smmu_config expected(uint64_t *ttb)
{
	uint32_t scr0 = *smmu_reg(0), s2cr = 0;
	unsigned int group, n = 0, bank;

	if (scr0 & 1)
		return SMMU_BYPASS;
	for (group = 0; group < 64; group++)
		if (group_matches(group)) {
			s2cr = *smmu_reg(SMMU_S2CR(group));
			n++;
		}
	if (n != 1)
		return n || scr0 >> 10 & 1 ? SMMU_BAD_STREAM : SMMU_BYPASS;
	if ((s2cr >> 16 & 3) != 0)
		return (s2cr >> 16 & 3) == 1 ? SMMU_BYPASS : SMMU_ABORT;
	bank = s2cr & 0xff;
	if (bank >= BENCH_SMMU500_CBS)
		return SMMU_BAD_CONTEXT;
	if ((*smmu_reg(SMMU_CBAR(bank)) >> 16 & 3) == 2)
		return SMMU_ABORT;
	if ((*smmu_reg(SMMU_CBAR(bank)) >> 16 & 3) != 1)
		return SMMU_STAGE2;
	if (!(*smmu_reg(SMMU_CB(bank, SMMU_CB_SCTLR)) & 1))
		return SMMU_BYPASS;
	*ttb = *smmu_reg(SMMU_CB(bank, SMMU_CB_TTBR0)) & ~0xfu;
	*ttb |= (uint64_t)(*smmu_reg(SMMU_CB(bank, SMMU_CB_TTBR0 + 4)) & 0xffff) << 32;
	return SMMU_TRANSLATES;
}

static void look(void)
{
	uint64_t ttb = 0;
	struct pagetable pt;
	enum smmu_config want = expected(&ttb), is = smmu500_find(SID, &pt);

	/* behind a bank that is on, the context itself may be bad, or closed */
	if (want == SMMU_TRANSLATES && (is == SMMU_BAD_CONTEXT || is == SMMU_ABORT))
		return;
	CHECK_EQ(is, want);
	if (is == SMMU_TRANSLATES)
		CHECK_EQ(pt.ttb, ttb);
}

static bool any_fault(void)
{
	unsigned int bank;

	for (bank = 0; bank < BENCH_SMMU500_CBS; bank++)
		if (*smmu_reg(SMMU_CB(bank, SMMU_CB_FSR)))
			return true;
	return *smmu_reg(0x48);
}

static void access_to(uint64_t iova, bool write)
{
	uint64_t pa;
	bool ok;

	host.pended = 0;
	ok = stream_access(SID, iova, write, &pa);
	if (host.pended)
		CHECK(!ok && any_fault());
}

/* Linux is through with what was pended: nothing is left */
static void handle(void)
{
	host.pending = host.active = 0;
	smmu500_settle();
	CHECK(!any_fault());
}

static void one_step(struct input *in)
{
	static const uint32_t regs[] = {
		SMMU_CB_SCTLR, SMMU_CB_TTBR0, SMMU_CB_TTBR0 + 4, SMMU_CB_TCR
	};
	enum smmu_step step = (enum smmu_step)(input_number(in, 1) % SMMU_STEPS);
	unsigned int n = (unsigned int)input_number(in, 1);
	uint32_t v;
	uint64_t at;

	switch (step) {
	case SMMU_STEP_WORD:
		at = input_number(in, 4) & (BENCH_RAM_SIZE - 8);
		/* not FSR, which is what EL3 makes it */
		if (BENCH_RAM_BASE + at - BENCH_SMMU500_BASE >= BENCH_SMMU500_SIZE)
			*word_at(BENCH_RAM_BASE + at) = input_number(in, 8);
		return;
	case SMMU_STEP_ACCESS:
		access_to(input_number(in, 8), n & 1);
		return;
	case SMMU_STEP_HANDLE:
		handle();
		return;
	default:
		v = (uint32_t)input_number(in, 4);
	}
	if (step == SMMU_STEP_SMR)
		*smmu_reg(SMMU_SMR(n % 64)) = v;
	else if (step == SMMU_STEP_S2CR)
		*smmu_reg(SMMU_S2CR(n % 64)) = v;
	else if (step == SMMU_STEP_CBAR)
		*smmu_reg(SMMU_CBAR(n % BENCH_SMMU500_CBS)) = v;
	else if (step == SMMU_STEP_CBA2R)
		*smmu_reg(SMMU_CBA2R(n % BENCH_SMMU500_CBS)) = v;
	else if (step == SMMU_STEP_BANK)
		*smmu_reg(SMMU_CB(n % BENCH_SMMU500_CBS, regs[n / 8 % 4])) = v;
	else
		*smmu_reg(0) = v;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };

	host_start(BENCH_MACHINE_EL2_SMMU500);
	while (in.left) {
		one_step(&in);
		look();
	}
	stream_forget();
	stream_flags(model.cores[BENCH_CORE_CDSP].main);
	handle();
	return 0;
}
