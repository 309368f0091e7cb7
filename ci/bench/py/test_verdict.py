#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Unit tests of the judge: each thing that must turn a run red does, and nothing else."""

from __future__ import annotations

import unittest

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
    run = verdict.Run(suite="life", nonce=NONCE, qemu_exit=qemu_exit)
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


def with_line(line: str, at: int = 4) -> list[str]:
    """The console with a line of the kernel in the middle."""
    return [*CONSOLE[:at], f"[    0.550000] {line}", *CONSOLE[at:]]


class Good(unittest.TestCase):
    """What must not turn a run red."""

    def test_good_run_passes(self) -> None:
        self.assertEqual(kinds(), set())

    def test_guest_may_quote_a_splat(self) -> None:
        self.assertEqual(kinds(with_line("# about BUG: and WARNING:")), set())

    def test_secure_uart_may_go_on_after_the_guest(self) -> None:
        later = [*SECURE[:3], CORE.replace("1 P", "2 P").replace("ready", "stopped")]
        later.append(END.replace("events=2", "events=3"))
        self.assertEqual(kinds(secure=later), set())


class Results(unittest.TestCase):
    """What the guest says, and what it leaves out."""

    def test_failed_test(self) -> None:
        console = changed(CONSOLE, "] ok 2", "] not ok 2")
        self.assertEqual(kinds(changed(console, "ok=2", "ok=1")), {"test"})

    def test_token_counts_what_failed(self) -> None:
        self.assertEqual(kinds(changed(CONSOLE, "] ok 2", "] not ok 2")), {"test", "token"})

    def test_missing_result(self) -> None:
        self.assertIn("plan", kinds(without(CONSOLE, "ok 2 [S1 C1] cdsp.stop")))

    def test_result_out_of_order(self) -> None:
        self.assertIn("plan", kinds(changed(CONSOLE, "ok 2", "ok 3")))

    def test_reason_without_a_result(self) -> None:
        self.assertEqual(kinds(with_line("# reason: memory is lost", at=6)), {"test"})

    def test_skipped_result(self) -> None:
        self.assertIn("test", kinds(changed(CONSOLE, "cdsp.stop", "cdsp.stop # SKIP no time")))

    def test_result_without_requirements(self) -> None:
        self.assertIn("plan", kinds(changed(CONSOLE, "ok 2 [S1 C1] ", "ok 2 ")))

    def test_requirements(self) -> None:
        run = verdict.Run(suite="life", nonce=NONCE, qemu_exit=0)
        verdict.judge(run, CONSOLE, SECURE)
        self.assertEqual([(test.name, test.requirements) for test in run.tests], [("cdsp.start", "S1"), ("cdsp.stop", "S1 C1")])

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
    """What the kernel, the firmware and QEMU say; the list of splats has a test of its own."""

    def test_splat(self) -> None:
        self.assertEqual(kinds(with_line("WARNING: CPU: 0 PID: 1 at drivers/clk/clk.c:1188")), {"splat"})

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
    """The record of the firmware, and the guest's copy of it."""

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
    """From problems to an exit code."""

    def test_worst_wins_but_for_qemu(self) -> None:
        run = verdict.Run(suite="life", nonce=NONCE)
        self.assertEqual(run.exit_code(), verdict.EXIT_PASS)
        run.problem("test", "")
        self.assertEqual(run.exit_code(), verdict.EXIT_FAILED)
        run.problem("splat", "")
        self.assertEqual(run.exit_code(), verdict.EXIT_PANIC)
        run.problem("qemu", "")
        self.assertEqual(run.exit_code(), verdict.EXIT_INFRA)

    def test_slow(self) -> None:
        run = verdict.Run(suite="first-life", nonce=NONCE, times={"results": 3.5})
        verdict.judge_speed(run, 4)
        self.assertEqual(run.problems, [])
        verdict.judge_speed(run, 3)
        self.assertEqual([problem.kind for problem in run.problems], ["slow"])


if __name__ == "__main__":
    unittest.main()
