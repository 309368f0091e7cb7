# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Kernel builds: one source folder, which is switched between revisions, and an
# output folder a revision and configuration. Files that two revisions share are
# at the same path for both, so ccache compiles them once. (Who compiles next to
# nothing and takes long sets kbuild_src, and has a folder and a lock of its own.)
: "${root:?}" "${build:?}" "${linux:?}"	# common.sh and series.sh come first

# kbuild_fragments CONFIG: the fragment files of a configuration, in order; what
# starts from allnoconfig has one for all
kbuild_fragments() {
	local dir=$root/kconfig-fragments name
	case $kbuild_start-$kbuild_arch in
	allnoconfig-arm64) echo "$dir/base.config" ;;
	allnoconfig-*) echo "$dir/$kbuild_arch.config" ;;
	esac
	[ "$1" != plain ] || return 0
	for name in ${1//+/ }; do
		[ -f "$dir/$name.config" ] ||
			die "$E_USAGE" "no configuration '$1': kconfig-fragments/$name.config does not exist"
		echo "$dir/$name.config"
	done
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

# kbuild_setup NAME CONFIG [START]: sets the kbuild_* variables and takes the
# lock; START is the target of make that the fragments go on top of
# shellcheck disable=SC2034 # kbuild_image is for the scripts
kbuild_setup() {
	local name=${1//\//-} cross suffix='' frags cc version
	kbuild_start=${3:-allnoconfig}
	load_lock
	kbuild_arch=${ARCH:-arm64}
	case $kbuild_arch in
	arm64) cross=aarch64-linux-gnu- kbuild_image=Image ;;
	arm) cross=arm-linux-gnueabihf- kbuild_image=zImage suffix=-arm ;;
	*) die "$E_USAGE" "ARCH=$kbuild_arch is not one of arm64, arm" ;;
	esac
	need git make bc flex bison gcc perl
	frags=$(kbuild_fragments "$2") || exit $?
	mapfile -t kbuild_frags <<<"$frags"
	kbuild_args=(ARCH="$kbuild_arch" LOCALVERSION= KBUILD_BUILD_USER=bench
		KBUILD_BUILD_HOST=bench KBUILD_BUILD_VERSION=1 KBUILD_BUILD_TIMESTAMP="$KERNEL_DATE")
	cc=${cross}gcc
	if [ -n "${LLVM:-}" ]; then
		[ "$LLVM" = 1 ] || die "$E_USAGE" "LLVM=$LLVM: only LLVM=1 is known"
		cc=$("$root/ci/lib/clang") || exit $?
		version=${cc#clang}
		need "ld.lld$version" "llvm-ar$version"
		suffix+=-llvm
		kbuild_args+=(LLVM="${version:-1}")
	else
		need "$cc"
		kbuild_args+=(CROSS_COMPILE="$cross")
	fi
	kbuild_cc=$("$cc" --version) || die "$E_INFRA" "$cc does not run"
	if command -v ccache >/dev/null; then
		cc="$root/ci/lib/cached-cc $cc"
		kbuild_args+=(HOSTCC="ccache gcc")
		export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1
	fi
	kbuild_args+=(CC="$cc")
	[ -z "${W:-}" ] || kbuild_args+=(W="$W")
	case +$2 in *+coverage) kbuild_profile ;; esac
	kbuild_src=${kbuild_src:-$build/src/linux}
	kbuild_out=$build/out/$name-$2$suffix
	make_dir "$build/src"
	make_dir "$kbuild_out"
	lock "build-${kbuild_src##*/}"
}

