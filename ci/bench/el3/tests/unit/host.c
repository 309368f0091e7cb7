// SPDX-License-Identifier: GPL-2.0-only
/* The platform's side of tz.h as the tests want it, and calls of Linux. */
#include <stdarg.h>
#include <sys/mman.h>

#include "host.h"

struct host host;
struct tz_boot_smmu host_boot = { .granules = 0x15000, .banks = 16 };
bool host_no_bridges;
uint32_t host_booted[TZ_BOOT_PAS];
uint64_t res[3];

static uint8_t *ram;

/* A machine after reset */
void host_start(enum bench_machine machine)
{
	if (ram)
		munmap(ram, BENCH_RAM_SIZE);
	ram = mmap(NULL, BENCH_RAM_SIZE, PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (ram == MAP_FAILED) {
		perror("mmap");
		exit(3);
	}
	memset(&host, 0, sizeof(host));
	host.ram_size = BENCH_RAM_SIZE;
	model_init(machine, BENCH_SOC_NONE);
}

void *phys_ptr(uint64_t pa, uint64_t size)
{
	if (pa < BENCH_RAM_BASE || pa - BENCH_RAM_BASE > host.ram_size ||
	    size > host.ram_size - (pa - BENCH_RAM_BASE))
		return NULL;
	return ram + (pa - BENCH_RAM_BASE);
}

uint8_t *host_ram(uint64_t pa)
{
	return phys_ptr(pa, 1);
}

uint64_t *word_at(uint64_t pa)
{
	return phys_ptr(pa, 8);
}

uint64_t tz_time_us(void)
{
	static uint64_t now;

	return now++;
}

void tz_log(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(host.line, sizeof(host.line), fmt, args);
	va_end(args);
}

void tz_panic(const char *fmt, ...)
{
	va_list args;

	fflush(stdout);
	printf("not ok - ");
	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
	printf("\n");
	fflush(stdout);
	exit(1);
}

bool tz_kernel_tables(struct tz_tables *tables)
{
	*tables = host.tables;
	return tables->ttbr;
}

bool cpu_running(unsigned int cpu)
{
	return host.running[cpu];
}

void cpu_release(unsigned int cpu, uint64_t entry, uint64_t arg0)
{
	if (host.running[cpu] || arg0)
		fail(__FILE__, __LINE__, "CPU %u released twice", cpu);
	host.running[cpu] = true;
	host.entry = entry;
}

void cpu_stop(unsigned int cpu)
{
	host.running[cpu] = false;
}

void gic_pend_spi(unsigned int spi)
{
	host.spi = host.pending = spi;
	host.pended++;
}

bool gic_spi_pending(unsigned int spi)
{
	return host.pending == spi;
}

bool gic_spi_active(unsigned int spi)
{
	return host.active == spi;
}

struct tz_smem tz_smem(void)
{
	return (struct tz_smem){ BENCH_SMEM_BASE, BENCH_SMEM_SIZE };
}

bool tz_has_bridges(void)
{
	return !host_no_bridges;
}

unsigned int tz_boot_pas(uint32_t *ids)
{
	unsigned int n = 0;

	while (n < TZ_BOOT_PAS && host_booted[n]) {
		ids[n] = host_booted[n];
		n++;
	}
	return n;
}

void tz_boot_smmu(struct tz_boot_smmu *smmu)
{
	*smmu = host_boot;
}

volatile uint32_t *smmu_reg(uint32_t off)
{
	return phys_ptr(BENCH_SMMU500_BASE + off, 4);
}

uint32_t smmu_read32(uint32_t off)
{
	switch (off) {
	case 0x20:
		return host.smmu_cr0;
	case 0x44:
		return host.smmu_gbpa;
	case 0x88:
		return host.strtab_cfg;
	}
	fail(__FILE__, __LINE__, "SMMU register %x", off);
	return 0;
}

uint64_t smmu_read64(uint32_t off)
{
	if (off != 0x80)
		fail(__FILE__, __LINE__, "SMMU register %x", off);
	return host.strtab;
}

/* A call of Linux: returns x0, leaves x1..x3 in res[] */
int64_t smc(uint32_t fn, uint32_t arginfo, uint64_t a0, uint64_t a1, uint64_t a2,
	    uint64_t a3)
{
	struct smc_frame f = { .x = { fn, arginfo, a0, a1, a2, a3 } };

	scm_call(&f);
	memcpy(res, &f.x[1], sizeof(res));
	return (int64_t)f.x[0];
}

/* Make a bridge as the kernel does: returns its handle, 0 if refused */
uint64_t bridge(uint64_t base, uint64_t size)
{
	if (smc(SCM_BRIDGE_CREATE, 4, base | 6, base | 6, size | 1 << 9, 3) || res[0])
		return 0;
	return res[1];
}

int64_t unbridge(uint64_t handle)
{
	return smc(SCM_BRIDGE_DELETE, 1, handle, 0, 0, 0);
}

struct bench_shared *shared(void)
{
	return phys_ptr(BENCH_SHARED_BASE, BENCH_SHARED_SIZE);
}

/* The newest line of the record */
const struct bench_event *last_event(void)
{
	return &shared()->events[(shared()->num_events - 1) % shared()->max_events];
}

unsigned int violations(void)
{
	return shared()->violations;
}
