# SPDX-License-Identifier: GPL-2.0-only
"""Writes what a run of the tests found, as JUnit XML; ci/report makes a page of it.

Each result carries the requirements that it is about as a property.
"""

from __future__ import annotations

import json
import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ktap import Case
from results import Trace

LIMIT = (
    "The TrustZone model is written from the driver's side and from public sources: "
    "these results prove the driver against the model, not against Qualcomm's TrustZone."
)
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass
class Outcome:
    """One test of ci/tests and its cases; `proves` are requirements that it proves as a whole."""

    name: str
    summary: str
    cases: list[Case] = field(default_factory=list)
    proves: tuple[str, ...] = ()
    seconds: float = 0.0
    tail: str = ""

    def count(self, state: str) -> int:
        """How many cases ended in `state`."""
        return sum(case.state == state for case in self.cases)

    @property
    def passed(self) -> bool:
        """Something passed and nothing failed."""
        return self.count("failed") == 0 and self.count("passed") > 0


def rerun(name: str) -> str:
    """The command that runs just this test again."""
    return f"make test ONLY={name}"


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    tmp = path.with_name(path.name + ".tmp")
    tmp.write_text(text, encoding="utf-8")
    os.replace(tmp, path)


def _properties(node: ET.Element, requirements: Iterable[str], summary: str = "") -> None:
    """What it is about, where there is something."""
    found = [("summary", summary)] if summary else []
    found += [("requirement", requirement) for requirement in requirements if requirement != "-"]
    top = ET.SubElement(node, "properties") if found else node
    for name, value in found:
        ET.SubElement(top, "property", name=name, value=value)


def junit(outcomes: list[Outcome], seconds: float = 0.0) -> str:
    """One suite a test, one case a KTAP result; `seconds` is what all took, two at a time."""
    top = ET.Element("testsuites", time=f"{seconds:.3f}")
    for outcome in outcomes:
        suite = ET.SubElement(
            top, "testsuite", name=outcome.name, tests=str(len(outcome.cases)),
            failures=str(outcome.count("failed")), skipped=str(outcome.count("skipped")),
            errors="0", time=f"{outcome.seconds:.3f}",
        )  # fmt: skip
        _properties(suite, outcome.proves, outcome.summary)
        share = outcome.seconds / max(1, len(outcome.cases))
        for case in outcome.cases:
            node = ET.SubElement(suite, "testcase", classname=outcome.name, name=case.name, time=f"{share:.3f}")
            _properties(node, case.requirements.split())
            reason = NOT_XML.sub("?", case.reason)
            if case.state == "failed":
                failure = ET.SubElement(node, "failure", message=(reason.splitlines() or ["failed"])[0])
                failure.text = f"{reason}\nagain: {rerun(outcome.name)}\n"
            elif case.state == "skipped":
                ET.SubElement(node, "skipped", message=reason)
        ET.SubElement(suite, "system-out").text = NOT_XML.sub("?", outcome.tail)
    ET.indent(top)
    return ET.tostring(top, encoding="unicode", xml_declaration=True) + "\n"


def write_traces(traces: list[Trace], results: Path) -> None:
    """requirements.json: requirements x patches x tests x mutants."""
    write_text(results / "requirements.json", json.dumps([asdict(trace) for trace in traces], indent=1) + "\n")
