# SPDX-License-Identifier: GPL-2.0-only
"""Runs the executables of ci/tests, two at a time, and reports.

What a test may run beside follows from `needs` in its head (see testrun.py).
One test at a time builds kernels, and one boots them, as soon as each kernel
that its head names is built; what needs neither fills the gaps. When no more
have to boot, two build: each has stretches that use one CPU. A test that is `alone`
runs at the end, by itself, and what looks at the results of all others after that.
The kernels and build/linux are steps of their own in front of the tests.
"""

from __future__ import annotations

import argparse
import fnmatch
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from report import LIMIT, Outcome, junit, rerun, write_text
from results import missing_shards
from testrun import Run, Test, read_test, say

EXIT_FAIL, EXIT_USAGE, EXIT_INFRA = 1, 2, 3
AT_A_TIME = 2
KERNEL = "kernel-"  # the name of a step that builds one begins so
READY = "BENCH_KERNELS"  # in the environment of tests: built, need no look


def find_tests(folder: Path, only: str | None, quick: bool) -> list[Test]:
    """The tests that are asked for, by name."""
    tests = [read_test(path) for path in sorted(folder.iterdir()) if path.is_file() and "." not in path.name]
    if quick:
        tests = [test for test in tests if test.quick]
    return [test for test in tests if not only or fnmatch.fnmatch(test.name, only)]


def share(tests: list[Test], shard: tuple[int, int]) -> list[Test]:
    """The tests of shard k of n, each in one shard; those that look at the results of all are in none."""
    k, n = shard
    loads = [0.0] * n
    mine = []
    for test in sorted((test for test in tests if test.needs != "results"), key=lambda test: (-test.timeout, test.name)):
        lightest = loads.index(min(loads))
        loads[lightest] += test.timeout
        if lightest == k - 1:
            mine.append(test)
    return mine


def last(test: Test) -> int:
    """Above 0 for what waits for all that has less."""
    return 2 if test.needs == "results" else int(test.alone)


def plan(tests: list[Test], root: Path) -> list[Test]:
    """Tests and the steps that they need, in the order in which they are looked at: longest first."""
    steps: list[Test] = []
    if any(test.needs != "nothing" for test in tests):
        steps.append(Test("import", (str(root / "ci/kernel/import"),), "patches/ -> build/linux", timeout=1200))
    for name in sorted({name for test in tests for name in test.kernels}, key=lambda name: ("-debug" in name, name)):
        rev, _, config = name.partition("-")
        command = (str(root / "ci/kernel/build"), rev, config)
        steps.append(Test(f"{KERNEL}{name}", command, f"the kernel {name}, for the bench", "kernel", timeout=2400))
    return steps + sorted(tests, key=lambda test: (last(test), -test.timeout, test.name))


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
        lines.append(f"log: build/results/{outcome.name}.log   again: {rerun(outcome.name)}")
    return "\n".join(f"        {line}" for line in lines)


class Session:
    """All tests of one call."""

    def __init__(self, tests: list[Test], root: Path, shard: tuple[int, int] | None) -> None:
        self.waiting = plan(tests, root)
        self.total = len(self.waiting)
        self.root = root
        self.results = root / "build" / "results"
        self.results.mkdir(parents=True, exist_ok=True)
        if any(test.needs != "results" for test in tests):
            for path in (self.results / "index.html", *self.results.glob("junit*.xml")):
                path.unlink(missing_ok=True)
        self.junit = self.results / ("junit-{}-of-{}.xml".format(*shard) if shard else "junit.xml")
        self.begun = time.monotonic()
        self.outcomes: list[Outcome] = []
        self.running: list[Run] = []
        self.built: set[str] = set()
        self.stopped = False
        self.changed = threading.Condition()  # guards what is above, and says so

    def _may_start(self, test: Test) -> bool:
        """Everything that it needs is there, and nothing runs that it must not run beside."""
        others = [run.test for run in self.running]
        ahead = [one.name for one in self.waiting + others]
        if test.needs in ("tree", "kernel", "bench") and "import" in ahead:
            return False
        if any(map(last, others)) or (last(test) and (others or any(last(one) < last(test) for one in self.waiting))):
            return False
        if any(one.needs == test.needs for one in others):
            boots = any(one.needs == "bench" and not last(one) for one in self.waiting)
            if test.needs == "bench" or (test.needs == "kernel" and boots):
                return False
        return not any(f"{KERNEL}{name}" in ahead for name in test.kernels)

    def _next(self) -> Run | None:
        """The first test that may start, or None when all have; waits for it."""
        with self.changed:
            while self.waiting and not self.stopped:
                for test in self.waiting:
                    if self._may_start(test):
                        self.waiting.remove(test)
                        return self._start(test)
                self.changed.wait()
            return None

    def _start(self, test: Test) -> Run:
        """Make it ready to go, and say so."""
        run = Run(test, self.results, self.root)
        run.env[READY] = " ".join(sorted(self.built))
        self.running.append(run)
        at = time.monotonic() - self.begun
        say(f"[{self.total - len(self.waiting)}/{self.total}] {test.name}: {test.summary} (at {at:.0f} s)")
        return run

    def _one(self, run: Run) -> None:
        """Run and show a test, and write the reports."""
        outcome = run.go()
        with self.changed:
            self.running.remove(run)
            if not self.stopped:
                if outcome.passed and outcome.name.startswith(KERNEL):
                    self.built.add(outcome.name.removeprefix(KERNEL))
                self.outcomes = sorted([*self.outcomes, outcome], key=lambda one: one.name)
                say(show(outcome))
                write_text(self.junit, junit(self.outcomes, time.monotonic() - self.begun))
            self.changed.notify_all()

    def _worker(self) -> None:
        """One of those that run tests until there are none."""
        try:
            while run := self._next():
                self._one(run)
        except BaseException:
            self._stop()
            raise

    def _stop(self) -> None:
        """End what is under way, and start nothing more."""
        with self.changed:
            self.stopped = True
            for run in self.running:
                run.stop()
            self.changed.notify_all()

    def go(self) -> list[Outcome]:
        """Run them all."""
        with ThreadPoolExecutor(AT_A_TIME) as pool:
            workers = [pool.submit(self._worker) for _ in range(AT_A_TIME)]
            try:
                for worker in workers:
                    worker.result()
            except BaseException:
                self._stop()
                raise
        return self.outcomes


