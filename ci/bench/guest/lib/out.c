// SPDX-License-Identifier: GPL-2.0-only
/* Output through /dev/kmsg. */
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "out.h"
#include "sys.h"

#define LINES_UNDRAINED	64
#define LINE		900	/* printk takes a little over 1000 bytes in one piece */

static int out_fd = -1;

void out_init(void)
{
	out_fd = open("/dev/kmsg", O_WRONLY | O_CLOEXEC);
}

/*
 * While another task owns the console, lines wait in the kernel's log, which drops new ones when
 * it is full. Reading this file takes the console's lock, so that everything is printed first.
 */
static void drain(void)
{
	static unsigned int lines;
	char console[32];

	if (!(++lines % LINES_UNDRAINED))
		file_read("/sys/class/tty/console/active", console, sizeof(console));
}

static void print(const char *prefix, const char *fmt, va_list ap)
{
	char text[LINE], line[LINE + 8];
	int len;

	len = snprintf(text, sizeof(text), "%s", prefix);
	vsnprintf(text + len, sizeof(text) - len, fmt, ap);
	drain();
	len = snprintf(line, sizeof(line), "<6>%s\n", text);
	if (out_fd < 0 || write(out_fd, line, len) != len)
		dprintf(STDOUT_FILENO, "%s\n", text);
}

void out(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	print("", fmt, ap);
	va_end(ap);
}

bool fail(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	print("# reason: ", fmt, ap);
	va_end(ap);

	return false;
}

void breaks(const char *requirement, const char *fmt, ...)
{
	char prefix[24];
	va_list ap;

	snprintf(prefix, sizeof(prefix), "# breaks %s: ", requirement);
	va_start(ap, fmt);
	print(prefix, fmt, ap);
	va_end(ap);
}
