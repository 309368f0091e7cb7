# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Builds something at one revision and at another, and compares what the tools
# complain of. common.sh, series.sh and kbuild.sh come first.
: "${root:?}" "${kbuild_src=}" "${kbuild_out=}"

# forget TARGET...: objects and folders will be compiled, and say again what they
# have to say
forget() {
	local target
	for target; do
		case $target in
		*/) [ ! -d "$kbuild_out/$target" ] || find "$kbuild_out/$target" -name '*.o' -delete ;;
		*.o) rm -f -- "$kbuild_out/$target" ;;
		esac
	done
}

# complaints OUT LOG...: of the logs, which are about what kbuild_src holds now
complaints() {
	local out=$1
	shift
	need ctags python3
	"$root/ci/lib/complaints.py" "$kbuild_src" "$@" >"$out" || exit "$E_INFRA"
}

# measure OUT REV TARGET...: builds REV; leaves what make says in OUT.log and the
# complaints in OUT. The targets may have arguments of make among them.
measure() {
	local out=$1
	kbuild_checkout "$2"
	kbuild_configure
	shift 2
	forget "$@"
	kbuild_log "$out.log" "$@" || { kbuild_broken "$out.log"; return "$E_FAIL"; }
	complaints "$out" "$out.log"
}

# new_complaints BASE NEW: prints them; 1 if there are any
new_complaints() {
	local new
	new=$(comm -13 "$1" "$2") || return "$E_INFRA"
	[ -n "$new" ] || return 0
	echo "new warning: ${new//$'\n'/$'\n'new warning: }"
	return "$E_FAIL"
}
