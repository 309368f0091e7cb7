# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# For tests and selftests in shell: KTAP, a scratch folder, and a small repository
# of our own scripts with a toy kernel, on which mistakes cost nothing.
: "${root:?}" "${build:?}"	# common.sh comes first

cases=0 bad=0
scratch=$(mktemp -d "${TMPDIR:-/tmp}/bench-test.XXXXXX") || die "$E_INFRA" "cannot make a scratch folder"
trap 'rm -rf -- "$scratch"' EXIT
trap 'exit 3' INT TERM HUP
echo "KTAP version 1"

# diag: stdin as diagnostics
diag() {
	sed 's/^/# /' | tail -n 25
}

# result STATUS NAME: one line of KTAP
result() {
	cases=$((cases + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $cases - $2"
	else
		echo "not ok $cases - $2"
		bad=$((bad + 1))
	fi
}

# check NAME COMMAND...: passes when the command does
check() {
	local name=$1 rc=0
	shift
	"$@" >"$scratch/out" 2>&1 </dev/null || rc=$?
	[ "$rc" -eq 0 ] || { echo "exit $rc from: $*" | cut -c 1-200; cat "$scratch/out"; } | diag
	result "$rc" "$name"
}

# expect NAME CODE PATTERN COMMAND...: passes when the command ends with CODE
# and the last line on its stderr matches PATTERN (extended, - for any)
expect() {
	local name=$1 code=$2 pattern=$3 rc=0 last
	shift 3
	"$@" >"$scratch/out" 2>"$scratch/err" </dev/null || rc=$?
	last=$(tail -n 1 "$scratch/err")
	if [ "$rc" -eq "$code" ] && { [ "$pattern" = - ] || grep -qE -- "$pattern" <<<"$last"; }; then
		result 0 "$name"
		return
	fi
	{
		echo "wanted exit $code and /$pattern/, got exit $rc from: $*"
		cat "$scratch/out" "$scratch/err"
	} | diag
	result 1 "$name"
}

# relay NAME COMMAND...: the results of its KTAP become ours, and what else it
# prints our notes; without KTAP, its exit code is one result
relay() {
	local name=$1 rc=0 before=$cases failed=$bad planned='' line
	shift
	while IFS= read -r line; do
		case $line in
		'ok '*) result 0 "${line#ok * - }" ;;
		'not ok '*) result 1 "${line#not ok * - }" ;;
		'KTAP version'*) ;;
		1..*) planned=${line#1..} ;;
		'exit '*) rc=${line#exit } ;;
		*) echo "# ${line#\# }" ;;
		esac
	done < <("$@" </dev/null || rc=$?; echo "exit $rc")
	[ "$rc" -le 1 ] || die "$rc" "$name did not get to its end"
	if [ "$cases" -eq "$before" ]; then
		result "$rc" "$name"
	elif [ "${planned:-none}" != $((cases - before)) ]; then
		result 1 "$name: ${planned:-no} results planned, $((cases - before)) seen"
	elif [ "$rc" -ne 0 ] && [ "$bad" -eq "$failed" ]; then
		result 1 "$name: exit code $rc"
	fi
}

# mutant REV: prints a commit, on no branch, of REV (series, or another) with the
# edits on stdin, which are written as in ci/mutants
mutant() {
	{ echo "a defect for a selftest"; cat; } | python3 -B "$root/ci/lib/mutate.py" commit - "$1" ||
		die "$E_FAIL" "cannot make a defect: the series has changed"
}

# finds CODE PATTERNS COMMAND...: ends with CODE, and its stdout has each pattern,
# one a line
finds() {
	local code=$1 patterns=$2 rc=0 pattern
	shift 2
	"$@" >"$scratch/found" || rc=$?
	[ "$rc" -eq "$code" ] || { echo "exit $rc"; cat "$scratch/found"; return 1; }
	while read -r pattern; do
		grep -qE -- "$pattern" "$scratch/found" || { echo "no $pattern in:"; cat "$scratch/found"; return 1; }
	done <<<"$patterns"
}

