# SPDX-License-Identifier: GPL-2.0-only
"""Reads and writes the top level of a KTAP stream; what is indented belongs to a subtest."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TextIO

RESULT = re.compile(r"(?P<bad>not )?ok (?P<number>\d+)(?: -)?(?: (?P<name>[^#]*))?(?:#\s*(?P<directive>.*))?$")
PLAN = re.compile(r"1\.\.(?P<count>\d+)(?:\s+#.*)?$")
HEADER = re.compile(r"K?TAP version \d+$")
REQUIREMENTS = re.compile(r"\[(?P<ids>-|[A-Z]\d+(?: [A-Z]\d+)*)\] +")


@dataclass(frozen=True)
class Case:
    """One result: `state` is passed, failed or skipped.

    `requirements` is what stood in brackets before the name, "-" for a result about none of them
    and "" where there were no brackets.
    """

    name: str
    state: str
    reason: str = ""
    requirements: str = ""


@dataclass
class Ktap:
    """What a test said about itself; `notes` are the diagnostics behind the last result."""

    seen: bool = False
    planned: int | None = None
    cases: list[Case] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def _case(match: re.Match[str], notes: list[str]) -> Case:
    name = (match["name"] or "").strip()
    head = REQUIREMENTS.match(name)
    requirements = head["ids"] if head else ""
    name = (name[head.end() :] if head else name) or f"case {match['number']}"
    directive = (match["directive"] or "").strip()
    if match["bad"]:
        return Case(name, "failed", "\n".join(notes) or "not ok", requirements)
    if directive.upper().startswith("SKIP"):
        return Case(name, "skipped", directive[4:].strip(), requirements)
    return Case(name, "passed", requirements=requirements)


def parse(lines: Iterable[str]) -> Ktap:
    """Collects the results, and everything that makes them incredible."""
    ktap = Ktap()
    for raw in lines:
        line = raw.rstrip()
        if HEADER.match(line):
            ktap.seen = True
        elif plan := PLAN.match(line):
            ktap.seen = True
            if ktap.planned is not None:
                ktap.problems.append("more than one plan")
            ktap.planned = int(plan["count"])
        elif result := RESULT.match(line):
            ktap.seen = True
            ktap.cases.append(_case(result, ktap.notes))
            ktap.notes = []
            if int(result["number"]) != len(ktap.cases):
                ktap.problems.append(f"result {result['number']} where {len(ktap.cases)} was due")
        elif line.startswith("# "):
            ktap.notes.append(line[2:])
        elif line.startswith("Bail out!"):
            ktap.seen = True
            ktap.problems.append(line)
    if ktap.seen:
        if ktap.planned is None:
            ktap.problems.append("no plan (1..N)")
        elif ktap.planned != len(ktap.cases):
            ktap.problems.append(f"{ktap.planned} results planned, {len(ktap.cases)} seen")
        if ktap.planned == 0:
            ktap.problems.append("nothing planned")
    return ktap


class Writer:
    """Writes a stream whose plan comes last, because nobody knows it before."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout
        self.count = 0
        self.failed = 0
        self._line("KTAP version 1")

    def _line(self, text: str) -> None:
        self._stream.write(text + "\n")
        self._stream.flush()

    def note(self, text: str) -> None:
        """Diagnostics of the next result, a line each."""
        for line in text.splitlines():
            self._line(f"# {line}")

    def result(self, name: str, reasons: Iterable[str] = (), requirements: str = "") -> None:
        """One result, which is good if there is no reason against it."""
        bad = list(reasons)
        for reason in bad:
            self.note(reason)
        self.count += 1
        self.failed += bool(bad)
        head = f"[{requirements}] " if requirements else ""
        self._line(f"{'not ok' if bad else 'ok'} {self.count} {head}{name.replace('#', ' ')}")

    def skip(self, name: str, why: str) -> None:
        """One result that is none."""
        self.count += 1
        self._line(f"ok {self.count} {name.replace('#', ' ')} # SKIP {why}")

    def end(self) -> None:
        """The plan."""
        self._line(f"1..{self.count}")
