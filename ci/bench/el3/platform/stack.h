/* SPDX-License-Identifier: GPL-2.0-only */
/* For assembly: where the stacks lie. */
#ifndef TZ_STACK_H
#define TZ_STACK_H

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

#endif /* TZ_STACK_H */
