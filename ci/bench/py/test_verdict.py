#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Unit tests of the judge: each thing that must turn a run red does, and nothing else."""

from __future__ import annotations

import unittest
from dataclasses import replace

import record
import same_calls
import verdict

NONCE = "12ab"
CALL = "0 C 10 1200 12 42000205 1 2 12 0 0 0 0 0 0 0 0 0"
CORE = "1 P 0 1300 12 0 0 2 0 0 0 0 0 0 0 0 0 0 ready"
END = "END events=2 violations=0 unknown=0 bridges_leaked=0"
CONSOLE = [
    "[    0.000000] Booting Linux on physical CPU 0x0000000000",
    "[    0.500000] KTAP version 1",
    "[    0.500100] 1..2",
    "[    0.500200] # run cdsp.start",
    "[    0.600000] ok 1 [S1] cdsp.start",
    "[    0.700000][    T1] ok 2 [S1 C1] cdsp.stop",
    f"[    0.800000] REC {CALL} ",
    f"[    0.800100] REC {CORE}",
    "[    0.800200] REC-END kept=2 written=2",
    f"[    0.900000] BENCH-TOKEN nonce={NONCE} planned=2 ok=2",
    "[    0.910000] reboot: Power down",
]
SECURE = ["TZ boot", CALL + " ", CORE, END]


def kinds(console: list[str] | None = None, secure: list[str] | None = None, qemu_exit: int = 0) -> set[str]:
    """Kinds of problem that the judge finds."""
    run = verdict.Run(suite="machines", nonce=NONCE, qemu_exit=qemu_exit)
    verdict.judge(run, CONSOLE if console is None else console, SECURE if secure is None else secure)
    return {problem.kind for problem in run.problems}


def changed(lines: list[str], old: str, new: str) -> list[str]:
    """The lines with one text replaced, which must be there."""
    assert any(old in line for line in lines), old
    return [line.replace(old, new) for line in lines]


def without(lines: list[str], text: str) -> list[str]:
    """The lines but for those that hold a text, which must be there."""
    assert any(text in line for line in lines), text
    return [line for line in lines if text not in line]


def with_line(line: str) -> list[str]:
    """The console with a line of the kernel in the middle."""
    return [*CONSOLE[:4], f"[    0.550000] {line}", *CONSOLE[4:]]


class Good(unittest.TestCase):
    def test_good_run_passes(self) -> None:
        self.assertEqual(kinds(), set())

    def test_guest_may_quote_a_splat(self) -> None:
        self.assertEqual(kinds(with_line("# about BUG: and WARNING:")), set())

    def test_secure_uart_may_go_on_after_the_guest(self) -> None:
        later = [*SECURE[:3], CORE.replace("1 P", "2 P").replace("ready", "stopped")]
        later.append(END.replace("events=2", "events=3"))
        self.assertEqual(kinds(secure=later), set())


class Results(unittest.TestCase):
    def test_failed_test(self) -> None:
        console = changed(CONSOLE, "] ok 2", "] not ok 2")
        self.assertEqual(kinds(changed(console, "ok=2", "ok=1")), {"test"})

    def test_token_counts_what_failed(self) -> None:
        self.assertEqual(kinds(changed(CONSOLE, "] ok 2", "] not ok 2")), {"test", "token"})

    def test_missing_result(self) -> None:
        self.assertIn("plan", kinds(without(CONSOLE, "ok 2 [S1 C1] cdsp.stop")))

    def test_result_out_of_order(self) -> None:
        self.assertIn("plan", kinds(changed(CONSOLE, "ok 2", "ok 3")))

    def test_result_without_rows(self) -> None:
        self.assertIn("plan", kinds(changed(CONSOLE, "ok 2 [S1 C1] ", "ok 2 ")))

    def test_rows(self) -> None:
        run = verdict.Run(suite="machines", nonce=NONCE, qemu_exit=0)
        verdict.judge(run, CONSOLE, SECURE)
        self.assertEqual([(test.name, test.rows) for test in run.tests], [("cdsp.start", "S1"), ("cdsp.stop", "S1 C1")])

    def test_no_plan(self) -> None:
        self.assertIn("plan", kinds(without(CONSOLE, "1..2")))

    def test_nothing_planned(self) -> None:
        console = without(changed(CONSOLE, "1..2", "1..0"), "] ok ")
        self.assertIn("plan", kinds(changed(console, "planned=2 ok=2", "planned=0 ok=0")))

    def test_no_token(self) -> None:
        self.assertEqual(kinds(without(CONSOLE, "BENCH-TOKEN")), {"token"})

    def test_token_of_another_run(self) -> None:
        self.assertEqual(kinds(changed(CONSOLE, NONCE, "77")), {"nonce"})

    def test_empty_console(self) -> None:
        self.assertTrue({"plan", "token", "record"} <= kinds([]))


