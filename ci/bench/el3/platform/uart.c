// SPDX-License-Identifier: GPL-2.0-only
/* The secure PL011, which Linux cannot reach. Output only. */
#include "arch.h"
#include "platform.h"

#define UART_DR		0x00
#define UART_FR		0x18
#define UART_FR_TXFF	(1u << 5)
#define UART_LCR_H	0x2c
#define UART_LCR_H_8N1	0x70		/* with FIFOs */
#define UART_CR		0x30
#define UART_CR_TX_ON	0x101

#define UART_MAX_POLLS	1000000

void uart_init(void)
{
	write32(SECURE_UART + UART_LCR_H, UART_LCR_H_8N1);
	write32(SECURE_UART + UART_CR, UART_CR_TX_ON);
}

void uart_putc(char c)
{
	/* A stuck UART loses characters; it does not hang the bench */
	for (unsigned int i = 0; i < UART_MAX_POLLS; i++) {
		if (!(read32(SECURE_UART + UART_FR) & UART_FR_TXFF))
			break;
	}
	write32(SECURE_UART + UART_DR, (unsigned char)c);
}
