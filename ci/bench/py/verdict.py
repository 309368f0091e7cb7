# SPDX-License-Identifier: GPL-2.0-only
"""Judges a run by what it left: console, secure UART and QEMU's exit code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import ktap
import record
from splats import OURS, PANICS, find, strip_stamp

EXIT_PASS, EXIT_FAILED, _, EXIT_INFRA, EXIT_PANIC = range(5)

# Codes with which the firmware ends QEMU.
QEMU_OFF, QEMU_TZ_PANIC, QEMU_RESET = 0, 66, 67

# Kinds of problem and the exit code that each asks for; the largest wins, but for QEMU itself.
KINDS = {
    "qemu": EXIT_INFRA,
    "panic": EXIT_PANIC,
    "splat": EXIT_PANIC,
    "timeout-boot": EXIT_PANIC,
    "timeout-test": EXIT_PANIC,
    "timeout-shutdown": EXIT_PANIC,
    "exit-code": EXIT_PANIC,
    "slow": EXIT_FAILED,
    "test": EXIT_FAILED,
    "plan": EXIT_FAILED,
    "token": EXIT_FAILED,
    "nonce": EXIT_FAILED,
    "violation": EXIT_FAILED,
    "unknown-smc": EXIT_FAILED,
    "record": EXIT_FAILED,
    "end": EXIT_FAILED,
}

# Suites that look at nothing but Linux
WITHOUT_RECORD = ("selftest-", "lab")

_TOKEN = re.compile(r"BENCH-TOKEN nonce=(\S+) planned=(\d+) ok=(\d+)$")
_RUN = re.compile(r"# run (\S+)")
_PROVES = re.compile(r"# proves (.+)$")
_BREAKS = re.compile(r"# breaks (\w+): (.*)$")
_REC_END = re.compile(r"REC-END kept=(\d+) written=(\d+)$")


@dataclass(frozen=True)
class Problem:
    """Why a run is not a pass."""

    kind: str
    text: str


@dataclass(frozen=True)
class Test:
    """One scenario: its name, the requirements that it is about, and why it failed."""

    name: str
    requirements: str
    ok: bool
    reasons: list[str]
    breaks: dict[str, str] = field(default_factory=dict)  # requirements that it does not fail of, and how
    splat: str = ""

    @property
    def complaint(self) -> str:
        return f"{self.name}: {'; '.join(self.reasons) or 'no reason given'}"


@dataclass
class Run:
    """What is known about a run; filled while it goes, judged when it is over."""

    suite: str
    nonce: str
    problems: list[Problem] = field(default_factory=list)
    tests: list[Test] = field(default_factory=list)
    qemu_exit: int | None = None
    killed: bool = False
    any_call: bool = False  # nobody has declared which calls the kernel makes
    unknown_calls: list[str] = field(default_factory=list)
    times: dict[str, float] = field(default_factory=dict)
    boots: int = 1
    begun: str = ""  # where to go on after a reboot: behind this test, the last that began

    def problem(self, kind: str, text: str) -> None:
        assert kind in KINDS, kind
        self.problems.append(Problem(kind, text))

    def exit_code(self) -> int:
        if any(problem.kind == "qemu" for problem in self.problems):
            return EXIT_INFRA
        return max((KINDS[problem.kind] for problem in self.problems), default=EXIT_PASS)

    def add_boot(self, more: Run) -> None:
        """What a further boot found, which went on behind the last test that had begun."""
        known = {test.name for test in self.tests}
        self.tests += [test for test in more.tests if test.name not in known]
        told = {(problem.kind, problem.text) for problem in self.problems}
        self.problems += [problem for problem in more.problems if (problem.kind, problem.text) not in told]
        self.unknown_calls += more.unknown_calls
        self.times = {what: round(self.times.get(what, 0) + seconds, 2) for what, seconds in more.times.items()}
        self.begun, self.boots = more.begun, self.boots + 1


def is_result(line: str) -> bool:
    """Whether a line without its stamp is the result of a scenario."""
    return bool(ktap.RESULT.match(line))


def _reasons(text: Iterable[str]) -> list[str]:
    return [line.removeprefix("reason: ") for line in text if line.startswith("reason: ")]


def asides_of(lines: list[str]) -> dict[str, tuple[dict[str, str], str]]:
    """Of each test that began: what else it breaks, and the kernel's first complaint meanwhile."""
    found: dict[str, tuple[dict[str, str], str]] = {}
    name = ""
    for line in lines:
        if begun := _RUN.match(line):
            name = begun[1]
            found[name] = {}, ""
        elif name and (breaks := _BREAKS.match(line)):
            found[name][0].setdefault(breaks[1], breaks[2])
        elif name and not found[name][1] and (bad := next(find([line]), None)):
            found[name] = found[name][0], bad[1]
    return found


def judge_ktap(run: Run, lines: list[str]) -> None:
    """Every planned result must be there, once, in order, with its requirements, and ok."""
    stream = ktap.parse(lines)
    asides = asides_of(lines)
    for text in stream.problems if stream.seen else ["no results and no plan"]:
        run.problem("plan", text)
    for case in stream.cases:
        reasons = _reasons(case.reason.splitlines()) if case.state == "failed" else []
        test = Test(case.name, case.requirements, case.state == "passed", reasons, *asides.get(case.name, ()))
        run.tests.append(test)
        if not test.requirements:
            run.problem("plan", f"{test.name} does not say which requirements it is about")
        if not test.ok:
            run.problem("test", test.complaint)
    if left := _reasons(stream.notes):
        run.problem("test", "; ".join(left))
    judge_token(run, stream.planned or 0, [match for match in map(_TOKEN.match, lines) if match])


