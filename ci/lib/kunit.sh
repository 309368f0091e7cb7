# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# The series' KUnit suites, built and run by the kernel's own kunit.py, as it
# is. Needs common.sh, series.sh, kbuild.sh, testlib.sh.
# shellcheck disable=SC2154 # their variables
: "${root:?}" "${build:?}" "${scratch:?}"

# kunit_setup ARCH MACHINE FILE...: a configuration is ARCH, the arguments that
# choose kunit.py's machine, and the files of kunit-configs/ on top of each other
kunit_setup() {
	kunit_arch=$1 kunit_machine=$2
	shift 2
	kunit_files=("$@")
	ARCH=$kunit_arch kbuild_setup series plain
	kunit_out=$build/kunit-$kunit_arch kunit_logs=${TEST_OUT:-$build/kunit-$kunit_arch/logs}
	make_dir "$kunit_out"
	make_dir "$kunit_logs"
}

# kunit STEP ARGUMENT...
kunit() {
	local step=$1
	shift
	# shellcheck disable=SC2086 # none or two words
	(cd "$kbuild_src" && python3 -B tools/testing/kunit/kunit.py "$step" \
		--arch "$kunit_arch" $kunit_machine --build_dir "$kunit_out" "$@")
}

# kunit_build [SED-SCRIPT]: configures and builds what kbuild_src holds; the
# script edits the configuration
kunit_build() {
	local args=() arg
	cat -- "${kunit_files[@]}" | sed -e "${1:-}" | known_symbols >"$kunit_out/bench.kunitconfig"
	args=(--kunitconfig "$kunit_out/bench.kunitconfig")
	# Without a folder of device trees: those of some 400 boards would be built
	for arg in dtstree= "${kbuild_args[@]}"; do
		case $arg in
		ARCH=*) ;;
		*) args+=(--make_options "$arg") ;;
		esac
	done
	kunit config "${args[@]}" && kunit build --jobs "${JOBS:-$(nproc)}" "${args[@]}"
}

# kunit_run NAME: leaves the kernel's KTAP in $kunit_out/test.log, and a copy in
# $kunit_logs/NAME.log
kunit_run() {
	local rc=0
	rm -f -- "$kunit_out/test.log"
	kunit exec --timeout 240 --kunitconfig "$kunit_out/bench.kunitconfig" || rc=$?
	[ -s "$kunit_out/test.log" ] || return "$E_INFRA"
	cp -- "$kunit_out/test.log" "$kunit_logs/$1.log" || return "$E_INFRA"
	return "$rc"
}

# kunit_no_splat: the log of the run has none
kunit_no_splat() {
	! grep -nE 'Kernel panic|Oops|BUG:|WARNING:|KASAN:|UBSAN:|Call trace|TZ PANIC' "$kunit_out/test.log"
}

# kunit_ran SUITE PASSED SKIPPED: as many cases as there are, and no other
# result; PASSED - says that the suite must not be there
kunit_ran() {
	local want="# Totals: pass:$2 fail:0 skip:${3:-0}"
	awk -v suite="$1" -v want="$want" -v absent="$2" '
		{ sub(/\r$/, ""); sub(/^\[ *[0-9.]+\]\[?[ TC0-9]*\]? */, "") }
		/^# Totals: / { totals = $0; sub(/ total:[0-9]+$/, "", totals) }
		/^(not )?ok [0-9]+ / {
			name = $1 == "not" ? $4 : $3
			if (name == suite) { found = 1; if ($1 == "ok" && totals == want) good = 1
				else print "wanted \"" want "\", got \"" totals "\" and: " $0 }
		}
		END {
			if (absent == "-") exit found
			if (!found) print "the suite " suite " did not run"
			exit !good
		}' "$kunit_out/test.log"
}

# kunit_check NAME [SED-SCRIPT] -- SUITE:PASSED[:SKIPPED]...: builds what
# kbuild_src holds, runs it, and wants these results
kunit_check() {
	local name=$1 edit='' rc=0 before=$bad want suite passed skipped
	shift
	if [ "$1" != -- ]; then
		edit=$1
		shift
	fi
	shift
	check "$name: the kernel with the suites builds" kunit_build "$edit"
	[ "$bad" -eq "$before" ] || finish
	kunit_run "${name//[^A-Za-z0-9]/-}" >"$scratch/run" 2>&1 || rc=$?
	[ "$rc" -ne "$E_INFRA" ] ||
		die "$E_INFRA" "no log of the run: $(tail -n 1 "$scratch/run")"
	[ "$rc" -eq 0 ] || diag <"$scratch/run"
	result "$rc" "$name: kunit.py finds no failure"
	for want; do
		IFS=: read -r suite passed skipped <<<"$want"
		check "$name: $suite: $passed cases pass, ${skipped:-0} are skipped" \
			kunit_ran "$suite" "$passed" "${skipped:-0}"
	done
	if ! kunit_no_splat >"$scratch/splat"; then
		diag <"$scratch/splat"
		result 1 "$name: no splat in the log"
		echo "1..$cases"
		exit "$E_PANIC"
	fi
	result 0 "$name: no splat in the log"
}

# kunit_series WANT: WANT says what each patch that has cases must give, a line
# a patch: its number, then for tzmem, scm, mdt_loader and scm_tz how many pass[:are
# skipped], - for a suite that is not there yet
kunit_series() {
	local commits number tzmem scm mdt tz changed=''
	commits=$(git_linux rev-list --reverse base..series) || die "$E_INFRA" "build/linux has no series"
	number=0
	for commit in $commits; do
		number=$((number + 1))
		git_linux diff --quiet "$commit^" "$commit" -- '*_test.c' || changed+="$number "
	done
	[ "$changed" = "$(cut -d ' ' -f 1 <<<"$1" | tr '\n' ' ')" ] ||
		die "$E_FAIL" "patches with cases are $changed: this test knows others"
	while read -r number tzmem scm mdt tz; do
		commit=$(sed -n "${number}p" <<<"$commits")
		kbuild_checkout "$commit"
		kunit_check "patch $number" -- "qcom_tzmem:$tzmem" "qcom_scm:$scm" "qcom_mdt_loader:$mdt" \
			"qcom_scm_tz:$tz"
	done <<<"$1"
}
