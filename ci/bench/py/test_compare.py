#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Unit tests of kernels side by side: canned results in, tables out."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import unittest
import xml.etree.ElementTree as ET
from pathlib import Path
from unittest import mock

import cmd_compare
import compare
import qemu
import single
import suites
import verdict
from verdict import Problem, Run, Test

GOOD = Test("cdsp.start", "S1 M1", True, [])
BAD = Test("cdsp.start", "S1 M1", False, ["start: Invalid argument", "more"])
BREAKS = Test("cdsp.start", "S1 M1", True, [], {"C5": "cdsp: carveout", "M1": "elsewhere"})
SPLAT = Test("cdsp.start", "S1 M1", True, [], {}, "WARNING: at x")


def kernel(name: str, *tests: Test, machine: str = "el2-modem", problems: tuple[Problem, ...] = ()) -> compare.Kernel:
    """A column with one run."""
    found = compare.Kernel(name, Path(f"/x/{name}"), "6.18")
    found.judged = [compare.scenario(machine, "life", test, f"again {test.name}") for test in tests]
    run = Run("life", "1", problems=list(problems), tests=list(tests))
    found.judged.append(compare.whole(machine, "life", run, "again"))
    return found


class Table(unittest.TestCase):
    """What a reader sees."""

    def row(self, test: Test, requirement: str) -> str:
        rows = [line for line in compare.table([kernel("a", test)]).splitlines() if line.startswith(requirement)]
        self.assertEqual(len(rows), 1)
        return rows[0].split("  ", 1)[1].strip()

    def test_cells(self) -> None:
        self.assertEqual(self.row(GOOD, "S1"), "passed 1")
        self.assertEqual(self.row(BAD, "S1"), "FAILED 1 of 1")

    def test_what_a_scenario_breaks_fails_that_requirement_alone(self) -> None:
        self.assertEqual(self.row(BREAKS, "S1"), "passed 1")
        self.assertEqual(self.row(BREAKS, "M1"), "FAILED 1 of 1")
        self.assertEqual(self.row(BREAKS, "C5"), "FAILED 1 of 1")

    def test_splat_is_a_failure(self) -> None:
        self.assertEqual(self.row(SPLAT, "S1"), "FAILED 1 of 1")

    def test_reasons_stand_below_the_row(self) -> None:
        lines = compare.table([kernel("a", GOOD), kernel("b", BAD)]).splitlines()
        below = lines[next(n for n, line in enumerate(lines) if line.startswith("S1")) + 1]
        self.assertEqual(below, "  b: el2-modem.life.cdsp.start: start: Invalid argument; more")

    def test_order_and_absent_rows(self) -> None:
        """As in the reference, by number, and a kernel that says nothing about one has a dash."""
        other = Test("x", "P1 S10 S2", True, [])
        lines = compare.table([kernel("a", GOOD), kernel("b", other)]).splitlines()
        self.assertEqual([line.split()[0] for line in lines[1:]], ["P1", "M1", "S1", "S2", "S10", "run"])
        self.assertEqual(lines[1].split(), ["P1", "-", "passed", "1"])

    def test_run_as_a_whole(self) -> None:
        """What no scenario tells fails the run; what one tells does not fail it once more."""
        told = (Problem("test", BAD.complaint), Problem("unknown-smc", "event 1: c2002404"))
        self.assertIn("run          passed 1", compare.table([kernel("a", BAD, problems=told)]))
        rest = (*told, Problem("violation", "2 bridges left behind"))
        self.assertIn("  a: el2-modem.life.run: violation: 2 bridges", compare.table([kernel("a", BAD, problems=rest)]))

    def test_unknown_calls_are_told(self) -> None:
        one = kernel("a", GOOD)
        one.unknown_calls = {"c2002404"}
        self.assertIn("calls that the model does not know: c2002404", compare.table([one]))

    def test_markdown(self) -> None:
        """A scenario counts once for all the requirements of a letter; the hypervisor has columns of its own."""
        two = kernel("a", GOOD, BREAKS)
        two.judged += kernel("a", BAD, machine="hypervisor").judged
        lines = compare.markdown([two]).splitlines()
        self.assertEqual(lines[0], "| requirements | a, EL2 | a, hypervisor |")
        self.assertIn("| metadata (M) | 1 of 2 | 0 of 1 |", lines)
        self.assertFalse([line for line in lines if "(C)" in line])
        self.assertEqual({line.count("|") for line in lines[:-2]}, {4})


