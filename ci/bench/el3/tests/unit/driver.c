// SPDX-License-Identifier: GPL-2.0-only
/* What a driver does, step by step, and its way back to where it can start. */
#include "input.h"

static const struct {
	uint32_t pas;
	uint64_t base, size, md;
	bool reloc;
} images[STEP_IMAGES] = {
	{ BENCH_PAS_MPSS, BENCH_MPSS_BASE, BENCH_MPSS_SIZE, MD_ADDR, false },
	{ BENCH_PAS_CDSP_DTB, BENCH_CDSP_DTB_BASE, BENCH_CDSP_DTB_SIZE, MD_DTB_ADDR, false },
	{ BENCH_PAS_CDSP, BENCH_CDSP_BASE, BENCH_CDSP_SIZE, MD_ADDR, true },
};

#define MAX_HANDLES	64	/* as many as the model has room for */
#define BLOCK		0x200000	/* of page tables with pages of 4 KiB */

static struct test_image built[STEP_IMAGES];	/* once, they never change */
static struct tables streams[2];	/* modem, compute DSP */
static bool tables_ours;	/* nobody else wrote to them */
static enum bench_machine machine;
static uint64_t handles[MAX_HANDLES];
static unsigned int newest;

/**
 * driver_plan() - the page that is shared with EL3
 */
struct bench_shared *driver_plan(void)
{
	return (struct bench_shared *)host_ram(BENCH_SHARED_BASE);
}

/**
 * driver_note_handle() - a bridge was made, or none
 * @handle:	0, or tells the slot of its bridge, so that none is lost
 */
void driver_note_handle(uint64_t handle)
{
	if (!handle)
		return;
	newest = handle % MAX_HANDLES;
	handles[newest] = handle;
}

/**
 * driver_handle() - the bridge that was made last
 */
uint64_t driver_handle(void)
{
	return handles[newest];
}

/**
 * driver_tables_lost() - page tables are no longer what they were
 */
void driver_tables_lost(void)
{
	tables_ours = false;
}

static void map(unsigned int i, bool on)
{
	struct tables *tables = &streams[i > 0];
	/* blocks where they fit: fewer tables, more steps in the same time */
	int level = images[i].size % BLOCK ? 3 : 2;

	if (machine != BENCH_MACHINE_EL2_IOMMU || !tables_ours)
		return;
	if (on)
		tables_map(tables, images[i].base, images[i].base, images[i].size, level);
	else
		tables_unmap(tables, images[i].base, images[i].size, level);
}

static int64_t init(unsigned int i)
{
	if (!built[i].size)
		image_build(&built[i], i & 1 ? SHA2_256 : SHA2_384, images[i].reloc,
			    (uint32_t)images[i].base);
	memcpy(host_ram(images[i].md), built[i].md, built[i].size);
	return smc(SCM_PAS_INIT_IMAGE, AI_INIT_IMAGE, images[i].pas, images[i].md, 0, 0);
}

static int64_t pas_call(uint32_t fn, unsigned int i)
{
	return smc(fn, AI(1), images[i].pas, 0, 0, 0);
}

static int64_t mem_setup(unsigned int i)
{
	return smc(SCM_PAS_MEM_SETUP, AI(3), images[i].pas, images[i].base, 0x4000, 0);
}

/**
 * driver_step() - one step of a driver, right or wrong just now
 * @step:	STEP_INIT to STEP_SHUTDOWN
 * @image:	for which image
 */
void driver_step(enum step step, unsigned int image)
{
	switch (step) {
	case STEP_INIT:
		init(image);
		break;
	case STEP_MEM_SETUP:
		mem_setup(image);
		break;
	case STEP_LOAD:
		if (built[image].size)
			image_load(&built[image], images[image].base);
		break;
	case STEP_MAP:
	case STEP_UNMAP:
		map(image, step == STEP_MAP);
		break;
	case STEP_BRIDGE:
		driver_note_handle(bridge(images[image].base, images[image].size));
		break;
	case STEP_AUTH:
		pas_call(SCM_PAS_AUTH_AND_RESET, image);
		break;
	case STEP_UNBRIDGE:
		unbridge(handles[newest]);
		break;
	default:
		pas_call(SCM_PAS_SHUTDOWN, image);
	}
}

/**
 * driver_whole_start() - start an image as a correct driver does
 * @image:	which; from rest, the dtb before its main image
 *
 * Return: is it up?
 */
bool driver_whole_start(unsigned int image)
{
	bool bridged = machine != BENCH_MACHINE_HYP, ok;

	ok = !init(image) && !res[0];
	if (images[image].reloc)
		ok = ok && !mem_setup(image) && !res[0];
	driver_step(STEP_LOAD, image);
	map(image, true);
	if (bridged)
		driver_step(STEP_BRIDGE, image);
	ok = ok && !pas_call(SCM_PAS_AUTH_AND_RESET, image) && !res[0];
	return (!bridged || !unbridge(handles[newest])) && ok;
}

/* A stream each, with nothing mapped */
static void clean_tables(void)
{
	struct tables *modem = &streams[0], *cdsp = &streams[1];
	uint64_t ste;

	tables_ours = true;
	if (machine != BENCH_MACHINE_EL2_IOMMU)
		return;
	tables_start(modem, 12, 48);
	tables_linear(modem, BENCH_SID_MPSS);
	tables_start_at(cdsp, TABLES_SECOND, 12, 48);
	ste = modem->ste + 64 * (BENCH_SID_CDSP - BENCH_SID_MPSS);
	*word_at(ste) = *word_at(modem->ste) - modem->cd + cdsp->cd;
}

/**
 * driver_rest() - all images down, all bridges gone, a new pool, sound tables
 */
void driver_rest(void)
{
	unsigned int i;

	memset(driver_plan()->rules, 0, sizeof(driver_plan()->rules));
	memset(driver_plan()->cores, 0, sizeof(driver_plan()->cores));
	for (i = STEP_IMAGES; i-- > 0;)
		pas_call(SCM_PAS_SHUTDOWN, i);
	clean_tables();
	for (i = 0; i < MAX_HANDLES; i++)
		if (handles[i])
			unbridge(handles[i]);
	memset(handles, 0, sizeof(handles));
	if (machine != BENCH_MACHINE_HYP)
		driver_note_handle(bridge(POOL_ADDR, POOL_SIZE));
}

/**
 * driver_start() - a kernel that has just booted
 * @l:		its machine
 */
void driver_start(enum bench_machine l)
{
	machine = l;
	memset(handles, 0, sizeof(handles));
	newest = 0;
	smc(SCM_SHM_BRIDGE_ENABLE, 0, 0, 0, 0, 0);
	driver_rest();
}
