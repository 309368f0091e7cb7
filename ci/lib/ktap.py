# SPDX-License-Identifier: GPL-2.0-only
"""Reads the top level of a KTAP stream; what is indented belongs to a subtest."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

RESULT = re.compile(r"(?P<bad>not )?ok (?P<number>\d+)(?: -)?(?: (?P<name>[^#]*))?(?:#\s*(?P<directive>.*))?$")
PLAN = re.compile(r"1\.\.(?P<count>\d+)(?:\s+#.*)?$")
HEADER = re.compile(r"K?TAP version \d+$")


@dataclass(frozen=True)
class Case:
    """One result: `state` is passed, failed or skipped."""

    name: str
    state: str
    reason: str = ""


@dataclass
class Ktap:
    """What a test said about itself."""

    seen: bool = False
    planned: int | None = None
    cases: list[Case] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def _case(match: re.Match[str], notes: list[str]) -> Case:
    name = (match["name"] or "").strip() or f"case {match['number']}"
    directive = (match["directive"] or "").strip()
    if match["bad"]:
        return Case(name, "failed", "\n".join(notes) or "not ok")
    if directive.upper().startswith("SKIP"):
        return Case(name, "skipped", directive[4:].strip())
    return Case(name, "passed")


def parse(lines: Iterable[str]) -> Ktap:
    """Collect results, and everything that makes them incredible."""
    ktap = Ktap()
    notes: list[str] = []
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
            ktap.cases.append(_case(result, notes))
            notes = []
            if int(result["number"]) != len(ktap.cases):
                ktap.problems.append(f"result {result['number']} where {len(ktap.cases)} was due")
        elif line.startswith("# "):
            notes.append(line[2:])
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
