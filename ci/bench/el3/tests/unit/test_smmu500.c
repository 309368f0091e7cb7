// SPDX-License-Identifier: GPL-2.0-only
/* From a stream id through the SMMU-500's registers to page tables, and its faults. */
#include "host.h"
#include "smmu500.h"

#define SID	BENCH_SID_CDSP
#define MASK	BENCH_SID_CDSP_MASK
#define BANK	3
#define GROUP	5
#define BASE	BENCH_MPSS_BASE
#define SIZE	BENCH_MPSS_SIZE

#define SPI	(BENCH_SPI_SMMU_CB + BANK)
#define TF	(1u << 1 | 2u << 9)
#define PF	(1u << 3 | 2u << 9)
#define MULTI	(1u << 31)

static struct tables t;
static struct pagetable pt;

static void start(void)
{
	host_start(BENCH_MACHINE_EL2_SMMU500);
	tables_start(&t, TABLES_BASE, 12, 48);
	tables_map(&t, BASE, BASE, 0x2000, 3);
	*tables_pte(&t, BASE + 0x1000, 3) |= PTE_RDONLY;
	tables_bank(&t, BANK);
	tables_group(GROUP, SID, MASK, BANK);
}

static volatile uint32_t *bank_reg(uint32_t reg)
{
	return smmu_reg(SMMU_CB(BANK, reg));
}

static void finds(enum smmu_config want)
{
	CHECK_EQ(smmu500_find(SID, &pt), want);
}

/* What arm-smmu reads while it probes (arm_smmu_device_cfg_probe()) */
TEST(reset)
{
	host_start(BENCH_MACHINE_EL2_SMMU500);
	CHECK_EQ(*smmu_reg(0x20), 0x4f105e40u);	/* S1TS SMS ATOSNS NO_AARCH32(S) 16 CTTW 15 64 */
	CHECK_EQ(*smmu_reg(0x24), 0x60000010u);
	CHECK_EQ(*smmu_reg(0x28), 0x7555u);
	CHECK_EQ(*smmu_reg(0x3c), 0x21u);
	CHECK_EQ(*smmu_reg(0), 1u);
	CHECK_EQ(*smmu_reg(SMMU_SMR(0)), 0u);
	/* nothing of an earlier life */
	*smmu_reg(SMMU_SMR(9)) = 1u << 31 | SID;
	model_init(BENCH_MACHINE_EL2_SMMU500, BENCH_SOC_NONE);
	CHECK_EQ(*smmu_reg(SMMU_SMR(9)), 0u);

	host_boot.granules = 0x10000;
	host_start(BENCH_MACHINE_EL2_SMMU500);
	CHECK_EQ(*smmu_reg(0x28), 0x4555u);
	host_boot.granules = 0x4000;
	host_boot.num = 1;
	host_boot.streams[0] = MASK << 16 | SID;
	host_start(BENCH_MACHINE_EL2_SMMU500);
	CHECK_EQ(*smmu_reg(0x28), 0x2555u);
	CHECK_EQ(*smmu_reg(SMMU_SMR(0)), 0x84000080u);
	CHECK_EQ(*smmu_reg(SMMU_S2CR(0)), 0x10000u);
	*smmu_reg(0) = 1 << 10;			/* USFCFG */
	finds(SMMU_BYPASS);
	host_boot = (struct tz_boot_smmu){ .granules = 0x15000 };

	/* on no other machine is that RAM touched */
	host_start(BENCH_MACHINE_EL2_IOMMU);
	CHECK_EQ(*smmu_reg(0x20), 0u);
}

TEST(matching)
{
	start();
	finds(SMMU_TRANSLATES);
	CHECK_EQ(pt.ttb, t.ttb);
	CHECK_EQ(smmu500_find(SID | MASK, &pt), SMMU_TRANSLATES);
	CHECK_EQ(smmu500_find(SID | 1, &pt), SMMU_BAD_STREAM);
	CHECK_EQ(smmu500_find(SID | MASK | 1, &pt), SMMU_BAD_STREAM);
	CHECK_EQ(smmu500_find(0, &pt), SMMU_BAD_STREAM);
	/* bits of the id below the mask do not count */
	tables_group(GROUP, SID | MASK, MASK, BANK);
	finds(SMMU_TRANSLATES);
	/* all ids */
	tables_group(GROUP, 0, 0x7fff, BANK);
	finds(SMMU_TRANSLATES);

	/* what does not match: as sCR0 has it */
	start();
	*smmu_reg(SMMU_SMR(GROUP)) &= ~(1u << 31);
	finds(SMMU_BAD_STREAM);
	*smmu_reg(0) &= ~(1u << 10);
	finds(SMMU_BYPASS);
	/* all go through */
	start();
	*smmu_reg(0) |= 1;
	finds(SMMU_BYPASS);

	/* two groups */
	start();
	tables_group(63, SID, 0, BANK);
	finds(SMMU_BAD_STREAM);
	CHECK_EQ(smmu500_find(SID | MASK, &pt), SMMU_TRANSLATES);
}

