#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Unit tests of the pictures: what a known record becomes."""

from __future__ import annotations

import re
import unittest
import xml.etree.ElementTree as ET

import lanes
import record

# A start of a core behind an IOMMU and its stop, the first of which TrustZone refuses because a rule says so
START = """\
0 C 0 1000 ffffffff 42000c1e 4 1 40ae3006 40ae3006 1200 3 0 0 0 0 300 0
1 C 0 1100 4 42000201 82 1 4 40ae3000 0 0 0 0 0 0 0 0
2 C 3 1200 4 42000c1e 4 2 5e000006 5e000006 400200 3 0 0 0 0 402 0
3 P 0 1300 4 0 0 2 0 0 0 0 0 0 0 0 0 0 released
4 C 13 1400 4 42000205 1 2 4 0 0 0 0 0 0 0 0 0
5 C 12 1500 4 42000c1d 1 1 402 0 0 0 0 0 0 0 0 0
6 P 0 1600 4 0 0 1 0 0 0 0 0 0 0 0 0 0 ready
7 C 1a 1700 4 42000206 1 1 4 0 0 0 0 0 -2 0 0 0
8 C 2 1800 4 42000206 1 1 4 0 0 0 0 0 0 0 0 0
9 C 0 1900 ffffffff 42000c1d 1 0 300 0 0 0 0 0 0 0 0 0"""
VIOLATION = "10 V 0 2000 4 42000205 1 0 4 0 0 0 0 0 0 0 0 0 carveout not mapped <at all>"


def events_of(text: str) -> list[record.Event]:
    return [event for event in map(record.parse_line, text.splitlines()) if event]


def draw(text: str, start: int = 0, stop: int | None = None) -> str:
    events = events_of(text)
    return lanes.Picture(events, lanes.bars_of(events), start, len(events) if stop is None else stop).svg("it", alone=True)


def classes(svg: str, tag: str) -> list[str]:
    """Of the elements of a picture, in order."""
    return [one.get("class", "") for one in ET.fromstring(svg).iter(f"{{http://www.w3.org/2000/svg}}{tag}") if one.get("rx")]


class Lanes(unittest.TestCase):
    def test_lives(self) -> None:
        bars = {(bar.kind, bar.first, bar.last) for bar in lanes.bars_of(events_of(START))}
        self.assertEqual(bars, {("md", 1, 4), ("br", 2, 5), ("up", 4, 8), ("mp", 2, 8)})

    def test_what_is_alive_at_the_end(self) -> None:
        bars = {(bar.kind, bar.last) for bar in lanes.bars_of(events_of(START)[:8])}
        self.assertEqual(bars, {("md", 4), ("br", 5), ("up", 7), ("mp", 7)})

    def test_refused_image_keeps_its_metadata_locked(self) -> None:
        refused = START.splitlines()[1] + "\n5 C 8 1500 4 42000205 1 1 4 0 0 0 0 0 -2 0 0 0"
        self.assertIn(("md", 0, 1), {(bar.kind, bar.first, bar.last) for bar in lanes.bars_of(events_of(refused))})
        violation = refused.replace("5 C 8", "5 V 0") + " x"
        self.assertIn(("md", 0, 1), {(bar.kind, bar.first, bar.last) for bar in lanes.bars_of(events_of(violation))})

    def test_cpu_mapping(self) -> None:
        numbers = (1, 2, 4)  # mapped by Linux at three calls about the image, and not at what comes behind them
        lines = START.splitlines()
        for number in numbers:
            seq, kind, flags, rest = lines[number].split(" ", 3)
            lines[number] = f"{seq} {kind} {int(flags, 16) | record.FLAG_CPU_MAPPED:x} {rest}"
        text = "\n".join(lines)
        self.assertIn(("cp", 1, 4), {(bar.kind, bar.first, bar.last) for bar in lanes.bars_of(events_of(text))})
        self.assertIn(("cp", 1, 4), {(bar.kind, bar.first, bar.last) for bar in lanes.bars_of(events_of(text)[:5])})
        svg = draw(text)
        self.assertEqual(sorted(classes(svg, "rect")), ["br", "cp", "md", "mp", "up"])
        bar = re.search(r'<rect class="cp" x="(\d+)" y="\d+" width="(\d+)".*?<title>([^<]*)', svg)
        words = re.findall(r'<text x="(\d+)" y="\d+" class="[cn]">(?:init|auth|shut)', svg)
        assert bar
        self.assertEqual(bar[3], "CPU maps carveout: modem")
        self.assertEqual(len(words), 4)
        self.assertTrue(all(int(x) >= int(bar[1]) + int(bar[2]) for x in words))
        self.assertIn(">CPU maps carveout</text>", svg)

    def test_legend_is_no_wider_than_the_lanes(self) -> None:
        svg = draw(START)
        width = int(ET.fromstring(svg).get("width", ""))
        keys = [(int(x), len(text)) for x, text in re.findall(r'<text class="t" x="(\d+)" y="\d+">([^<]*)', svg)]
        self.assertEqual(len(keys), len(lanes.BARS) - 1)
        self.assertTrue(all(x + 6 * length <= width for x, length in keys), keys)

    def test_picture(self) -> None:
        svg = draw(START)
        text = " ".join(ET.fromstring(svg).itertext())
        for lane in ("Linux", "TrustZone", "core", "SMMU"):
            self.assertIn(lane, text)
        calls = re.findall(r"\b(bridge_create|init_image|auth_and_reset|bridge_delete|shutdown) modem", text)
        for name in ("init_image", "auth_and_reset", "shutdown", "bridge_create", "bridge_delete"):
            self.assertIn(name, calls)
        self.assertEqual(sorted(classes(svg, "rect")), ["br", "md", "mp", "up"])
        self.assertIn("planted: EINVAL", text)
        self.assertEqual(svg.count('class="j"'), 1)
        self.assertNotIn("VIOLATION", text)
        self.assertEqual(svg.count('class="s"'), 1)  # ready is a signal, released is none

    def test_violation_is_marked(self) -> None:
        svg = draw(f"{START}\n{VIOLATION}")
        self.assertIn("VIOLATION: modem carveout not mapped &lt;at all&gt;", svg)
        self.assertEqual(svg.count('class="v"'), 1)

    def test_refusal_is_not_planted(self) -> None:
        svg = draw(START.replace("7 C 1a", "7 C 12"))
        self.assertNotIn("planted", svg)
        self.assertIn('class="fx e">EINVAL<', svg)

    def test_part_shows_what_lived_before(self) -> None:
        self.assertEqual(sorted(classes(draw(START, 7, 9), "rect")), ["mp", "up"])
        self.assertEqual(draw(START, 3, 3), "")

    def test_long_scenarios_keep_what_went_wrong(self) -> None:
        quiet = [START.splitlines()[6].replace("6 P", f"{n} P") for n in range(600)]
        quiet[300] = VIOLATION.replace("10 V", "300 V")
        quiet[400] = START.splitlines()[7].replace("7 C", "400 C")
        svg = draw("\n".join(quiet))
        self.assertIn("VIOLATION", svg)
        self.assertIn("planted", svg)
        self.assertLess(svg.count('class="s"'), 200)


if __name__ == "__main__":
    unittest.main()
