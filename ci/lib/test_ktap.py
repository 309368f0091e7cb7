#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Unit tests of the reader and the writer of KTAP, and of the list of splats."""

from __future__ import annotations

import contextlib
import io
import tempfile
import unittest
from pathlib import Path

import ktap
import splats

SPLATS = (
    "WARNING: CPU: 0 PID: 1 at drivers/clk/clk.c:1188 clk_core_disable+0xa0/0xa8",
    "WARNING: possible circular locking dependency detected",
    "BUG: KASAN: slab-out-of-bounds in qcom_mdt_read_metadata+0x1/0x2",
    "UBSAN: array-index-out-of-bounds in drivers/foo.c:1:2",
    "BUG: sleeping function called from invalid context at kernel/locking/mutex.c:1",
    "kmemleak: 1 new suspected memory leaks (see /sys/kernel/debug/kmemleak)",
    "Internal error: Oops: 0000000096000004 [#1] SMP",
    "Unable to handle kernel NULL pointer dereference at virtual address 0",
    "Call trace:",
    "refcount_t: underflow; use-after-free.",
    "watchdog: BUG: soft lockup - CPU#0 stuck for 22s!",
    "INFO: task kworker/0:1:10 blocked for more than 120 seconds.",
    "Unbalanced enable for IRQ 12",
)


def problems(text: str) -> list[str]:
    """What is wrong with a stream."""
    return ktap.parse(text.splitlines()).problems


class Reader(unittest.TestCase):
    """From text to cases."""

    def test_cases(self) -> None:
        text = "KTAP version 1\n1..4\nok 1 - a\n# why\nnot ok 2 [S1 C2] b\nok 3 c # SKIP no time\nok 4 [-] d\n"
        found = ktap.parse(text.splitlines())
        self.assertEqual(found.problems, [])
        self.assertEqual(
            found.cases,
            [
                ktap.Case("a", "passed"),
                ktap.Case("b", "failed", "why", "S1 C2"),
                ktap.Case("c", "skipped", "no time"),
                ktap.Case("d", "passed", requirements="-"),
            ],
        )

    def test_problems(self) -> None:
        for text in (
            "KTAP version 1\nok 1 a",
            "KTAP version 1\n1..2\nok 1 a",
            "KTAP version 1\n1..1\nok 2 a",
            "KTAP version 1\n1..1\n1..1\nok 1 a",
            "KTAP version 1\n1..0",
            "1..1\nok 1 a\nBail out! no more",
        ):
            with self.subTest(text=text):
                self.assertTrue(problems(text))

    def test_subtests_are_not_ours(self) -> None:
        self.assertEqual(problems("KTAP version 1\n1..1\n    KTAP version 1\n    1..1\n    not ok 1 x\nok 1 a"), [])

    def test_a_stranger_is_no_ktap(self) -> None:
        self.assertFalse(ktap.parse(["hello", "okay 1", "# a note"]).seen)


class Writer(unittest.TestCase):
    """What is written is what is read."""

    def test_round_trip(self) -> None:
        stream = io.StringIO()
        writer = ktap.Writer(stream)
        writer.result("a")
        writer.result("b # c", ["why", "not"], "S1")
        writer.skip("d", "no time")
        writer.end()
        found = ktap.parse(stream.getvalue().splitlines())
        self.assertEqual((found.problems, writer.failed), ([], 1))
        self.assertEqual([case.state for case in found.cases], ["passed", "failed", "skipped"])
        self.assertEqual((found.cases[1].reason, found.cases[1].requirements), ("why\nnot", "S1"))


class Splats(unittest.TestCase):
    """The one list, and its command."""

    def test_splats(self) -> None:
        for line in SPLATS:
            with self.subTest(line=line):
                self.assertEqual([kind for kind, _ in splats.find([line])], ["splat"])

    def test_failed_allocation(self) -> None:
        told = "init: vmalloc error: size 4096, failed to allocated page array size 8"
        self.assertEqual(list(splats.find([told, "Mem-Info:", "Call trace:"])), [])
        self.assertEqual([kind for kind, _ in splats.find([told, "Call trace:", "Call trace:"])], ["splat"])

    def test_stamps(self) -> None:
        for stamp in ("[    0.500000] ", "[   12.000001][    T1] ", "<4>[    1.000000] "):
            self.assertEqual(splats.strip_stamp(f"{stamp}BUG: x"), "BUG: x")

    def test_quotes_do_not_count(self) -> None:
        for line in ("# WARNING: x", "    # case: BUG: x", "ok 1 BUG: x", "REC 1 V BUG: x", "    not ok 2 Oops"):
            self.assertEqual(list(splats.find([line])), [])

    def test_command(self) -> None:
        for text, code in (
            ("[    0.1] all is well\n", 0),
            ("[0.1] Oops\n", 4),
            ("Kernel panic - not syncing: x", 4),
            ("", 3),
        ):
            with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
                log = Path(folder, "log")
                log.write_text(text)
                with contextlib.redirect_stderr(io.StringIO()):
                    self.assertEqual(splats.main([str(log)]), code)
                    self.assertEqual(splats.main([str(log) + "-not"]), 3)
                    self.assertEqual(splats.main([]), 2)


if __name__ == "__main__":
    unittest.main()
