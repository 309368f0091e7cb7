// SPDX-License-Identifier: GPL-2.0-only
/* A small printf to the secure UART; tz.h says what it knows. */
#include <string.h>

#include "arch.h"
#include "spinlock.h"
#include "platform.h"

#define MAX_WIDTH	64

static struct tz_lock log_lock;

static void put_padded(const char *s, size_t len, unsigned int width, char pad)
{
	for (; width > len; width--)
		uart_putc(pad);
	while (len--)
		uart_putc(*s++);
}

static void put_number(uint64_t n, unsigned int base, bool negative,
		       unsigned int width, char pad)
{
	char buf[24];
	char *p = buf + sizeof(buf);

	do {
		*--p = "0123456789abcdef"[n % base];
		n /= base;
	} while (n);
	if (negative && pad == '0') {
		uart_putc('-');
		width -= width ? 1 : 0;
	} else if (negative) {
		*--p = '-';
	}
	put_padded(p, buf + sizeof(buf) - p, width, pad);
}

static void put_signed(int64_t n, unsigned int width, char pad)
{
	put_number(n < 0 ? -(uint64_t)n : (uint64_t)n, 10, n < 0, width, pad);
}

/* One conversion, @fmt behind the '%'; returns what follows it. */
static const char *put_conversion(const char *fmt, va_list *ap)
{
	unsigned int width = 0;
	char pad = ' ';
	bool is_long = false;
	const char *s;
	char c;

	if (*fmt == '0')
		pad = *fmt++;
	while (*fmt >= '0' && *fmt <= '9' && width < MAX_WIDTH)
		width = width * 10 + (unsigned int)(*fmt++ - '0');
	if (*fmt == 'l') {
		is_long = true;
		fmt++;
	}
	switch (*fmt) {
	case 's':
		s = va_arg(*ap, const char *);
		put_padded(s ? s : "(null)", strlen(s ? s : "(null)"), width, ' ');
		break;
	case 'c':
		c = (char)va_arg(*ap, int);
		put_padded(&c, 1, width, ' ');
		break;
	case 'd':
		put_signed(is_long ? va_arg(*ap, long) : va_arg(*ap, int), width,
			   pad);
		break;
	case 'u':
	case 'x':
		put_number(is_long ? va_arg(*ap, unsigned long) :
				     va_arg(*ap, unsigned int),
			   *fmt == 'x' ? 16 : 10, false, width, pad);
		break;
	case 'p':
		put_number((uint64_t)va_arg(*ap, void *), 16, false, width, pad);
		break;
	case '\0':
		return fmt;
	default:
		uart_putc(*fmt);
		break;
	}
	return fmt + 1;
}

static void put_format(const char *fmt, va_list *ap)
{
	while (*fmt) {
		if (*fmt == '%')
			fmt = put_conversion(fmt + 1, ap);
		else
			uart_putc(*fmt++);
	}
}

void log_va(const char *fmt, va_list ap)
{
	va_list copy;

	va_copy(copy, ap);
	lock_acquire(&log_lock);
	put_format(fmt, &copy);
	lock_release(&log_lock);
	va_end(copy);
}

void tz_log(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	log_va(fmt, ap);
	va_end(ap);
}

/* For a panic: whoever holds the lock had its time, or is us. */
void log_break_lock(void)
{
	uint64_t start = tz_time_us();

	while (!lock_try(&log_lock) && tz_time_us() - start < 10000)
		cpu_relax();
	lock_release(&log_lock);
}
