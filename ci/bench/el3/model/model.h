/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The TrustZone model: what its parts offer each other.
 *
 * Where a number or a rule comes from is said beside it:
 *
 *   base	drivers/firmware/qcom, drivers/soc/qcom of v6.18: what the kernel
 *		sends, and how it reads the answer
 *   list	public discussion of running Linux at EL2 on these SoCs
 *   field	reports of what real machines answered
 *   choice	ours, where nothing is public: the model must answer something
 *
 * Nothing that a caller passes is trusted: addresses are checked to be RAM
 * that the model does not keep for itself, sizes without overflow, and what
 * must not change between check and use is copied into secure memory first.
 */
#ifndef MODEL_H
#define MODEL_H

#include "tz.h"
#include "elf.h"

#define TZ_PAGE_MASK	0xfffu
#define ARRAY_LEN(a)	(sizeof(a) / sizeof((a)[0]))

/* x0 of an answer (base qcom_scm.h, "common error codes") */
#define SCM_OK			0
#define SCM_ERROR		(-1)
#define SCM_NOT_SUPPORTED	(-1)	/* SMC calling convention; field: -EIO */
#define SCM_EINVAL_ARG		(-2)
#define SCM_EINVAL_ADDR		(-3)
#define SCM_EOPNOTSUPP		(-4)
#define SCM_ENOMEM		(-5)
#define SCM_EBUSY		(-12)

/* The function word (base qcom_scm-smc.c; SMC calling convention) */
#define SCM_FAST_CALL		0x80000000u
#define SCM_SMC64		0x40000000u
#define SCM_OWNER_SIP		0x02000000u
#define SCM_FN(svc, cmd)	(SCM_SMC64 | SCM_OWNER_SIP | (svc) << 8 | (cmd))

/* Calls that the model knows, answered or not (base qcom_scm.h; 02.21: list) */
#define SCM_SDI_CONFIG		SCM_FN(0x01u, 0x09u)
#define SCM_SET_DLOAD_MODE	SCM_FN(0x01u, 0x10u)
#define SCM_PAS_INIT_IMAGE	SCM_FN(0x02u, 0x01u)
#define SCM_PAS_MEM_SETUP	SCM_FN(0x02u, 0x02u)
#define SCM_PAS_AUTH_AND_RESET	SCM_FN(0x02u, 0x05u)
#define SCM_PAS_SHUTDOWN	SCM_FN(0x02u, 0x06u)
#define SCM_PAS_IS_SUPPORTED	SCM_FN(0x02u, 0x07u)
#define SCM_PAS_MSS_RESET	SCM_FN(0x02u, 0x0au)
#define SCM_PAS_GET_RSC_TABLE	SCM_FN(0x02u, 0x21u)
#define SCM_IO_READ		SCM_FN(0x05u, 0x01u)
#define SCM_IO_WRITE		SCM_FN(0x05u, 0x02u)
#define SCM_IS_CALL_AVAIL	SCM_FN(0x06u, 0x01u)
#define SCM_QSEECOM_VERSION	SCM_FN(0x06u, 0x03u)
#define SCM_ASSIGN_MEM		SCM_FN(0x0cu, 0x16u)
#define SCM_SHM_BRIDGE_ENABLE	SCM_FN(0x0cu, 0x1cu)
#define SCM_SHM_BRIDGE_DELETE	SCM_FN(0x0cu, 0x1du)
#define SCM_SHM_BRIDGE_CREATE	SCM_FN(0x0cu, 0x1eu)
/* owner "trusted OS" (50), smcinvoke: base qcom_scm_qtee_init() */
#define SCM_SMCINVOKE		(SCM_SMC64 | 0x32000602u)

/* Arguments: four in registers; with more, x5 points at args[3..9] (base) */
#define SCM_MAX_ARGS		10
#define SCM_REG_ARGS		4
#define SCM_FIRST_EXT		(SCM_REG_ARGS - 1)
#define SCM_EXT_ARGS		(SCM_MAX_ARGS - SCM_FIRST_EXT)
#define SCM_ARGINFO_COUNT	0xfu

/*
 * result[0] of a PAS call that is refused with x0 = 0 for what is in the image
 * is an enum image_error (elf.h); of a refused bridge, one of these (choice:
 * callers must cope with both ways of saying no).
 */
#define BRIDGE_RESULT_OVERLAP	1

/**
 * struct scm_call - one call while it is answered
 * @fn:		function word without the fast-call bit
 * @word:	function word as called
 * @arginfo:	x1
 * @args:	arguments, extended ones read from the caller's buffer
 * @pas_id:	PAS that it is about, or BENCH_ANY
 * @flags:	BENCH_F_* that are not a matter of the PAS's state
 * @status:	x0 to answer
 * @result:	x1..x3 to answer
 * @what:	why it was refused; empty: it was not
 */
