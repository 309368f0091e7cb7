#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""What the tests execute of the lines that the series adds.

coverage.py collect DIR LOG...        the gcov counters of each console log, as DIR/N/path.gcda
coverage.py points LOG...             each point of the suites "exits" failed in one of them
coverage.py judge JSON DIFF REASONS   gcovr's JSON, 'git diff -U0' of the series, the exceptions

The sources lie where it is started. REASONS has a line an exception: file, tab, function, tab, a
regular expression for the source line, tab, why it cannot be executed. Exit code: 0 all executed
or excepted; 1 not; 2 wrong use; 3 no data.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

EXIT_PASS, EXIT_FAILED, EXIT_USAGE, EXIT_INFRA = range(4)

_STAMP = re.compile(r"^\[\s*\d+\.\d+\](\[\s*[TC]\d+\])? ?")
_POINT = re.compile(r"# exit point (\S+ of \S+): (\d+)$")
_FILE = re.compile(r"GCOV (\d+) (/\S+\.gcda)$")
_FUNCTION = re.compile(r"(?=[A-Za-z]).*?(\w+)\(")  # in kernel style, which has nothing else in column 1


def die(code: int, text: str) -> int:
    print(f"coverage.py: {text}", file=sys.stderr)
    return code


def parse_log(text: str) -> dict[str, bytes]:
    """The counter files that a guest printed; ValueError if one is not whole."""
    files: dict[str, bytearray] = {}
    sizes: dict[str, int] = {}
    current = None
    for raw in text.splitlines():
        line = _STAMP.sub("", raw.rstrip("\r"), count=1)
        if match := _FILE.match(line):
            current = match[2]
            files[current], sizes[current] = bytearray(), int(match[1])
        elif line.startswith("GCOV+ ") and current:
            files[current] += bytes.fromhex(line.removeprefix("GCOV+ "))
    for name, data in files.items():
        if len(data) != sizes[name]:
            raise ValueError(f"{name}: {len(data)} of {sizes[name]} bytes")
    return {name: bytes(data) for name, data in files.items()}