def short_of_space(tests: list[Test], root: Path) -> str:
    """What to do if the disk would be full before the last of them ends; else nothing."""
    folder = root / "build"
    folder.mkdir(exist_ok=True)
    # its exit code is 1 when a file goes away meanwhile
    there = subprocess.run(["du", "-sk", str(folder)], check=False, capture_output=True, text=True).stdout
    free = shutil.disk_usage(folder).free / 1e9
    lacks = sum(test.disk for test in tests) - int(there.split()[0]) * 1024 / 1e9 - free
    if lacks <= 0:
        return ""
    return f"{free:.1f} GB are free for {folder}: free {lacks:.1f} GB more, or run less (ONLY=NAME, SHARD=1/4)"


def merge(results: Path, folders: list[Path]) -> None:
    """The results of shards into one folder: each test has files of its own."""
    for folder in folders:
        shutil.copytree(folder, results, dirs_exist_ok=True)
    if lost := missing_shards(results):
        raise FileNotFoundError("; ".join(lost))


def run(tests: list[Test], root: Path, shard: tuple[int, int] | None) -> int:
    """Run them and report; the exit code."""
    try:
        outcomes = Session(tests, root, shard).go()
    except KeyboardInterrupt:
        print("ci/test: interrupted", file=sys.stderr)
        return EXIT_INFRA
    except OSError as error:
        print(f"ci/test: {error}: is the disk full?", file=sys.stderr)
        return EXIT_INFRA
    passed = sum(outcome.count("passed") for outcome in outcomes)
    failed = sum(outcome.count("failed") for outcome in outcomes)
    good = bool(outcomes) and all(outcome.passed for outcome in outcomes)
    made = subprocess.run([str(root / "ci/report/run")], check=False).returncode if outcomes else 0
    print(f"{LIMIT}\n{passed} passed, {failed} failed", flush=True)
    return made or (0 if good else EXIT_FAIL)


def shard_of(text: str) -> tuple[int, int]:
    """k/n"""
    match = re.fullmatch(r"([1-9]\d*)/([1-9]\d*)", text)
    if not match or int(match[1]) > int(match[2]):
        raise argparse.ArgumentTypeError(f"{text!r} is not k/n with k from 1 to n")
    return int(match[1]), int(match[2])


def main() -> int:
    """See the module's text."""
    parser = argparse.ArgumentParser(prog="ci/test", description="Runs the tests of ci/tests.")
    parser.add_argument("--root", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--only", metavar="NAME", help="just this test; * and ? match")
    parser.add_argument("--quick", action="store_true", help="just those of the inner loop")
    parser.add_argument("--shard", type=shard_of, metavar="K/N", help="just those of shard K of N")
    parser.add_argument("--merge", type=Path, nargs="*", metavar="DIR", help="results of shards to one report")
    parser.add_argument("--list", action="store_true", help="list the tests and end")
    args = parser.parse_args()
    folder: Path = args.root / "ci" / "tests"
    try:
        tests = find_tests(folder, args.only, args.quick) if folder.is_dir() else []
    except ValueError as error:
        print(f"ci/test: {error}", file=sys.stderr)
        return EXIT_USAGE
    try:
        if args.merge is not None:
            merge(args.root / "build/results", args.merge)
            tests = [test for test in tests if test.needs == "results"]
    except OSError as error:
        print(f"ci/test: {error}", file=sys.stderr)
        return EXIT_INFRA
    if args.shard:
        tests = share(tests, args.shard)
    if args.list:
        for test in tests:
            print(f"{test.name:22} {test.needs:8} {test.summary}")
        return 0
    if not tests:
        what = f" matches {args.only!r}" if args.only else " is there"
        print(f"ci/test: no test{what}: 'make list-tests' names them", file=sys.stderr)
    if lack := short_of_space(tests, args.root):
        print(f"ci/test: {lack}", file=sys.stderr)
        return EXIT_INFRA
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(EXIT_INFRA))
    return run(tests, args.root, args.shard)


if __name__ == "__main__":
    sys.exit(main())
