# SPDX-License-Identifier: GPL-2.0-only
"""Judges a run by what it left: console, secure UART and QEMU's exit code."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import record

EXIT_PASS, EXIT_FAILED, EXIT_USAGE, EXIT_INFRA, EXIT_PANIC = range(5)

# Codes with which the firmware ends QEMU.
QEMU_OFF, QEMU_TZ_PANIC, QEMU_RESET = 0, 66, 67

# What the kernel says when something is wrong with itself. A line of the guest never counts.
PANICS = re.compile(r"Kernel panic - not syncing|Attempted to kill init|TZ PANIC")
SPLATS = re.compile(
    r"\bBUG:|\bWARNING:|\bKASAN\b:|\bUBSAN\b:|\bKCSAN\b:|\bKFENCE\b:|\bOops\b|Internal error:"
    r"|------------\[ cut here \]|possible (recursive|circular|irq lock inversion)"
    r"|inconsistent lock state|suspicious RCU usage|held lock freed|bad unlock balance"
    r"|sleeping function called|scheduling while atomic|kmemleak: \d+ new suspected"
    r"|Call trace:|Unable to handle kernel|Unbalanced enable for IRQ|refcount_t:"
    r"|list_(add|del) corruption|blocked for more than|soft lockup|rcu: INFO:"
    r"|DEBUG_LOCKS_WARN_ON|already (disabled|unprepared)|unbalanced disables"
    r"|ODEBUG:|DMA-API:.*(error|leak|mismatch)|arm-smmu-v3 .*event 0x"
)

# Kinds of problem and the exit code that each asks for; the largest wins, but for QEMU itself.
KINDS = {
    "usage": EXIT_USAGE,
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

_STAMP = re.compile(r"^(<\d+>)?\[\s*\d+\.\d+\](\[\s*[TC]\d+\])? ?")
_RESULT = re.compile(r"(not )?ok (\d+) \[([^]]+)\] (\S+)$")
_PLAN = re.compile(r"1\.\.(\d+)$")
_TOKEN = re.compile(r"BENCH-TOKEN nonce=(\S+) planned=(\d+) ok=(\d+)$")
_REC_END = re.compile(r"REC-END kept=(\d+) written=(\d+)$")
_GUEST = re.compile(r"(not )?ok \d|1\.\.\d+$|# |REC |REC-END|BENCH-TOKEN|KTAP version")


@dataclass(frozen=True)
class Problem:
    """Why a run is not a pass."""

    kind: str
    text: str


@dataclass(frozen=True)
class Test:
    """One result of the guest: its name, the behaviour rows that it is about, and why it failed."""

    name: str
    rows: str
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


def strip_stamp(line: str) -> str:
    """A console line without the kernel's time stamp."""
    return _STAMP.sub("", line, count=1)


def is_result(line: str) -> bool:
    """Whether a line without its stamp is the result of a test."""
    return bool(_RESULT.match(line))


@dataclass
class Ktap:
    """What the guest said about its tests."""

    plans: list[int] = field(default_factory=list)
    token: tuple[str, int, int] | None = None
    reasons: list[str] = field(default_factory=list)


def read_ktap(run: Run, lines: list[str]) -> Ktap:
    """Collects the results into the run; reasons that belong to no test are left over."""
    ktap = Ktap()
    for line in lines:
        if match := _PLAN.match(line):
            ktap.plans.append(int(match[1]))
        elif match := _RESULT.match(line):
            run.tests.append(Test(match[4], match[3], not match[1], ktap.reasons))
            ktap.reasons = []
            if int(match[2]) != len(run.tests):
                run.problem("plan", f"result {match[2]} where {len(run.tests)} should be")
        elif match := _TOKEN.match(line):
            ktap.token = (match[1], int(match[2]), int(match[3]))
        elif line.startswith("# reason: "):
            ktap.reasons.append(line.removeprefix("# reason: "))
    return ktap


def judge_ktap(run: Run, lines: list[str]) -> None:
    """Every planned result must be there, once, in order, and ok."""
    ktap = read_ktap(run, lines)
    if ktap.reasons:
        run.problem("test", "; ".join(ktap.reasons))
    for test in run.tests:
        if not test.ok:
            run.problem("test", test.complaint)
    if ktap.plans == [0]:
        run.problem("plan", "nothing was planned")
    elif ktap.plans != [len(run.tests)]:
        run.problem("plan", f"tests planned: {ktap.plans or 'no plan'}; results: {len(run.tests)}")
    judge_token(run, ktap)


def judge_token(run: Run, ktap: Ktap) -> None:
    """The guest must have come to its end, in this run, and agree with its results."""
    good = sum(test.ok for test in run.tests)
    if ktap.token is None:
        run.problem("token", "no token: the guest did not come to its end")
    elif ktap.token[0] != run.nonce:
        run.problem("nonce", f"token of another run: nonce {ktap.token[0]}, not {run.nonce}")
    elif ktap.token[1:] != (sum(ktap.plans), good):
        run.problem("token", f"token says {ktap.token[1:]}, results say {(sum(ktap.plans), good)}")


def judge_kernel(run: Run, lines: list[str]) -> None:
    """The kernel must have had nothing to complain about."""
    for line in lines:
        if _GUEST.match(line):
            continue
        if PANICS.search(line):
            run.problem("panic", line)
        elif SPLATS.search(line):
            run.problem("splat", line)


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
    return [line for line in lines if _GUEST.match(line) and not line.startswith(("REC", "BENCH"))]
