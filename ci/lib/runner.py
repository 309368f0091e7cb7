# SPDX-License-Identifier: GPL-2.0-only
"""Runs the executables of ci/tests and reports.

Tests run one after another in the order of their numbers. Those with `beside`
in their head make a row of their own, which runs beside the others: they build
no kernel, so that most of their time is waiting or one CPU's. From number 30 on
they boot the kernels that the others below 30 leave in build/, and start when
these are over. None runs while a test does that is `alone`, because it measures
time.
"""

from __future__ import annotations

import argparse
import fnmatch
import re
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from functools import partial
from pathlib import Path

from report import LIMIT, Outcome, junit, page, rerun, write_text
from testrun import Run, Test, read_test, say

EXIT_FAIL, EXIT_INFRA = 1, 3


def find_tests(folder: Path, only: str | None, quick: bool) -> list[Test]:
    """The tests to run, in the order of their numbers."""
    tests = [read_test(path) for path in sorted(folder.iterdir()) if re.match(r"\d\d-[a-z0-9-]+$", path.name)]
    if quick:
        tests = [test for test in tests if test.quick]
    if only:
        tests = [t for t in tests if fnmatch.fnmatch(t.name, only) or fnmatch.fnmatch(t.name[3:], only)]
    return tests


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