TEST(groups)
{
	start();
	*smmu_reg(SMMU_S2CR(GROUP)) = 1 << 16 | BANK;
	finds(SMMU_BYPASS);
	*smmu_reg(SMMU_S2CR(GROUP)) = 2 << 16 | BANK;
	finds(SMMU_ABORT);
	*smmu_reg(SMMU_S2CR(GROUP)) = 3 << 16 | BANK;
	finds(SMMU_ABORT);
	/* a bank that is not there, and one that nobody set up */
	*smmu_reg(SMMU_S2CR(GROUP)) = BENCH_SMMU500_CBS;
	finds(SMMU_BAD_CONTEXT);
	*smmu_reg(SMMU_S2CR(GROUP)) = 0;
	finds(SMMU_STAGE2);
	/* privileged attributes and the like are none of this */
	*smmu_reg(SMMU_S2CR(GROUP)) = 3 << 24 | BANK;
	finds(SMMU_TRANSLATES);
}

TEST(banks)
{
	uint32_t tcr;

	start();
	*smmu_reg(SMMU_CBAR(BANK)) = 0;
	finds(SMMU_STAGE2);
	*smmu_reg(SMMU_CBAR(BANK)) = 3 << 16;
	finds(SMMU_STAGE2);
	*smmu_reg(SMMU_CBAR(BANK)) = 2 << 16;
	finds(SMMU_ABORT);

	/* switched off, it lets all through */
	start();
	*bank_reg(SMMU_CB_SCTLR) = 0;
	finds(SMMU_BYPASS);
	*bank_reg(SMMU_CB_SCTLR) = 0x1077;		/* big-endian tables */
	finds(SMMU_BAD_CONTEXT);
	start();
	*smmu_reg(SMMU_CBA2R(BANK)) = 0;		/* AArch32 */
	finds(SMMU_BAD_CONTEXT);

	start();
	tcr = *bank_reg(SMMU_CB_TCR);
	*bank_reg(SMMU_CB_TCR) = tcr | 1 << 7;		/* EPD0 */
	finds(SMMU_ABORT);
	*bank_reg(SMMU_CB_TCR) = tcr | 3 << 14;		/* TG0 */
	finds(SMMU_BAD_CONTEXT);
	*bank_reg(SMMU_CB_TCR) = (tcr & ~0x3fu) | 15;	/* T0SZ */
	finds(SMMU_BAD_CONTEXT);

	/* another bank's tables are another's */
	start();
	tables_start(&t, TABLES_SECOND, 16, 40);
	tables_bank(&t, BANK + 1);
	finds(SMMU_TRANSLATES);
	CHECK(pt.ttb != t.ttb);
	tables_group(GROUP, SID, MASK, BANK + 1);
	finds(SMMU_TRANSLATES);
	CHECK_EQ(pt.ttb, t.ttb);
	CHECK_EQ(pt.granule, 16);
	CHECK_EQ(pt.ia_bits, 40);
}

static void reported(unsigned int times, uint32_t fsr, uint64_t far, uint32_t fsynr0)
{
	CHECK_EQ(host.pended, times);
	CHECK_EQ(host.spi, SPI);
	CHECK_EQ(*bank_reg(SMMU_CB_FSR), fsr);
	CHECK_EQ(*bank_reg(SMMU_CB_FAR), (uint32_t)far);
	CHECK_EQ(*bank_reg(SMMU_CB_FAR + 4), (uint32_t)(far >> 32));
	CHECK_EQ(*bank_reg(SMMU_CB_FSYNR0), fsynr0);
	CHECK_EQ(*smmu_reg(SMMU_CBFRSYNRA(BANK)), SID);
}

/* Linux takes the interrupt; while @active its handler is not through */
static void handle(bool active)
{
	host.active = active ? host.pending : 0;
	host.pending = 0;
}

