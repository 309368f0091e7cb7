# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# The kernel work tree build/linux and its marks: the branch "series" is what
# is edited, the tag "base" the unpatched kernel, refs/bench/synced the commit
# that equals patches/ at the last import or export. Where there is a branch
# "kunit-base", the commits after it are the follow-up in patches/kunit/.

: "${root:?}" "${linux:?}"	# common.sh comes first
synced=refs/bench/synced

git_linux() {
	git -C "$linux" "$@"
}

# series_files: the patch files in their order; dies on a series that lies
series_files() {
	local line seen=0
	[ -f "$root/series" ] || die "$E_FAIL" "the file 'series' is missing"
	while read -r line || [ -n "$line" ]; do
		case $line in
		'' | '#'*) continue ;;
		esac
		[ -f "$root/patches/$line" ] || die "$E_FAIL" "series names $line, which is not in patches/"
		printf '%s\n' "$line"
		seen=$((seen + 1))
	done <"$root/series"
	[ "$seen" -gt 0 ] || note "series is empty: the work tree is the base"
}

# series_end: the last commit of the series proper, in front of the follow-up
series_end() {
	if ! git_linux rev-parse -q --verify refs/heads/kunit-base >/dev/null; then
		echo series
	elif git_linux merge-base --is-ancestor kunit-base series && git_linux merge-base --is-ancestor base kunit-base; then
		echo kunit-base
	else
		die "$E_FAIL" "branch kunit-base of build/linux is not in the series (a rebase?): git -C build/linux branch -f kunit-base COMMIT"
	fi
}

# name_hunk PATCH OUTPUT: "file:line, hunk n" of what git could not apply
name_hunk() {
	local where file line hunk
	where=$(sed -n 's/^error: patch failed: //p' <<<"$2" | first)
	if [ -z "$where" ]; then
		grep -m 1 -E '^(error|fatal):' <<<"$2" || tail -n 1 <<<"$2"
		return
	fi
	file=${where%:*} line=${where##*:}
	hunk=$(awk -v file="$file" -v line="$line" '
		/^diff --git / { here = ($NF == "b/" file); n = 0 }
		here && /^@@ / { n++; split(substr($2, 2), at, ","); if (at[1] == line) { print n; exit } }' "$1")
	printf '%s, hunk %s at line %s does not fit\n' "$file" "${hunk:-?}" "$line"
}

# patches_id: one hash over order, names and bytes of what the series names
patches_id() {
	local files file
	files=$(series_files 2>/dev/null) || exit 1
	for file in $files; do
		(cd "$root/patches" && sha256sum -- "$file") || exit 1
	done | sha256sum
}

# require_tree: build/linux is there and whole
require_tree() {
	[ -d "$linux/.git" ] || die "$E_USAGE" "build/linux is not there: run 'make import'"
}

# require_quiet: nothing half-done or uncommitted, and on our branch
require_quiet() {
	local branch
	if [ -d "$linux/.git/rebase-apply" ] || [ -d "$linux/.git/rebase-merge" ] ||
		[ -f "$linux/.git/MERGE_HEAD" ] || [ -f "$linux/.git/CHERRY_PICK_HEAD" ]; then
		die "$E_FAIL" "a rebase, am or merge is under way in build/linux: finish or abort it first"
	fi
	branch=$(git_linux symbolic-ref -q --short HEAD) || branch='(none)'
	[ "$branch" = series ] ||
		die "$E_FAIL" "build/linux is on branch $branch: run 'git -C build/linux switch series' first"
	[ -z "$(git_linux status --porcelain --untracked-files=no)" ] ||
		die "$E_FAIL" "build/linux has uncommitted changes: commit them, or drop them with 'git -C build/linux reset --hard'"
}

# mark_synced: patches/ and HEAD are the same from here on
mark_synced() {
	local id
	id=$(patches_id) || die "$E_FAIL" "cannot read patches/"
	printf '%s\n' "$id" >"$linux/.git/bench-patches"
	git_linux update-ref "$synced" HEAD
}
