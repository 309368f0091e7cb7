/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Exceptions taken to EL3. From below: SMC, the secure SGI. Everything taken
 * from EL3 itself is fatal and handled on a stack of its own (SP_EL0), since
 * the one in use may be the cause.
 */
#include "arch.h"

	.macro	frame_save
	sub	sp, sp, #FRAME_SIZE
	stp	x0, x1, [sp, #0]
	stp	x2, x3, [sp, #16]
	stp	x4, x5, [sp, #32]
	stp	x6, x7, [sp, #48]
	stp	x8, x9, [sp, #64]
	stp	x10, x11, [sp, #80]
	stp	x12, x13, [sp, #96]
	stp	x14, x15, [sp, #112]
	stp	x16, x17, [sp, #128]
	stp	x18, x19, [sp, #144]
	stp	x20, x21, [sp, #160]
	stp	x22, x23, [sp, #176]
	stp	x24, x25, [sp, #192]
	stp	x26, x27, [sp, #208]
	stp	x28, x29, [sp, #224]
	mrs	x0, elr_el3
	mrs	x1, spsr_el3
	stp	x30, x0, [sp, #240]
	str	x1, [sp, #256]
	.endm

	.macro	vector_return handler
	.balign	0x80
	frame_save
	mov	x0, sp
	bl	\handler
	b	frame_return
	.endm

	.macro	vector_fatal_low which
	.balign	0x80
	frame_save
	mov	x0, sp
	mov	x1, #\which
	mov	x2, sp
	bl	exception_fatal
	.endm

	.macro	vector_fatal_el3 which
	.balign	0x80
	msr	tpidr_el3, x0
	adrp	x0, __panic_stack_top
	add	x0, x0, :lo12:__panic_stack_top
	msr	spsel, #1
	msr	sp_el0, x0
	mrs	x0, tpidr_el3
	msr	spsel, #0
	frame_save
	mov	x1, #\which
	b	fatal_el3
	.endm

	.section .text.vectors, "ax"
	.balign	0x800
	.global	vectors
vectors:
	/* EL3 with SP_EL0: only while it dies already */
	vector_fatal_el3 VEC_EL3_SYNC
	vector_fatal_el3 VEC_EL3_IRQ
	vector_fatal_el3 VEC_EL3_FIQ
	vector_fatal_el3 VEC_EL3_SERROR
	/* EL3 */
	vector_fatal_el3 VEC_EL3_SYNC
	vector_fatal_el3 VEC_EL3_IRQ
	vector_fatal_el3 VEC_EL3_FIQ
	vector_fatal_el3 VEC_EL3_SERROR
	/* below, AArch64 */
	vector_return exception_lower
	vector_fatal_low VEC_LOW_IRQ
	vector_return exception_fiq
	vector_fatal_low VEC_LOW_SERROR
	/* below, AArch32 */
	vector_fatal_low VEC_LOW_AARCH32
	vector_fatal_low VEC_LOW_AARCH32
	vector_fatal_low VEC_LOW_AARCH32
	vector_fatal_low VEC_LOW_AARCH32
	.balign	0x80

	.type	fatal_el3, %function
fatal_el3:
	mov	x0, sp
	msr	spsel, #1
	mov	x2, sp
	msr	spsel, #0
	bl	exception_fatal
	.size	fatal_el3, . - fatal_el3

	.type	frame_return, %function
frame_return:
	ldr	x1, [sp, #256]
	ldp	x30, x0, [sp, #240]
	msr	spsr_el3, x1
	msr	elr_el3, x0
	ldp	x28, x29, [sp, #224]
	ldp	x26, x27, [sp, #208]
	ldp	x24, x25, [sp, #192]
	ldp	x22, x23, [sp, #176]
	ldp	x20, x21, [sp, #160]
	ldp	x18, x19, [sp, #144]
	ldp	x16, x17, [sp, #128]
	ldp	x14, x15, [sp, #112]
	ldp	x12, x13, [sp, #96]
	ldp	x10, x11, [sp, #80]
	ldp	x8, x9, [sp, #64]
	ldp	x6, x7, [sp, #48]
	ldp	x4, x5, [sp, #32]
	ldp	x2, x3, [sp, #16]
	ldp	x0, x1, [sp, #0]
	add	sp, sp, #FRAME_SIZE
	eret
	.size	frame_return, . - frame_return
