# SPDX-License-Identifier: GPL-2.0-only
"""Runs the executables of ci/tests and reports.

A test prints KTAP on stdout, or only ends with an exit code (0 pass, 1
findings, 2 wrong use, 3 infrastructure, 4 panic, splat or timeout). The first
lines of a test may say, as comments: what it shows (the first comment line),
`timeout: SECONDS`, `quick: yes` when it is part of the inner loop, which
takes a minute in all, `beside: yes` and `alone: yes`.

Tests run one after another in the order of their numbers. Those with `beside`
make a row of their own, which runs beside the others: they build no kernel, so
that most of their time is waiting or one CPU's. From number 30 on they boot the
kernels that the others below 30 leave in build/, and start when these are over.
None runs while a test does that is `alone`, because it measures time.
"""

from __future__ import annotations

import argparse
import fnmatch
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from ktap import Case, parse
from report import LIMIT, Outcome, junit, page, rerun, write_text

EXIT_FAIL, EXIT_USAGE, EXIT_INFRA = 1, 2, 3
DEFAULT_TIMEOUT = 900
HEARTBEAT = 30.0
BENCH = "30"
MEANING = {
    1: "findings or failed tests",
    2: "wrong use",
    3: "infrastructure: download, missing tool, or QEMU did not start",
    4: "panic, splat or timeout",
}


@dataclass(frozen=True)
class Test:
    """An executable of ci/tests."""

    path: Path
    summary: str
    timeout: float
    quick: bool
    beside: bool
    alone: bool

    @property
    def name(self) -> str:
        """The file's name, number included."""
        return self.path.name

    @property
    def boots(self) -> bool:
        """It is one of those on the bench."""
        return self.name >= BENCH


def read_test(path: Path) -> Test:
    """Read the comments at the head of a test."""
    comments: list[str] = []
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            if not line.startswith("#"):
                break
            if not line.startswith("#!") and "SPDX" not in line:
                comments.append(line.lstrip("# ").rstrip())
    keys = dict(comment.split(": ", 1) for comment in comments if re.match(r"(timeout|quick|beside|alone): ", comment))
    summary = comments[0] if comments else ""
    flags = (keys.get(key) == "yes" for key in ("quick", "beside", "alone"))
    return Test(path, summary, float(keys.get("timeout", DEFAULT_TIMEOUT)), *flags)


def find_tests(folder: Path, only: str | None, quick: bool) -> list[Test]:
    """The tests to run, in the order of their numbers."""
    tests = [read_test(path) for path in sorted(folder.iterdir()) if re.match(r"\d\d-[a-z0-9-]+$", path.name)]
    if quick:
        tests = [test for test in tests if test.quick]
    if only:
        tests = [t for t in tests if fnmatch.fnmatch(t.name, only) or fnmatch.fnmatch(t.name[3:], only)]
    return tests


