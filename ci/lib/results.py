# SPDX-License-Identifier: GPL-2.0-only
"""What the files under build/results say: runs of the bench, and which requirements are proved.

Tables of requirements and tests are made from here, never committed.
"""

from __future__ import annotations

import json
import re
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
    kernel: str
    image: str
    base: bool
    good: bool
    seconds: float
    to_last_result: float
    tests: list[dict[str, Any]]

    @property
    def version(self) -> str:
        """What the kernel says that it is."""
        console = self.folder / "console.log"
        text = console.read_text(encoding="utf-8", errors="replace") if console.is_file() else ""
        found = re.search(r"Linux version (\S+)", text)
        return found[1] if found else ""


def kernel_name(image: str, base: bool) -> str:
    """What people call a kernel: REV-CONFIG of our own, base or not, the path of others."""
    ours = re.search(r"(?:^|/)build/out/([^/]+)/arch/", image)
    return ours[1] if ours else f"{image} (base)" if base else image


def bench_runs(results: Path) -> list[BenchRun]:
    """Every run of the bench whose result lies there; a file that is cut short is an error."""
    runs = []
    for path in sorted(results.rglob("result.json")):
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            good = found["exit_code"] == 0 and not found["expect"] and not found["base"]
            times = (found["seconds"] or 0.0, found["seconds_to_last_result"] or 0.0)
            image, base = found["kernel"], found["base"]
            given = re.search(r"/compare/([^/]+)/[^/]+/result\.json$", str(path))
            who = (given[1] if given else kernel_name(image, base), image, base)
            runs.append(BenchRun(path.parent, found["machine"], found["suite"], *who, good, *times, found["tests"]))
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{path}: {error!r}: remove it and run that suite again") from error
    return runs


def test_suites(results: Path) -> list[ET.Element]:
    """What each test of ci/tests left in junit.xml, or in those of shards; of steps that several made, the worst."""
    found: dict[str, ET.Element] = {}
    for path in sorted(results.glob("junit*.xml")):
        for suite in ET.parse(path).getroot().iter("testsuite"):
            name = suite.get("name", "")
            if name not in found or found[name].get("failures") == "0":
                found[name] = suite
    return [suite for _, suite in sorted(found.items())]


def missing_shards(results: Path) -> list[str]:
    """Of `make test SHARD=k/n`, those that are not there although others are; a line each."""
    found = {path: re.fullmatch(r"junit-(\d+)-of-(\d+)\.xml", path.name) for path in results.glob("junit-*.xml")}
    there = {(int(match[1]), int(match[2])) for match in found.values() if match}
    wanted = {(k, n) for _, n in there for k in range(1, n + 1)}
    return [f"shard {k} of {n} is missing: make test SHARD={k}/{n}" for k, n in sorted(wanted - there)]


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
    for suite in test_suites(results):
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
