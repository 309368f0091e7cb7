/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reset. QEMU starts every CPU here, at EL3 with MMU and caches off. CPU0 sets
 * up memory and goes on in C; the others wait for its first SGI before they
 * look at anything that it sets up.
 */
#include "arch.h"

	/* \sp_out = top of this CPU's stack; needs cpu in \cpu */
	.macro	stack_top sp_out, cpu, tmp
	adrp	\sp_out, __stacks
	add	\sp_out, \sp_out, :lo12:__stacks
	add	\tmp, \cpu, #1
	add	\sp_out, \sp_out, \tmp, lsl #STACK_SHIFT
	.endm

	/* \cpu = Aff0, which is all there is below 16 CPUs */
	.macro	this_cpu cpu
	mrs	\cpu, mpidr_el1
	and	\cpu, \cpu, #0xff
	.endm

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
	cmp	x19, #6			/* TZ_MAX_CPUS */
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

	/* void cpu_park(void): to the holding loop with an empty stack */
	.global	cpu_park
	.type	cpu_park, %function
cpu_park:
	this_cpu x0
	stack_top x1, x0, x2
	mov	sp, x1
	b	cpu_hold
	.size	cpu_park, . - cpu_park

	/* void el_enter(pc, spsr, arg0): leave EL3 for good, stack empty */
	.global	el_enter
	.type	el_enter, %function
el_enter:
	msr	elr_el3, x0
	msr	spsr_el3, x1
	this_cpu x0
	stack_top x1, x0, x3
	mov	sp, x1
	mov	x0, x2
	.irp	n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
	mov	x\n, xzr
	.endr
	.irp	n, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30
	mov	x\n, xzr
	.endr
	isb
	eret
	.size	el_enter, . - el_enter
