/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reset. QEMU starts every CPU here, at EL3 with MMU and caches off. CPU0 sets
 * up memory and goes on in C; the others wait for its first SGI before they
 * look at anything that it sets up.
 */
#include "memory_map.h"
#include "arch.h"
#include "stack.h"

	/* One for each CPU, and one for panics */
	.section .stacks, "aw", %nobits
	.balign	16
	.space	(BENCH_MAX_CPUS + 1) << STACK_SHIFT

	.section .text.boot, "ax"
	.global	_start
	.type	_start, %function
_start:
	ldr	x0, =SCTLR_EL3_RESET
	msr	sctlr_el3, x0
	adrp	x0, vectors
	add	x0, x0, :lo12:vectors
	msr	vbar_el3, x0
	isb

	mrs	x19, mpidr_el1
	tst	x19, #0xffff00
	b.ne	surplus
	and	x19, x19, #0xff
	cmp	x19, #BENCH_MAX_CPUS
	b.hs	surplus
	stack_top x0, x19, x1
	msr	spsel, #1
	mov	sp, x0
	cbz	x19, primary
	bl	cpu_early_init
	b	cpu_boot_hold

primary:
	adrp	x0, __data_start
	add	x0, x0, :lo12:__data_start
	adrp	x1, __data_end
	add	x1, x1, :lo12:__data_end
	ldr	x2, =__data_load
1:	cmp	x0, x1
	b.hs	2f
	ldr	x3, [x2], #8
	str	x3, [x0], #8
	b	1b
2:	adrp	x0, __bss_start
	add	x0, x0, :lo12:__bss_start
	adrp	x1, __bss_end
	add	x1, x1, :lo12:__bss_end
3:	cmp	x0, x1
	b.hs	4f
	str	xzr, [x0], #8
	b	3b
4:	bl	cpu_early_init
	bl	main
	b	.

	/* A CPU that the bench has no part for */
surplus:
	wfi
	b	surplus
	.size	_start, . - _start
