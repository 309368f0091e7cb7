# SPDX-License-Identifier: GPL-2.0-only
"""Kernels side by side: what each makes of each requirement, as text, Markdown, JSON and JUnit."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import suites
import verdict

REASON = 150  # characters of a reason in the table; JSON and JUnit have all
_HEADING = re.compile(r"^## ([A-Z]): (.+)$", re.M)
_NUMBER = re.compile(r"([A-Z]+)(\d+)")
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Judged:
    """A scenario on a machine, or with no requirements a run as a whole, and how to run it again."""

    machine: str
    suite: str
    test: str
    requirements: tuple[str, ...]
    ok: bool
    reason: str
    breaks: dict[str, str]
    again: str

    @property
    def name(self) -> str:
        """As results are called."""
        return f"{self.machine}.{self.suite}.{self.test}"

    @property
    def about(self) -> list[str]:
        """The requirements that it says something about."""
        return [*self.requirements, *(req for req in self.breaks if req not in self.requirements)]

    def why(self, requirement: str) -> str:
        """Why it does not prove a requirement; empty if it does."""
        return self.breaks.get(requirement, "") or ("" if self.ok else self.reason)


@dataclass
class Cell:
    """What a kernel makes of something: how many scenarios prove it, and the first that does not."""

    passed: int = 0
    total: int = 0
    first: Judged | None = None
    reason: str = ""

    def add(self, judged: Judged, why: str) -> None:
        """One more scenario."""
        self.total += 1
        self.passed += not why
        if why and not self.first:
            self.first, self.reason = judged, why

    def __str__(self) -> str:
        if not self.total:
            return "-"
        return f"passed {self.total}" if not self.first else f"FAILED {self.total - self.passed} of {self.total}"


@dataclass
class Kernel:
    """A column."""

    name: str
    image: Path
    version: str = "?"
    seconds: float = 0.0
    judged: list[Judged] = field(default_factory=list)
    unknown_calls: set[str] = field(default_factory=set)

    def cells(self) -> dict[str, Cell]:
        """By requirement."""
        found: dict[str, Cell] = defaultdict(Cell)
        for judged in self.judged:
            for requirement in judged.about:
                found[requirement].add(judged, judged.why(requirement))
        return found

    @property
    def runs(self) -> Cell:
        """The runs as a whole: what belongs to no scenario."""
        cell = Cell()
        for judged in self.judged:
            if not judged.about:
                cell.add(judged, judged.why(""))
        return cell


def scenario(machine: str, suite: str, test: verdict.Test, again: str) -> Judged:
    """What a scenario says; a splat that fell into it is its failure."""
    requirements = tuple(req for req in test.requirements.split() if req != "-")
    reason = "; ".join(test.reasons) or (f"splat: {test.splat}" if test.splat else "no reason given")
    return Judged(machine, suite, test.name, requirements, test.ok and not test.splat, reason, test.breaks, again)


def whole(machine: str, suite: str, run: verdict.Run, again: str) -> Judged:
    """What a run says beside its scenarios: token, record, violations, the way it ended."""
    told = {test.complaint for test in run.tests} | {test.splat for test in run.tests}
    rest = [p for p in run.problems if p.text not in told and p.kind != "unknown-smc"]
    reason = f"{rest[0].kind}: {rest[0].text}" if rest else ""
    return Judged(machine, suite, "run", (), not rest, reason, {}, again)


def areas(path: Path = suites.ROOT / "docs/reference/requirements.md") -> dict[str, str]:
    """{letter: what its requirements are about}."""
    return dict(_HEADING.findall(path.read_text(encoding="utf-8")))


def in_order(requirements: Iterable[str]) -> list[str]:
    """By the letters of the reference, then by number."""
    letters = list(areas())

    def key(requirement: str) -> tuple[int, int]:
        match = _NUMBER.fullmatch(requirement)
        return (letters.index(match[1]), int(match[2])) if match and match[1] in letters else (len(letters), 0)

    return sorted(set(requirements), key=key)


def _lines(rows: list[list[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def table(kernels: list[Kernel]) -> str:
    """Requirements down, kernels across, and below each row the first reason of each that failed."""
    cells = {kernel.name: kernel.cells() for kernel in kernels}
    rows = [["requirement", *(f"{kernel.name} ({kernel.version})" for kernel in kernels)]]
    reasons: list[list[str]] = [[]]
    for requirement in [*in_order(req for found in cells.values() for req in found), "run"]:
        row = [kernel.runs if requirement == "run" else cells[kernel.name].get(requirement, Cell()) for kernel in kernels]
        rows.append([requirement, *map(str, row)])
        reasons.append(
            [f"  {kernel.name}: {c.first.name}: {c.reason}"[:REASON] for kernel, c in zip(kernels, row, strict=True) if c.first]
        )
    lines = [line for head, below in zip(_lines(rows), reasons, strict=True) for line in (head, *below)]
    for kernel in kernels:
        if kernel.unknown_calls:
            lines.append(f"{kernel.name} makes calls that the model does not know: {', '.join(sorted(kernel.unknown_calls))}")
    return "\n".join(lines) + "\n"


def markdown(kernels: list[Kernel]) -> str:
    """By what the requirements are about, for a reader who wants one look: scenarios that prove theirs, of all."""
    titles = areas()
    found = {req[0] for kernel in kernels for judged in kernel.judged for req in judged.requirements}
    titles |= dict.fromkeys(sorted(found - set(titles)), "others")
    places = (("EL2", lambda judged: not judged.machine.startswith("hypervisor")),
              ("hypervisor", lambda judged: judged.machine.startswith("hypervisor")))  # fmt: skip
    rows = [["requirements", *(f"{kernel.name}, {place}" for kernel in kernels for place, _ in places)]]
    for letter, title in titles.items():
        row = [f"{title} ({letter})"]
        for kernel in kernels:
            for _, here in places:
                cell = Cell()
                for judged in filter(here, kernel.judged):
                    if about := [req for req in judged.requirements if req[0] == letter]:
                        cell.add(judged, next(filter(None, map(judged.why, about)), ""))
                row.append(f"{cell.passed} of {cell.total}" if cell.total else "-")
        if any(cell != "-" for cell in row[1:]):
            rows.append(row)
    head, *body = (f"| {' | '.join(row)} |" for row in rows)
    versions = ", ".join(f"{kernel.name} is {kernel.version}" for kernel in kernels)
    note = f"Scenarios that pass, of all; {versions}. Who makes more calls has more that can fail."
    return "\n".join([head, "|---" * len(rows[0]) + "|", *body, "", note]) + "\n"


def as_json(kernels: list[Kernel]) -> dict[str, Any]:
    """All of it."""
    return {
        "kernels": [
            {
                "name": kernel.name,
                "image": str(kernel.image),
                "version": kernel.version,
                "seconds": round(kernel.seconds, 1),
                "unknown_calls": sorted(kernel.unknown_calls),
                "requirements": {
                    requirement: {
                        "passed": cell.passed,
                        "total": cell.total,
                        "first": cell.first and {"test": cell.first.name, "reason": cell.reason, "again": cell.first.again},
                    }
                    for requirement, cell in sorted(kernel.cells().items())
                },
                "tests": [
                    {
                        "name": judged.name,
                        "requirements": judged.requirements,
                        "ok": judged.ok,
                        "reason": "" if judged.ok else judged.reason,
                        "breaks": judged.breaks,
                    }
                    for judged in kernel.judged
                ],
            }
            for kernel in kernels
        ]
    }


def junit(kernels: list[Kernel]) -> str:
    """A suite a kernel; a scenario that breaks a requirement beside its own passes, and says so."""
    top = ET.Element("testsuites")
    for kernel in kernels:
        bad = sum(not judged.ok for judged in kernel.judged)
        suite = ET.SubElement(
            top, "testsuite", name=kernel.name, tests=str(len(kernel.judged)), failures=str(bad),
            errors="0", time=f"{kernel.seconds:.3f}",
        )  # fmt: skip
        for judged in kernel.judged:
            case = ET.SubElement(suite, "testcase", classname=f"{kernel.name}.{judged.machine}.{judged.suite}", name=judged.test)
            properties = [("requirement", req) for req in judged.requirements]
            properties += [(f"breaks {req}", NOT_XML.sub("?", text)) for req, text in judged.breaks.items()]
            parent = ET.SubElement(case, "properties") if properties else case
            for name, value in properties:
                ET.SubElement(parent, "property", name=name, value=value)
            if not judged.ok:
                reason = NOT_XML.sub("?", judged.reason)
                ET.SubElement(case, "failure", message=reason).text = f"{reason}\nagain: {judged.again}\n"
    ET.indent(top)
    return ET.tostring(top, encoding="unicode", xml_declaration=True) + "\n"
