/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The remote processors of some SoCs, as TrustZone and the hardware know them: the
 * stream ids of each, and where its images have to lie. A board's device tree is
 * tested against this, so nothing here is taken from the tree that is tested.
 *
 *   stream ids	public list discussion of the EL2 overlays; a core has the id, and
 *		those that differ from it in bits of the mask
 *   carveouts	memory map of the SoC, as the base's dtsi has it
 *
 * But for the last, which is made up: the bench's modem with a carveout as large as
 * modems have.
 *
 * Included by C, by dts/ through the preprocessor, and read by Python (every line
 * that starts with "X(").
 */
#ifndef SOCS_H
#define SOCS_H

/*
 * X(SOC, "machine", "compatible ...")
 *
 *   compatible	one of these is at the root of each of its boards' device trees
 */
#define BENCH_SOC_LIST(X)			\
X(LEMANS, "lemans", "qcom,sa8775p")		\
X(QCS8300, "qcs8300", "qcom,qcs8300")		\
X(QCS615, "qcs615", "qcom,qcs615")		\
X(X1, "x1", "qcom,x1e80100 qcom,x1p42100")	\
X(LARGE, "large", "bench,large")

/*
 * X(SOC, CORE, stream id, mask, carveout, size, carveout of the dtb image, size)
 *
 *   CORE	MPSS, CDSP ... as in memory_map.h
 *   size	0: the driver knows no dtb image for this core
 */
#define BENCH_SOC_CORES(X)						\
X(LEMANS, ADSP, 0x3000, 0x0, 0x95900000, 0x1e00000, 0, 0)		\
X(LEMANS, CDSP, 0x21c0, 0x400, 0x9b500000, 0x1e00000, 0, 0)		\
X(LEMANS, CDSP1, 0x29c0, 0x400, 0x9d400000, 0x1e00000, 0, 0)		\
X(LEMANS, GPDSP0, 0x38a0, 0x0, 0x97800000, 0x1e00000, 0, 0)		\
X(LEMANS, GPDSP1, 0x38c0, 0x0, 0x99600000, 0x1e00000, 0, 0)		\
X(QCS8300, ADSP, 0x2000, 0x0, 0x95c00000, 0x1e00000, 0, 0)		\
X(QCS8300, CDSP, 0x19c0, 0x400, 0x99980000, 0x1e00000, 0, 0)		\
X(QCS8300, GPDSP0, 0x28a0, 0x0, 0x97b00000, 0x1e00000, 0, 0)		\
X(QCS615, ADSP, 0x1720, 0x0, 0x95900000, 0x1e00000, 0, 0)		\
X(QCS615, CDSP, 0x1080, 0x0, 0x93b00000, 0x1e00000, 0, 0)		\
X(X1, ADSP, 0x1000, 0x80, 0x87e00000, 0x3a00000, 0x8b800000, 0x80000)	\
X(X1, CDSP, 0xc00, 0x0, 0x8b900000, 0x2000000, 0x8d900000, 0x80000)	\
X(LARGE, MPSS, 0x40, 0x0, 0x5a000000, 0x4400000, 0, 0)

/*
 * What the boot loader leaves running on a core, behind its stream. The driver has
 * to shut it down (base qcom_q6v5_pas.c: lite_pas_id, lite_dtb_pas_id).
 *
 * X(SOC, CORE, IMAGE, carveout, size)
 *
 *   IMAGE	of BENCH_PAS_<IMAGE>
 */
#define BENCH_SOC_LITE(X)						\
X(X1, ADSP, ADSP_LITE, 0x86b00000, 0xc00000)				\
X(X1, ADSP, ADSP_LITE_DTB, 0x866c0000, 0x40000)

#if !defined(__ASSEMBLER__) && !defined(__DTS__)

#include <stdint.h>

/* The root property "bench,soc" holds the name in small letters. */
enum bench_soc {
	BENCH_SOC_NONE,		/* cores and addresses of memory_map.h */
#define SOC_ENUM(SOC, machine, compatible)	BENCH_SOC_##SOC,
	BENCH_SOC_LIST(SOC_ENUM)
#undef SOC_ENUM
	BENCH_SOCS
};

#endif /* !__ASSEMBLER__ && !__DTS__ */
#endif /* SOCS_H */
