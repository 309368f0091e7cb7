/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Entry of a remote core's image: non-secure EL1, MMU off, everything masked.
 * Only PC-relative addresses: the carveout may lie elsewhere than linked.
 */
	.section .text.entry, "ax"
	.globl	_start
_start:
	adrp	x0, stack_top
	add	x0, x0, :lo12:stack_top
	mov	sp, x0
	adr	x0, vectors
	msr	vbar_el1, x0
	isb
	bl	core_main
1:	wfi
	b	1b

	/* Nothing here expects an exception; say so instead of going astray. */
	.balign	2048
vectors:
	.rept	16
	.balign	128
	b	exception
	.endr

exception:
	adrp	x0, stack_top
	add	x0, x0, :lo12:stack_top
	mov	sp, x0
	mrs	x0, esr_el1
	mrs	x1, elr_el1
	bl	core_exception
1:	wfi
	b	1b

	.section .stack, "aw", %nobits
	.balign	16
	.skip	4096
stack_top:
