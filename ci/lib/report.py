# SPDX-License-Identifier: GPL-2.0-only
"""Writes what a run of the tests found, as JUnit XML and as a page.

Each result carries the requirements that it is about: a property in the XML, behind the name on the page.
"""

from __future__ import annotations

import html
import json
import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ktap import Case
from results import Trace, bench_runs

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


def rerun(outcome: Outcome) -> str:
    """The command that runs just this test again."""
    return f"make test ONLY={outcome.name}"


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    tmp = path.with_name(path.name + ".tmp")
    tmp.write_text(text, encoding="utf-8")
    os.replace(tmp, path)


def _properties(node: ET.Element, requirements: Iterable[str]) -> None:
    """What it is about, where there is something."""
    ids = [requirement for requirement in requirements if requirement != "-"]
    top = ET.SubElement(node, "properties") if ids else node
    for requirement in ids:
        ET.SubElement(top, "property", name="requirement", value=requirement)


def junit(outcomes: list[Outcome]) -> str:
    """One suite a test, one case a KTAP result."""
    top = ET.Element("testsuites")
    for outcome in outcomes:
        suite = ET.SubElement(
            top, "testsuite", name=outcome.name, tests=str(len(outcome.cases)),
            failures=str(outcome.count("failed")), skipped=str(outcome.count("skipped")),
            errors="0", time=f"{outcome.seconds:.3f}",
        )  # fmt: skip
        _properties(suite, outcome.proves)
        share = outcome.seconds / max(1, len(outcome.cases))
        for case in outcome.cases:
            node = ET.SubElement(suite, "testcase", classname=outcome.name, name=case.name, time=f"{share:.3f}")
            _properties(node, case.requirements.split())
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
        f'<li class="{case.state}">{html.escape(case.name)}: {case.state} <small>{html.escape(case.requirements)}</small>'
        + (f"<pre>{html.escape(case.reason)}</pre>" if case.reason else "")
        + "</li>"
        for case in outcome.cases
    )
    about = f" <small>{' '.join(outcome.proves)}</small>" if outcome.proves else ""
    again = f"<p>Again: <code>{html.escape(rerun(outcome))}</code></p><pre>{html.escape(outcome.tail)}</pre>"
    again = "" if outcome.passed else again
    return (
        f'<tr><td><a href="{outcome.name}.log">{outcome.name}</a></td><td class="{state}">{state}</td>'
        f"<td>{outcome.count('passed')} / {len(outcome.cases)}</td><td>{outcome.seconds:.1f} s</td>"
        f"<td>{html.escape(outcome.summary)}{about}{again}<details{'' if outcome.passed else ' open'}><summary>cases</summary>"
        f"<ul>{cases}</ul></details>{_artifacts(outcome, results)}</td></tr>"
    )


def _times(results: Path) -> str:
    """What the good runs of the bench took."""
    try:
        runs = [run for run in bench_runs(results) if run.good]
    except ValueError as error:
        return f'<p class="failed">{html.escape(str(error))}</p>'
    rows = [
        f"<tr><td>{html.escape(str(run.folder.relative_to(results)))}</td><td>{html.escape(run.suite)}</td>"
        f"<td>{html.escape(run.machine)}</td><td>{len(run.tests)}</td><td>{run.to_last_result:.1f} s</td>"
        f"<td>{run.seconds:.1f} s</td></tr>"
        for run in runs
    ]
    heads = ("folder", "suite", "machine", "scenarios", "to the last result", "in all")
    return f"<details><summary>times of the bench's runs: {len(rows)}</summary>{_table(heads, rows)}</details>" if rows else ""


def _table(heads: Iterable[str], rows: Iterable[str]) -> str:
    return f"<table><tr>{''.join(f'<th>{head}</th>' for head in heads)}</tr>\n" + "\n".join(rows) + "\n</table>"


def _document(title: str, body: str) -> str:
    head = f'<meta charset="utf-8"><title>{title}</title><style>{STYLE}</style>'
    return f'<!DOCTYPE html>\n<html lang="en"><head>{head}</head><body>{body}</body></html>\n'


def page(outcomes: list[Outcome], results: Path) -> str:
    """A page that needs nothing but a browser."""
    passed = sum(outcome.count("passed") for outcome in outcomes)
    failed = sum(outcome.count("failed") for outcome in outcomes)
    state = "passed" if outcomes and all(outcome.passed for outcome in outcomes) else "failed"
    title = f"{passed} passed, {failed} failed"
    table = _table(("test", "result", "cases", "time", "what"), (_row(outcome, results) for outcome in outcomes))
    more = '<p><a href="requirements.html">requirements</a></p>' if (results / "requirements.html").is_file() else ""
    return _document(title, f'<h1 class="{state}">{title}</h1><p>{html.escape(LIMIT)}</p>{more}{table}{_times(results)}')


def _trace(trace: Trace) -> str:
    tests = "".join(
        f"<details><summary>{html.escape(suite)}: {len(names)}</summary>{html.escape(', '.join(names))}</details>"
        for suite, names in trace.tests.items()
    )
    patches, mutants = ("<br>".join(map(html.escape, items)) for items in (trace.patches, trace.mutants))
    return (
        f'<tr><td class="{"passed" if trace.tests else "failed"}">{html.escape(trace.requirement)}</td>'
        f"<td>{html.escape(trace.text)}</td><td>{patches}</td><td>{tests}</td><td>{mutants}</td></tr>"
    )


def write_traces(traces: list[Trace], results: Path) -> None:
    """requirements.json and requirements.html: requirements x patches x tests x mutants."""
    write_text(results / "requirements.json", json.dumps([asdict(trace) for trace in traces], indent=1) + "\n")
    heads = ("requirement", "what", "patches", "passed tests", "mutants")
    body = f"<h1>Requirements</h1><p>{html.escape(LIMIT)}</p>" + _table(heads, map(_trace, traces))
    write_text(results / "requirements.html", _document("Requirements", body))