# begin KEY COMMAND...: in the background, one more at a time than there are
# CPUs, because one may wait until the folder that another builds in is free
declare -A begun
begin() {
	local key=$1
	shift
	while [ "$(jobs -pr | wc -l)" -gt "$(nproc)" ]; do
		wait -n || true	# ended() asks for the exit code
	done
	note "$key"
	# The shell forgets an exit code when its process id comes up once more
	(
		# shellcheck disable=SC2064 # the name as it is here
		trap "echo \$? >'$scratch/$key.code'" EXIT
		"$@"
	) >"$scratch/$key.log" 2>&1 </dev/null &
	begun[$key]=$!
}

# ended KEY: what it said, and its exit code
ended() {
	wait "${begun[$1]}" 2>/dev/null || true
	cat "$scratch/$1.log"
	[ -s "$scratch/$1.code" ] || { echo "$1 was ended by a signal"; return "$E_INFRA"; }
	return "$(cat "$scratch/$1.code")"
}

# finish: the plan, and the exit code
finish() {
	echo "1..$cases"
	[ "$bad" -eq 0 ] || exit "$E_FAIL"
	exit 0
}

# empty_dir DIR: nothing in it but lock files and an empty cache
empty_dir() {
	local found
	[ -d "$1" ] || return 0
	found=$(find "$1" -mindepth 1 ! -name '.lock-*' ! -path "$1/cache")
	[ -z "$found" ] || { echo "left behind: $found"; return 1; }
}

# our_scripts DIR: what is under test, without build/ and patches
our_scripts() {
	mkdir -p "$1/patches" "$1/ci/bench"
	cp -- "$root/Makefile" "$1/"
	cp -r -- "$root/ci/lib" "$root/ci/kernel" "$root/ci/check" "$root/ci/report" "$1/ci/"
	cp -r -- "$root/ci/bench/py" "$root/ci/bench/abi" "$1/ci/bench/"
	find "$root/ci" -maxdepth 1 -type f -exec cp -- {} "$1/ci/" \;
	: >"$1/series"
}

# toy_repo DIR: our scripts and a toy kernel of a few files; its tarball is
# DIR/../toy.tar.xz
toy_repo() {
	local repo=$1 tar=$scratch/toy.tar.xz sum
	our_scripts "$repo"
	mkdir -p "$scratch/toy/drivers" "$scratch/toy/scripts"
	printf 'VERSION = 6\nPATCHLEVEL = 18\nSUBLEVEL = 15\nEXTRAVERSION =\n' >"$scratch/toy/Makefile"
	seq 1 60 | sed 's/^/line /' >"$scratch/toy/drivers/toy.c"
	printf '*.o\n' >"$scratch/toy/.gitignore"
	echo kept >"$scratch/toy/drivers/tracked.o"
	cat >"$scratch/toy/scripts/get_maintainer.pl" <<-'PL'
		print grep($_ eq "--nom", @ARGV) ? "toys\@localhost\n" : "\303\204 Toy <toy\@localhost>\n";
	PL
	# Bytes that do not compress, so that the tarball has some size
	head -c 300000 /dev/urandom >"$scratch/toy/blob.bin"
	tar -c -J -f "$tar" --owner=0 --group=0 -C "$scratch" --transform='s,^toy,linux-6.18.15,' toy
	sum=$(sha256sum <"$tar")
	sed -e "s/^KERNEL_ORG_SHA256=.*/KERNEL_ORG_SHA256=${sum%% *}/" \
		-e "s/^KERNEL_ORG_SIZE=.*/KERNEL_ORG_SIZE=$(stat -c %s "$tar")/" \
		-e 's,^KERNEL_ORG_URL=.*,KERNEL_ORG_URL=http://127.0.0.1:9/toy,' \
		"$root/ci/kernel/base.lock" >"$repo/ci/kernel/base.lock"
}

# in_tree REPO GIT-ARGUMENT...: git in its build/linux, as an author
in_tree() {
	local repo=$1
	shift
	git -C "$repo/build/linux" -c user.name='Jörg Toy, Jr.' -c user.email=toy@localhost "$@"
}
