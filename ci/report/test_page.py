#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Unit tests of the page, on results of a few lines; with a folder as argument, writes those results there."""

from __future__ import annotations

import base64
import gzip
import json
import re
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[1:1] = [str(HERE.parents[0] / "bench/py"), str(HERE.parents[0] / "lib")]

import page  # noqa: E402
import report  # noqa: E402
from ktap import Case  # noqa: E402

NAME = "cdsp.refused-for-long"
EVENTS = """\
0 C 0 900 ffffffff c2000601 1 0 2000601 0 0 0 0 0 0 1 0 0
1 C 0 1000 12 42000201 82 0 12 40ae3000 0 0 0 0 0 0 0 0
2 C 10 1100 12 42000205 1 0 12 0 0 0 0 0 0 0 0 0
3 P 0 1200 12 0 0 0 0 0 0 0 0 0 0 0 0 0 ready
4 C 18 1300 12 42000206 1 0 12 0 0 0 0 0 -2 0 0 0
5 C 0 1400 12 42000206 1 0 12 0 0 0 0 0 0 0 0 0
"""
BROKEN = EVENTS.replace("5 C 0", "5 V 10").rstrip() + " init_image of an image that is up\n"


def put(results: Path, folder: str, ok: bool, **fields: Any) -> None:
    """A run of the bench."""
    out = results / folder
    out.mkdir(parents=True)
    tests = [{"name": "boot", "requirements": "-", "ok": True, "reasons": []}]
    tests.append({"name": NAME, "requirements": "S2 C3", "ok": ok, "reasons": [] if ok else ["cdsp: <stop> gave 0"]})
    found = {"machine": "hypervisor", "suite": "refused", "kernel": "/x/build/out/series-plain/arch/arm64/boot/Image"}
    found |= {"base": False, "expect": [], "exit_code": 0, "seconds": 2.5, "seconds_to_last_result": 2.0, "tests": tests}  # type: ignore[dict-item]
    (out / "result.json").write_text(json.dumps(found | fields))
    (out / "ktap.txt").write_text(f"# run boot from 0\nok 1 [-] boot\n# run {NAME} from 1\nok 2 [S2] {NAME}\n")
    (out / "secure.log").write_text(EVENTS if ok else BROKEN)
    (out / "console.log").write_text("[    0.000000] Linux version 6.18.15-toy (toy@localhost)\n")


def put_all(results: Path) -> None:
    """Results of a good run of the series, and of the base for the same scenario; a test that failed; coverage."""
    put(results, "series/hypervisor-refused", True)
    base = "/x/build/out/base-plain/arch/arm64/boot/Image"
    put(results, "base/hypervisor-refused", False, base=True, kernel=base, exit_code=1)
    again = "because\nagain: ci/bench/bench run --only x life:el2-modem"
    outcomes = [report.Outcome("bench", "runs", [Case("a", "passed"), Case("x <y>", "failed", again)]), report.Outcome("z", "is")]
    outcomes[1].cases = [Case("c", "failed", "no reason")]
    (results / "junit.xml").write_text(report.junit(outcomes, 90))
    trace = {"requirement": "S2", "text": "Any <single>.", "patches": ["05 pas"], "mutants": ["s2-x"]}
    trace |= {"tests": {"refused": ["h.x"]}}  # type: ignore[dict-item]
    (results / "requirements.json").write_text(json.dumps([trace, trace | {"requirement": "S9", "tests": {}}]))
    log = "added lines executed: 9/10 (90.0 %)\ntheir branches taken: 1/2 (50.0 %)\n"
    log += "drivers/a.c:7: line not executed: return -E<X>;\n    NO REASON GIVEN\n"
    survivor = {"state": "survived", "why": "", "file": "d/a.c", "line": 7, "anchor": "drop a.c f: g(<a>)"}
    generated = {"summary": {"killed": 1, "mutants": 2, "seconds": 3}, "mutants": [survivor, survivor | {"state": "killed"}]}
    (results / "generated-mutants.json").write_text(json.dumps(generated))
    (results / "check-coverage.log").write_text(log)


def packed(text: str) -> list[Any]:
    """What is packed into a page."""
    blocks = re.findall(r'<script type="text/plain">([^<]*)</script>', text)
    return [item for block in blocks for item in json.loads(gzip.decompress(base64.b64decode(block)))]


