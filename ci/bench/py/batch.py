#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Runs suites on machines, several at a time, and prints one KTAP stream.

A machine waits for the kernel's timeouts most of its time: one more runs than there are CPUs. Results
come in the order of the arguments. Each test of the guest is a result; so is each run as
a whole: token, record, splats, violations. The exit code is the worst of run.py's.
"""

from __future__ import annotations

import argparse
import fnmatch
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import qemu
import run as bench_run
import verdict


@dataclass(frozen=True)
class Single:
    """One suite on one machine."""

    arguments: argparse.Namespace
    parts: qemu.Parts

    @property
    def name(self) -> str:
        return f"{self.arguments.machine}.{self.arguments.suite}"


def emit(number: int, name: str, reasons: list[str]) -> int:
    """Prints one result and returns the next number."""
    for reason in reasons:
        print(f"# {reason}")
    print(f"{'not ok' if reasons else 'ok'} {number} {name}", flush=True)
    return number + 1


def emit_run(number: int, prefix: str, outcome: verdict.Run, again: str) -> int:
    """Prints the results of one run and returns the next number."""
    for test in outcome.tests:
        reasons = [] if test.ok else [*(test.reasons or ["no reason given"]), f"again: {again} --only {test.name}"]
        number = emit(number, f"[{test.rows}] {prefix}.{test.name}", reasons)
    # problems of single tests are told with the tests
    known = {test.complaint for test in outcome.tests if not test.ok}
    rest = [p for p in outcome.problems if not (p.kind == "test" and p.text in known)]
    reasons = [f"{problem.kind}: {problem.text}" for problem in rest[: bench_run.MAX_SHOWN]]
    if len(rest) > len(reasons):
        reasons.append(f"... {len(rest) - len(reasons)} more in result.json")
    return emit(number, f"{prefix}.run", reasons + ([f"again: {again}"] if reasons else []))


def check_table(outcome: verdict.Run, suite: str, table: Path) -> None:
    """Each result must stand in the table of tests that others are made from, with the same rows."""
    known = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()]
    for test in outcome.tests:
        if not any(
            name == suite and rows == test.rows and fnmatch.fnmatchcase(test.name, pattern) for name, pattern, rows in known
        ):
            outcome.problem("plan", f"{test.name} [{test.rows}] is not in {table}")


def single_of(word: str, common: argparse.Namespace) -> Single | None:
    """What SUITE:MACHINE asks for, or None and a message if a part of the machine is missing."""
    suite, _, machine = word.partition(":")
    arguments = bench_run.parse_arguments(
        [
            f"--machine={machine}",
            f"--suite={suite}",
            f"--kernel={common.kernel}",
            f"--out={common.out / f'{machine}-{suite}'}",
            f"--timeout-test={common.timeout_test}",
            f"--initrd={common.initrd}",
        ]
    )
    parts = bench_run.find_parts(arguments)
    return Single(arguments, parts) if parts else None


def execute(single: Single) -> verdict.Run:
    """Runs it and judges it; several of these go on at the same time, each in a folder of its own."""
    single.arguments.out.mkdir(parents=True, exist_ok=True)
    outcome = bench_run.execute(single.arguments, single.parts, show=lambda line: None)
    check_table(outcome, single.arguments.suite, bench_run.BUILD / "guest/tests.tsv")
    bench_run.write_result(outcome, single.arguments, outcome.exit_code())
    sys.stderr.write(f"{single.name}: over after {outcome.times.get('total', 0)} s\n")
    return outcome


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kernel", required=True)
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("words", nargs="+", metavar="SUITE:MACHINE")
    parser.add_argument("--timeout-test", default="900")
    parser.add_argument("--initrd", default=bench_run.INITRD)
    common = parser.parse_args()

    singles: list[Single] = []
    for word in common.words:
        single = single_of(word, common)
        if single is None:
            return verdict.EXIT_USAGE
        singles.append(single)

    print("KTAP version 1")
    number, worst = 1, verdict.EXIT_PASS
    with ThreadPoolExecutor(len(os.sched_getaffinity(0)) + 1) as pool:
        for single, outcome in zip(singles, pool.map(execute, singles), strict=True):
            number = emit_run(number, single.name, outcome, bench_run.rerun_command(single.arguments, None))
            worst = max(worst, outcome.exit_code())
    print(f"1..{number - 1}")
    return worst


if __name__ == "__main__":
    sys.exit(main())