struct scm_call {
	uint32_t fn;
	uint32_t word;
	uint32_t arginfo;
	uint64_t args[SCM_MAX_ARGS];
	uint32_t pas_id;
	uint16_t flags;
	int64_t status;
	uint64_t result[3];
	char what[80];
};

/* ---- model.c: who is there, and whose memory is whose ---- */

/**
 * struct range - a piece of the physical address space; never wraps
 * @base:	first byte
 * @size:	bytes; 0: empty
 */
struct range {
	uint64_t base;
	uint64_t size;
};

static inline bool range_overlaps(struct range a, struct range b)
{
	if (!a.size || !b.size)
		return false;
	return a.base >= b.base ? a.base - b.base < b.size
				: b.base - a.base < a.size;
}

static inline bool range_contains(struct range outer, struct range inner)
{
	return inner.base >= outer.base &&
	       inner.base - outer.base <= outer.size &&
	       inner.size <= outer.size - (inner.base - outer.base);
}

static inline bool range_equal(struct range a, struct range b)
{
	return a.base == b.base && a.size == b.size;
}

#define CORE_NO_STREAM		BENCH_ANY
#define CORE_MAX_EXTRA		8	/* device ranges of one resource table */

/**
 * struct extra_range - device memory that a resource table grants a core
 * @da:		address that the core uses
 * @pa:		what it must lead to
 * @len:	bytes
 */
struct extra_range {
	uint64_t da;
	uint64_t pa;
	uint64_t len;
};

struct pas;

/**
 * struct core - a remote core
 * @name:	for messages
 * @cpu:	BENCH_CPU_* that plays it
 * @spi_smp2p:	its doorbell to Linux
 * @spi_wdog:	its watchdog's interrupt
 * @sid:	its stream, or CORE_NO_STREAM: no SMMU between it and memory, or
 *		one that is not Linux's business
 * @main:	the image that its CPU runs
 * @dtb:	its dtb image; NULL: it has none
 * @dtb_wanted:	the main image needs it
 * @extra:	devices granted by its resource table
 * @num_extra:	how many
 * @own_seen:	violation of its stream that was recorded last; NULL: all is well
 */
struct core {
	const char *name;
	unsigned int cpu;
	unsigned int spi_smp2p;
	unsigned int spi_wdog;
	uint32_t sid;
	struct pas *main;
	struct pas *dtb;
	bool dtb_wanted;
	struct extra_range extra[CORE_MAX_EXTRA];
	unsigned int num_extra;
	const char *own_seen;
};

enum pas_state {
	PAS_IDLE,
	PAS_INITIALISED,	/* init_image accepted, metadata locked */
	PAS_SETUP,		/* and told where a relocatable image lies */
	PAS_UP,			/* authenticated: the carveout is TrustZone's */
	PAS_FAILED,		/* authentication refused; nothing is locked */
};

#define PAS_MAX_METADATA	0x20000	/* choice: twice the largest known */

/**
 * struct pas - one image that TrustZone authenticates
 * @id:		PAS id (base qcom_q6v5_pas.c)
 * @core:	whose image it is
 * @carveout:	memory reserved for it
 * @state:	see enum pas_state
 * @metadata:	where the caller's metadata lies, locked until authentication
 * @copy:	what it held then, in secure memory
 * @image:	what was parsed from @copy
 * @load:	where the image lies: fixed, or told by mem_setup
 * @sum:	of each segment when it was authenticated
 * @told_ok:	the caller was told that its metadata was accepted
 * @own_seen:	ownership violation that was recorded last; NULL: all is well
 */
struct pas {
	uint32_t id;
	struct core *core;
	struct range carveout;
	enum pas_state state;
	struct range metadata;
	uint8_t *copy;
	struct image image;
	struct range load;
	uint64_t sum[IMAGE_MAX_PHDRS];
	bool told_ok;
	const char *own_seen;
};

#define MODEL_MAX_PAS	8

/**
 * struct model - the state that has no better home
 * @machine:	who sits below Linux
 * @bridges_on:	SHM bridges were enabled
 * @cores:	indexed by enum bench_core_index
 * @pas:	all images
 */
struct model {
	enum bench_machine machine;
	bool bridges_on;
	struct core cores[BENCH_CORES];
	struct pas pas[MODEL_MAX_PAS];
};

extern struct model model;

