#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Finds what a kernel says when something is wrong with itself.

    python3 ci/lib/splats.py LOG...

Exit code: 0 nothing; 4 a panic or a splat, each printed; 2 wrong use; 3 a log that cannot be read
or is empty. KTAP and the bench's own lines never count: they may quote.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

PANICS = re.compile(r"Kernel panic - not syncing|Attempted to kill init|TZ PANIC")
SPLATS = re.compile(
    r"\bBUG:|\bWARNING:|\bKASAN\b:|\bUBSAN\b:|\bKCSAN\b:|\bKFENCE\b:|\bOops\b|Internal error:"
    r"|------------\[ cut here \]|possible (recursive|circular|irq lock inversion)"
    r"|inconsistent lock state|suspicious RCU usage|held lock freed|bad unlock balance"
    r"|sleeping function called|scheduling while atomic|kmemleak: \d+ new suspected"
    r"|Call trace:|Unable to handle kernel|Unbalanced enable for IRQ|refcount_t:"
    r"|list_(add|del) corruption|blocked for more than|soft lockup|rcu: INFO:"
    r"|DEBUG_LOCKS_WARN_ON|already (disabled|unprepared)|unbalanced disables"
    r"|ODEBUG:|DMA-API:.*(error|leak|mismatch)|arm-smmu-v3 .*event 0x"
)

# A failed allocation, which the suite nth asks for, is told with a trace and is no bug
TOLD = re.compile(r"vmalloc error: size \d+, ")
TRACE = "Call trace:"

_STAMP = re.compile(r"^(<\d+>)?\[\s*\d+\.\d+\](\[\s*[TC]\d+\])? ?")
OURS = re.compile(r"\s*(?:(not )?ok \d|1\.\.\d+$|# |REC |REC-END|BENCH-TOKEN|K?TAP version)")


def strip_stamp(line: str) -> str:
    """A console line without the kernel's time stamp."""
    return _STAMP.sub("", line, count=1)


def find(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Kind (panic or splat) and text of each bad line; the lines have no stamps."""
    told = False
    for line in lines:
        if OURS.match(line):
            continue
        told = told or bool(TOLD.search(line))
        if told and line.startswith(TRACE):
            told = False
            continue
        if PANICS.search(line):
            yield "panic", line
        elif SPLATS.search(line):
            yield "splat", line


def main(words: list[str]) -> int:
    """See the module's text."""
    if not words:
        print("usage: ci/lib/splats.py LOG...", file=sys.stderr)
        return 2
    bad = False
    for word in words:
        try:
            text = Path(word).read_text(encoding="utf-8", errors="replace").replace("\r", "")
        except OSError as error:
            print(f"splats.py: {word}: {error.strerror}", file=sys.stderr)
            return 3
        if not text.strip():
            print(f"splats.py: {word} is empty: nothing was logged", file=sys.stderr)
            return 3
        for kind, line in find(map(strip_stamp, text.splitlines())):
            bad = True
            print(f"{word}: {kind}: {line}")
    return 4 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
