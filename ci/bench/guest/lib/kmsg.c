// SPDX-License-Identifier: GPL-2.0-only
/* The kernel's log as a source of events. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kmsg.h"

#define PRIO_USER	8	/* from here on a record is not the kernel's */
#define PRIO_WARNING	4

static int kmsg_fd = -1;
static char *kept;
static size_t kept_len, kept_room;
static bool watching = true;
static bool listening;
static char complaint[512];	/* the first */
static unsigned int complaints;

void kmsg_open(void)
{
	kmsg_fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
}

/* core_barrier() asks for what a running core refuses */
#define OWN_DOING	": can't change firmware while running"

/* While the kernel boots others complain, too: of what the bench does not have */
static bool about_cores(const char *text, size_t len)
{
	return memmem(text, len, "remoteproc", strlen("remoteproc")) ||
	       !strncmp(text, "qcom_scm", strlen("qcom_scm"));
}

static void complain(const char *text, size_t len)
{
	if (!listening && !about_cores(text, len))
		return;
	if (len >= strlen(OWN_DOING) &&
	    !strncmp(text + len - strlen(OWN_DOING), OWN_DOING, strlen(OWN_DOING)))
		return;
	if (!complaints++)
		snprintf(complaint, sizeof(complaint), "%.*s", (int)len, text);
}

static void keep(const char *text, size_t len)
{
	if (kept_len + len + 1 > kept_room) {
		size_t room = (kept_len + len + 1) * 2;
		char *more = realloc(kept, room);

		if (!more)
			return;
		kept = more;
		kept_room = room;
	}
	memcpy(kept + kept_len, text, len);
	kept_len += len;
	kept[kept_len] = '\0';
}

/* "priority,number,time,flags;text", a newline, and properties that nobody wants */
void kmsg_put(const char *record)
{
	unsigned long prio = strtoul(record, NULL, 10);
	const char *text = strchr(record, ';');
	size_t len;

	if (!text++ || prio >= PRIO_USER)
		return;
	len = strcspn(text, "\n");
	if (prio <= PRIO_WARNING)
		complain(text, len);
	if (!watching)
		return;
	keep(text, len);
	keep("\n", 1);
}

static void drain(void)
{
	char record[8192];
	ssize_t len;

	/* EPIPE: records were overwritten before they were read, go on with the next */
	while ((len = read(kmsg_fd, record, sizeof(record) - 1)) > 0 ||
	       (len < 0 && errno == EPIPE)) {
		if (len < 0)
			continue;
		record[len] = '\0';
		kmsg_put(record);
	}
}

void kmsg_watch(bool on)
{
	drain();
	watching = on;
	if (!on)
		return;
	kept_len = 0;
	if (kept)
		kept[0] = '\0';
}

const char *kmsg_kept(void)
{
	drain();
	return kept ? kept : "";
}

bool kmsg_seen(const char *text)
{
	return strstr(kmsg_kept(), text);
}

unsigned int kmsg_count(const char *text)
{
	unsigned int n = 0;

	for (const char *at = kmsg_kept(); (at = strstr(at, text)); at++)
		n++;

	return n;
}

void kmsg_listen(void)
{
	drain();
	complaints = 0;
	listening = true;
}

const char *kmsg_complaint(unsigned int *num)
{
	drain();
	*num = complaints;
	return complaint;
}

void kmsg_wait(long ms)
{
	struct pollfd pfd = { .fd = kmsg_fd, .events = POLLIN };

	if (poll(&pfd, 1, ms) > 0)
		drain();
}
