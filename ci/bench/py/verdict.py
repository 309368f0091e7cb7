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

_TOKEN = re.compile(r"BENCH-TOKEN nonce=(\S+) planned=(\d+) ok=(\d+)$")
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
    times: dict[str, float] = field(default_factory=dict)

    def problem(self, kind: str, text: str) -> None:
        assert kind in KINDS, kind
        self.problems.append(Problem(kind, text))

    def exit_code(self) -> int:
        if any(problem.kind == "qemu" for problem in self.problems):
            return EXIT_INFRA
        return max((KINDS[problem.kind] for problem in self.problems), default=EXIT_PASS)


def is_result(line: str) -> bool:
    """Whether a line without its stamp is the result of a scenario."""
    return bool(ktap.RESULT.match(line))


def _reasons(text: Iterable[str]) -> list[str]:
    return [line.removeprefix("reason: ") for line in text if line.startswith("reason: ")]


def judge_ktap(run: Run, lines: list[str]) -> None:
    """Every planned result must be there, once, in order, with its requirements, and ok."""
    stream = ktap.parse(lines)
    for text in stream.problems if stream.seen else ["no results and no plan"]:
        run.problem("plan", text)
    for case in stream.cases:
        reasons = _reasons(case.reason.splitlines()) if case.state == "failed" else []
        test = Test(case.name, case.requirements, case.state == "passed", reasons)
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
    if run.suite.startswith("selftest-"):
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


def ktap_lines(console: list[str]) -> list[str]:
    """The part of a console log that is KTAP."""
    lines = (strip_stamp(line) for line in console)
    return [line for line in lines if OURS.match(line) and not line.startswith(("REC", "BENCH"))]