TEST(context_faults)
{
	start();
	/* as the driver's reset does, which is to clear it */
	*bank_reg(SMMU_CB_FSR) = 0xc00001fe;
	smmu500_settle();
	CHECK_EQ(*bank_reg(SMMU_CB_FSR), 0);
	smmu500_fault(SID, (1ull << 40) + 0x1234, false);
	reported(1, TF, (1ull << 40) + 0x1234, 0);
	/* the next ones before Linux looks: the first one stays */
	smmu500_fault(SID, 0, true);
	smmu500_fault(SID, 0, true);
	reported(1, TF | MULTI, (1ull << 40) + 0x1234, 0);
	/* the handler has read FSR: it has to come again */
	handle(true);
	smmu500_settle();
	CHECK_EQ(*bank_reg(SMMU_CB_FSR), TF | MULTI);
	smmu500_fault(SID, 0, true);
	reported(2, TF | MULTI, (1ull << 40) + 0x1234, 0);
	/* and has been through */
	handle(false);
	smmu500_settle();
	CHECK_EQ(*bank_reg(SMMU_CB_FSR), 0);
	smmu500_fault(SID, BASE + 0x1000, true);
	reported(3, PF, BASE + 0x1000, 1 << 4);
	/* which is noticed at each fault, and at each call */
	handle(false);
	smmu500_fault(SID, 0x5000, true);
	reported(4, TF, 0x5000, 1 << 4);
	handle(false);
	smc(SCM_PAS_IS_SUPPORTED, AI(1), BENCH_PAS_MPSS, 0, 0, 0);
	CHECK_EQ(*bank_reg(SMMU_CB_FSR), 0);

	/* no interrupt that Linux does not want; EPD0 is a fault of translation */
	start();
	*bank_reg(SMMU_CB_SCTLR) &= ~(1u << 6);
	*bank_reg(SMMU_CB_TCR) |= 1 << 7;
	smmu500_fault(SID, BASE, false);
	CHECK_EQ(host.pended, 0);
	CHECK_EQ(*bank_reg(SMMU_CB_FSR), TF);
	/* what Linux leaves in FSR when it resets the SMMU is none */
	start();
	*bank_reg(SMMU_CB_FSR) = 0xc00001feu;
	smmu500_fault(SID, 0, false);
	reported(1, TF, 0, 0);
}

static void globally(unsigned int times, uint32_t gfsr, uint32_t sid)
{
	CHECK_EQ(host.pended, times);
	CHECK_EQ(host.spi, BENCH_SPI_SMMU_GLOBAL);
	CHECK_EQ(*smmu_reg(0x48), gfsr);
	CHECK_EQ(*smmu_reg(0x54), sid);
	CHECK_EQ(*bank_reg(SMMU_CB_FSR), 0);
}

TEST(global_faults)
{
	start();
	smmu500_fault(BENCH_SID_NOBODY, 0x7000, true);
	globally(1, 1 << 1, BENCH_SID_NOBODY);		/* USF */
	CHECK_EQ(*smmu_reg(0x40), 0x7000);
	CHECK_EQ(*smmu_reg(0x50), 1 << 1);
	*smmu_reg(SMMU_S2CR(GROUP)) = 2 << 16;
	smmu500_fault(SID, 0x7000, false);
	globally(1, 1 << 1 | MULTI, BENCH_SID_NOBODY);
	handle(false);
	smmu500_fault(SID, 0x7000, false);
	globally(2, 1 << 0, SID);			/* ICF */
	handle(false);
	smmu500_settle();
	CHECK_EQ(*smmu_reg(0x48), 0);

	start();
	tables_group(0, SID, 0, BANK);
	smmu500_fault(SID, 0, false);
	globally(1, 1 << 2, SID);			/* SMCF */
	start();
	*smmu_reg(SMMU_S2CR(GROUP)) = 0xff;
	smmu500_fault(SID, 0, false);
	globally(1, 1 << 3, SID);			/* UCBF */
	start();
	*smmu_reg(0) &= ~(1u << 5);			/* GCFGFIE */
	smmu500_fault(BENCH_SID_NOBODY, 0, false);
	CHECK_EQ(host.pended, 0);
	CHECK_EQ(*smmu_reg(0x48), 1 << 1);
}

/* ---- as the model uses it ---- */

static uint64_t core(unsigned int cpu, uint64_t fn, uint64_t iova, uint64_t how)
{
	struct smc_frame f = { .x = { fn, iova, how } };

	core_call(&f, cpu);
	return f.x[0];
}

