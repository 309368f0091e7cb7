# SPDX-License-Identifier: GPL-2.0-only
"""Puts gcc's line "file: In function 'f':" before each finding of a log.

    in_function.py --source DIR <log

Only gcc says in which function a warning is. The tree in DIR must be the one
that the log is about.
"""

from __future__ import annotations

import argparse
import re
import sys
from functools import cache
from pathlib import Path

from new_warnings import local

FINDING = re.compile(r"(?P<file>[^\s:]+):(?P<line>\d+)(?::\d+)?: (?:warning|error): ")
# A definition begins at the left edge and is no label, prototype or macro
START = re.compile(r"(?!#|typedef\b|struct \w+ \{|enum\b|union\b)(?=[A-Za-z_])[^;:=]*?\b(?P<name>\w+)\s*\((?!.*;\s*$)")


@cache
def lines_of(path: Path) -> list[str]:
    """The lines of a source file; none if it is not in the tree."""
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []


def function_at(path: Path, line: int) -> str:
    """The function whose body a line is in, or nothing."""
    for text in reversed(lines_of(path)[:line]):
        if text.startswith("}") and text is not lines_of(path)[line - 1]:
            return ""
        if match := START.match(text):
            return match["name"]
    return ""


def main() -> int:
    """See the module's text."""
    parser = argparse.ArgumentParser(prog="ci/lib/in_function.py")
    parser.add_argument("--source", type=Path, required=True)
    args = parser.parse_args()
    for line in sys.stdin:
        if match := FINDING.match(line):
            name = function_at(args.source / local(match["file"], args.source), int(match["line"]))
            print(f"{match['file']}: In function '{name}':" if name else f"{match['file']}: At top level:")
        sys.stdout.write(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
