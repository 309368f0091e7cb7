#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""What a build or a checker complains of, one sorted line each, so that comm(1) compares two.

    complaints.py SOURCE LOG...

A complaint is known by file, function and message, never by line: a line that moved makes nothing
new. Functions are looked up with ctags in SOURCE, which must be the tree that the logs are about.
Logs that compiled or checked nothing are an error (exit 3): with them as a baseline everything
would look new, and as a result everything clean.
"""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

FOUND = re.compile(r"(?P<file>[^\s:]+)(?::(?P<line>\d+)(?::\d+|\.\d+-\S+)?)?: (?:[Ww]arning:? |error: )(?P<message>.*)")
LOOKED_AT = re.compile(r"^\s+(?:CC|DTC|DTCO|OVL|AS|CHECK)(?: \[M\])?\s+\S+$", re.M)
EXIT_INFRA = 3


def local(file: str, source: Path) -> str:
    """The path of a file inside the kernel tree."""
    for prefix in (f"{source}/", f"/src/{source.name}/"):
        if prefix in file:
            return file.rsplit(prefix, 1)[-1]
    return re.sub(r"^(?:\.\./)+", "", file)


@cache
def functions(path: Path) -> list[tuple[int, int, str]]:
    """First line, last line and name of each function of a C file."""
    if path.suffix not in (".c", ".h") or not path.is_file():
        return []
    command = ["ctags", "-f", "-", "--language-force=C", "--kinds-C=f", "--fields=ne", "--excmd=number", str(path)]
    out = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8", errors="replace").stdout
    tags = re.findall(r"^(\w+)\t.*\tline:(\d+)\tend:(\d+)$", out, re.M)
    return [(int(first), int(last), name) for name, first, last in tags]


def complaints(text: str, source: Path) -> set[str]:
    """All of a log."""
    found = set()
    # gcc quotes as the locale has it, and kbuild resets LC_ALL
    for line in text.translate({0x2018: "'", 0x2019: "'"}).splitlines():
        if not (match := FOUND.match(line)):
            continue
        file, at = local(match["file"], source), int(match["line"] or 0)
        name = next((name for first, last, name in functions(source / file) if first <= at <= last), "")
        # Numbers that only say where, in the tools' own words
        message = re.sub(r"\b(line|at) \d+", r"\1 N", match["message"])
        found.add(f"{file}, {name}(): {message}" if name else f"{file}: {message}")
    return found


def main() -> int:
    """See the module's text."""
    if len(sys.argv) < 3:
        print("usage: ci/lib/complaints.py SOURCE LOG...", file=sys.stderr)
        return 2
    source = Path(sys.argv[1])
    try:
        texts = [Path(name).read_text(encoding="utf-8", errors="replace") for name in sys.argv[2:]]
        if not any(map(LOOKED_AT.search, texts)):
            print(f"complaints.py: nothing was compiled or checked in {sys.argv[2]}", file=sys.stderr)
            return EXIT_INFRA
        found = set().union(*(complaints(text, source) for text in texts))
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"complaints.py: {error}", file=sys.stderr)
        return EXIT_INFRA
    sys.stdout.writelines(f"{line}\n" for line in sorted(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
