# SPDX-License-Identifier: GPL-2.0-only
"""Compares compiler warnings of a kernel build with those of its base.

    new_warnings.py --baseline LOG... --new LOG... --source DIR

A warning is known by message, file and function, never by line: a line that
moved makes no warning new. A baseline that compiled nothing is an error,
because everything would look new, or, with nothing compiled, clean.
"""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import dataclass
from pathlib import Path

WHERE = re.compile(r"(?P<file>[^\s:]+): (?:In|in) (?:member )?function '(?P<function>[^']+)':")
TOP = re.compile(r"[^\s:]+: At top level:")
WARNING = re.compile(r"(?P<file>[^\s:]+):\d+(?::\d+|\.\d+-\S+)?: (?:warning: |error: |Warning )(?P<message>.*)")
PLAIN = re.compile(r"(?P<file>\S+): warning: (?P<message>.*)")
COMPILED = re.compile(r"\s+(?:CC|DTC|DTCO|AS|CHECK)(?: \[M\])?\s+(?P<object>\S+)$")


@dataclass(frozen=True, order=True)
class Warned:
    """A warning without its line."""

    file: str
    function: str
    message: str

    def __str__(self) -> str:
        place = f", {self.function}()" if self.function else ""
        return f"{self.file}{place}: {self.message}"


@dataclass
class Log:
    """What a build said."""

    warnings: set[Warned]
    compiled: set[str]


def local(file: str, source: Path) -> str:
    """The path of a file inside the kernel tree."""
    for prefix in (f"{source}/", f"/src/{source.name}/"):
        if prefix in file:
            return file.rsplit(prefix, 1)[-1]
    return re.sub(r"^(?:\.\./)+", "", file)


def read(text: str, source: Path) -> Log:
    """Collect warnings and compiled objects."""
    log = Log(set(), set())
    file = function = ""
    # gcc quotes as the locale has it, and kbuild resets LC_ALL
    for line in text.translate({0x2018: "'", 0x2019: "'"}).splitlines():
        if where := WHERE.match(line):
            file, function = local(where["file"], source), where["function"]
        elif TOP.match(line):
            file = function = ""
        elif compiled := COMPILED.match(line):
            log.compiled.add(compiled["object"])
            file = function = ""
        elif found := WARNING.match(line) or PLAIN.match(line):
            name = local(found["file"], source)
            # Numbers that only say where, in gcc's and dtc's own words
            message = re.sub(r"\b(line|at) \d+", r"\1 N", found["message"])
            log.warnings.add(Warned(name, function if name == file else "", message))
    return log


def read_all(paths: list[Path], source: Path) -> Log:
    """Several logs as one."""
    total = Log(set(), set())
    for path in paths:
        log = read(path.read_text(encoding="utf-8", errors="replace"), source)
        total.warnings |= log.warnings
        total.compiled |= log.compiled
    return total


def main() -> int:
    """See the module's text."""
    parser = argparse.ArgumentParser(prog="ci/lib/new_warnings.py")
    parser.add_argument("--baseline", type=Path, nargs="+", required=True)
    parser.add_argument("--new", type=Path, nargs="+", required=True)
    parser.add_argument("--source", type=Path, required=True)
    args = parser.parse_args()
    try:
        baseline = read_all(args.baseline, args.source)
        new = read_all(args.new, args.source)
    except OSError as error:
        print(f"new_warnings.py: {error}", file=sys.stderr)
        return 3
    if not baseline.compiled:
        print("new_warnings.py: the baseline compiled nothing: there is nothing to compare with", file=sys.stderr)
        return 3
    findings = sorted(new.warnings - baseline.warnings)
    for finding in findings:
        print(f"new warning: {finding}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