def judge_token(run: Run, planned: int, tokens: list[re.Match[str]]) -> None:
    """The guest must have come to its end, in this run, and agree with its results."""
    good = sum(test.ok for test in run.tests)
    if not tokens:
        run.problem("token", "no token: the guest did not come to its end")
        return
    nonce, *counts = tokens[-1].groups()
    if nonce != run.nonce:
        run.problem("nonce", f"token of another run: nonce {nonce}, not {run.nonce}")
    elif [int(count) for count in counts] != [planned, good]:
        run.problem("token", f"token says {', '.join(counts)}; results say {planned}, {good}")


def judge_kernel(run: Run, lines: list[str]) -> None:
    """The kernel must have had nothing to complain about."""
    for kind, line in find(lines):
        run.problem(kind, line)


def judge_firmware(run: Run, secure: list[str]) -> list[record.Event]:
    """What the firmware complains about; returns its record."""
    events = [event for event in map(record.parse_line, secure) if event]
    for event in events:
        if event.kind == record.VIOLATION:
            run.problem("violation", f"event {event.seq} ({event.pas_name}): {event.what}")
        elif event.flags & record.FLAG_UNKNOWN:
            run.unknown_calls.append(f"{event.fn:08x}")
            if not run.any_call:
                run.problem("unknown-smc", f"event {event.seq}: {event.fn:08x}")
    for line in secure:
        if PANICS.search(line):
            run.problem("panic", line)

    ends = [end for end in map(record.parse_end, secure) if end]
    if len(ends) != 1:
        run.problem("end", "the firmware did not sum up (no END line)")
    elif ends[0].events != len(events):
        run.problem("end", f"END counts {ends[0].events} events, there are {len(events)}")
    elif ends[0].bridges_leaked:
        run.problem("violation", f"{ends[0].bridges_leaked} bridges left behind at the end")
    return events


def judge_record(run: Run, console: list[str], theirs: list[record.Event]) -> None:
    """What the guest read must be what the firmware wrote where Linux cannot reach."""
    ours = [line.removeprefix("REC ") for line in console if line.startswith("REC ")]
    if [event.seq for event in theirs] != list(range(len(theirs))):
        run.problem("record", "the secure UART's record has gaps")
    for number, line in enumerate(ours):
        if number >= len(theirs) or record.parse_line(line) != theirs[number]:
            run.problem("record", f"the guest's record differs from the firmware's at {number}")
            break
    if run.suite.startswith(WITHOUT_RECORD):
        return
    ends = [match for match in map(_REC_END.match, console) if match]
    if not ours or len(ends) != 1 or int(ends[0][1]) != len(ours):
        run.problem("record", "the guest's record is not complete")
    elif ends[0][1] != ends[0][2]:
        run.problem("record", f"{ends[0][2]} events, room for {ends[0][1]}: split the suite")


def judge_exit(run: Run) -> None:
    if run.killed or run.qemu_exit == QEMU_OFF:
        return
    meaning = {QEMU_TZ_PANIC: "exception at EL3", QEMU_RESET: "the kernel asked for a reset"}
    text = meaning.get(run.qemu_exit or 0, "unexpected")
    run.problem("exit-code", f"QEMU ended with {run.qemu_exit}: {text}")


def judge_speed(run: Run, within: float | None) -> None:
    """The last result has to come in time; without a result there is a problem already."""
    results = run.times.get("results")
    if within is not None and results is not None and results > within:
        run.problem("slow", f"last result {results} s after QEMU's start, limit {within:g} s")


def judge(run: Run, console: list[str], secure: list[str]) -> None:
    """Adds all problems of a run that QEMU at least began."""
    lines = [strip_stamp(line) for line in console]
    judge_ktap(run, lines)
    judge_kernel(run, lines)
    judge_record(run, lines, judge_firmware(run, secure))
    judge_exit(run)


def judge_early_end(run: Run, console: list[str]) -> None:
    """A guest that did not come to its end, for the kernel died or needs a reboot, has more to run.

    What follows from that alone is no problem, but a test that the kernel did not survive has failed.
    """
    lines = [strip_stamp(line) for line in console]
    begun = [match[1] for match in map(_RUN.match, lines) if match]
    proves = [match[1] for match in map(_PROVES.match, lines) if match]
    early = [problem for problem in run.problems if problem.kind in ("plan", "token")]
    if not early or not begun:
        return
    run.begun = begun[-1]
    requirements = proves[-1] if len(proves) == len(begun) else "-"
    fatal = [problem for problem in run.problems if KINDS[problem.kind] == EXIT_PANIC and problem.kind != "exit-code"]
    if run.begun not in {test.name for test in run.tests}:
        breaks, splat = asides_of(lines)[run.begun]
        why = splat or (f"{fatal[0].kind}: {fatal[0].text}" if fatal else "the guest ended")
        run.tests.append(Test(run.begun, requirements, False, [f"not survived: {why}"], breaks, splat))
    follows = ("plan", "token", "record", "end", "exit-code") if fatal else ("plan", "token")
    run.problems = [problem for problem in run.problems if problem.kind not in follows]
    run.problems += [Problem("test", test.complaint) for test in run.tests[-1:] if fatal]


def ktap_lines(console: list[str]) -> list[str]:
    """The part of a console log that is KTAP."""
    lines = (strip_stamp(line) for line in console)
    return [line for line in lines if OURS.match(line) and not line.startswith(("REC", "BENCH"))]
