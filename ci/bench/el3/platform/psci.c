// SPDX-License-Identifier: GPL-2.0-only
/* PSCI 1.1 and the SMCCC's own calls, for one CPU that runs Linux. */
#include "arch.h"
#include "platform.h"

#define PSCI_VERSION			0x84000000u
#define PSCI_CPU_ON			0x84000003u
#define PSCI_CPU_ON_64			0xc4000003u
#define PSCI_AFFINITY_INFO		0x84000004u
#define PSCI_AFFINITY_INFO_64		0xc4000004u
#define PSCI_MIGRATE_INFO_TYPE		0x84000006u
#define PSCI_SYSTEM_OFF			0x84000008u
#define PSCI_SYSTEM_RESET		0x84000009u
#define PSCI_FEATURES			0x8400000au

#define SMCCC_VERSION			0x80000000u
#define SMCCC_ARCH_FEATURES		0x80000001u

#define PSCI_VERSION_1_1		0x00010001
#define SMCCC_VERSION_1_2		0x00010002
#define PSCI_NO_TRUSTED_OS		2
#define PSCI_INVALID_PARAMETERS		((uint64_t)-2)
#define PSCI_ALREADY_ON			((uint64_t)-4)

#define MPIDR_AFFINITY			0xff00fffffful

static void __attribute__((noreturn)) do_system_off(void)
{
	/* The lock is kept: no core says anything after the END line. */
	model_lock(0);
	model_end();
	tz_log("TZ OFF at %lu us\n", tz_time_us());
	semihost_exit(EXIT_OFF);
}

static void __attribute__((noreturn)) do_system_reset(void)
{
	model_lock(0);
	tz_log("TZ RESET at %lu us\n", tz_time_us());
	semihost_exit(EXIT_RESET);
}

static bool is_linux_cpu(uint64_t mpidr)
{
	return (mpidr & MPIDR_AFFINITY) == 0;
}

static uint64_t do_psci_features(uint32_t fn)
{
	switch (fn) {
	case PSCI_VERSION:
	case PSCI_CPU_ON:
	case PSCI_CPU_ON_64:
	case PSCI_AFFINITY_INFO:
	case PSCI_AFFINITY_INFO_64:
	case PSCI_MIGRATE_INFO_TYPE:
	case PSCI_SYSTEM_OFF:
	case PSCI_SYSTEM_RESET:
	case PSCI_FEATURES:
	case SMCCC_VERSION:
		return 0;
	default:
		return SMCCC_NOT_SUPPORTED;
	}
}

static uint64_t do_arch_features(uint32_t fn)
{
	switch (fn) {
	case SMCCC_VERSION:
	case SMCCC_ARCH_FEATURES:
		return 0;
	default:
		return SMCCC_NOT_SUPPORTED;
	}
}

/*
 * Anything else of these two ranges (TRNG, SDEI, FF-A, ...) is a probe for a
 * service that we lack: not supported, and no finding.
 */
uint64_t psci_call(const struct smc_frame *f)
{
	switch ((uint32_t)f->x[0]) {
	case SMCCC_VERSION:
		return SMCCC_VERSION_1_2;
	case SMCCC_ARCH_FEATURES:
		return do_arch_features((uint32_t)f->x[1]);
	case PSCI_VERSION:
		return PSCI_VERSION_1_1;
	case PSCI_FEATURES:
		return do_psci_features((uint32_t)f->x[1]);
	case PSCI_MIGRATE_INFO_TYPE:
		return PSCI_NO_TRUSTED_OS;
	case PSCI_AFFINITY_INFO:
	case PSCI_AFFINITY_INFO_64:
		return is_linux_cpu(f->x[1]) ? 0 : PSCI_INVALID_PARAMETERS;
	case PSCI_CPU_ON:
	case PSCI_CPU_ON_64:
		return is_linux_cpu(f->x[1]) ? PSCI_ALREADY_ON :
					       PSCI_INVALID_PARAMETERS;
	case PSCI_SYSTEM_OFF:
		do_system_off();
	case PSCI_SYSTEM_RESET:
		do_system_reset();
	default:
		return SMCCC_NOT_SUPPORTED;
	}
}
