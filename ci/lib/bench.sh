# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# What tests on the bench share: its parts and its kernels, built when needed.
: "${root:?}" "${build:?}"	# common.sh comes first

# bench_parts: firmware, remote images, device trees and the guest
bench_parts() (
	lock bench
	make -s -C "$root" bench >&2 || die "$E_FAIL" "the bench does not build: again: make bench"
)

# bench_boards: the machines of the boards
bench_boards() {
	"$root/ci/kernel/boards" >&2
}

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

# bench_module REV CONFIG NAME GUEST: an initramfs in build/GUEST with the module of
# ci/bench/NAME for a kernel, which must be built; prints its name
bench_module() {
	local dir=$build/$3/$1 images=$build/$3/images
	mkdir -p "$dir" "$images"
	cp -- "$root/ci/bench/$3"/* "$dir/"
	{
		"$root/ci/kernel/build" "$1" "$2" modules &&
			"$root/ci/kernel/build" "$1" "$2" M="$dir" modules
	} >/dev/null || exit $?
	cp -- "$build"/core/firmware/* "$dir/$3.ko" "$images/"
	# what a module asks for by its own name
	echo "$3" >"$images/$3.bin"
	make -s -C "$root/ci/bench/guest" O="$build/$4" FIRMWARE="$images" KERNEL_SRC="$build/linux" >&2 ||
		die "$E_FAIL" "the guest does not build with the module $3"
	echo "$build/$4/initramfs.cpio"
}

# bench_failpoint: an initramfs with the module that fails a kernel function,
# for the kernel series coverage, which must be built; prints its name
bench_failpoint() {
	bench_module series coverage failpoint guest-failpoint
}
