# SPDX-License-Identifier: GPL-2.0-only
"""Runs suites on machines, several at a time, and prints one KTAP stream.

As many run as there are CPUs: with a clock that counts instructions a machine uses one, and waits for nothing.
Each scenario is a result, in the order of the arguments, and so is each run as a whole: token,
record, splats, violations. Logs and results lie in OUT/MACHINE-SUITE/.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import ktap
import qemu
import single
import suites
import verdict
from report import LIMIT

MAX_SHOWN = 12


def _seconds(text: str) -> float:
    value = float(text)
    if not value > 0:
        raise argparse.ArgumentTypeError("more than 0 seconds")
    return value


def _told(text: str) -> str:
    if not re.fullmatch(r"[a-z]+=[^\s\"]+", text):
        raise argparse.ArgumentTypeError("NAME=VALUE, without blanks")
    return text


def _kinds(text: str) -> tuple[str, ...]:
    kinds = tuple(text.split(","))
    if unknown := [kind for kind in kinds if kind not in verdict.KINDS]:
        raise argparse.ArgumentTypeError(f"unknown kind {', '.join(unknown)}; known are {', '.join(verdict.KINDS)}")
    return kinds


def arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said about a run."""
    parser.add_argument("words", nargs="+", metavar="SUITE[:MACHINE]", help="default: every machine of the suite")
    parser.add_argument("--kernel", type=Path, metavar="IMAGE", help="default: what suites.cfg says")
    parser.add_argument("--initrd", type=Path, metavar="FILE", help="default: what suites.cfg says")
    parser.add_argument("--dtbs", type=Path, metavar="DIR", help="device trees; default: what suites.cfg says")
    parser.add_argument("--out", type=Path, default=suites.BUILD / "results/bench", metavar="DIR")
    parser.add_argument("--append", default="", metavar="WORDS", help="more arguments for the kernel")
    parser.add_argument("--only", metavar="GLOB", help="only the scenarios of that name")
    parser.add_argument(
        "--set", type=_told, action="append", default=[], metavar="NAME=VALUE", help="for scenarios that ask: seed, case, all"
    )
    parser.add_argument("--base", action="store_true", help="the kernel lacks the series")
    parser.add_argument("--other", action="store_true", help="neither series nor base: unknown calls fail nothing")
    parser.add_argument("--expect", type=_kinds, default=(), metavar="KIND[,KIND...]", help="pass if the run fails like this")
    parser.add_argument("--within", type=_seconds, metavar="S", help="limit from QEMU's start to the last result")
    parser.add_argument("--limit", type=_seconds, metavar="S", help="limit of a run; default: what suites.cfg says")


def options_of(args: argparse.Namespace) -> single.Options:
    """All but the words."""
    return single.Options(
        args.out, args.kernel, args.initrd, args.dtbs, args.only, tuple(args.set), args.base or args.other, args.other,
        within=args.within, limit=args.limit, expect=args.expect, append=args.append,
    )  # fmt: skip


def report(writer: ktap.Writer, one: single.Single, run: verdict.Run) -> None:
    """The results of one run."""
    if one.options.expect:
        report_expected(writer, one, run)
        return
    for test in run.tests:
        reasons = [] if test.ok else [*(test.reasons or ["no reason given"]), f"again: {one.again(test.name)}"]
        writer.result(f"{one.name}.{test.name}", reasons, test.requirements)
    # problems of single scenarios are told with them
    known = {test.complaint for test in run.tests if not test.ok}
    rest = [p for p in run.problems if not (p.kind == "test" and p.text in known)]
    reasons = [f"{problem.kind}: {problem.text}" for problem in rest[:MAX_SHOWN]]
    if len(rest) > len(reasons):
        reasons.append(f"... {len(rest) - len(reasons)} more in {single.short(one.out)}/result.json")
    writer.result(f"{one.name}.run", reasons and [*reasons, f"logs: {single.short(one.out)}", f"again: {one.again()}"])


def report_expected(writer: ktap.Writer, one: single.Single, run: verdict.Run) -> None:
    """One result: the run has failed as it must."""
    for problem in run.problems[:MAX_SHOWN]:
        writer.note(f"{problem.kind}: {problem.text}")
    reasons = [f"{kind} was expected and did not happen" for kind in single.missing_kinds(one, run)]
    if not reasons and single.exit_code(one, run):
        reasons = ["nothing was run"]
    writer.result(f"{one.name}.run", reasons and [*reasons, f"logs: {single.short(one.out)}", f"again: {one.again()}"])


def say(text: str) -> None:
    """Progress, in one piece."""
    sys.stderr.write(text + "\n")


def shower(one: single.Single, alone: bool) -> Callable[[str], None]:
    """Shows the guest's results as they come in: all of them, or only the bad ones."""

    def show(line: str) -> None:
        if line.startswith(("not ok ", "ok ") if alone else "not ok "):
            say(f"{one.name}: {line}")

    return show


def run_all(singles: list[single.Single]) -> int:
    """Runs and reports them all; the worst exit code wins."""

    def execute(one: single.Single) -> verdict.Run:
        run = single.execute(one, shower(one, len(singles) == 1))
        good = sum(test.ok for test in run.tests)
        times = ", ".join(f"{what} {seconds} s" for what, seconds in run.times.items())
        state = "FAIL" if run.problems else "pass"
        if one.options.expect and not single.exit_code(one, run):
            state = "FAIL, as it must"
        if run.unknown_calls and run.any_call:
            say(f"{one.name}: calls that the model does not know: {', '.join(sorted(set(run.unknown_calls)))}")
        why = f" ({run.problems[0].kind}: {run.problems[0].text[:100]})" if run.problems else ""
        say(f"{one.name}: {state}{why}, {good} of {len(run.tests)} scenarios ok, {times or 'not started'}")
        return run

    worst = verdict.EXIT_PASS
    pool = ThreadPoolExecutor(len(os.sched_getaffinity(0)))
    try:
        say(LIMIT)
        writer = ktap.Writer()
        for one, run in zip(singles, pool.map(execute, singles), strict=True):
            report(writer, one, run)
            worst = max(worst, single.exit_code(one, run))
        writer.end()
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        qemu.end_all()
        raise
    return worst


def main(args: argparse.Namespace) -> int:
    """Nothing is started unless everything is there."""
    try:
        pairs = suites.pairs_of(args.words, suites.load(), args.dtbs)
        if args.expect and len(pairs) != 1:
            raise suites.Refused(f"--expect is about one SUITE:MACHINE, not {len(pairs)}")
        options = options_of(args)
        return run_all([single.prepare(suite, machine, options) for suite, machine in pairs])
    except suites.Refused as error:
        say(f"bench run: {error}")
        return error.code
    except OSError as error:
        say(f"bench run: {error}: is the disk full, or the folder not yours?")
        return verdict.EXIT_INFRA