class Page(unittest.TestCase):
    def setUp(self) -> None:
        temp = tempfile.TemporaryDirectory()
        self.addCleanup(temp.cleanup)
        self.dir = Path(temp.name)

    def test_nothing(self) -> None:
        with self.assertRaisesRegex(page.NoResults, "make test"):
            page.Page(self.dir)

    def test_all(self) -> None:
        put_all(self.dir)
        text = page.Page(self.dir).html()
        for wanted in (
            "1 passed, 2 failed", "2 min in all", "6.18.15-toy", "not against Qualcomm", "x &lt;y&gt;", "Any &lt;single&gt;.",
            "Again: <code>ci/bench/bench run --only x life:el2-modem</code>", "Again: <code>make test ONLY=z</code>",
            "added lines executed: 9/10", "drivers/a.c:7", "return -E&lt;X&gt;;", 'class="failed">NO REASON GIVEN',
            'class="passed">S2', 'class="failed">S9', "05 pas", "s2-x", "cdsp: &lt;stop&gt; gave 0",
        ):  # fmt: skip
            self.assertIn(wanted, text)
        self.assertNotIn("<stop>", text)

    def test_pictures(self) -> None:
        put_all(self.dir)
        text = page.Page(self.dir).html()
        matter = text[text.index('id="matter"') : text.index('id="failures"')]
        self.assertEqual(matter.count("<svg"), 2)  # base beside series; the other two were not run
        self.assertEqual(matter.count("Not among these results"), 2)
        self.assertIn("VIOLATION", matter[matter.index("base-plain: failed") :])
        self.assertNotIn("VIOLATION", matter[: matter.index("base-plain: failed")])
        names = {name: sides for name, _, sides in packed(text)}
        self.assertEqual([side[:2] for side in names[NAME]], [["series-plain", "passed"], ["base-plain", "failed"]])
        states = '<span class="passed">series-plain: none failed</span>, <span class="failed">base-plain: 1 failed</span>'
        self.assertIn(f"hypervisor, 2 scenarios; {states}", text)
        again = "ci/bench/bench run --base --only cdsp.refused-for-long refused:hypervisor"
        self.assertEqual(names[NAME][1][3], again)
        drawn = matter.count("<svg") + sum(bool(side[4]) for sides in names.values() for side in sides)
        self.assertIn(f'data-pictures="{drawn}"', text)

    def test_failed_scenario_is_drawn_with_the_failures(self) -> None:
        put(self.dir, "hypervisor-refused", False, exit_code=1)
        text = page.Page(self.dir).html()
        failures = text[text.index('id="failures"') : text.index('id="scenarios"')]
        self.assertIn("VIOLATION", failures)
        self.assertIn("1 failed", text[text.index('id="scenarios"') :])

    def test_other_kernels(self) -> None:
        put_all(self.dir)
        put(self.dir, "mine", True, kernel="/my/Image")
        sides = next(sides for name, _, sides in packed(page.Page(self.dir).html()) if name == NAME)
        self.assertEqual([side[0] for side in sides], ["series-plain", "/my/Image", "base-plain"])
        self.assertIn("--kernel /my/Image", sides[1][3])

    def test_kernels_that_tests_made_are_not_in_the_way(self) -> None:
        put_all(self.dir)
        put(self.dir, "mutant", False, kernel="/x/build/results/mutants/s2-x/Image")
        proved = page.Page(self.dir).proved()
        self.assertLess(proved.index("series-plain"), proved.index("<details"))
        self.assertLess(proved.index("1 kernels that tests made"), proved.index("/x/build/results/mutants/s2-x/Image"))

    def test_second_boot(self) -> None:
        put(self.dir, "a", True)
        boot = self.dir / "a/boot-2"
        boot.mkdir()
        (boot / "secure.log").write_text(BROKEN)
        (self.dir / "a/ktap.txt").write_text("# run boot from 0\n")
        (boot / "ktap.txt").write_text(f"# run boot from 0\n# run {NAME} from 1\n")
        sides = {name: sides for name, _, sides in packed(page.Page(self.dir).html())}
        self.assertIn("VIOLATION", sides[NAME][0][4])
        self.assertNotIn("VIOLATION", sides["boot"][0][4])

    def test_compared_kernels_have_the_names_that_they_were_given(self) -> None:
        put(self.dir, "compare/7.3/hypervisor-refused", True, kernel="/x/build/out/other-1/arch/arm64/boot/Image", base=True)
        self.assertIn("7.3", [run.run.kernel for run in page.Page(self.dir).runs])

    def test_lost_shard(self) -> None:
        (self.dir / "junit-1-of-2.xml").write_text(report.junit([report.Outcome("a", "is", [Case("a", "passed")])]))
        text = page.Page(self.dir).html()
        self.assertIn('<h1 class="failed">', text)
        self.assertIn("shard 2 of 2 is missing", text)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        put_all(Path(sys.argv[1]))
    else:
        unittest.main()
