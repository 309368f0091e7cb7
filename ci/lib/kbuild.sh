# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Kernel builds: one source folder, which is switched between revisions, and an
# output folder a revision and configuration. Files that two revisions share are
# at the same path for both, so ccache compiles them once.
: "${root:?}" "${build:?}" "${linux:?}"	# common.sh and series.sh come first

# kbuild_fragments CONFIG: the fragment files of a configuration, in order
kbuild_fragments() {
	local dir=$root/kconfig-fragments
	echo "$dir/base.config"
	if [ "$1" != plain ]; then
		[ -f "$dir/$1.config" ] ||
			die "$E_USAGE" "no configuration '$1': kconfig-fragments/$1.config does not exist"
		echo "$dir/$1.config"
	fi
}

# kbuild_profile: gcov counters in the C files that the series changes, tests aside
kbuild_profile() {
	local file touched
	touched=$(git_linux diff --name-only --diff-filter=M base series -- 'drivers/*.c') ||
		die "$E_INFRA" "build/linux has no base or no series: again: make import"
	for file in $touched; do
		file=${file##*/}
		kbuild_args+=("GCOV_PROFILE_${file%.c}.o=y")
	done
}

# kbuild_clang: a clang that the kernel takes; Debian 12's "clang" is too old
kbuild_clang() {
	local name version
	for name in clang clang-{21..15}; do
		if command -v "$name" >/dev/null && version=$("$name" -dumpversion) && [ "${version%%.*}" -ge 15 ]; then
			echo "$name"
			return
		fi
	done
	die "$E_INFRA" "no clang of version 15 or later: 'make doctor' names the package, 'make deps' installs it"
}

# kbuild_setup NAME CONFIG: sets the kbuild_* variables and takes the lock
# shellcheck disable=SC2034 # kbuild_image is for the scripts
kbuild_setup() {
	local name=${1//\//-} cross suffix='' frags
	load_lock
	kbuild_arch=${ARCH:-arm64}
	case $kbuild_arch in
	arm64) cross=aarch64-linux-gnu- kbuild_image=Image ;;
	arm) cross=arm-linux-gnueabihf- kbuild_image=zImage suffix=-arm ;;
	*) die "$E_USAGE" "ARCH=$kbuild_arch is not one of arm64, arm" ;;
	esac
	need git make bc flex bison gcc perl
	frags=$(kbuild_fragments "$2") || exit $?
	# shellcheck disable=SC2206 # a list of file names, from the user
	kbuild_frags=($frags ${FRAGMENTS:-})
	kbuild_args=(ARCH="$kbuild_arch" LOCALVERSION= KBUILD_BUILD_USER=bench
		KBUILD_BUILD_HOST=bench KBUILD_BUILD_VERSION=1 KBUILD_BUILD_TIMESTAMP="$KERNEL_DATE")
	local cc=${cross}gcc
	if [ -n "${LLVM:-}" ]; then
		[ "$LLVM" = 1 ] || die "$E_USAGE" "LLVM=$LLVM: only LLVM=1 is known"
		cc=$(kbuild_clang) || exit $?
		local version=${cc#clang}
		need "ld.lld$version" "llvm-ar$version"
		suffix+=-llvm
		kbuild_args+=(LLVM="${version:-1}")
	else
		need "$cc"
		kbuild_args+=(CROSS_COMPILE="$cross")
	fi
	kbuild_cc=$("$cc" --version) || die "$E_INFRA" "$cc does not run"
	if command -v ccache >/dev/null && [ -z "${NO_CCACHE:-}" ]; then
		cc="ccache $cc"
		export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1
	fi
	kbuild_args+=(CC="$cc")
	[ -z "${W:-}" ] || kbuild_args+=(W="$W")
	[ "$2" != coverage ] || kbuild_profile
	kbuild_src=$build/src/linux
	kbuild_out=$build/out/$name-$2$suffix
	make_dir "$build/src"
	make_dir "$kbuild_out"
	lock kernel-build
}

