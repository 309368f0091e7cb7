#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Which of the generated mutants does the bench notice?

Takes a kernel that has them all (schemata.py) and their list. First each suite runs without a mutant: it must
pass, and tells which scenarios reach which mutants. Then each mutant boots the suites that reach it, in the order
given, and in these only the scenarios that do. The first thing that is wrong ends it: it is killed. In the suite
same-calls other calls than without a mutant are wrong as well. With --most, the first suites run so many
scenarios each, and only who survives these runs the rest. The suite "kunit" is all that KUnit has in the kernel.

Suites whose clock counts instructions are the best: idle time costs nothing.

A survivor passes all of them. It must stand in the file of survivors with the reason, and no other may:

    # a comment
    negate file.c function: condition
    drop file.c function: call()
    <tab>why nothing can notice these two, or what would

Exit code: 0 every survivor has a reason; 1 one has none, or who has one is killed; 2 wrong use; 3 infrastructure.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shlex
import shutil
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

import cmd_same_calls
import qemu
import report
import single
import splats
import suites
import verdict
from ktap import Case

REACHED = re.compile(r"bench-reached (\d+) ([\d,-]+)$")
RUN = re.compile(r"# run (\S+)")
KUNIT = "kunit"
SAME_CALLS = "same-calls"
LEAKS = "kmemleak"  # the last scenario of a suite whose kernel has it
LIMIT = 240.0  # seconds of KUnit, as in ci/kernel/kunit
PATTERN_MAX = 1500  # the kernel's command line has 2048 bytes
SLACK, FACTOR = single.BOOT_LIMIT, 4  # of what the scenarios take without a mutant: more is a timeout


class Killed(Exception):
    """What was wrong."""


