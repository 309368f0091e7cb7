# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# What tests on the bench share: its parts and its kernels, built when needed.
: "${root:?}" "${build:?}"	# common.sh comes first

# bench_parts: firmware, remote images, device trees and the guest
bench_parts() (
	lock bench
	make -s -C "$root" bench >&2 || die "$E_FAIL" "the bench does not build: again: make bench"
)

# bench_kernel REV CONFIG: prints the Image of a kernel; it is built, unless the
# runner has just done so
bench_kernel() {
	local out=$build/out/$1-$2
	case " ${BENCH_KERNELS:-} " in
	*" $1-$2 "*) ;;
	*) out=$("$root/ci/kernel/build" "$1" "$2") || exit $? ;;
	esac
	[ -f "$out/arch/arm64/boot/Image" ] ||
		die "$E_INFRA" "ci/kernel/build $1 $2 left no Image in $out"
	echo "$out/arch/arm64/boot/Image"
}

# bench ARGUMENT...: ci/bench/bench run, with its logs where those of the test lie
bench() {
	"$root/ci/bench/bench" run --out "${TEST_OUT:-$build/results/bench}" "$@"
}

# bench_failpoint: an initramfs with the module that fails a kernel function,
# for the kernel series coverage, which must be built; prints its name
bench_failpoint() {
	local dir=$build/failpoint images=$build/failpoint/images
	mkdir -p "$images"
	cp -- "$root"/ci/bench/failpoint/* "$dir/"
	{
		"$root/ci/kernel/build" series coverage modules &&
			"$root/ci/kernel/build" series coverage M="$dir" modules
	} >/dev/null || exit $?
	cp -- "$build"/core/firmware/* "$dir/failpoint.ko" "$images/"
	make -s -C "$root/ci/bench/guest" O="$build/guest-failpoint" FIRMWARE="$images" KERNEL_SRC="$build/linux" >&2 ||
		die "$E_FAIL" "the guest does not build with the failpoint module"
	echo "$build/guest-failpoint/initramfs.cpio"
}
