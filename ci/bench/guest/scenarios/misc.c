// SPDX-License-Identifier: GPL-2.0-only
/* Forged firmware, leaks, and the tests of the harness itself. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "guest.h"

#define FAILPOINT	"/lib/firmware/failpoint.ko"
#define KMEMLEAK	"/sys/kernel/debug/kmemleak"
#define KMEMLEAK_AGE_S	6	/* younger objects are not reported, MSECS_MIN_AGE in kmemleak.c */

/* An image with one flipped bit: TrustZone refuses it, and the true one starts afterwards. */
bool sc_flip(const struct test *t)
{
	const struct core *core = t->core;
	uint32_t from = record_len();
	struct bench_event e;
	bool ok = true;
	int ret;

	if (!core_set_image(core, "flipped"))
		return false;
	ret = core_start(core);
	if (ret >= 0 || ret == -EPROTO)
		ok = fail("%s: start gave %d", core->name, ret);
	if (!record_find(from, BENCH_EV_CALL, core->pas_id, FN_AUTH_AND_RESET, NULL, &e))
		ok = fail("%s: never came to auth_and_reset", core->name);
	else if (!e.status && !e.result[0])
		ok = fail("%s: TrustZone accepted it", core->name);
	if (record_count(from, BENCH_EV_CORE, core->pas_id, 0, "ready"))
		ok = fail("%s: the core ran it", core->name);
	if (core_is(core, "running"))
		core_stop(core);

	return core_set_image(core, NULL) && baseline_back() && core_good_cycle(core) && ok;
}

/* Only in the debug configuration; comes last. */
bool sc_kmemleak(const struct test *t)
{
	char *text, *line, *rest;
	bool ok = true;
	size_t len;

	(void)t;
	/* objects are reported from a certain age on, there is nothing else to wait for */
	sleep(KMEMLEAK_AGE_S);
	for (int i = 0; i < 2; i++) {
		if (file_write(KMEMLEAK, "scan"))
			return fail("kmemleak does not scan");
	}
	text = file_slurp(KMEMLEAK, &len);
	if (!text)
		return fail("kmemleak cannot be read");
	for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
		ok = fail("kmemleak: %s", line);
	free(text);

	return ok;
}

static bool load_failpoint(void)
{
	int fd = open(FAILPOINT, O_RDONLY | O_CLOEXEC);
	long ret = fd < 0 ? -1 : syscall(SYS_finit_module, fd, "", 0);

	if (ret)
		fail("%s: %s", FAILPOINT, strerror(errno));
	if (fd >= 0)
		close(fd);

	return !ret;
}

/* The module that fails functions is there, and a recovery dumps what there is. */
bool sc_failpoint(const struct test *t)
{
	(void)t;
	for (size_t c = 0; c < BENCH_CORES; c++) {
		if (cores[c].present)
			core_write(&cores[c], "coredump", "enabled");
	}

	return load_failpoint();
}

/* Init that ends is a panic: the harness must not take it for anything else. */
bool sc_die(const struct test *t)
{
	(void)t;
	exit(1);
}

/* A silent hang: the harness' limit has to end it. */
bool sc_hang(const struct test *t)
{
	(void)t;
	for (;;)
		pause();
}

bool sc_nothing(const struct test *t)
{
	(void)t;
	return true;
}