@dataclass
class Pair:
    """A suite on a machine, and what its scenarios reach when there is no mutant."""

    name: str
    initrd: Path | None
    seconds: float = 0.0
    scenarios: list[str] = field(default_factory=list)
    reached: dict[int, list[int]] = field(default_factory=dict)

    @property
    def pair(self) -> tuple[str, str]:
        """Suite and machine."""
        suite, _, machine = self.name.partition(":")
        return suite, machine

    def chosen(self, number: int, most: int | None) -> list[str]:
        """The scenarios that reach a mutant, and who looks for leaks; all if it is reached before the first, or by most."""
        places = self.reached.get(number, [])
        names = [self.scenarios[place - 1] for place in places if place]
        if 0 in places or len(names) * 2 > len(self.scenarios):
            names = self.scenarios
        if most and len(names) > most:  # from all parts of the suite
            names = [names[at * len(names) // most] for at in range(most)]
        names = [*names, *({LEAKS} & {*self.scenarios} - {*names})]
        return self.scenarios if sum(map(len, names)) + len(names) > PATTERN_MAX else names


@dataclass
class Result:
    """What became of a mutant."""

    number: int
    anchor: str
    file: str
    line: int
    state: str = "survived"  # or killed, timeout, unreached
    by: str = ""
    reason: str = ""
    again: str = ""
    why: str = ""  # it may survive
    seconds: float = 0.0


class Kernel:
    """All mutants, in one Image."""

    def __init__(self, image: Path, logs: Path) -> None:
        self.image, self.logs = image, logs

    def prepare(self, pair: Pair, number: int, names: list[str] | None, limit: float | None) -> single.Single:
        """These scenarios of a suite, with a mutant."""
        suite, machine = pair.pair
        only = None if names is None or names == pair.scenarios else f"@({'|'.join(names)})"
        options = single.Options(
            self.logs / f"mutant-{number}", self.image, pair.initrd, only=only, limit=limit,
            append=f"bench_mutant={number}" if number else "",
        )  # fmt: skip
        return single.prepare(suites.load()[suite], machine, options)

    def run(self, pair: Pair, number: int, names: list[str] | None, limit: float | None) -> tuple[single.Single, verdict.Run]:
        """Boots; raises Killed at the first thing that is wrong."""
        one = self.prepare(pair, number, names, limit)
        return one, single.execute(one, quit_at_once(number))

    def again(self, pair: Pair, number: int, names: list[str]) -> str:
        """The command that kills a mutant again."""
        if pair.name == KUNIT:
            return shlex.join(self.kunit_command(number))
        return self.prepare(pair, number, names, None).again()

    def kunit_command(self, number: int) -> list[str]:
        """As ci/kernel/kunit boots it: without a device tree of the bench there is no TrustZone."""
        words = f"console=ttyAMA0 panic=-1 kunit.autorun=1 kunit_shutdown=poweroff bench_mutant={number}"
        parts = qemu.Parts(3, single.RAM_MIB, suites.BUILD / "el3/el3.bin", Path(), self.image, Path(), True)
        argv = qemu.command(parts, words, self.logs / f"mutant-{number}/secure.log")
        return [word for before, word in zip(["", *argv], argv, strict=False) if not {"-dtb", "-initrd"} & {before, word}]

    def kunit(self, number: int, limit: float) -> tuple[list[str], verdict.Run]:
        """Runs the KUnit suites that are in the kernel; raises Killed at the first thing that is wrong."""
        out = self.logs / f"mutant-{number}"
        out.mkdir(parents=True, exist_ok=True)
        run = verdict.Run("kunit", "")
        limits = qemu.Limits(single.BOOT_LIMIT, limit, single.SHUTDOWN_LIMIT)
        lines = qemu.run_qemu(run, self.kunit_command(number), out, limits, quit_at_once(number))
        if not run.problems and (run.qemu_exit or not any("reboot: Power down" in line for line in lines)):
            run.problem("exit-code", f"KUnit did not come to its end: {run.qemu_exit}")
        if any(line.lstrip().startswith("not ok ") for line in map(splats.strip_stamp, lines)):
            run.problem("test", "a case of KUnit fails")
        return lines, run


def quit_at_once(number: int) -> Callable[[str], None]:
    """Looks at each line of the console: who is killed need not run to its end."""

    def show(line: str) -> None:
        if next(splats.find([line]), None) or (number and line.lstrip().startswith("not ok ")):
            raise Killed(line.strip())

    return show


def learn(pair: Pair, console: list[str]) -> None:
    """What a run without a mutant says of its scenarios, and of what they reach."""
    for line in map(splats.strip_stamp, console):
        if match := RUN.match(line):
            pair.scenarios.append(match[1])
        elif match := REACHED.search(line):
            spans = [list(map(int, span.split("-"))) for span in match[2].split(",")]
            pair.reached[int(match[1])] = [place for span in spans for place in range(span[0], span[-1] + 1)]


def survey(kernel: Kernel, pair: Pair) -> str:
    """Runs a suite without a mutant; returns what is wrong."""
    if pair.name == KUNIT:
        lines, run = kernel.kunit(0, LIMIT)
        pair.scenarios = [KUNIT]
    else:
        one, run = kernel.run(pair, 0, None, None)
        lines = (one.out / "console.log").read_text(encoding="utf-8", errors="replace").replace("\r", "").splitlines()
    learn(pair, lines)
    pair.seconds = run.times.get("total", 0.0)
    if not pair.reached:
        run.problem("plan", "the kernel does not tell what is reached")
    return "; ".join(f"{problem.kind}: {problem.text}" for problem in run.problems[:3])


def notice(kernel: Kernel, pair: Pair, number: int, names: list[str]) -> None:
    """Runs scenarios with a mutant; raises Killed if they notice it."""
    limit = SLACK + FACTOR * pair.seconds * len(names) / len(pair.scenarios)
    if pair.name == KUNIT:
        _, run = kernel.kunit(number, limit)
    else:
        one, run = kernel.run(pair, number, names, limit)
    for problem in run.problems:
        raise Killed(f"{problem.kind}: {problem.text}")
    if pair.name == KUNIT:
        return
    without = kernel.logs / "mutant-0" / one.out.name / "secure.log"
    # Elsewhere the order of calls may depend on who is faster
    whole = pair.pair[0] == SAME_CALLS and names == pair.scenarios
    if whole and cmd_same_calls.calls(without) != cmd_same_calls.calls(one.out / "secure.log"):
        raise Killed("other calls than without the mutant")


def judge(kernel: Kernel, pairs: list[Pair], most: int | None, quick: bool, result: Result) -> Result:
    """Kills a mutant, or does not."""
    began = time.monotonic()
    reaching = [pair for pair in pairs if pair.reached.get(result.number)]
    todo = [(pair, pair.chosen(result.number, limit)) for limit in dict.fromkeys((most, None)) for pair in reaching]
    if not reaching:
        result.state = "unreached"
    for at, (pair, names) in enumerate(todo[:4] if quick else todo):
        if (pair, names) in todo[:at]:
            continue
        try:
            notice(kernel, pair, result.number, names)
        except Killed as killed:
            result.reason, result.by = str(killed), pair.name
            result.state = "timeout" if result.reason.startswith("timeout-") else "killed"
            result.again = kernel.again(pair, result.number, names)
            break
    shutil.rmtree(kernel.logs / f"mutant-{result.number}", ignore_errors=True)
    result.seconds = round(time.monotonic() - began, 1)
    return result


def reasons_of(path: Path) -> dict[str, str]:
    """The file of survivors: of each the reason, which several in a row may share."""
    found: dict[str, str] = {}
    names: list[str] = []
    before = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("\t"):
            found |= {name: f"{found.get(name, '')} {line.strip()}".strip() for name in names}
        elif line and not line.startswith("#"):
            names = [line] if not before or before.startswith("\t") else [*names, line]
            found[line] = ""
        before = line
    return found


def write(out: Path, results: list[Result], reasons: dict[str, str], seconds: float) -> None:
    """generated-mutants.json and .xml."""
    cases, wrong = [], []
    for result in results:
        where = f"{result.file}:{result.line} {result.anchor}"
        if result.state in ("survived", "unreached"):
            result.why = reasons.get(result.anchor, "")
            if not result.why:
                wrong.append(f"{where}: {result.state}, and no reason is given")
            cases.append(Case(result.anchor, "skipped" if result.why else "failed", result.why or f"{result.state}: {where}"))
            continue
        if result.anchor in reasons:
            wrong.append(f"{where}: killed by {result.by}: it is no survivor any more")
        cases.append(Case(result.anchor, "passed"))
    states = [result.state for result in results]
    summary = {
        "mutants": len(results),
        "killed": states.count("killed") + states.count("timeout"),
        **{state: states.count(state) for state in ("timeout", "survived", "unreached")},
        "explained": sum(bool(result.why) for result in results),
        "seconds": round(seconds),
    }
    text = json.dumps({"summary": summary, "wrong": wrong, "mutants": [asdict(result) for result in results]}, indent=1)
    report.write_text(out / "generated-mutants.json", text + "\n")
    outcome = report.Outcome("generated-mutants", "generated mutants are killed, or a reason is given", cases, seconds=seconds)
    report.write_text(out / "generated-mutants.xml", report.junit([outcome], seconds))


@dataclass
class Found:
    """What an earlier run has left, and is to stay."""

    results: list[Result] = field(default_factory=list)
    seconds: float = 0.0


def earlier(args: argparse.Namespace, mutants: list[Result]) -> tuple[Found, list[Result]]:
    """With --state, what an earlier run has found, and which mutants are to be run again."""
    if not args.state:
        return Found(), mutants
    found = json.loads((args.out / "generated-mutants.json").read_text(encoding="utf-8"))
    states = {one["anchor"]: one["state"] for one in found["mutants"]}
    again = [one for one in mutants if states.get(one.anchor, "new") in args.state.split(",")]
    names = {one.anchor for one in again}
    kept = [Result(**one) for one in found["mutants"] if one["anchor"] not in names]
    return Found(kept, found["summary"]["seconds"]), again


def survey_all(kernel: Kernel, pairs: list[Pair], pool: ThreadPoolExecutor) -> bool:
    """Whether all is well without a mutant."""
    good = True
    for pair, wrong in zip(pairs, pool.map(lambda pair: survey(kernel, pair), pairs), strict=True):
        reach = f"{len(pair.scenarios)} scenarios reach {len(pair.reached)} mutants"
        say(f"{pair.name}: {wrong or 'pass'}, {pair.seconds} s, {reach}")
        good = good and not wrong
    return good


def say(text: str) -> None:
    """Progress."""
    print(text, file=sys.stderr, flush=True)


def chosen(mutants: list[Result], args: argparse.Namespace) -> list[Result]:
    """Those of --only and --sample."""
    if args.only:
        named = {word: [one for one in mutants if one.anchor == word or fnmatchcase(one.anchor, word)] for word in args.only}
        if lost := [word for word, found in named.items() if not found]:
            raise suites.Refused(f"there is no mutant {lost[0]}")
        names = {one.anchor for found in named.values() for one in found}
        mutants = [one for one in mutants if one.anchor in names]
    if args.sample:
        mutants = random.Random(args.seed).sample(mutants, min(args.sample, len(mutants)))
    return mutants


def pairs_of(words: list[str]) -> list[Pair]:
    """SUITE[:MACHINE][=INITRD], each pair once."""
    pairs: dict[str, Pair] = {}
    for word in words:
        name, _, initrd = word.partition("=")
        if name == KUNIT:
            pairs[name] = Pair(name, None)
            continue
        for suite, machine in suites.pairs_of([name], suites.load()):
            pair = Pair(f"{suite.name}:{machine}", Path(initrd) if initrd else None)
            pairs.setdefault(pair.name, pair)
    return list(pairs.values())


def judge_all(kernel: Kernel, pairs: list[Pair], before: Found, mutants: list[Result], args: argparse.Namespace) -> bool:
    """Kills them, and writes down what is known after each; or is stopped by a suite that fails without any."""
    began = time.monotonic()
    reasons = reasons_of(args.survivors)
    with ThreadPoolExecutor(args.jobs) as pool:
        if not survey_all(kernel, pairs, pool):
            return False
        runs = [pool.submit(judge, kernel, pairs, args.most, args.quick, mutant) for mutant in mutants]
        try:
            for number, run in enumerate(as_completed(runs), 1):
                result = run.result()
                why = f"{result.state} by {result.by}: {result.reason}" if result.by else result.state
                say(f"{number}/{len(mutants)} {result.number} {result.anchor}: {why}, {result.seconds} s")
                done = [one.result() for one in runs if one.done()]
                write(args.out, [*before.results, *done], reasons, before.seconds + time.monotonic() - began)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            qemu.end_all()
            raise
    return True


def arguments() -> argparse.Namespace:
    """See the module's text."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("image", type=Path)
    parser.add_argument("list", type=Path, help="what schemata.py has written")
    parser.add_argument("suites", nargs="+", metavar="SUITE[:MACHINE][=INITRD]")
    parser.add_argument("--logs", type=Path, required=True, help="folder that no page of results looks into")
    parser.add_argument("--out", type=Path, required=True, help="folder of generated-mutants.json and .xml")
    parser.add_argument("--survivors", type=Path, default=Path(__file__).with_name("survivors"))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", action="append", metavar="ANCHOR", help="only the mutants of that name or pattern")
    parser.add_argument("--state", metavar="STATES", help="only those that an earlier run left: timeout,survived,unreached,new")
    parser.add_argument("--most", type=int, metavar="N", help="first run N scenarios of each suite")
    parser.add_argument("--quick", action="store_true", help="... of the first four that reach a mutant, and nothing else")
    parser.add_argument("--sample", type=int, metavar="N", help="only N of them")
    parser.add_argument("--seed", type=int, default=1, help="... drawn with this seed")
    return parser.parse_args()


def main() -> int:
    """See the module's text."""
    args = arguments()
    args.out.mkdir(parents=True, exist_ok=True)
    try:
        fields = ("number", "anchor", "file", "line")
        everything = [Result(**{key: one[key] for key in fields}) for one in json.loads(args.list.read_text(encoding="utf-8"))]
        before, mutants = earlier(args, chosen(everything, args))
        if not judge_all(Kernel(args.image, args.logs), pairs_of(args.suites), before, mutants, args):
            say("without a mutant not all is well: nothing is proved")
            return verdict.EXIT_FAILED
    except (suites.Refused, OSError) as error:
        say(f"kill.py: {error}")
        return error.code if isinstance(error, suites.Refused) else verdict.EXIT_INFRA
    found = json.loads((args.out / "generated-mutants.json").read_text(encoding="utf-8"))
    wrong = found["wrong"]
    if found["summary"]["mutants"] == len(everything):
        known = {one.anchor for one in everything}
        wrong += [f"{anchor}: there is no such mutant" for anchor in reasons_of(args.survivors) if anchor not in known]
    print("\n".join([*wrong, ", ".join(f"{value} {key}" for key, value in found["summary"].items())]))
    return verdict.EXIT_FAILED if wrong else verdict.EXIT_PASS


if __name__ == "__main__":
    sys.exit(main())