def say(text: str) -> None:
    """Print lines in one piece: two tests may be under way."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


class Run:
    """One test under way: its output goes to a log, stdout is kept for KTAP."""

    def __init__(self, test: Test, results: Path, root: Path) -> None:
        self.test = test
        self.log_path = results / f"{test.name}.log"
        self.out: list[str] = []
        self.tail: deque[str] = deque(maxlen=25)
        self.lock = threading.Lock()
        folder = results / f"{test.name}.d"
        shutil.rmtree(folder, ignore_errors=True)
        self.env = os.environ | {"TEST_NAME": test.name, "TEST_OUT": str(folder)}
        self.root = root
        self.process: subprocess.Popen[bytes] | None = None
        self.stopped = False

    def _pump(self, pipe: BinaryIO, log: BinaryIO, keep: bool) -> None:
        for raw in pipe:
            line = raw.decode("utf-8", errors="replace")
            with self.lock:
                log.write(raw)
                log.flush()
                self.tail.append(line.rstrip("\n"))
                if keep:
                    self.out.append(line)

    def _wait(self, process: subprocess.Popen[bytes], started: float) -> bool:
        """Wait with a sign of life now and then; False when time is up."""
        while True:
            left = started + self.test.timeout - time.monotonic()
            if left <= 0:
                return False
            try:
                process.wait(timeout=min(HEARTBEAT, left))
                return True
            except subprocess.TimeoutExpired:
                with self.lock:
                    last = self.tail[-1] if self.tail else ""
                say(f"        {self.test.name}: {time.monotonic() - started:.0f} s: {last[:100]}")

    def stop(self) -> None:
        """End it, from another thread."""
        self.stopped = True
        if self.process:
            end_group(self.process)

    def go(self) -> Outcome:
        """Run the test to its end and judge it."""
        outcome = Outcome(self.test.name, self.test.summary)
        started = time.monotonic()
        with self.log_path.open("wb") as log:
            try:
                process = subprocess.Popen(
                    [str(self.test.path)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE, cwd=self.root, env=self.env, start_new_session=True,
                )  # fmt: skip
            except OSError as error:
                log.write(f"cannot run: {error}\n".encode())
                outcome.cases = [Case("start", "failed", f"cannot run {self.test.path}: {error.strerror}")]
                return outcome
            self.process = process
            if self.stopped:
                end_group(process)
            assert process.stdout and process.stderr
            pumps = [
                threading.Thread(target=self._pump, args=(process.stdout, log, True), daemon=True),
                threading.Thread(target=self._pump, args=(process.stderr, log, False), daemon=True),
            ]
            for pump in pumps:
                pump.start()
            try:
                in_time = self._wait(process, started)
            finally:
                end_group(process)
            for pump in pumps:
                pump.join(timeout=10)
        outcome.seconds = time.monotonic() - started
        outcome.tail = "\n".join(self.tail)
        judge(outcome, self.out, process.returncode if in_time else None, self.test.timeout)
        return outcome


def end_group(process: subprocess.Popen[bytes]) -> None:
    """End what the test started and left running, itself included."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            return
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            continue


def judge(outcome: Outcome, out: list[str], status: int | None, timeout: float) -> None:
    """Cases from KTAP and exit status; whatever does not fit is a failure."""
    ktap = parse(out)
    outcome.cases = list(ktap.cases)
    problems = list(ktap.problems)
    if status is None:
        problems.append(f"not finished after {timeout:.0f} s")
    elif status != 0 and (status != 1 or not outcome.count("failed")):
        problems.append(f"exit status {status} ({MEANING.get(status, 'unexpected')})")
    elif not ktap.seen:
        outcome.cases.append(Case(outcome.name, "passed"))
    if not problems and not outcome.count("passed") and not outcome.count("failed"):
        problems.append("nothing was tested")
    if problems:
        outcome.cases.append(Case("run", "failed", "\n".join(problems)))


def show(outcome: Outcome) -> str:
    """One line for a test, and for a failure what to do next."""
    skipped = outcome.count("skipped")
    word = "ok" if outcome.passed else "FAILED"
    lines = [
        f"{outcome.name}: {word}: {outcome.count('passed')} of {len(outcome.cases)} cases"
        + (f", {skipped} skipped" if skipped else "")
        + f", {outcome.seconds:.1f} s"
    ]
    if not outcome.passed:
        for case in outcome.cases:
            if case.state == "failed":
                first, *more = case.reason.splitlines() or [""]
                lines.append(f"not ok: {case.name}: {first}")
                lines += [f"    {line}" for line in more[:3]]
        lines += [f"| {line}" for line in outcome.tail.splitlines()[-12:]]
        lines.append(f"log: build/results/{outcome.name}.log   again: {rerun(outcome)}")
    return "\n".join(f"        {line}" for line in lines)


