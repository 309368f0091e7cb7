#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Unit tests of the reports, and of what is read back from them."""

from __future__ import annotations

import json
import tempfile
import unittest
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import report
import results
from ktap import Case

OUTCOMES = [
    report.Outcome("bench", "runs", [Case("a", "passed", requirements="S1 C2"), Case("b", "failed", "<why>\x01", "-")]),
    report.Outcome("trees", "are fine", [Case("c", "passed")], proves=("D1", "D2")),
    report.Outcome("idle", "does nothing", [Case("d", "skipped", "no time")], proves=("D9",)),
]
GOOD = {
    "machine": "hypervisor",
    "suite": "life",
    "exit_code": 0,
    "expect": [],
    "kernel": "/x/build/out/series-plain/arch/arm64/boot/Image",
    "base": False,
    "seconds": 3.5,
    "seconds_to_last_result": 3.25,
    "tests": [
        {"name": "cdsp.start", "requirements": "S1 C2", "ok": True},
        {"name": "boot", "requirements": "-", "ok": True},
    ],
}


class Results(unittest.TestCase):
    """In a folder of its own."""

    def setUp(self) -> None:
        temp = tempfile.TemporaryDirectory()
        self.addCleanup(temp.cleanup)
        self.dir = Path(temp.name)

    def put(self, folder: str, **fields: Any) -> None:
        (self.dir / folder).mkdir()
        (self.dir / folder / "result.json").write_text(json.dumps(GOOD | fields))

    def test_junit(self) -> None:
        top = ET.fromstring(report.junit(OUTCOMES))
        cases = {str(case.get("name")): case for case in top.iter("testcase")}
        self.assertEqual([p.get("value") for p in cases["a"].iter("property")], ["S1", "C2"])
        self.assertEqual(list(cases["b"].iter("property")), [])
        failure = cases["b"].find("failure")
        assert failure is not None
        self.assertIn("again: make test ONLY=bench", failure.text or "")

    def test_proofs(self) -> None:
        self.put("good")
        self.put("again", machine="el2-iommu")
        (self.dir / "junit.xml").write_text(report.junit(OUTCOMES))
        names = {"life": ["el2-iommu.cdsp.start", "hypervisor.cdsp.start"]}
        self.assertEqual(
            results.proofs(self.dir), {"C2": names, "D1": {"trees": ["trees"]}, "D2": {"trees": ["trees"]}, "S1": names}
        )

    def test_what_proves_nothing(self) -> None:
        self.assertEqual(results.proofs(self.dir), {})
        self.put("failed", exit_code=1)
        self.put("expected", expect=["test"])
        self.put("base", base=True)
        self.put("bad", tests=[{"name": "x", "requirements": "S1", "ok": False}])
        self.assertEqual(results.proofs(self.dir), {})

    def test_cut_file(self) -> None:
        self.put("good")
        (self.dir / "good/result.json").write_text("{")
        with self.assertRaisesRegex(ValueError, "result.json"):
            results.proofs(self.dir)

    def test_traces(self) -> None:
        traces = [results.Trace("S1", "a <b>", ["0003-x"], {"life": ["m.x"]}, ["no-bridge"]), results.Trace("S2", "nothing")]
        report.write_traces(traces, self.dir)
        self.assertEqual(json.loads((self.dir / "requirements.json").read_text())[0]["tests"], {"life": ["m.x"]})

    def test_names_of_kernels(self) -> None:
        self.assertEqual(results.kernel_name(str(GOOD["kernel"]), False), "series-plain")
        self.assertEqual(results.kernel_name("build/out/base-debug/arch/arm64/boot/Image", True), "base-debug")
        self.assertEqual(results.kernel_name("/my/Image", False), "/my/Image")
        self.assertEqual(results.kernel_name("/my/Image", True), "/my/Image (base)")

    def test_shards(self) -> None:
        (self.dir / "junit-1-of-2.xml").write_text(report.junit(OUTCOMES[:1]))
        self.assertEqual(results.missing_shards(self.dir), ["shard 2 of 2 is missing: make test SHARD=2/2"])
        good = [report.Outcome("bench", "runs", [Case("a", "passed")])]
        (self.dir / "junit-2-of-2.xml").write_text(report.junit([*good, OUTCOMES[1]]))
        self.assertEqual(results.missing_shards(self.dir), [])
        suites = {suite.get("name"): suite.get("failures") for suite in results.test_suites(self.dir)}
        self.assertEqual(suites, {"bench": "1", "trees": "0"})


if __name__ == "__main__":
    unittest.main()