class Kernel(unittest.TestCase):
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
    )

    def test_splats(self) -> None:
        for line in self.SPLATS:
            with self.subTest(line=line):
                self.assertEqual(kinds(with_line(line)), {"splat"})

    def test_panic(self) -> None:
        line = "Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000100"
        self.assertEqual(kinds(with_line(line)), {"panic"})

    def test_exception_at_el3(self) -> None:
        secure = [*SECURE, "TZ PANIC cpu0 at 1 us: synchronous"]
        self.assertIn("panic", kinds(secure=secure))

    def test_exit_codes(self) -> None:
        for code in (1, verdict.QEMU_TZ_PANIC, verdict.QEMU_RESET, -9):
            with self.subTest(code=code):
                self.assertEqual(kinds(qemu_exit=code), {"exit-code"})


class Record(unittest.TestCase):
    def test_violation(self) -> None:
        secure = changed(SECURE, CORE, CORE.replace("1 P", "1 V"))
        console = changed(CONSOLE, CORE, CORE.replace("1 P", "1 V"))
        self.assertEqual(kinds(console, secure), {"violation"})

    def test_violation_that_the_guest_hides(self) -> None:
        secure = changed(SECURE, CORE, CORE.replace("1 P", "1 V"))
        self.assertEqual(kinds(secure=secure), {"violation", "record"})

    def test_unknown_call(self) -> None:
        bad = CALL.replace("0 C 10", "0 C 20")
        self.assertEqual(kinds(changed(CONSOLE, CALL, bad), changed(SECURE, CALL, bad)), {"unknown-smc"})

    def test_forged_line(self) -> None:
        self.assertEqual(kinds(changed(CONSOLE, "REC 1 P 0 1300", "REC 1 P 0 1301")), {"record"})

    def test_lost_line(self) -> None:
        self.assertEqual(kinds(without(CONSOLE, "REC 1 P")), {"record"})

    def test_more_events_than_room(self) -> None:
        self.assertEqual(kinds(changed(CONSOLE, "written=2", "written=3")), {"record"})

    def test_gap_on_the_secure_uart(self) -> None:
        self.assertIn("record", kinds(secure=without(SECURE, "0 C 10")))

    def test_no_summary(self) -> None:
        self.assertEqual(kinds(secure=without(SECURE, "END")), {"end"})

    def test_summary_of_other_length(self) -> None:
        self.assertEqual(kinds(secure=changed(SECURE, "events=2", "events=3")), {"end"})

    def test_bridge_left_behind(self) -> None:
        self.assertEqual(kinds(secure=changed(SECURE, "leaked=0", "leaked=1")), {"violation"})


class ExitCodes(unittest.TestCase):
    def test_worst_wins_but_for_qemu(self) -> None:
        run = verdict.Run(suite="machines", nonce=NONCE)
        self.assertEqual(run.exit_code(), verdict.EXIT_PASS)
        run.problem("test", "")
        self.assertEqual(run.exit_code(), verdict.EXIT_FAILED)
        run.problem("splat", "")
        self.assertEqual(run.exit_code(), verdict.EXIT_PANIC)
        run.problem("qemu", "")
        self.assertEqual(run.exit_code(), verdict.EXIT_INFRA)


class SameCalls(unittest.TestCase):
    def event(self) -> record.Event:
        line = "0 C 0 1 4 42000201 82 0 4 40b12000 0 0 0 0 0 0 0 0"
        event = record.parse_line(line)
        assert event is not None
        return event

    def test_address_of_the_metadata_is_not_compared(self) -> None:
        event = self.event()
        other = replace(event, args=(4, 0x40FF7000, 0, 0, 0, 0))
        self.assertEqual(same_calls.normalise(event), same_calls.normalise(other))

    def test_alignment_of_the_metadata_is(self) -> None:
        event = self.event()
        other = replace(event, args=(4, 0x40B12010, 0, 0, 0, 0))
        self.assertNotEqual(same_calls.normalise(event), same_calls.normalise(other))

    def test_other_arguments_are(self) -> None:
        event = self.event()
        for other in (replace(event, args=(18, *event.args[1:])), replace(event, arginfo=0x2)):
            self.assertNotEqual(same_calls.normalise(event), same_calls.normalise(other))

    def test_an_empty_record_proves_nothing(self) -> None:
        self.assertIsNotNone(same_calls.complaint("empty", []))


if __name__ == "__main__":
    unittest.main()
