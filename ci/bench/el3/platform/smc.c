// SPDX-License-Identifier: GPL-2.0-only
/* Who answers an SMC, by the owner that its function word names. */
#include "arch.h"
#include "platform.h"

#define OWNER_SHIFT		24
#define OWNER_MASK		0x3f
#define OWNER_ARCH		0
#define OWNER_SIP		2
#define OWNER_STANDARD		4
#define OWNER_VENDOR_HYP	6
#define OWNER_TRUSTED_APP	0x30	/* and 0x31; the trusted OS follows */

/* Linux asks whether a hypervisor that it knows is below: none is. */
#define VENDOR_HYP_CALL_UID	0x8600ff01u
/* A KUnit suite asks whether this model is (SMCCC, "Call UID query" of SiP) */
#define SIP_CALL_UID		0x8200ff01u

static void do_unknown(struct smc_frame *f, unsigned int cpu)
{
	model_lock(cpu);
	record_unknown(f);
	model_unlock();
	f->x[0] = SMCCC_NOT_SUPPORTED;
}

static void do_model(struct smc_frame *f, unsigned int cpu, bool core)
{
	model_lock(cpu);
	if (core)
		core_call(f, cpu);
	else
		scm_call(f);
	model_unlock();
}

static void do_uid(struct smc_frame *f)
{
	static const uint32_t uid[4] = { BENCH_TZ_UID };

	for (unsigned int i = 0; i < 4; i++)
		f->x[i] = uid[i];
}

void smc_dispatch(struct smc_frame *f, unsigned int cpu)
{
	uint32_t owner = (f->x[0] >> OWNER_SHIFT) & OWNER_MASK;

	if ((uint32_t)f->x[0] == VENDOR_HYP_CALL_UID) {
		f->x[0] = SMCCC_NOT_SUPPORTED;
	} else if ((uint32_t)f->x[0] == SIP_CALL_UID) {
		do_uid(f);
	} else if (owner == OWNER_VENDOR_HYP) {
		do_model(f, cpu, true);
	} else if (cpu) {
		do_unknown(f, cpu);
	} else if (owner == OWNER_ARCH || owner == OWNER_STANDARD) {
		f->x[0] = psci_call(f);
	} else if (owner == OWNER_SIP || owner >= OWNER_TRUSTED_APP) {
		do_model(f, cpu, false);
	} else {
		do_unknown(f, cpu);
	}
}
