// SPDX-License-Identifier: GPL-2.0-only
/* The clock, files and mounts. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "sys.h"

long now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

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

/* Without stdio: the heap that it keeps would look like memory that the kernel has lost. */
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
	if (size)
		*size = len;

	return buf;

give_up:
	free(buf);
	close(fd);
	return NULL;
}

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
