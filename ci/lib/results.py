# SPDX-License-Identifier: GPL-2.0-only
"""What the files under build/results say: runs of the bench, and which requirements are proved.

Tables of requirements and tests are made from here, never committed.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class BenchRun:
    """A result.json; `good` runs are of the series, passed, and were not expected to fail."""

    folder: Path
    machine: str
    suite: str
    good: bool
    seconds: float
    to_last_result: float
    tests: list[dict[str, Any]]


def bench_runs(results: Path) -> list[BenchRun]:
    """Every run of the bench whose result lies there; a file that is cut short is an error."""
    runs = []
    for path in sorted(results.rglob("result.json")):
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            good = found["exit_code"] == 0 and not found["expect"] and not found["base"]
            times = (found["seconds"] or 0.0, found["seconds_to_last_result"] or 0.0)
            runs.append(BenchRun(path.parent, found["machine"], found["suite"], good, *times, found["tests"]))
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{path}: {error!r}: remove it and run that suite again") from error
    return runs


def proofs(results: Path) -> dict[str, dict[str, list[str]]]:
    """{requirement: {suite or test: names}} of what has passed.

    Of the bench the names are MACHINE.SCENARIO; a test of ci/tests that proves a requirement as a
    whole ("# proves:" at its head) stands for itself, as junit.xml has it.
    """
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for run in bench_runs(results):
        for test in run.tests if run.good else []:
            for requirement in test["requirements"].split():
                if test["ok"] and requirement != "-":
                    found[requirement][run.suite].add(f"{run.machine}.{test['name']}")
    path = results / "junit.xml"
    for suite in ET.parse(path).getroot().iter("testsuite") if path.is_file() else []:
        passed = suite.get("failures") == "0" and int(suite.get("tests", 0)) > int(suite.get("skipped", 0))
        for item in suite.iterfind("properties/property[@name='requirement']"):
            if passed:
                found[item.get("value", "")][suite.get("name", "")].add(suite.get("name", ""))
    return {req: {suite: sorted(names) for suite, names in sorted(suites.items())} for req, suites in sorted(found.items())}


@dataclass
class Trace:
    """A requirement, and what it leads to."""

    requirement: str
    text: str
    patches: list[str] = field(default_factory=list)
    tests: dict[str, list[str]] = field(default_factory=dict)
    mutants: list[str] = field(default_factory=list)
