/* SPDX-License-Identifier: GPL-2.0-only */
/* The two ways to give up what is on a CPU's stack. */
#include "arch.h"
#include "stack.h"

	.text
	/* void stack_restart(fn): call fn, which does not return, on an empty stack */
	.global	stack_restart
	.type	stack_restart, %function
stack_restart:
	mov	x3, x0
	this_cpu x0
	stack_top x1, x0, x2
	mov	sp, x1
	br	x3
	.size	stack_restart, . - stack_restart

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