class Files(unittest.TestCase):
    """What programs read."""

    def test_json(self) -> None:
        (found,) = json.loads(json.dumps(compare.as_json([kernel("a", BREAKS, SPLAT)])))["kernels"]
        self.assertEqual(found["requirements"]["S1"]["passed"], 1)
        self.assertEqual(found["requirements"]["S1"]["first"]["reason"], "splat: WARNING: at x")
        self.assertEqual([test["ok"] for test in found["tests"]], [True, False, True])

    def test_junit(self) -> None:
        top = ET.fromstring(compare.junit([kernel("a", GOOD), kernel("b", BREAKS, BAD)]))
        self.assertEqual([(suite.get("tests"), suite.get("failures")) for suite in top], [("2", "0"), ("3", "1")])
        self.assertEqual(
            [node.text for node in top.iter("failure")], ["start: Invalid argument; more\nagain: again cdsp.start\n"]
        )
        self.assertIn("breaks C5", {node.get("name") for node in top.iter("property")})

    def test_readme(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "README.md"
            path.write_text(f"a\n<!-- {cmd_compare.MARK} -->\nold\n<!-- end -->\nz\n", encoding="utf-8")
            new = f"a\n<!-- {cmd_compare.MARK} -->\nnew \\1\n\n<!-- end -->\nz\n"
            self.assertEqual(cmd_compare.with_summary(path, "new \\1\n"), new)
            path.write_text("nothing\n", encoding="utf-8")
            with self.assertRaises(suites.Refused):
                cmd_compare.with_summary(path, "new")


class SameCalls(unittest.TestCase):
    """P3 is judged by the calls themselves."""

    CALLS = ("0 C 10 1200 12 42000205 1 2 12 0 0 0 0 0 0 0 0 0\n", "1 C 10 1300 12 42000206 1 2 12 0 0 0 0 0 0 0 0 0\n")

    def test_them(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            for name, calls in (("base", self.CALLS), ("a", self.CALLS), ("b", self.CALLS[:1]), ("c", self.CALLS[::-1])):
                log = Path(folder) / name / "hypervisor-same-calls/secure.log"
                log.parent.mkdir(parents=True)
                log.write_text("".join(calls), encoding="utf-8")
            for name, reason in (("a", ""), ("b", "call 1 is no call, base has shutdown"), ("c", "call 0 is shutdown")):
                (judged,) = cmd_compare.same_calls(kernel(name), ["hypervisor"], Path(folder))
                self.assertEqual((judged.ok, judged.requirements), (not reason, ("P3",)))
                self.assertTrue(judged.reason.startswith(reason))


class Dead(unittest.TestCase):
    """A kernel that does not boot is not tried on each machine; one that booted once is."""

    def boots(self, *comes_up: bool) -> int:
        """How many of 40 runs are tried, of which those come up."""
        suite = suites.Suite("life", tuple(f"m{n}" for n in range(40)), "dts", "plain", "guest", 9.0, True)
        tried: list[str] = []

        def execute(one: single.Single, _: object) -> Run:
            run = Run("life", "1")
            tried.append(one.machine)
            if comes_up[len(tried) - 1]:
                run.tests.append(GOOD)
            else:
                run.problem("timeout-boot", "boot not over")
            return run

        def prepare(suite: suites.Suite, machine: str, options: single.Options) -> single.Single:
            nothing = Path("/dev/null")
            return single.Single(suite, machine, options, qemu.Parts(1, 1024, nothing, nothing, nothing, nothing))

        pairs = [(suite, machine) for machine in suite.machines]
        dead = compare.Kernel("dead", Path("/x"))
        with (
            mock.patch.object(single, "execute", execute),
            mock.patch.object(single, "prepare", prepare),
            mock.patch.object(cmd_compare, "say"),
            mock.patch.object(os, "sched_getaffinity", return_value=()),
        ):
            self.assertEqual(cmd_compare.run_all([dead], pairs, Path("/o")), verdict.EXIT_PASS)
        self.assertEqual(len(dead.judged) - sum(bool(judged.about) for judged in dead.judged), 40)
        return len(tried)

    def test_never_boots(self) -> None:
        self.assertLess(self.boots(*[False] * 40), 40)

    def test_boots_on_some(self) -> None:
        self.assertEqual(self.boots(True, *[False] * 39), 40)


class Words(unittest.TestCase):
    """Whose a kernel is follows from its name."""

    def test_kinds(self) -> None:
        options = {name: cmd_compare.options_of(kernel(name), Path("/o")) for name in ("series", "base", "7.3")}
        self.assertEqual({name: (o.base, o.other) for name, o in options.items()},
                         {"series": (False, False), "base": (True, False), "7.3": (True, True)})  # fmt: skip

    def test_bad_words(self) -> None:
        parser = argparse.ArgumentParser(exit_on_error=False)
        cmd_compare.arguments(parser)
        for word in ("a", "a=", "=b", "a/b=c"):
            with self.subTest(word=word), self.assertRaises(argparse.ArgumentError):
                parser.parse_args([word])


class ManyBoots(unittest.TestCase):
    """A kernel that dies of a test has failed that test, and goes on behind it."""

    CONSOLE = (
        "KTAP version 1",
        "1..3",
        "# run a",
        "# proves S1",
        "ok 1 [S1] a",
        "# run b",
        "# proves S2 S3",
        "BUG: bad",
        "Kernel panic - not syncing: x",
    )

    def boot(self, *lines: str) -> Run:
        run = Run("life", "1", qemu_exit=verdict.QEMU_RESET)
        verdict.judge(run, list(lines), ["END events=0 violations=0 unknown=0 bridges_leaked=0"])
        verdict.judge_early_end(run, list(lines))
        return run

    def test_crash(self) -> None:
        run = self.boot(*self.CONSOLE)
        self.assertEqual(run.begun, "b")
        self.assertEqual(
            [(test.name, test.requirements, test.ok) for test in run.tests], [("a", "S1", True), ("b", "S2 S3", False)]
        )
        self.assertEqual(run.tests[1].reasons, ["not survived: BUG: bad"])
        self.assertEqual({problem.kind for problem in run.problems}, {"splat", "panic", "test"})

    def test_reboot_wanted(self) -> None:
        """The guest ended early, but not within a test: nothing has failed for that."""
        run = self.boot(*self.CONSOLE[:5], "# reboot", "REC-END kept=0 written=0", "BENCH-TOKEN nonce=1 planned=3 ok=1")
        self.assertEqual((run.begun, [test.ok for test in run.tests]), ("a", [True]))
        self.assertNotIn("plan", {problem.kind for problem in run.problems})

    def test_came_to_its_end(self) -> None:
        lines = ("KTAP version 1", "1..1", "# run a", "# proves S1", "ok 1 [S1] a", "BENCH-TOKEN nonce=1 planned=1 ok=1")
        self.assertEqual(self.boot(*lines).begun, "")

    def test_died_before_its_first_test(self) -> None:
        """There is nothing to go on behind, and the run has failed."""
        run = self.boot("Kernel panic - not syncing: x")
        self.assertEqual(run.begun, "")
        self.assertLessEqual({"panic", "token", "plan"}, {problem.kind for problem in run.problems})

    def test_boots_are_added(self) -> None:
        """Set-ups that run in each boot count once."""
        run = self.boot(*self.CONSOLE)
        run.times = {"total": 2.0}
        more = Run("life", "1", tests=[GOOD, Test("a", "S1", False, ["later"])], times={"total": 3.0}, unknown_calls=["c2002404"])
        run.add_boot(more)
        self.assertEqual([test.name for test in run.tests], ["a", "b", "cdsp.start"])
        self.assertTrue(run.tests[0].ok)
        self.assertEqual((run.begun, run.boots, run.times, run.unknown_calls), ("", 2, {"total": 5.0}, ["c2002404"]))


if __name__ == "__main__":
    unittest.main()
