#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# CHECK= of a kernel build (make C=2): sparse and clang's static analyzer on one
# file, with the flags that it is compiled with. What they find is for the log;
# only a tool that crashes ends with an error.
set -euo pipefail

rc=0
sparse "$@" 2>&1 || rc=$?
[ "$rc" -le 1 ] || { echo "sparse crashed ($rc) on ${!#}"; exit 3; }

flags=()
for flag; do
	case $flag in
	# For sparse alone, for warnings, and the dependencies that kbuild has made
	--arch=* | -m64 | -D__CHECKER__ | -Wp,-MMD,* | -W*) ;;
	*) flags+=("$flag") ;;
	esac
done
# Z3 drops paths that cannot be, as one on which PTR_ERR() of an error is 0
"$ANALYZER" --analyze --analyzer-output text -fno-caret-diagnostics -w \
	-Xclang -analyzer-config -Xclang crosscheck-with-z3=true "${flags[@]}" 2>&1 ||
	{ echo "clang --analyze failed ($?) on ${!#}"; exit 3; }
