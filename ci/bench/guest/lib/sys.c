// SPDX-License-Identifier: GPL-2.0-only
/* Files, mounts, and the kernel's log as the source of events. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "guest.h"

/* Milliseconds of the monotonic clock. */
long now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/**
 * file_read() - read a small file, without its last newline
 * @path:	file
 * @buf:	receives the text, always terminated
 * @size:	of @buf
 *
 * Return: length of the text, or a negative errno
 */
int file_read(const char *path, char *buf, size_t size)
{
	ssize_t len;
	int fd;

	buf[0] = '\0';
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	len = read(fd, buf, size - 1);
	if (len < 0)
		len = -errno;
	close(fd);
	if (len < 0)
		return len;
	if (len && buf[len - 1] == '\n')
		len--;
	buf[len] = '\0';

	return len;
}

/**
 * file_write() - write a text in one piece
 * @path:	file
 * @text:	what to write
 *
 * A count that is not the length of the text is what a driver gives away when it returns something
 * positive for an error: that is -EPROTO here.
 *
 * Return: 0, or a negative errno
 */
int file_write(const char *path, const char *text)
{
	size_t want = strlen(text);
	ssize_t len;
	int fd;

	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	len = write(fd, text, want);
	if (len < 0)
		len = -errno;
	close(fd);
	if (len < 0)
		return len;

	return (size_t)len == want ? 0 : -EPROTO;
}

/**
 * file_slurp() - read a file of unknown length
 * @path:	file
 * @size:	set to its length
 *
 * Return: the text, terminated, to be freed; NULL if it cannot be read
 */
void *file_slurp(const char *path, size_t *size)
{
	size_t room = 1 << 16, len = 0;
	char *buf = NULL;
	ssize_t got;
	int fd;

	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return NULL;
	do {
		char *more = realloc(buf, room + 1);

		if (!more)
			goto give_up;
		buf = more;
		got = read(fd, buf + len, room - len);
		if (got < 0)
			goto give_up;
		len += got;
		if (len == room)
			room *= 2;
	} while (got);
	close(fd);
	buf[len] = '\0';
	*size = len;

	return buf;

give_up:
	free(buf);
	close(fd);
	return NULL;
}

/* A mount that fails shows up at once, in the first file that is missing. */
void mount_all(void)
{
	mkdir("/proc", 0755);
	mkdir("/sys", 0755);
	mkdir("/dev", 0755);
	mount("proc", "/proc", "proc", 0, NULL);
	mount("sysfs", "/sys", "sysfs", 0, NULL);
	mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
	mount("debugfs", "/sys/kernel/debug", "debugfs", 0, NULL);
}

/*
 * The remoteproc core does not notify its sysfs attributes, but it logs each
 * change of state after it happened, and /dev/kmsg can be polled.
 */
static int kmsg_fd = -1;
static char *kmsg_text;
static size_t kmsg_len, kmsg_room;
static bool kmsg_watching = true;

void kmsg_open(void)
{
	kmsg_fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
}

static void kmsg_keep(const char *line, size_t len)
{
	if (kmsg_len + len + 1 > kmsg_room) {
		size_t room = (kmsg_len + len + 1) * 2;
		char *more = realloc(kmsg_text, room);

		if (!more)
			return;
		kmsg_text = more;
		kmsg_room = room;
	}
	memcpy(kmsg_text + kmsg_len, line, len);
	kmsg_len += len;
	kmsg_text[kmsg_len] = '\0';
}

static void kmsg_drain(void)
{
	char line[8192];
	ssize_t len;

	/* -EPIPE: records were overwritten before they were read, go on with the next */
	while ((len = read(kmsg_fd, line, sizeof(line))) > 0 || (len < 0 && errno == EPIPE)) {
		if (len > 0 && kmsg_watching)
			kmsg_keep(line, len);
	}
}

/**
 * kmsg_watch() - begin or end to keep what the kernel logs
 * @on:		which; the log of the boot is kept from the start
 */
void kmsg_watch(bool on)
{
	kmsg_drain();
	kmsg_watching = on;
	kmsg_len = 0;
	if (kmsg_text)
		kmsg_text[0] = '\0';
}

/* What was logged since kmsg_watch(), records as /dev/kmsg gives them; never NULL. */
const char *kmsg_kept(void)
{
	kmsg_drain();
	return kmsg_text ? kmsg_text : "";
}

/**
 * kmsg_seen() - whether a text was logged since kmsg_watch()
 * @text:	what to look for
 */
bool kmsg_seen(const char *text)
{
	return strstr(kmsg_kept(), text);
}

/**
 * kmsg_wait() - wait until the kernel logs something
 * @ms:		at most that long
 */
void kmsg_wait(long ms)
{
	struct pollfd pfd = { .fd = kmsg_fd, .events = POLLIN };

	if (poll(&pfd, 1, ms) > 0)
		kmsg_drain();
}