# kbuild_begin_as NAME: a folder in which nothing was built yet begins as the one of
# NAME, if that is there. Only under the lock nobody builds in what is copied.
kbuild_begin_as() {
	local dir=${kbuild_out%/*} name=${kbuild_out##*/}
	local from=$dir/$1-${name#"${BUILD_NAME:?}"-}
	if [ -f "$kbuild_out/.config" ] || [ ! -f "$from/.bench-config" ]; then
		return
	fi
	rm -rf -- "$kbuild_out" "$kbuild_out.tmp"
	cp -a -- "$from" "$kbuild_out.tmp" || die "$E_INFRA" "cannot copy $from: is the disk full?"
	mv -- "$kbuild_out.tmp" "$kbuild_out"
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

# kbuild_touched FROM..TO: the objects of the C files that the patches touch, as
# far as kbuild_src has the file and this architecture builds it
kbuild_touched() {
	local file files
	files=$(git_linux diff --name-only "$1" -- '*.c') || die "$E_USAGE" "build/linux knows no $1"
	for file in $files; do
		[ -f "$kbuild_src/$file" ] || continue
		case $file in
		"arch/$kbuild_arch"/*) ;;
		arch/*) continue ;;
		esac
		echo "${file%.c}.o"
	done
}

# kbuild_log LOG TARGET...: make with the compiler's words in LOG
kbuild_log() {
	local log=$1
	shift
	make -C "$kbuild_src" O="$kbuild_out" "${kbuild_args[@]}" -j"${JOBS:-$(nproc)}" --output-sync=target "$@" \
		>"$log" 2>&1 </dev/null
}

# kbuild_broken LOG: what a build failed of, on stderr
kbuild_broken() {
	grep -E -m 20 'error:|Error |ERROR|undefined reference|\*\*\*' "$1" >&2 || tail -n 20 "$1" >&2
}

# kbuild_verify CONFIG WANTED: each symbol of WANTED has its value in CONFIG
# (merge_config.sh looks at this too, but for alldefconfig and allnoconfig alone)
kbuild_verify() {
	local line name bad=0
	while read -r line; do
		name=${line#\# }
		name=${name%%[= ]*}
		case $line in *' is not set') grep -q "^$name=" "$1" || continue ;; esac
		echo "$1: asked for $line, got $(grep -E "^(# )?${name}[= ]" "$1" || echo nothing)" >&2
		bad=1
	done < <(grep -E '^(# )?CONFIG_\w+(=| is not set$)' "$2" | sort -u | comm -23 - <(sort -u "$1"))
	return "$bad"
}

# known_symbols: of stdin, the lines whose KUnit suite exists in kbuild_src
known_symbols() {
	local line name
	while read -r line; do
		case $line in
		CONFIG_*_KUNIT_TEST=*)
			name=${line#CONFIG_}
			git -C "$kbuild_src" grep -qwF "config ${name%=*}" -- '*Kconfig' || continue
			;;
		esac
		printf '%s\n' "$line"
	done
}

# kbuild_configure: kbuild_start plus the fragments, as far as their KUnit suites
# exist; made anew only when they, the compiler, or the source's Kconfig changed
kbuild_configure() {
	local id kconfig wanted=$kbuild_out/.bench-fragments
	kconfig=$(git -C "$kbuild_src" ls-tree -r HEAD | grep -E '/Kconfig[^/]*$|\sKconfig$|\sscripts/|\sMakefile$') ||
		die "$E_INFRA" "cannot list $kbuild_src"
	id=$(cat -- "${kbuild_frags[@]}" && printf '%s\n' "$kbuild_start" "${kbuild_args[*]}" "$kbuild_cc" "$kconfig") ||
		die "$E_USAGE" "cannot read ${kbuild_frags[*]}"
	id=$(sha256sum <<<"$id")
	if [ -f "$kbuild_out/.config" ] && [ "$id" = "$(cat "$kbuild_out/.bench-config" 2>/dev/null)" ]; then
		return
	fi
	rm -f -- "$kbuild_out/.bench-config"
	# The last fragment that names a symbol decides
	(cd "$kbuild_out" && KCONFIG_CONFIG=.bench-merged "$kbuild_src/scripts/kconfig/merge_config.sh" -m -Q "${kbuild_frags[@]}" >/dev/null) ||
		die "$E_INFRA" "merge_config.sh failed on ${kbuild_frags[*]}"
	known_symbols <"$kbuild_out/.bench-merged" >"$wanted"
	kbuild_make KCONFIG_ALLCONFIG="$wanted" "$kbuild_start" >/dev/null ||
		die "$E_FAIL" "$kbuild_start failed in $kbuild_out"
	kbuild_verify "$kbuild_out/.config" "$wanted" || die "$E_FAIL" "the configuration dropped symbols (listed above)"
	printf '%s\n' "$id" >"$kbuild_out/.bench-config"
}