def collect(out: Path, logs: list[Path]) -> int:
    for number, log in enumerate(logs):
        try:
            files = parse_log(log.read_text(encoding="utf-8", errors="replace"))
        except (OSError, ValueError) as error:
            return die(EXIT_INFRA, f"{log}: {error}")
        if not files:
            return die(EXIT_INFRA, f"{log}: no gcov counters in it")
        for name, data in files.items():
            path = out / str(number) / name.lstrip("/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    return EXIT_PASS


def points(logs: list[Path]) -> int:
    """A point that never failed is one that the kernel does not have any more."""
    hits: dict[str, int] = {}
    for log in logs:
        try:
            text = log.read_text(encoding="utf-8", errors="replace")
        except OSError as error:
            return die(EXIT_INFRA, str(error))
        for raw in text.splitlines():
            if match := _POINT.match(_STAMP.sub("", raw.rstrip("\r"), count=1)):
                hits[match[1]] = hits.get(match[1], 0) + int(match[2])
    if not hits:
        return die(EXIT_INFRA, "no point of the suites exits in the logs")
    never = [point for point, count in hits.items() if not count]
    for point in never:
        print(f"exit point {point} failed nowhere: drop it, or name the function as it is called now")
    print(f"exit points that failed: {len(hits) - len(never)}/{len(hits)}, {sum(hits.values())} times")
    return EXIT_FAILED if never else EXIT_PASS


def added_lines(diff: str) -> dict[str, dict[int, str]]:
    """File -> line number -> text of the lines that a 'git diff -U0' adds."""
    added: dict[str, dict[int, str]] = {}
    name, number = "", 0
    for line in diff.splitlines():
        if line.startswith("+++ "):
            name = line[4:].split("\t")[0].removeprefix("b/")
        elif match := re.match(r"@@ -\S+ \+(\d+)", line):
            number = int(match[1])
        elif line.startswith("+"):
            added.setdefault(name, {})[number] = line[1:]
            number += 1
    return added


def function_of(source: list[str], number: int) -> str:
    """The function that a line is in: the last to begin before it, or at it."""
    for line in reversed(source[:number]):
        if match := _FUNCTION.match(line):
            return match[1]
    return ""


@dataclass(frozen=True)
class Gap:
    """An added line that was not executed, or of which a branch was not."""

    file: str
    function: str
    line: int
    text: str
    what: str


@dataclass
class Tally:
    lines: int = 0
    lines_hit: int = 0
    branches: int = 0
    branches_hit: int = 0


def measure(report: dict[str, Any], added: dict[str, dict[int, str]]) -> tuple[dict[str, Tally], list[Gap]]:
    """Counts lines and branches of the added lines, file by file."""
    tallies: dict[str, Tally] = {}
    gaps: list[Gap] = []
    for file in report["files"]:
        name = file["file"]
        texts = added.get(name, {})
        # A line that is compiled several times (inlined, cloned) is one line
        counts: dict[int, int] = {}
        branches: dict[int, dict[int, int]] = {}
        for line in file["lines"]:
            number = line["line_number"]
            if number not in texts:
                continue
            counts[number] = counts.get(number, 0) + line["count"]
            ways = branches.setdefault(number, {})
            for index, branch in enumerate(line["branches"]):
                ways[index] = ways.get(index, 0) + branch["count"]
        tally = tallies.setdefault(name, Tally())
        source = Path(name).read_text(encoding="utf-8").splitlines() if counts else []
        for number, count in sorted(counts.items()):
            tally.lines += 1
            tally.lines_hit += count > 0
            ways = branches[number]
            taken = sum(hits > 0 for hits in ways.values())
            tally.branches += len(ways)
            tally.branches_hit += taken
            if not count:
                what = "line"
            elif taken < len(ways):
                what = f"{len(ways) - taken} of {len(ways)} branches"
            else:
                continue
            gaps.append(Gap(name, function_of(source, number), number, texts[number].strip(), what))
    return tallies, gaps


@dataclass
class Reason:
    """Why a line cannot be executed."""

    file: str
    function: str
    pattern: re.Pattern[str]
    why: str
    used: bool = False

    def covers(self, gap: Gap) -> bool:
        return (gap.file, gap.function) == (self.file, self.function) and bool(self.pattern.search(gap.text))


def read_reasons(text: str) -> list[Reason]:
    reasons = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        fields = line.split("\t")
        if len(fields) != 4 or not all(fields):
            raise ValueError(f"line {number} is not 'file, tab, function, tab, pattern, tab, reason'")
        reasons.append(Reason(fields[0], fields[1], re.compile(fields[2]), fields[3]))
    return reasons


def judge(report: dict[str, Any], diff: str, reasons: list[Reason]) -> int:
    added = added_lines(diff)
    try:
        tallies, gaps = measure(report, added)
    except OSError as error:
        return die(EXIT_INFRA, str(error))
    if not any(tally.lines for tally in tallies.values()):
        return die(EXIT_INFRA, "no counters for any added line")
    gaps += [Gap(name, "-", min(texts), "the whole file", "file") for name, texts in added.items() if name not in tallies]

    print(f"{'file':44} {'lines':>13} {'branches':>13}")
    for name, tally in sorted(tallies.items()):
        if tally.lines:
            print(f"{name:44} {tally.lines_hit:6}/{tally.lines:<6} {tally.branches_hit:6}/{tally.branches:<6}")
    lines, hit = (sum(getattr(t, key) for t in tallies.values()) for key in ("lines", "lines_hit"))
    ways, taken = (sum(getattr(t, key) for t in tallies.values()) for key in ("branches", "branches_hit"))
    print(f"added lines executed: {hit}/{lines} ({100 * hit / lines:.1f} %)")
    print(f"their branches taken: {taken}/{ways} ({100 * taken / max(ways, 1):.1f} %)")

    bad = 0
    for gap in gaps:
        reason = next((r for r in reasons if r.covers(gap)), None)
        if reason:
            reason.used = True
        bad += not reason
        print(f"{gap.file}:{gap.line}: {gap.function}: {gap.what} not executed: {gap.text}")
        print(f"    {'because ' + reason.why if reason else 'NO REASON GIVEN'}")
    for reason in reasons:
        if not reason.used:
            bad += 1
            print(f"{reason.file}: {reason.function}: the exception /{reason.pattern.pattern}/ excepts nothing: drop it")
    return EXIT_FAILED if bad else EXIT_PASS


def main(words: list[str]) -> int:
    if len(words) >= 3 and words[0] == "collect":
        return collect(Path(words[1]), [Path(word) for word in words[2:]])
    if len(words) >= 2 and words[0] == "points":
        return points([Path(word) for word in words[1:]])
    if len(words) == 4 and words[0] == "judge":
        try:
            report = json.loads(Path(words[1]).read_text(encoding="utf-8"))
            diff = Path(words[2]).read_text(encoding="utf-8")
            reasons = read_reasons(Path(words[3]).read_text(encoding="utf-8"))
        except (OSError, ValueError, re.error) as error:
            return die(EXIT_INFRA, str(error))
        return judge(report, diff, reasons)
    return die(EXIT_USAGE, "usage: coverage.py collect DIR LOG... | points LOG... | judge JSON DIFF REASONS")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