class Session:
    """All tests of one call, in their two rows."""

    def __init__(self, tests: list[Test], root: Path) -> None:
        self.tests = tests
        self.root = root
        self.results = root / "build" / "results"
        self.results.mkdir(parents=True, exist_ok=True)
        for name in ("junit.xml", "index.html"):
            (self.results / name).unlink(missing_ok=True)
        self.started = time.monotonic()
        self.outcomes: list[Outcome] = []
        self.running: list[Run] = []
        self.stopped = False
        self.left = [test for test in tests if not test.beside]
        self.changed = threading.Condition()  # guards what is above, and says so
        self.turn = threading.Lock()  # of a test beside, or of one that is alone

    def _one(self, test: Test) -> None:
        """Run and show a test, and write the reports."""
        run = Run(test, self.results, self.root)
        with self.changed:
            if self.stopped:
                return
            self.running.append(run)
            at = time.monotonic() - self.started
            say(f"[{self.tests.index(test) + 1}/{len(self.tests)}] {test.name}: {test.summary} (at {at:.0f} s)")
        outcome = run.go()
        with self.changed:
            self.running.remove(run)
            if self.stopped:
                return
            self.outcomes = sorted([*self.outcomes, outcome], key=lambda one: one.name)
            say(show(outcome))
            write_text(self.results / "junit.xml", junit(self.outcomes))
            write_text(self.results / "index.html", page(self.outcomes, self.results))

    def _due(self, test: Test) -> bool:
        """What a test beside may use is there, or there is an end to all."""
        return self.stopped or not test.boots or all(one.boots for one in self.left)

    def _beside(self) -> None:
        """The second row."""
        for test in self.tests:
            if not test.beside:
                continue
            with self.changed:
                self.changed.wait_for(partial(self._due, test))
            with self.turn:
                self._one(test)

    def _stop(self) -> None:
        """End what is under way, and start nothing more."""
        with self.changed:
            self.stopped = True
            for run in self.running:
                run.stop()
            self.changed.notify_all()

    def go(self) -> list[Outcome]:
        """Run them all."""
        with ThreadPoolExecutor(1) as pool:
            second = pool.submit(self._beside)
            try:
                while self.left:
                    with self.turn if self.left[0].alone else nullcontext():
                        self._one(self.left[0])
                    with self.changed:
                        self.left.pop(0)
                        self.changed.notify_all()
                second.result()
            except BaseException:
                self._stop()
                raise
        return self.outcomes


def main() -> int:
    """See the module's text."""
    parser = argparse.ArgumentParser(prog="ci/test", description="Runs the tests of ci/tests.")
    parser.add_argument("--root", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--only", metavar="NAME", help="just this test, with or without number; * and ? match")
    parser.add_argument("--quick", action="store_true", help="just those of the inner loop")
    parser.add_argument("--list", action="store_true", help="list the tests and end")
    args = parser.parse_args()
    folder: Path = args.root / "ci" / "tests"
    tests = find_tests(folder, args.only, args.quick) if folder.is_dir() else []
    if args.list:
        for test in tests:
            print(f"{test.name:22} {test.summary}")
        return 0
    if not tests:
        what = f" matches {args.only!r}" if args.only else " is there"
        print(f"ci/test: no test{what}: 'make list-tests' names them", file=sys.stderr)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(EXIT_INFRA))
    try:
        outcomes = Session(tests, args.root).go()
    except KeyboardInterrupt:
        print("ci/test: interrupted", file=sys.stderr)
        return EXIT_INFRA
    except OSError as error:
        print(f"ci/test: {error}: is the disk full?", file=sys.stderr)
        return EXIT_INFRA
    passed = sum(outcome.count("passed") for outcome in outcomes)
    failed = sum(outcome.count("failed") for outcome in outcomes)
    print(f"build/results/index.html  {LIMIT}")
    print(f"{passed} passed, {failed} failed", flush=True)
    return 0 if outcomes and all(outcome.passed for outcome in outcomes) else EXIT_FAIL


if __name__ == "__main__":
    sys.exit(main())
