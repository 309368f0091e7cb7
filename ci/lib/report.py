# SPDX-License-Identifier: GPL-2.0-only
"""Writes what a run of the tests found, as JUnit XML and as a page."""

from __future__ import annotations

import html
import os
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path

from ktap import Case

LIMIT = (
    "The TrustZone model is written from the driver's side and from public sources: "
    "these results prove the driver against the model, not against Qualcomm's TrustZone."
)
STYLE = """body{font:15px/1.45 system-ui,sans-serif;margin:2em auto;max-width:60em;padding:0 1em;color:#222}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3em .6em;border-bottom:1px solid #ddd;vertical-align:top}
.passed{color:#176b2c}.failed{color:#a3140f;font-weight:600}.skipped{color:#7a5b00}
pre{background:#f5f5f5;padding:.6em;overflow:auto;white-space:pre-wrap}summary{cursor:pointer}"""
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass
class Outcome:
    """One test of ci/tests and its cases."""

    name: str
    summary: str
    cases: list[Case] = field(default_factory=list)
    seconds: float = 0.0
    tail: str = ""

    def count(self, state: str) -> int:
        """How many cases ended in `state`."""
        return sum(case.state == state for case in self.cases)

    @property
    def passed(self) -> bool:
        """Something passed and nothing failed."""
        return self.count("failed") == 0 and self.count("passed") > 0


def rerun(outcome: Outcome) -> str:
    """The command that runs just this test again."""
    return f"make test ONLY={outcome.name}"


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    tmp = path.with_name(path.name + ".tmp")
    tmp.write_text(text, encoding="utf-8")
    os.replace(tmp, path)


def junit(outcomes: list[Outcome]) -> str:
    """One suite a test, one case a KTAP result."""
    top = ET.Element("testsuites")
    for outcome in outcomes:
        suite = ET.SubElement(
            top, "testsuite", name=outcome.name, tests=str(len(outcome.cases)),
            failures=str(outcome.count("failed")), skipped=str(outcome.count("skipped")),
            errors="0", time=f"{outcome.seconds:.3f}",
        )  # fmt: skip
        share = outcome.seconds / max(1, len(outcome.cases))
        for case in outcome.cases:
            node = ET.SubElement(suite, "testcase", classname=outcome.name, name=case.name, time=f"{share:.3f}")
            reason = NOT_XML.sub("?", case.reason)
            if case.state == "failed":
                failure = ET.SubElement(node, "failure", message=(reason.splitlines() or ["failed"])[0])
                failure.text = f"{reason}\nagain: {rerun(outcome)}\n"
            elif case.state == "skipped":
                ET.SubElement(node, "skipped", message=reason)
        ET.SubElement(suite, "system-out").text = NOT_XML.sub("?", outcome.tail)
    ET.indent(top)
    return ET.tostring(top, encoding="unicode", xml_declaration=True) + "\n"


def _artifacts(outcome: Outcome, results: Path) -> str:
    folder = results / f"{outcome.name}.d"
    files = sorted(path for path in folder.rglob("*") if path.is_file())[:40] if folder.is_dir() else []
    return " ".join(f'<a href="{html.escape(str(path.relative_to(results)))}">{html.escape(path.name)}</a>' for path in files)


def _row(outcome: Outcome, results: Path) -> str:
    state = "passed" if outcome.passed else "failed"
    cases = "".join(
        f'<li class="{case.state}">{html.escape(case.name)}: {case.state}'
        + (f"<pre>{html.escape(case.reason)}</pre>" if case.reason else "")
        + "</li>"
        for case in outcome.cases
    )
    again = f"<p>Again: <code>{html.escape(rerun(outcome))}</code></p><pre>{html.escape(outcome.tail)}</pre>"
    again = "" if outcome.passed else again
    return (
        f'<tr><td><a href="{outcome.name}.log">{outcome.name}</a></td><td class="{state}">{state}</td>'
        f"<td>{outcome.count('passed')} / {len(outcome.cases)}</td><td>{outcome.seconds:.1f} s</td>"
        f"<td>{html.escape(outcome.summary)}{again}<details{'' if outcome.passed else ' open'}><summary>cases</summary>"
        f"<ul>{cases}</ul></details>{_artifacts(outcome, results)}</td></tr>"
    )


def page(outcomes: list[Outcome], results: Path) -> str:
    """A page that needs nothing but a browser."""
    passed = sum(outcome.count("passed") for outcome in outcomes)
    failed = sum(outcome.count("failed") for outcome in outcomes)
    state = "passed" if outcomes and all(outcome.passed for outcome in outcomes) else "failed"
    rows = "\n".join(_row(outcome, results) for outcome in outcomes)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{passed} passed, {failed} failed</title>'
        f'<style>{STYLE}</style></head><body><h1 class="{state}">{passed} passed, {failed} failed</h1>'
        f"<p>{html.escape(LIMIT)}</p><table><tr><th>test</th><th>result</th><th>cases</th><th>time</th><th>what</th></tr>\n"
        f"{rows}\n</table></body></html>\n"
    )
