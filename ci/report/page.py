# SPDX-License-Identifier: GPL-2.0-only
"""One page from the results that lie in a folder: what was proved, pictures of what happened, what is missing."""

from __future__ import annotations

import base64
import gzip
import json
import re
import shlex
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from html import escape
from pathlib import Path
from string import Template
from typing import Any

import lanes
import record
from report import LIMIT, rerun
from results import BenchRun, bench_runs, missing_shards, test_suites

HERE = Path(__file__).resolve().parent
# A reviewer with ten minutes looks at these: what, suite, scenario (the last that matches), and why it matters
MATTER = (
    ("The main image is refused after the dtb image runs", "faults", "cdsp.start.*-auth_and_reset.st-2",
     "TrustZone owns the dtb image's carveout by then. Base frees everything and never shuts that image down, so no later "
     "start can succeed. The series shuts it down first, and the next start works."),
    ("TrustZone refuses a shutdown", "refused", "cdsp.refused-for-long",
     "Base reports success although the core may still run, frees what it runs on, and announces an image that is still up. "
     "The series reports the error, keeps everything, and completes the stop once TrustZone relents."),
    ("A recovery fails", "faults", "cdsp.recover.*-auth_and_reset.st-2",
     "The core crashed, and TrustZone refuses it once on the way back. Base leaves the dtb image up and the core dead. "
     "In the series a failed recovery is a core that is off: the next start boots it."),
)  # fmt: skip
NO_PICTURES = ("selftest-", "checks-can-fail", "endurance", "lab")
MAX_FAILED = 12
MADE = "/build/results/"  # in the name of a kernel that a test made for itself
STATES = ("failed", "passed")
GAP = re.compile(r"(?P<where>\S+:\d+): (?P<what>.* not executed): (?P<text>.*)$")


class NoResults(Exception):
    """There is nothing to make a page of; the text says what makes it."""


@dataclass(frozen=True)
class Boot:
    """The record of one boot."""

    folder: Path

    @cached_property
    def events(self) -> list[record.Event]:
        """All of it."""
        return record.read_events(self.folder / "secure.log")

    @cached_property
    def bars(self) -> list[lanes.Bar]:
        """The lives in it."""
        return lanes.bars_of(self.events)


@dataclass(frozen=True)
class Run:
    """A run of the bench, of one boot or several."""

    run: BenchRun

    @cached_property
    def where(self) -> dict[str, tuple[Boot, int, int]]:
        """Which part of which boot's record each scenario made."""
        boots: dict[Path, Boot] = {}
        return {
            name: (boots.setdefault(folder, Boot(folder)), start, stop)
            for name, (folder, start, stop) in record.scenarios(self.run.folder).items()
        }

    def picture(self, name: str) -> str:
        """A scenario as SVG, or nothing."""
        boot, start, stop = self.where[name]
        return lanes.Picture(boot.events, boot.bars, start, stop).svg(f"{name} on {self.run.machine}, {self.run.kernel}")

    def again(self, name: str) -> str:
        """The command that runs this scenario on this kernel again."""
        words = ["ci/bench/bench", "run", *(["--base"] if self.run.base else [])]
        if self.run.kernel not in ("series-plain", "base-plain"):
            words += ["--kernel", self.run.image]
        return shlex.join([*words, "--only", name, f"{self.run.suite}:{self.run.machine}"])

    def side(self, test: dict[str, Any]) -> list[str]:
        """What stands beside or above a picture, and the picture."""
        state, why = STATES[test["ok"]], "; ".join(test["reasons"][:2])
        return [self.run.kernel, state, why, self.again(test["name"]), self.picture(test["name"])]


def table(heads: Iterable[str], rows: Iterable[Iterable[str]], css: str = "") -> str:
    """A table; its cells are HTML."""
    top = "".join(f"<th>{head}</th>" for head in heads)
    body = "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<div class="wide"><table class="{css}"><tr>{top}</tr>\n{body}\n</table></div>'


def more(summary: str, body: str, css: str = "", opened: bool = False) -> str:
    """What unfolds."""
    return f'<details class="{css}"{" open" if opened else ""}><summary>{summary}</summary>{body}</details>'


def mark(state: str, text: str = "") -> str:
    """A word in the colour of a state."""
    return f'<span class="{state}">{escape(text or state)}</span>'


def code(text: str) -> str:
    return f"<code>{escape(text)}</code>"


