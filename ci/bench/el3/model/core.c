// SPDX-License-Identifier: GPL-2.0-only
/* BENCH_SMC_CORE_*: what a remote core's program asks EL3 for. */
#include <string.h>

#include "call.h"
#include "ram.h"
#include "record.h"
#include "stream.h"

static bool in_own_memory(const struct core *core, struct range range)
{
	const struct tz_smem smem = tz_smem();
	static const struct range dev = { BENCH_DEVMEM_BASE, BENCH_DEVMEM_SIZE };

	return range_contains(core->main->carveout, range) ||
	       (core->dtb && range_contains(core->dtb->carveout, range)) ||
	       range_contains((struct range){ smem.base, smem.size }, range) ||
	       /* The hypervisor knows the device that a core needs (posted) */
	       (model_under_hypervisor() && range_contains(dev, range));
}

/* Words of the core, from its own carveout; anything odd becomes '?'. */
static void do_event(const struct core *core, struct smc_frame *f)
{
	struct range carveout = core->main->carveout;
	uint64_t at = f->x[1];
	char one[2] = "?";
	struct text t;

	text_start(&t, "");
	while (range_contains(carveout, (struct range){ at, 1 }) &&
	       t.len < sizeof(t.buf) - 1) {
		const volatile char *p = caller_ptr(at++, 1);

		one[0] = *p;
		if (!one[0])
			break;
		if (one[0] < ' ' || one[0] > '~')
			one[0] = '?';
		text_add(&t, one);
	}
	record_core(core, t.buf);
	f->x[0] = 0;
}

/* Eight bytes, read through the stream; a fault is recorded */
static void do_read(const struct core *core, struct smc_frame *f)
{
	uint64_t iova = f->x[1], pa = iova;
	volatile uint64_t *p = NULL;
	struct text t;

	if (!(iova & 7) && (core->sid == CORE_NO_STREAM ?
			    in_own_memory(core, (struct range){ iova, 8 }) :
			    stream_access(core->sid, iova, false, &pa)))
		p = caller_ptr(pa, 8);
	f->x[0] = p ? 0 : (uint64_t)SCM_ERROR;
	f->x[1] = p ? *p : ~0ull;
	if (p)
		return;
	text_start(&t, "smmu fault at read of ");
	text_hex(&t, iova);
	record_core(core, t.buf);
}

/* An access that the stream may not allow; only whether it does is of interest */
static void do_stray(const struct core *core, struct smc_frame *f)
{
	bool write = f->x[2] & BENCH_STRAY_WRITE;
	uint32_t sid = f->x[2] & BENCH_STRAY_STREAM ? BENCH_SID_NOBODY : core->sid;
	uint64_t iova = f->x[1], pa;
	struct text t;
	bool ok;

	ok = core->sid == CORE_NO_STREAM || stream_access(sid, iova, write, &pa);
	f->x[0] = ok ? 0 : (uint64_t)SCM_ERROR;
	if (f->x[2] & BENCH_STRAY_AGAIN)
		return;
	text_start(&t, ok ? "stray " : "smmu fault at ");
	text_add(&t, write ? "write to " : "read of ");
	text_hex(&t, iova);
	record_core(core, t.buf);
}

/* A call of a core's program; contract in tz.h */
void core_call(struct smc_frame *f, unsigned int cpu)
{
	const struct core *core = core_of_cpu(cpu);

	if (!core) {
		record_unknown(f);
		f->x[0] = (uint64_t)SCM_ERROR;
		return;
	}

	switch (f->x[0]) {
	case BENCH_SMC_CORE_EVENT:
		do_event(core, f);
		break;
	case BENCH_SMC_CORE_IRQ:
		gic_pend_spi(core->spi_smp2p);
		f->x[0] = 0;
		break;
	case BENCH_SMC_CORE_WDOG:
		gic_pend_spi(core->spi_wdog);
		f->x[0] = 0;
		break;
	case BENCH_SMC_CORE_READ:
		do_read(core, f);
		break;
	case BENCH_SMC_CORE_STRAY:
		do_stray(core, f);
		break;
	default:
		record_unknown(f);
		f->x[0] = (uint64_t)SCM_ERROR;
	}
}
