# SPDX-License-Identifier: GPL-2.0-only
"""Runs the suites that judge a kernel on several kernels, and prints them side by side.

A kernel is NAME=IMAGE. The one called series is held to all that the series promises, the one
called base to the calls of base; any other is judged for what it does, whichever calls it makes.
Requirements stand down, kernels across. The table (table.txt, summary.md), compare.json and
junit.xml lie in OUT, the logs of each kernel in OUT/NAME/MACHINE-SUITE/.

Exit code: 0 the kernels are compared, whatever they do; 1 the series, if it is one of them, fails
something; 2 wrong use; 3 infrastructure.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cmd_same_calls
import compare
import qemu
import record
import single
import suites
import verdict
from cmd_run import say

SERIES, BASE = "series", "base"
SAME_CALLS = "same-calls"
MARK = "compare: what follows is printed by make compare"
_VERSION = re.compile(r"Linux version (\S+)")
_NAME = re.compile(r"[\w.+-]+")


def _kernel(word: str) -> compare.Kernel:
    name, _, image = word.partition("=")
    if not _NAME.fullmatch(name) or not image:
        raise argparse.ArgumentTypeError(f"{word!r} is not NAME=IMAGE")
    return compare.Kernel(name, Path(image))


def arguments(parser: argparse.ArgumentParser) -> None:
    """Kernels and suites."""
    parser.add_argument("kernels", nargs="+", type=_kernel, metavar="NAME=IMAGE")
    parser.add_argument("--suites", nargs="+", metavar="SUITE[:MACHINE]", help="default: all that judge a kernel")
    parser.add_argument("--out", type=Path, default=suites.BUILD / "results/compare", metavar="DIR")
    parser.add_argument("--readme", type=Path, metavar="FILE", help=f"put the summary behind the line with '{MARK}'")


def options_of(kernel: compare.Kernel, out: Path) -> single.Options:
    """Whose it is decides what it is held to."""
    return single.Options(out / kernel.name, kernel.image, base=kernel.name != SERIES, other=kernel.name not in (SERIES, BASE))


def same_calls(kernel: compare.Kernel, machines: list[str], out: Path) -> list[compare.Judged]:
    """P3: below a hypervisor a kernel makes the calls of base, whatever streams the device tree names."""
    found = []
    theirs = out / BASE / f"hypervisor-{SAME_CALLS}/secure.log"
    for machine in machines:
        ours = out / kernel.name / f"{machine}-{SAME_CALLS}/secure.log"
        calls, wanted = cmd_same_calls.calls(ours), cmd_same_calls.calls(theirs)
        pairs = enumerate(itertools.zip_longest(calls, wanted, fillvalue="no call"))
        reason = next((f"call {n} is {call}, base has {want}" for n, (call, want) in pairs if call != want), "")
        again = f"ci/bench/bench same-calls {single.short(theirs)} {single.short(ours)}"
        found.append(compare.Judged(machine, SAME_CALLS, "as-base", ("P3",), not reason, reason, {}, again))
    return found


def with_summary(readme: Path, text: str) -> str:
    """The file with a summary in the place of the one behind the mark, up to the next line that begins with <!--."""
    old = readme.read_text(encoding="utf-8")
    new, found = re.subn(
        rf"(<!-- {MARK} -->\n).*?(?=^<!--)", lambda match: f"{match[1]}{text}\n", old, count=1, flags=re.S | re.M
    )
    if not found:
        raise suites.Refused(f"{readme} has no line <!-- {MARK} --> with another comment below it")
    return new


def run_all(kernels: list[compare.Kernel], pairs: list[tuple[suites.Suite, str]], out: Path) -> int:
    """Every pair on every kernel; the suites take turns, so that what is slow does not come last for each."""
    todo = [(kernel, single.prepare(suite, machine, options_of(kernel, out))) for suite, machine in pairs for kernel in kernels]

    # what has not booted once is not tried for a minute on each machine
    mute: dict[str, str] = {}
    alive: set[str] = set()

    def execute(item: tuple[compare.Kernel, single.Single]) -> verdict.Run:
        kernel, one = item
        if dead := mute.get(kernel.name, "") if kernel.name not in alive else "":
            run = verdict.Run(one.suite.name, "")
            run.problem("timeout-boot", f"not tried: the kernel does not boot on {dead}")
            return run
        run = single.execute(one, lambda line: None)
        if run.tests:
            alive.add(kernel.name)
        elif any(problem.kind == "timeout-boot" for problem in run.problems):
            mute[kernel.name] = one.machine
        boots = f", {run.boots} boots" if run.boots > 1 else ""
        good = sum(test.ok for test in run.tests)
        say(f"{kernel.name} {one.name}: {good} of {len(run.tests)} scenarios ok, {run.times.get('total', 0)} s{boots}")
        return run

    worst = verdict.EXIT_PASS
    # one more than there are CPUs, because a kernel that hangs does so until its limit
    pool = ThreadPoolExecutor(len(os.sched_getaffinity(0)) + 1)
    try:
        for (kernel, one), run in zip(todo, pool.map(execute, todo), strict=True):
            name = one.suite.name
            kernel.judged += [compare.scenario(one.machine, name, test, one.again(test.name)) for test in run.tests]
            kernel.judged.append(compare.whole(one.machine, name, run, one.again()))
            kernel.unknown_calls |= set(run.unknown_calls)
            kernel.seconds += run.times.get("total", 0.0)
            for line in record.read_text(one.out / "console.log"):
                if match := _VERSION.search(line):
                    kernel.version = match[1]
            code = single.exit_code(one, run)
            if code == verdict.EXIT_INFRA:
                worst = code
            elif code and kernel.name == SERIES and worst != verdict.EXIT_INFRA:
                worst = verdict.EXIT_FAILED
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        qemu.end_all()
        raise
    machines = [machine for suite, machine in pairs if suite.name == SAME_CALLS]
    if "hypervisor" in machines and any(kernel.name == BASE for kernel in kernels):
        for kernel in kernels:
            kernel.judged += same_calls(kernel, machines, out)
    return worst


def main(args: argparse.Namespace) -> int:
    """Nothing is started unless everything is there."""
    kernels: list[compare.Kernel] = args.kernels
    try:
        if len({kernel.name for kernel in kernels}) != len(kernels):
            raise suites.Refused("two kernels have the same name")
        known = suites.load()
        pairs = suites.pairs_of(args.suites or [name for name, suite in known.items() if suite.judges], known)
        if args.readme:
            with_summary(args.readme, "")  # before anything is run
        worst = run_all(kernels, pairs, args.out)
        text, summary = compare.table(kernels), compare.markdown(kernels)
        for name, content in (
            ("table.txt", text),
            ("summary.md", summary),
            ("compare.json", json.dumps(compare.as_json(kernels), indent=1) + "\n"),
            ("junit.xml", compare.junit(kernels)),
        ):
            single.write_atomically(args.out / name, content)
        if args.readme:
            single.write_atomically(args.readme, with_summary(args.readme, summary))
    except suites.Refused as error:
        say(f"bench compare: {error}")
        return error.code
    except OSError as error:
        say(f"bench compare: {error}: is the disk full, or the folder not yours?")
        return verdict.EXIT_INFRA
    print(text, end="")
    return worst