class Page:
    """All that is put into the page."""

    def __init__(self, results: Path) -> None:
        self.results = results
        self.suites = test_suites(results)
        self.runs = [Run(run) for run in bench_runs(results)]
        if not self.suites and not self.runs:
            raise NoResults(f"{results} holds no results: 'make test' or 'ci/bench/bench run' makes some")
        self.lost = missing_shards(results)
        self.pictures = 0
        self.cases = [(suite, case) for suite in self.suites for case in suite.iter("testcase")]
        self.failed = [(suite, case) for suite, case in self.cases if case.find("failure") is not None]
        self.passed = sum(case.find("skipped") is None for _, case in self.cases) - len(self.failed)
        # The first run of a scenario on a kernel stands for all; one in a boot of its own shows most
        self.scenarios: dict[tuple[str, str], dict[str, dict[str, tuple[Run, dict[str, Any]]]]] = {}
        drawn = [run for run in self.runs if not run.run.suite.startswith(NO_PICTURES)]
        for run in sorted(drawn, key=lambda run: (run.run.base, len(run.run.tests), run.run.kernel)):
            tests = {test["name"]: test for test in run.run.tests}
            group = self.scenarios.setdefault((run.run.suite, run.run.machine), {})
            for name in run.where:
                if name in tests:
                    group.setdefault(name, {}).setdefault(run.run.kernel, (run, tests[name]))

    def sides(self, suite: str, machine: str, name: str) -> list[list[str]]:
        """A scenario on each kernel that played it: the series first, of its configurations one."""
        played = self.scenarios[suite, machine][name]
        first: dict[str, list[str]] = {}
        for kernel in sorted(played, key=lambda kernel: (played[kernel][0].run.base, not kernel.endswith("-plain"), kernel)):
            run, test = played[kernel]
            revision = re.sub("-(plain|debug|coverage)$", "", kernel)
            if revision not in first:
                first[revision] = run.side(test)
        self.pictures += sum(bool(side[4]) for side in first.values())
        return list(first.values())

    def figures(self, sides: list[list[str]]) -> str:
        """Pictures that stand in the text, side by side."""
        out = ""
        for kernel, state, why, again, svg in sides:
            css = "big" if 'class="sl big"' in svg else ""
            out += (
                f'<figure class="{css}"><figcaption>{mark(state, f"{kernel}: {state}")}'
                f"{': ' + escape(why) if why else ''}</figcaption>{svg}<div>{code(again)}</div></figure>"
            )
        return f'<div class="pair">{out}</div>'

    def proved(self) -> str:
        """How many, how long, on which kernel."""
        count: dict[str, list[float]] = defaultdict(lambda: [0, 0, 0, 0])
        version: dict[str, str] = {}
        base = {run.run.kernel for run in self.runs if run.run.base}
        for run in self.runs:
            good = sum(test["ok"] for test in run.run.tests)
            for place, value in enumerate((1, good, len(run.run.tests) - good, run.run.seconds)):
                count[run.run.kernel][place] += value
            version.setdefault(run.run.kernel, run.run.version)
        rows: list[tuple[str, ...]] = []
        made: list[tuple[str, ...]] = []
        for kernel, (*values, seconds) in sorted(count.items(), key=lambda item: (item[0] in base, item[0])):
            cells = (code(kernel), escape(version[kernel]), *(f"{value:.0f}" for value in values), f"{seconds:.0f} s")
            (made if MADE in kernel else rows).append(cells)
        heads = ("kernel", "calls itself", "boots", "scenarios passed", "failed", "in all")
        text = f"<p>{escape(LIMIT)} No hardware was used.</p>"
        if rows:
            text += table(heads, rows)
            lacking = escape(", ".join(sorted(base)) or "none")
            text += f'<p class="dim">Without the series: {lacking}. Their failures are what the series answers.</p>'
        if made:
            text += more(f"{len(made)} kernels that tests made: part of the series, or with a mistake", table(heads, made))
        return text

    def matter(self) -> str:
        """The small page: three scenarios, base beside series."""
        out = ""
        for title, suite, pattern, why in MATTER:
            found = [
                (-len(played), machine == "hypervisor", -number, machine, name)
                for (its, machine), names in self.scenarios.items()
                for number, (name, played) in enumerate(names.items())
                if its == suite and fnmatchcase(name, pattern)
            ]
            out += f"<h3>{escape(title)}</h3><p>{escape(why)}</p>"
            if not found:
                out += f"<p>Not among these results: {code(f'ci/bench/bench run --only {shlex.quote(pattern)} {suite}')}</p>"
                continue
            *_, machine, name = min(found)
            out += f'<p class="dim">{escape(name)} on {escape(machine)}</p>' + self.figures(self.sides(suite, machine, name))
        return out

    def failures(self) -> str:
        """What failed, with the one command that runs it again, and with its picture if there is one."""
        out = "".join(f'<p class="failed">{escape(lost)}</p>' for lost in self.lost)
        for suite, case in self.failed:
            failure = case.find("failure")
            reason = (failure.text if failure is not None else "") or ""
            commands = re.findall(r"^again: (.*)$", reason, re.M)
            again = commands[0] if commands else rerun(suite.get("name", ""))
            reason = re.sub(r"^again: .*\n?", "", reason, flags=re.M).strip()
            out += f"<h3>{mark('failed', case.get('name', ''))} <small>{escape(suite.get('name', ''))}</small></h3>"
            out += f"<pre>{escape(reason)}</pre><p>Again: {code(again)}</p>"
        drawn = 0
        for (suite_name, machine), names in self.scenarios.items():
            for name, played in names.items():
                if not any(run.run.good is False and not test["ok"] and not run.run.base for run, test in played.values()):
                    continue
                drawn += 1
                if drawn <= MAX_FAILED:
                    out += f"<h3>{escape(name)} <small>{escape(suite_name)} on {escape(machine)}</small></h3>"
                    out += self.figures(self.sides(suite_name, machine, name))
        if drawn > MAX_FAILED:
            out += f'<p>{drawn - MAX_FAILED} more scenarios failed: see <a href="#scenarios">every scenario</a>.</p>'
        return out or "<p>None.</p>"

    def groups(self) -> str:
        """Every scenario, a group for suite and machine; the pictures are packed."""
        out, before = "", ""
        for (suite, machine), names in sorted(self.scenarios.items()):
            items = []
            bad: dict[str, int] = {}  # the series' kernels come first
            for name in names:
                about = next(iter(names[name].values()))[1]["requirements"]
                items.append([name, about, self.sides(suite, machine, name)])
                for kernel, (_, test) in names[name].items():
                    bad[kernel] = bad.get(kernel, 0) + (not test["ok"])
            packed = base64.b64encode(gzip.compress(json.dumps(items, separators=(",", ":")).encode(), 9, mtime=0)).decode()
            states = (mark(STATES[not many], f"{kernel}: {many or 'none'} failed") for kernel, many in bad.items())
            head = f"{escape(machine)}, {len(names)} scenarios; {', '.join(states)}"
            out += f"<h3>{escape(suite)}</h3>" if suite != before else ""
            out += more(head, f'<script type="text/plain">{packed}</script>', "group")
            before = suite
        return out or "<p>No run of the bench is among these results: 'ci/bench/bench run' makes one.</p>"

    def requirements(self) -> str:
        """Requirements x patches x tests x mutants."""
        path = self.results / "requirements.json"
        if not path.is_file():
            return f"<p>{code('make test')} makes this table.</p>"
        rows = []
        for trace in json.loads(path.read_text(encoding="utf-8")):
            proofs = trace["tests"].items()
            tests = "".join(more(f"{escape(suite)}: {len(names)}", escape(", ".join(names))) for suite, names in proofs)
            name = mark("passed" if trace["tests"] else "failed", trace["requirement"])
            mutants = more(f"{len(trace['mutants'])}", "<br>".join(map(escape, trace["mutants"])))
            rows.append((name, escape(trace["text"]), "<br>".join(map(escape, trace["patches"])), tests, mutants))
        return table(("id", "what", "patches", "passed tests", "mutants noticed"), rows, "stack")

    def coverage(self) -> str:
        """What of the series was executed, and each line that was not."""
        path = self.results / "check-coverage.log"
        lines = record.read_text(path)
        figures = [line for line in lines if line.startswith(("added lines executed: ", "their branches taken: "))]
        if not figures:
            return f"<p>{code('make test ONLY=check-coverage')} measures it.</p>"
        rows = []
        for number, line in enumerate(lines):
            if gap := GAP.match(line):
                why = lines[number + 1].strip() if number + 1 < len(lines) else ""
                why = mark("failed", why) if why.startswith("NO ") else escape(why)
                rows.append((code(gap["where"]), escape(gap["what"]), code(gap["text"]), why))
        return "".join(f"<p>{escape(line)}</p>" for line in figures) + more(
            f"{len(rows)} lines not reached, or not all ways out of them", table(("line", "what", "text", "why"), rows, "stack")
        )

    def generated(self) -> str:
        """How many of the mutants made by rule are killed, and each that is not."""
        path = self.results / "generated-mutants.json"
        if not path.is_file():
            return f"<p>{code('make generated-mutants')} makes them.</p>"
        found = json.loads(path.read_text(encoding="utf-8"))
        rows = []
        for one in found["mutants"]:
            if one["state"] in ("survived", "unreached"):
                why = escape(one["why"]) if one["why"] else mark("failed", "no reason is given")
                rows.append((code(f"{one['file']}:{one['line']}"), escape(one["anchor"]), escape(one["state"]), why))
        summary = found["summary"]
        figures = f"{summary['killed']} of {summary['mutants']} are killed, in {summary['seconds']} s."
        return f"<p>{figures}</p>" + more(f"{len(rows)} are not", table(("line", "mutant", "state", "why"), rows, "stack"))

    def tests(self) -> str:
        """Each test of ci/tests."""
        rows = []
        for suite in self.suites:
            name = suite.get("name", "")
            total, bad, skipped = (int(suite.get(key, 0)) for key in ("tests", "failures", "skipped"))
            good = total - bad - skipped
            state = "passed" if good and not bad else "failed"
            about = [(item.get("name"), item.get("value", "")) for item in suite.iterfind("properties/property")]
            text = escape(" ".join(value for key, value in about if key == "summary"))
            text += f" <small>{escape(' '.join(value for key, value in about if key == 'requirement'))}</small>"
            log = self.results / f"{name}.log"
            link = f'<a href="{escape(log.name)}">{escape(name)}</a>' if log.is_file() else escape(name)
            rows.append((link, mark(state), f"{good} of {total}", f"{float(suite.get('time', 0)):.0f} s", text))
        return table(("test", "result", "cases", "time", "what"), rows, "stack") if rows else "<p>None was run.</p>"

    def html(self) -> str:
        """The page."""
        seconds = sum(total_time(path) for path in self.results.glob("junit*.xml"))
        good = self.suites and not self.failed and not self.lost and all(int(suite.get("tests", 0)) for suite in self.suites)
        runs = len(self.runs)
        scenarios = sum(len(run.run.tests) for run in self.runs)
        title = f"{self.passed} passed, {len(self.failed)} failed" if self.suites else f"{runs} runs of the bench"
        lead = f"{scenarios} scenarios in {runs} boots" + (f", {seconds / 60:.0f} min in all" if seconds else "")
        shown = ((kind, text) for kind, (text, _) in lanes.BARS.items() if kind != "mx")
        key = "".join(f'<span><i style="background:var(--{kind})"></i>{text}</span>' for kind, text in shown)
        key = (
            f'<p class="key sl">{key}</p><p class="dim">Time runs down, in ms. Arrows are calls of Linux, and signals of a core '
            "(dotted); a name in bold authenticates. Dashed on yellow: an answer that the scenario planted. Red: a refusal; "
            "red on red: TrustZone's rules were broken. Bars are what TrustZone saw at its calls: what is mapped and unmapped "
            "between two has none.</p>"
        )
        parts = [
            ("proved", "What was proved", self.proved()),
            ("matter", "Three scenarios that matter most", key + self.matter()),
            ("failures", "Failures", self.failures()),
            ("scenarios", "Every scenario, drawn", self.groups()),
            ("requirements", "Requirements, patches, tests, mutants", self.requirements()),
            ("generated", "Mutants made by rule", self.generated()),
            ("coverage", "Coverage", self.coverage()),
            ("tests", "Tests", self.tests()),
        ]
        links = " ".join(f'<a href="#{name}">{text}</a>' for name, text, _ in parts)
        body = f'<h1 class="{"passed" if good else "failed"}">{title}</h1><p>{lead}.</p><nav>{links}</nav>'
        body += "".join(f'<section id="{name}"><h2>{text}</h2>{part}</section>' for name, text, part in parts)
        page = Template((HERE / "page.html").read_text(encoding="utf-8"))
        return page.substitute(title=title, style=lanes.STYLE, defs=lanes.DEFS, pictures=self.pictures, body=body)


def total_time(path: Path) -> float:
    """What all tests of a junit.xml took together."""
    return float(ET.parse(path).getroot().get("time", 0))