# kbuild_checkout REV: kbuild_src holds REV; files that are the same keep
# their times
kbuild_checkout() {
	local commit
	require_tree
	commit=$(git_linux rev-parse -q --verify "$1^{commit}") ||
		die "$E_USAGE" "build/linux knows no revision $1"
	if [ "$(git -C "$kbuild_src" rev-parse -q --show-toplevel 2>/dev/null)" != "$kbuild_src" ]; then
		# Not there, or its repository was made anew
		rm -rf -- "$kbuild_src"
		git_linux worktree prune
		git_linux worktree add -q --detach "$kbuild_src" "$commit" ||
			die "$E_INFRA" "cannot check out $1 to $kbuild_src: is the disk full?"
	fi
	git -C "$kbuild_src" reset -q --hard "$commit" ||
		die "$E_INFRA" "cannot check out $1 to $kbuild_src: is the disk full?"
	git -C "$kbuild_src" clean -q -d -f ||
		die "$E_INFRA" "cannot clean $kbuild_src"
}

# kbuild_make TARGET...
kbuild_make() {
	make -C "$kbuild_src" O="$kbuild_out" "${kbuild_args[@]}" -j"${JOBS:-$(nproc)}" -s "$@"
}

# kbuild_touched: the objects of the C files that the series touches, as far as
# this configuration builds them
kbuild_touched() {
	local file
	git_linux diff --name-only base series -- '*.c' | while read -r file; do
		if [ -f "$kbuild_src/$file" ] && [ -f "$kbuild_out/${file%.c}.o" ]; then
			echo "${file%.c}.o"
		fi
	done
}

# kbuild_verify: each symbol that a fragment asks for has its value; the last
# fragment that names a symbol decides
kbuild_verify() {
	awk -v config="$kbuild_out/.config" '
		function symbol(line) { sub(/^# /, "", line); sub(/[ =].*$/, "", line); return line }
		/^CONFIG_[A-Za-z0-9_]+=/ || /^# CONFIG_[A-Za-z0-9_]+ is not set$/ {
			want[symbol($0)] = $0; where[symbol($0)] = FILENAME; next
		}
		/^[ \t]*(#|$)/ { next }
		{ print FILENAME ":" FNR ": not a symbol and not a comment: " $0; bad = 1 }
		END {
			while ((getline line <config) > 0)
				if (line ~ /^(CONFIG_|# CONFIG_)/) have[symbol(line)] = line
			for (s in want) {
				got = s in have ? have[s] : "# " s " is not set"
				if (want[s] ~ /=n$/) want[s] = "# " s " is not set"
				if (got != want[s]) {
					print where[s] ": asked for " want[s] ", got " got; bad = 1
				}
			}
			exit bad
		}' "${kbuild_frags[@]}" >&2
}

# kbuild_configure: allnoconfig plus the fragments, made anew only when they,
# the compiler, or the source's Kconfig changed
kbuild_configure() {
	local all id kconfig
	all=$(cat -- "${kbuild_frags[@]}") || die "$E_USAGE" "cannot read ${kbuild_frags[*]}"
	kconfig=$(git -C "$kbuild_src" ls-tree -r HEAD | grep -E '/Kconfig[^/]*$|\sKconfig$|\sscripts/|\sMakefile$') ||
		die "$E_INFRA" "cannot list $kbuild_src"
	id=$(printf '%s\n' "$all" "${kbuild_args[*]}" "$kbuild_cc" "$kconfig" | sha256sum)
	if [ -f "$kbuild_out/.config" ] && [ "$id" = "$(cat "$kbuild_out/.bench-config" 2>/dev/null)" ]; then
		return
	fi
	rm -f -- "$kbuild_out/.bench-config"
	printf '%s\n' "$all" >"$kbuild_out/.bench-fragments"
	kbuild_make KCONFIG_ALLCONFIG="$kbuild_out/.bench-fragments" allnoconfig >/dev/null ||
		die "$E_FAIL" "allnoconfig failed in $kbuild_out"
	kbuild_verify || die "$E_FAIL" "the configuration dropped symbols (listed above)"
	printf '%s\n' "$id" >"$kbuild_out/.bench-config"
}
