# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# What the scripts in ci/ share: places, exit codes, one-line errors, and an
# environment in which git does the same on every machine.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=$root/build
# shellcheck disable=SC2034
linux=$build/linux
prog=$(realpath -s --relative-to="$root" -- "$0")

# Exit codes of every script here; 0 is a pass. Each script uses some of them.
# shellcheck disable=SC2034
{
	E_FAIL=1	# findings, failed tests
	E_USAGE=2	# wrong use
	E_INFRA=3	# download, missing tool, disk
	E_PANIC=4	# panic, splat, timeout
}

# Neither the user's configuration nor a calling hook decides what we make.
unset LANGUAGE LC_MESSAGES LC_CTYPE	# the kernel's Makefile resets LC_ALL
export LC_ALL=C LANG=C TZ=UTC
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_CONFIG_NOSYSTEM=1 GIT_ATTR_NOSYSTEM=1 GIT_TERMINAL_PROMPT=0
export GIT_CONFIG_COUNT=2
export GIT_CONFIG_KEY_0=core.attributesFile GIT_CONFIG_VALUE_0=/dev/null
export GIT_CONFIG_KEY_1=core.excludesFile GIT_CONFIG_VALUE_1=/dev/null
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_OBJECT_DIRECTORY \
	GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_PREFIX GIT_CEILING_DIRECTORIES

# die CODE MESSAGE...: one clear line, then out
die() {
	local code=$1
	shift
	printf '%s: %s\n' "$prog" "$*" >&2
	exit "$code"
}

note() {
	printf '%s: %s\n' "$prog" "$*" >&2
}

# need TOOL...: a missing tool is never a pass
need() {
	local tool
	for tool; do
		command -v "$tool" >/dev/null ||
			die "$E_INFRA" "$tool is missing: 'make doctor' names the package, 'make deps' installs it"
	done
}

# first: the first line of stdin. Unlike head it reads the rest, so that nobody
# who writes it dies of SIGPIPE.
first() {
	sed -n 1p
}

# make_dir DIR: mkdir -p with our own exit code
make_dir() {
	mkdir -p "$1" 2>/dev/null ||
		die "$E_INFRA" "cannot make directory $1 (permissions, or disk full)"
}

# lock NAME: one of us at a time; held until the script ends
lock() {
	need flock
	make_dir "$build"
	exec 9>"$build/.lock-$1"
	flock -w 900 9 || die "$E_INFRA" "build/.lock-$1 is held by another run for 15 minutes"
}

load_lock() {
	[ -f "$root/ci/kernel/base.lock" ] || die "$E_INFRA" "ci/kernel/base.lock is missing"
	# shellcheck source=ci/kernel/base.lock
	. "$root/ci/kernel/base.lock"
}
