# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Downloads a kernel's source as Debian has it with apt, as any user: apt's state
# lies in a private directory, the mirror is the one that the machine
# already uses, and the archive's own key vouches for it.

: "${root:?}"	# common.sh and kernel.lock come first
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

# apt_mirrors: the Debian archives that this machine's apt is set up with
apt_mirrors() {
	# shellcheck disable=SC2016 # apt expands these
	apt-get indextargets --format '$(ORIGIN) $(CODENAME) $(REPO_URI)' 'Created-By: Packages' |
		awk '$1 == "Debian" && $2 !~ /security/ && !seen[$3]++ { print $3 }'
}

# apt_private DIR COMMAND...: apt-get on the state in DIR and nothing else
apt_private() {
	local dir=$1
	shift
	timeout 900 apt-get -q=2 \
		-o Dir::Etc::SourceList="$dir/sources.list" -o Dir::Etc::SourceParts=/dev/null \
		-o Dir::State="$dir/state" -o Dir::State::Lists="$dir/lists" -o Dir::State::status=/dev/null \
		-o Dir::Cache="$dir/cache" -o APT::Sandbox::User=root \
		-o Acquire::Retries=1 -o Acquire::http::Timeout=20 -o Acquire::https::Timeout=20 \
		-o Acquire::Languages=none -o APT::Update::Error-Mode=any \
		"$@" </dev/null >"$dir/log" 2>&1
}

# apt_file KIND DIR: leaves $DEBIAN_FILE in DIR, the tarball of a source package
# or a package that holds one; 1 and a note if that fails
apt_file() {
	local dir=$2 type=deb get=(download) mirror mirrors
	[ "$1" = package ] || type=deb-src get=(source --download-only --tar-only --only-source)
	if ! command -v apt-get >/dev/null; then
		note "Debian: no apt-get on this machine"
		return 1
	fi
	if [ ! -f "$keyring" ]; then
		note "Debian: $keyring is missing (package debian-archive-keyring)"
		return 1
	fi
	mirrors=$(apt_mirrors) || mirrors=
	if [ -z "$mirrors" ]; then
		note "Debian: apt knows no Debian mirror here (run 'apt-get update' as root once?)"
		return 1
	fi
	mkdir -p "$dir/state" "$dir/lists/partial" "$dir/cache/archives/partial"
	for mirror in $mirrors; do
		echo "$type [signed-by=$keyring] $mirror $DEBIAN_SUITE main" >"$dir/sources.list"
		if apt_private "$dir" update &&
			(cd "$dir" && apt_private "$dir" "${get[@]}" "$DEBIAN_PACKAGE=$DEBIAN_VERSION") &&
			[ -f "$dir/$DEBIAN_FILE" ]; then
			return 0
		fi
		note "Debian: $DEBIAN_PACKAGE $DEBIAN_VERSION from $DEBIAN_SUITE failed: $(grep -m1 '^E:' "$dir/log" || tail -n1 "$dir/log")"
	done
	return 1
}