TEST(cores)
{
	const unsigned int cpu = BENCH_CPU_CDSP;

	driver_start(BENCH_MACHINE_EL2_SMMU500);
	CHECK(driver_up(CDSP_DTB));
	CHECK(driver_up(CDSP));
	CHECK_EQ(core(cpu, BENCH_SMC_CORE_READ, BENCH_CDSP_BASE, 0), 0);
	CHECK_EQ(core(cpu, BENCH_SMC_CORE_STRAY, BENCH_CDSP_BASE, BENCH_STRAY_WRITE), 0);
	CHECK_STR(last_event()->what, "stray write to 0x5e800000");
	CHECK_EQ(host.pended, 0);
	CHECK_EQ((int64_t)core(cpu, BENCH_SMC_CORE_READ, BENCH_KERNEL_BASE, 0), -1);
	CHECK_EQ(host.spi, BENCH_SPI_SMMU_CB + 1);
	CHECK_STR(last_event()->what, "smmu fault at read of 0x40200000");
	/* with the id that only the mask makes match */
	CHECK_EQ(*smmu_reg(SMMU_CBFRSYNRA(1)), BENCH_SID_CDSP | BENCH_SID_CDSP_MASK);
	host.pending = 0;
	CHECK_EQ((int64_t)core(cpu, BENCH_SMC_CORE_STRAY, BENCH_KERNEL_BASE, BENCH_STRAY_WRITE), -1);
	CHECK_STR(last_event()->what, "smmu fault at write to 0x40200000");
	CHECK_EQ(*smmu_reg(SMMU_CB(1, SMMU_CB_FSYNR0)), 1 << 4);
	/* of many, one is recorded */
	CHECK_EQ((int64_t)core(cpu, BENCH_SMC_CORE_STRAY, 0x1000, BENCH_STRAY_AGAIN), -1);
	CHECK_STR(last_event()->what, "smmu fault at write to 0x40200000");
	CHECK_EQ((int64_t)core(cpu, BENCH_SMC_CORE_STRAY, 0, BENCH_STRAY_STREAM), -1);
	CHECK_EQ(host.spi, BENCH_SPI_SMMU_GLOBAL);
	CHECK_EQ(violations(), 0);
}

/* Ready for auth_and_reset of the modem's image */
static void prepare(void)
{
	driver_start(BENCH_MACHINE_EL2_SMMU500);
	CHECK_EQ(driver_init_modem(), 0);
	driver_map(BASE, SIZE);
}

static void refused(const char *what)
{
	CHECK_EQ(driver_auth_bridged(MODEM), SCM_EINVAL_ARG);
	CHECK_EQ(violations(), 1);
	CHECK_STR(last_event()[-1].what, what);
}

TEST(authentication)
{
	prepare();
	CHECK_EQ(driver_auth_bridged(MODEM), 0);
	CHECK_EQ(violations(), 0);
	/* and what TrustZone owns stays mapped */
	*smmu_reg(SMMU_CB(0, SMMU_CB_SCTLR)) = 0;
	smc(SCM_PAS_IS_SUPPORTED, AI(1), BENCH_PAS_MPSS, 0, 0, 0);
	CHECK_EQ(violations(), 1);

	prepare();
	*smmu_reg(SMMU_SMR(0)) = 0;
	refused("no valid entry for the stream");
	prepare();
	*smmu_reg(SMMU_S2CR(0)) |= 1 << 16;
	refused("stream bypasses the SMMU");
	prepare();
	*smmu_reg(SMMU_CB(0, SMMU_CB_SCTLR)) = 0;
	refused("stream bypasses the SMMU");
	prepare();
	*smmu_reg(SMMU_S2CR(0)) = 1;			/* the other core's bank */
	refused("carveout is not mapped");
	/* a DSP whose mask was forgotten */
	driver_start(BENCH_MACHINE_EL2_SMMU500);
	tables_group(1, BENCH_SID_CDSP, 0, 1);
	CHECK(!driver_up(CDSP_DTB));
	CHECK_STR(last_event()[-1].what, "no valid entry for the stream");
	/* one of its ids alone */
	driver_start(BENCH_MACHINE_EL2_SMMU500);
	tables_group(1, BENCH_SID_CDSP | BENCH_SID_CDSP_MASK, 0, 1);
	CHECK(!driver_up(CDSP_DTB));
	CHECK_STR(last_event()[-1].what, "not all stream ids of the core are translated alike");
	/* and a mask with a bit too many */
	driver_start(BENCH_MACHINE_EL2_SMMU500);
	tables_group(1, BENCH_SID_CDSP, BENCH_SID_CDSP_MASK | 0x1000, 1);
	CHECK(!driver_up(CDSP_DTB));
	CHECK_STR(last_event()[-1].what, "a stream id that is not the core's reaches its memory");
}
