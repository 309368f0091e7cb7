#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Unit tests of what reads abi/ and the record."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path

import abi
import cmd_same_calls as same_calls
import cmd_timeline as timeline
import record

# Prints what C makes of the headers
PROGRAM = """
#include <stdio.h>
#include "bench.h"
#include "calls.h"
#define CALL(name, text, owner, svc, cmd, arginfo, first, result) \\
	printf("call %s %s %u %u %s %s\\n", #name, text, SCM_##name, arginfo, #first, #result);
#define PAS(id, text) printf("pas %u %s\\n", id, text);
int main(void)
{
	SCM_CALLS(CALL)
	BENCH_PAS_NAMES(PAS)
	printf("any %u fast %u unknown %u\\n", BENCH_ANY, SCM_FAST_CALL, BENCH_F_UNKNOWN);
}
"""


class Abi(unittest.TestCase):
    """Python reads what C reads."""

    def test_python_reads_what_the_compiler_reads(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            program = Path(folder, "abi")
            argv = [shutil.which("cc") or "gcc", "-I", str(abi.FOLDER), "-x", "c", "-o", str(program), "-"]
            subprocess.run(argv, input=PROGRAM, text=True, check=True)
            said = subprocess.run([str(program)], capture_output=True, text=True, check=True).stdout.splitlines()
        calls = [
            f"call {c.name} {c.text} {c.word} {c.arginfo} {'PAS' if c.is_pas else 'ANY'}"
            f" {'STATUS' if c.result_is_status else 'VALUE'}"
            for c in abi.CALLS.values()
        ]
        names = [f"pas {number} {text}" for number, text in abi.PAS_NAMES.items()]
        self.assertGreater(len(calls), 10)
        numbers = f"any {abi.ANY_PAS} fast {abi.FAST_CALL} unknown {record.FLAG_UNKNOWN}"
        self.assertEqual([*calls, *names, numbers], said)

    def test_each_row_is_read(self) -> None:
        text = (abi.FOLDER / "calls.h").read_text(encoding="utf-8")
        self.assertEqual(len(abi.CALLS), len(re.findall(r"^X\(", text, re.M)))
        self.assertEqual(len(abi.BY_WORD), len(abi.CALLS))


class Record(unittest.TestCase):
    """One line an event."""

    LINE = "0 C 11 1200 4 c2000205 1 2 4 0 0 0 0 0 0 0 0 0"

    def test_line(self) -> None:
        event = record.parse_line(self.LINE + " ")
        assert event is not None
        self.assertEqual((event.name, event.pas_name, event.time_us), ("auth_and_reset", "modem", 1200))
        self.assertEqual(event.flags, record.FLAG_BRIDGED | record.FLAG_AUTHENTICATED)

    def test_what_is_no_line(self) -> None:
        for line in ("", "TZ boot", self.LINE.replace("0 C", "0 X"), self.LINE[:-4], "REC " + self.LINE):
            self.assertIsNone(record.parse_line(line))

    def test_unknown_call_and_image(self) -> None:
        event = record.parse_line("0 C 20 1200 3 42001234 1 2 3 0 0 0 0 0 0 0 0 0")
        assert event is not None
        self.assertEqual((event.name, event.pas_name), ("42001234", "pas3"))

    def test_time_line(self) -> None:
        event = record.parse_line(self.LINE)
        assert event is not None
        self.assertEqual(timeline.row(event, 200), ("32", ("1.0", "modem", "auth_and_reset", "", "bridged up", "ok")))


class SameCalls(unittest.TestCase):
    """What is compared, and what is not."""

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
