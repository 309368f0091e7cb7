/* SPDX-License-Identifier: GPL-2.0-only */
/* The processor, what its users do to it, and the scenarios. */
#ifndef CPU_H
#define CPU_H

#include <linux/remoteproc.h>
#include <linux/workqueue.h>

#define BOOT_ADDR	0x1000
#define TABLE_WORDS	32

/* What was called, and what fails until it is told not to */
struct cpu {
	struct rproc *rproc;
	struct rproc_subdev subdev;
	int starts, stops, attaches, detaches, dumps, dumps_up;
	int subdevs;
	bool up, fail_check, fail_prepare, fail_start, fail_stop, fail_attach, fail_detach;
	const void *table;	/* of its firmware */
	size_t table_size;
	void *loaded;		/* of who started it */
	bool to_be_seen;
	struct work_struct boot;
};

/**
 * struct scenario - what is played
 * @name:	of it, in the module's parameter
 * @run:	plays it, with CHECK()
 * @state:	of the processor before
 */
struct scenario {
	const char *name;
	void (*run)(struct cpu *cpu);
	unsigned int state;
};

/* Each ends with an empty one */
extern const struct scenario boot_scenarios[], attach_scenarios[],
	crash_scenarios[], table_scenarios[];

/* Something was not so */
extern bool failed;

#define CHECK(cond)							\
	do {								\
		if (!(cond)) {						\
			pr_info("# reason: %s:%d: not so: %s\n",	\
				__func__, __LINE__, #cond);		\
			failed = true;					\
		}							\
	} while (0)

struct cpu *cpu_new(struct device *parent, unsigned int state);
void cpu_remove(struct cpu *cpu);

/* The users: how many there are, so many more, and who crashes it and waits */
int users(struct cpu *cpu);
bool boot(struct cpu *cpu, int n);
void crash(struct cpu *cpu);
int sysfs(struct cpu *cpu, const char *attr, const char *what);

/* Resource tables: a trace and an entry of a vendor; and what must be refused */
extern const u32 good_table[TABLE_WORDS], bad_tables[][TABLE_WORDS];

#endif /* CPU_H */