struct pas *pas_find(uint64_t id);
struct pas *pas_at(struct range range);
struct core *core_of_cpu(unsigned int cpu);
struct bench_shared *model_shared(void);
bool model_under_hypervisor(void);
bool caller_may_name(struct range range);
void *caller_ptr(uint64_t pa, uint64_t size);
bool caller_buffer_ok(struct scm_call *c, struct range buf, const char *missing);

/* ---- scm.c ---- */

bool scm_is_implemented(uint32_t fn);
void scm_refuse(struct scm_call *c, int64_t status, const char *what);
void scm_refuse_content(struct scm_call *c, uint64_t result, const char *what);
void scm_violation(struct scm_call *c, int64_t status, const char *what);

/* ---- bridge.c ---- */

void bridge_reset(void);
bool bridge_covers(struct range range);
bool bridge_overlaps(struct range range);
bool bridge_is_exactly(struct range range);
unsigned int bridge_count(void);
unsigned int bridge_note_leaks(void);
const char *bridge_problem(void);
void do_bridge_enable(struct scm_call *c);
void do_bridge_create(struct scm_call *c);
void do_bridge_delete(struct scm_call *c);

/* ---- check.c ---- */

const char *model_problem(void);

/* ---- pas.c, auth.c ---- */

void do_pas_is_supported(struct scm_call *c);
void do_pas_init_image(struct scm_call *c);
void do_pas_mem_setup(struct scm_call *c);
void do_pas_auth_and_reset(struct scm_call *c);
void do_pas_shutdown(struct scm_call *c);
void do_pas_mss_reset(struct scm_call *c);
uint64_t pas_segment_addr(const struct pas *pas, const struct image_segment *seg);

/* ---- stream.c: what a core's stream maps, and what it should ---- */

/**
 * struct finding - something wrong with a mapping
 * @what:	what; NULL: nothing
 * @at:		input address that it is about, or FINDING_NOWHERE
 */
struct finding {
	const char *what;
	uint64_t at;
};

#define FINDING_NOWHERE		UINT64_MAX

/**
 * struct stream_image - one carveout as the stream maps it
 * @mapped:	bytes, however mapped
 * @next:	where it goes on, if there is no hole
 * @wrong:	first page that is missing, leads elsewhere or has other permissions
 */
struct stream_image {
	uint64_t mapped;
	uint64_t next;
	struct finding wrong;
};

/**
 * struct stream_view - what one look at a core's stream found
 * @fault:	why nothing is translated; NULL: it is
 * @open:	everything is reachable (bypass, SMMU off)
 * @image:	the main's and the dtb's carveout
 * @foreign:	first page outside the carveouts and granted devices
 */
struct stream_view {
	const char *fault;
	bool open;
	struct stream_image image[2];
	struct finding foreign;
};

enum { VIEW_MAIN, VIEW_DTB };

void stream_look(const struct core *core, struct stream_view *view);
struct finding stream_verdict_auth(const struct pas *pas);
struct finding stream_verdict_owned(const struct core *core, const struct pas **whose);
uint16_t stream_flags(const struct pas *pas);
bool stream_translate(const struct core *core, uint64_t iova, bool write,
		      uint64_t *pa);

/* ---- own.c ---- */

void own_segments(struct pas *pas);
const char *own_metadata(const struct pas *pas);
void own_told(const struct scm_call *c);
void ownership_check(struct scm_call *c);

/* ---- rsc.c ---- */

bool rsc_available(void);
void do_pas_get_rsc_table(struct scm_call *c);

/* ---- assign.c ---- */

void assign_reset(void);
bool assign_is_linux(struct range range);
void do_assign_mem(struct scm_call *c);

/* ---- fault.c ---- */

enum bench_action fault_match(struct scm_call *c, struct bench_rule *hit);
void fault_answer(struct scm_call *c, const struct bench_rule *hit);
void fault_core_plan(const struct core *core, struct bench_core_plan *plan);

/* ---- record.c ---- */

/**
 * struct text - a line being put together
 * @buf:	NUL-terminated, cut where it is full
 * @len:	characters so far
 */
struct text {
	char buf[80];
	size_t len;
};

void text_start(struct text *t, const char *s);
void text_add(struct text *t, const char *s);
void text_hex(struct text *t, uint64_t v);
void text_finding(struct text *t, struct finding f);

void record_reset(void);
void record_call(const struct scm_call *c);
void record_violation(const struct scm_call *c, uint32_t pas_id, const char *what);
void record_core(const struct core *core, const char *what);
void record_note(uint32_t pas_id, const char *what);
void record_end(unsigned int leaked);

#endif /* MODEL_H */
