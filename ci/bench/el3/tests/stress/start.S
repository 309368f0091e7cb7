/* SPDX-License-Identifier: GPL-2.0-only */
/* The payload's head, as booting.rst wants an Image, and its cores' entry. */
	.section .text.head, "ax"
	.global	_start
_start:
	b	enter
	.word	0
	.quad	0			/* text_offset */
	.quad	0x100000		/* image_size */
	.quad	0
	.quad	0, 0, 0
	.ascii	"ARM\x64"
	.word	0

enter:
	adrp	x0, stack0
	add	sp, x0, #0x1000
	bl	payload
	b	.

	/* x0 = mode << 8 | cpu */
	.global	core_entry
core_entry:
	adrp	x1, stack0
	and	x2, x0, #0xff
	add	x2, x2, #1
	add	x1, x1, x2, lsl #12
	mov	sp, x1
	adr	x1, core_vectors
	msr	vbar_el1, x1
	bl	core
	b	.

	/* Every exception of a core: stay here until the next stop */
	.balign	0x800
core_vectors:
	.rept	16
	.balign	0x80
	b	.
	.endr

	.bss
	.balign	0x1000
stack0:	.space	3 * 0x1000
