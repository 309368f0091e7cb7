// SPDX-License-Identifier: GPL-2.0-only
/*
 * Several users of a core at once, and users that are killed or only look: nobody waits for ever,
 * and when all are gone the core works and has given all back.
 */
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <sys/wait.h>

#include "flow.h"
#include "harness.h"

#define LIMIT_USER_MS	30000
#define BUSY_CALLS	5	/* 30 ms each: time for the other */
#define BUSY_FOR_LONG	19	/* and no longer, or the kernel takes it for refused */
#define ROUNDS		8
#define MOST_USERS	2
#define MAX_CALLS	64

static pid_t user(void (*what)(struct core *core), struct core *core)
{
	pid_t pid = fork();

	if (!pid) {
		what(core);
		_exit(0);
	}

	return pid;
}

/* Waits for a user, who must come to an end, of itself or as it was told. */
static bool user_ends(pid_t pid, const char *what)
{
	int status;

	if (pid < 0)
		return fail("fork: %m");
	if (poll_until(waitpid(pid, &status, WNOHANG) == pid, LIMIT_USER_MS))
		return true;
	kill(pid, SIGKILL);

	return fail("%s hangs", what);
}

static void starts(struct core *core)
{
	core_start(core);
}

static void stops(struct core *core)
{
	core_stop(core);
}

static void unbinds(struct core *core)
{
	file_write(PAS_DRIVER "/unbind", core->device);
}

static void starts_and_stops(struct core *core)
{
	for (unsigned int i = 0; i < ROUNDS; i++) {
		core_start(core);
		core_stop(core);
	}
}

/* What is left of a core when all are gone; each that started it is a user, and stops it */
static bool all_well(struct core *core)
{
	bool ok = true;

	cores_find();
	if (core->present) {
		core_barrier(core);
		for (unsigned int i = 0; i < MOST_USERS && !core_is(core, "offline"); i++)
			ok = core_succeeded(core, "stop", core_stop(core)) && ok;
		ok = core_all_given_back(core) && ok;
	}

	return flow_mended(core) && clean_so_far() && ok;
}

/* The main image's authentication takes its time. */
static void take_time(const struct core *core)
{
	rules_set(rule_busy(SCM_PAS_AUTH_AND_RESET, core->pas_id, BUSY_CALLS));
}

/* Another user comes while a core is authenticated. */
static bool meanwhile(struct core *core, uint32_t from, void (*what)(struct core *core),
		      const char *name)
{
	bool ok = record_wait_call(from, core->pas_id, SCM_PAS_AUTH_AND_RESET, LIMIT_STATE_MS) ||
		  fail("%s: not authenticated", core->name);

	return user_ends(user(what, core), name) && ok;
}

static bool in_recovery(struct core *core, void (*what)(struct core *core), const char *name)
{
	uint32_t from;
	bool ok;

	if (!core_good_start(core))
		return false;
	from = record_len();
	take_time(core);
	ok = core_command(core, BENCH_CMD_FATAL, 0, NULL) && meanwhile(core, from, what, name);
	rules_clear();

	return all_well(core) && ok;
}

static bool stop_in_recovery(const struct test *t)
{
	return in_recovery(t->core, stops, "stop");
}

static bool start_in_recovery(const struct test *t)
{
	return in_recovery(t->core, starts, "start");
}

static bool unbind_in_recovery(const struct test *t)
{
	return in_recovery(t->core, unbinds, "unbind");
}

static bool in_start(struct core *core, void (*what)(struct core *core), const char *name)
{
	uint32_t from = record_len();
	pid_t pid;
	bool ok;

	take_time(core);
	pid = user(starts, core);
	ok = meanwhile(core, from, what, name);
	ok = user_ends(pid, "start") && ok;
	rules_clear();

	return all_well(core) && ok;
}

static bool stop_in_start(const struct test *t)
{
	return in_start(t->core, stops, "stop");
}

/* Two users, of whom the first that leaves does not stop the core */
static bool start_in_start(const struct test *t)
{
	uint32_t from = record_len();
	pid_t one, other;
	bool ok;

	take_time(t->core);
	one = user(starts, t->core);
	other = user(starts, t->core);
	ok = user_ends(one, "the first start");
	ok = user_ends(other, "the second start") && ok;
	rules_clear();
	ok = core_came_up(t->core, from) && ok;
	ok = core_succeeded(t->core, "stop", core_stop(t->core)) && ok;
	if (!core_is(t->core, "running"))
		ok = fail("%s: stopped under its second user", t->core->name);

	return all_well(t->core) && ok;
}

static bool unbind_in_start(const struct test *t)
{
	return in_start(t->core, unbinds, "unbind");
}

static bool two_writers(const struct test *t)
{
	pid_t one = user(starts_and_stops, t->core), other = user(starts_and_stops, t->core);
	bool ok = user_ends(one, "the first writer");

	ok = user_ends(other, "the second writer") && ok;

	return all_well(t->core) && ok;
}

/* Whoever starts or stops is killed at one call after the other: what was begun is finished. */
static bool killed(const struct test *t, const struct flow *flow, void (*what)(struct core *core))
{
	bool ok = true, more = true;
	unsigned int nth;

	for (nth = 1; more && ok && nth < MAX_CALLS; nth++) {
		struct bench_rule rule = rule_busy(BENCH_ANY, BENCH_ANY, 1);
		pid_t pid;

		rule.nth = nth;
		if (!flow_prepare(t->core, flow))
			return false;
		rules_set(rule);
		pid = user(what, t->core);
		/* it sleeps for 30 ms; or has come to its end */
		more = poll_until(rules_seen() >= nth || waitpid(pid, NULL, WNOHANG) == pid,
				  LIMIT_STATE_MS) && rules_seen() >= nth;
		if (more) {
			kill(pid, SIGKILL);
			ok = user_ends(pid, "who was killed");
		}
		rules_clear();
		ok = all_well(t->core) && ok;
	}
	out("# swept %s: killed at %u calls", t->name, nth - 2);

	return nth > 2 && ok;
}

