#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Unit tests of suites.cfg and of the command line of a run."""

from __future__ import annotations

import argparse
import tempfile
import unittest
from pathlib import Path

import cmd_run
import qemu
import single
import suites
import verdict

GOOD = "[DEFAULT]\nkernel = plain\ninitrd = guest\nlimit = 9\n[a]\nmachines = m n\n[b]\nmachines = n\nlimit = 2\n"


def load(text: str) -> dict[str, suites.Suite]:
    """What a file of that text says."""
    with tempfile.NamedTemporaryFile("w", suffix=".cfg") as file:
        file.write(text)
        file.flush()
        return suites.load(Path(file.name))


class Config(unittest.TestCase):
    """Reading suites.cfg."""

    def test_ours(self) -> None:
        """Each machine has a device tree, each device tree is in some suite."""
        ours = [suite for suite in suites.load().values() if suite.dtbs == suites.OURS]
        machines = {machine for suite in ours for machine in suite.machines}
        self.assertEqual(machines, {path.stem for path in (suites.ROOT / "dts").glob("*.dts")})

    def test_defaults(self) -> None:
        found = load(GOOD)
        self.assertEqual([(s.name, s.machines, s.limit) for s in found.values()], [("a", ("m", "n"), 9), ("b", ("n",), 2)])

    def test_bad_ones(self) -> None:
        for old, new in (
            ("machines = n", "machine = n"),
            ("machines = n", "machines ="),
            ("machines = n", "machines = n n"),
            ("limit = 2", "limit = soon"),
            ("limit = 2", "limit = 0"),
            ("limit = 2", "kernel = fast"),
            ("[b]", "[a]"),
            ("[b]", "[b"),
            ("initrd = guest", ""),
        ):
            with self.subTest(new=new), self.assertRaises(suites.Refused):
                load(GOOD.replace(old, new))

    def test_words(self) -> None:
        found = load(GOOD)
        words = [f"{suite.name}:{machine}" for suite, machine in suites.pairs_of(["a", "b:n", "a:m"], found)]
        self.assertEqual(words, ["a:m", "a:n", "b:n"])
        for word in ("c", "b:m", "b:", ":n", ""):
            with self.subTest(word=word), self.assertRaises(suites.Refused):
                suites.pairs_of([word], found)


class Run(unittest.TestCase):
    """Arguments in, reruns and exit codes out."""

    def parse(self, *words: str) -> argparse.Namespace:
        parser = argparse.ArgumentParser(exit_on_error=False)
        cmd_run.arguments(parser)
        return parser.parse_args(words)

    def one(self, *words: str) -> single.Single:
        args = self.parse(*words, "b:n")
        (pair,) = suites.pairs_of(args.words, load(GOOD))
        nothing = Path("/dev/null")
        return single.Single(*pair, cmd_run.options_of(args), qemu.Parts(3, 1024, nothing, nothing, nothing, nothing))

    def test_rerun(self) -> None:
        """The line that is printed gives the same run again."""
        words = ["--kernel", "/x/Image", "--base", "--only", "a b*", "--limit", "3", "--expect", "panic,token"]
        again = self.one(*words).again()
        self.assertEqual(again, "ci/bench/bench run --kernel /x/Image --base --only 'a b*' --limit 3 --expect panic,token b:n")
        self.assertEqual(self.one("--other").again(), "ci/bench/bench run --other b:n")
        self.assertTrue(self.one("--other").options.base)
        self.assertEqual(self.one().again("cdsp.stop"), "ci/bench/bench run --only cdsp.stop b:n")
        self.assertEqual(
            self.one("--set", "seed=7", "--set", "case=0*").again(), "ci/bench/bench run --set seed=7 --set 'case=0*' b:n"
        )

    def test_bad_arguments(self) -> None:
        for words in (("--limit", "0"), ("--within", "x"), ("--expect", "panic,boredom"), ("--set", "seed")):
            with self.subTest(words=words), self.assertRaises(argparse.ArgumentError):
                self.parse(*words, "a")

    def test_expected(self) -> None:
        """Just what was expected is a pass; QEMU that did not start never is."""
        run = verdict.Run(suite="b", nonce="1")
        self.assertEqual(single.exit_code(self.one("--expect", "panic"), run), verdict.EXIT_FAILED)
        run.problem("panic", "")
        self.assertEqual(single.exit_code(self.one("--expect", "panic"), run), verdict.EXIT_PASS)
        self.assertEqual(single.exit_code(self.one(), run), verdict.EXIT_PANIC)
        run.problem("qemu", "")
        self.assertEqual(single.exit_code(self.one("--expect", "panic"), run), verdict.EXIT_INFRA)


if __name__ == "__main__":
    unittest.main()
