# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# What the bench's tests share: its parts and the kernels, built when needed.
: "${root:?}" "${build:?}"	# common.sh comes first

# bench_parts: firmware, remote images, device trees and the guest; one of us at
# a time makes them
bench_parts() (
	lock bench
	make -s -C "$root" bench >&2 || die "$E_FAIL" "the bench does not build: again: make bench"
)

# bench_kernel REV CONFIG: builds the kernel and prints its Image
bench_kernel() {
	local out
	out=$("$root/ci/kernel/build" "$1" "$2") || exit $?
	[ -f "$out/arch/arm64/boot/Image" ] ||
		die "$E_INFRA" "ci/kernel/build $1 $2 left no Image in $out"
	echo "$out/arch/arm64/boot/Image"
}

# bench_batch IMAGE [--initrd FILE] SUITE:MACHINE...: KTAP of suites on machines, several
# at a time; logs go to TEST_OUT
bench_batch() {
	local image=$1
	shift
	python3 -B "$root/ci/bench/py/batch.py" --kernel "$image" --out "${TEST_OUT:-$build/results/bench}" "$@"
}

# bench_kunit FOLDER MACHINE ARGUMENT...: the kernel's own kunit.py boots the
# kernel series coverage, whose Image is in that build folder, on a qemu_*.py
bench_kunit() {
	local folder=$1 machine=$2
	shift 2
	(cd "$build/src/linux" && python3 -B tools/testing/kunit/kunit.py exec --arch arm64 --build_dir "$folder" \
		--timeout 120 --qemu_config "$root/ci/lib/$machine" "$@") 2>&1 </dev/null
}

# bench_kunit_suites FOLDER MACHINE [OUTCOME]: no case fails, and each suite ends
# with that (default: nothing behind its name)
bench_kunit_suites() {
	local suite
	bench_kunit "$1" "$2" || return 1
	for suite in qcom_tzmem qcom_scm qcom_mdt_loader qcom_scm_tz; do
		grep -qE "\] ok [0-9]+ $suite${3:-} *$" "$1/test.log" || { echo "the suite $suite did not end as it must"; return 1; }
	done
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