static bool killed_in_start(const struct test *t)
{
	return killed(t, &flow_start, starts);
}

static bool killed_in_stop(const struct test *t)
{
	return killed(t, &flow_stop, stops);
}

static void read_debugfs(const struct core *core, const char *file)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "/sys/kernel/debug/remoteproc%s/%s", strrchr(core->dir, '/'),
		 file);
	free(file_slurp(path, NULL));
}

static void reads_table(struct core *core)
{
	read_debugfs(core, "resource_table");
}

static void reads_carveouts(struct core *core)
{
	read_debugfs(core, "carveout_memories");
}

/* The state is behind the name, which is in brackets. */
static bool sleeps(pid_t pid)
{
	char path[32], stat[256], *state;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	state = file_read(path, stat, sizeof(stat)) > 0 ? strrchr(stat, ')') : NULL;

	return state && state[2] == 'S';
}

/* Who waits for a start and is killed meanwhile is gone at once, and no user of the core. */
static bool killed_while_waiting(const struct test *t)
{
	static void (*const waiters[])(struct core *core) = {
		starts, stops, reads_table, reads_carveouts
	};
	struct core *core = t->core;
	uint32_t from = record_len();
	bool ok;
	pid_t pid;

	rules_set(rule_busy(SCM_PAS_INIT_IMAGE, core->pas_id, BUSY_FOR_LONG));
	rules_add(rule_busy(SCM_PAS_AUTH_AND_RESET, core->pas_id, BUSY_FOR_LONG));
	pid = user(starts, core);
	ok = record_wait_call(from, core->pas_id, SCM_PAS_INIT_IMAGE, LIMIT_STATE_MS) ||
	     fail("%s: not announced", core->name);
	for (size_t i = 0; i < ARRAY_SIZE(waiters); i++) {
		pid_t waits = user(waiters[i], core);

		if (!poll_until(sleeps(waits), LIMIT_SETTLE_MS))
			ok = fail("user %zu does not wait", i);
		kill(waits, SIGKILL);
		ok = user_ends(waits, "who was killed while waiting") && ok;
	}
	if (core_is(core, "running"))
		ok = fail("%s: started before all were killed", core->name);
	ok = user_ends(pid, "start") && ok;
	rules_clear();

	return core_came_up(core, from) && core_good_stop(core) && core_good_cycle(core) && ok;
}

SCENARIO("life", "killed-while-waiting", "S6 S8", MACHINES_ALL, killed_while_waiting, .loud = true);

/* Reads each file below a directory, and with @end writes that to it. */
static void read_all(const char *dir, const char *end)
{
	DIR *handle = opendir(dir);
	char path[PATH_MAX];
	struct dirent *d;

	if (!handle)
		return;
	while ((d = readdir(handle))) {
		if (d->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%.3000s/%s", dir, d->d_name);
		if (d->d_type == DT_REG) {
			free(file_slurp(path, NULL));
			if (end)
				file_write(path, end);
		} else if (d->d_type == DT_DIR && strcmp(d->d_name, "power")) {
			read_all(path, end);
		}
	}
	closedir(handle);
}

/* The dumps of a class are links, which read_all() does not follow. */
static void read_dumps(void)
{
	static const char class[] = "/sys/class/devcoredump";
	DIR *handle = opendir(class);
	char path[PATH_MAX];
	struct dirent *d;

	if (!handle)
		return;
	while ((d = readdir(handle))) {
		if (strncmp(d->d_name, "devcd", 5))
			continue;
		snprintf(path, sizeof(path), "%s/%.100s/data", class, d->d_name);
		free(file_slurp(path, NULL));
		/* whatever is written, the dump goes */
		file_write(path, "0");
	}
	closedir(handle);
}

static void look(struct core *core)
{
	char path[PATH_MAX];

	for (;;) {
		read_all("/sys/kernel/debug/remoteproc", NULL);
		for (unsigned int i = 0; i < BENCH_CORES; i++) {
			snprintf(path, sizeof(path), "/sys/class/remoteproc/remoteproc%u", i);
			read_all(path, NULL);
		}
		read_dumps();
		usleep(1000);
	}
}

static bool watched(const struct test *t)
{
	struct core *core = t->core;
	pid_t pid = user(look, core);
	bool ok = true;

	core_write(core, "coredump", "enabled");
	for (unsigned int i = 0; i < ROUNDS && ok; i++)
		ok = core_good_start(core) && core_crash_and_recover(core, BENCH_CMD_FATAL) &&
		     core_good_stop(core);
	ok = ok && core_good_start(core) && core_bind(core, false) && core_bind(core, true);
	if (ok && core->auto_boot)
		ok = core_wait_auto_boot(core);
	kmsg_watch(false);
	kill(pid, SIGKILL);
	ok = user_ends(pid, "who looks") && ok;
	read_dumps();

	return all_well(core) && ok;
}

#define USERS(name_, run_)									\
	SCENARIO("sweep-time", name_, "S1 S2 S6 S8", MACHINES_ALL, run_, .loud = true)

USERS("stop-in-recovery", stop_in_recovery);
USERS("start-in-recovery", start_in_recovery);
USERS("unbind-in-recovery", unbind_in_recovery);
USERS("stop-in-start", stop_in_start);
USERS("start-in-start", start_in_start);
USERS("unbind-in-start", unbind_in_start);
USERS("two-writers", two_writers);
USERS("killed-in-start", killed_in_start);
USERS("killed-in-stop", killed_in_stop);
USERS("watched", watched);
