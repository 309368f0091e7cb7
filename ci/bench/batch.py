#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Runs a suite on several legs, one after the other, and prints one KTAP stream.

Each test of the guest is a result; so is each run as a whole: token, record, splats, violations.
The exit code is the worst of run.py's.
"""

from __future__ import annotations

import argparse
import fnmatch
import sys
from pathlib import Path

import run as bench_run
import verdict


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


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--suite", required=True)
    parser.add_argument("--kernel", required=True)
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("legs", nargs="+", metavar="LEG", choices=bench_run.LEGS)
    parser.add_argument("--timeout-test", default="900")
    parser.add_argument("--initrd", default=str(bench_run.BUILD / "guest/initramfs.cpio"))
    arguments = parser.parse_args()

    print("KTAP version 1")
    number, worst = 1, verdict.EXIT_PASS
    for leg in arguments.legs:
        out = arguments.out / f"{leg}-{arguments.suite}"
        single = bench_run.parse_arguments(
            [
                f"--leg={leg}",
                f"--suite={arguments.suite}",
                f"--kernel={arguments.kernel}",
                f"--out={out}",
                f"--timeout-test={arguments.timeout_test}",
                f"--initrd={arguments.initrd}",
            ]
        )
        parts = bench_run.find_parts(single)
        if parts is None:
            return verdict.EXIT_USAGE
        out.mkdir(parents=True, exist_ok=True)
        print(f"{leg} {arguments.suite} ...", file=sys.stderr, flush=True)
        outcome = bench_run.execute(single, parts, show=lambda line: None)
        check_table(outcome, arguments.suite, bench_run.BUILD / "guest/tests.tsv")
        bench_run.write_result(outcome, single, outcome.exit_code())
        again = bench_run.rerun_command(single, None)
        number = emit_run(number, f"{leg}.{arguments.suite}", outcome, again)
        worst = max(worst, outcome.exit_code())
    print(f"1..{number - 1}")
    return worst


if __name__ == "__main__":
    sys.exit(main())
