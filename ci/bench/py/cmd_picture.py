# SPDX-License-Identifier: GPL-2.0-only
"""Draws one scenario of a run as swim lanes, an SVG on stdout."""

from __future__ import annotations

import argparse
import sys
from fnmatch import fnmatchcase
from pathlib import Path

import lanes
import record


def arguments(parser: argparse.ArgumentParser) -> None:
    """A run, and which part of it."""
    parser.add_argument("run", type=Path, help="a run's folder")
    parser.add_argument("scenario", help="its name, or a pattern: the first that it matches")


def main(args: argparse.Namespace) -> int:
    """The picture, with its own style."""
    spans = record.scenarios(args.run)
    name = next((name for name in spans if fnmatchcase(name, args.scenario)), None)
    if name is None:
        print(f"bench picture: {args.run} has no scenario {args.scenario!r}: its ktap.txt names them", file=sys.stderr)
        return 2
    folder, start, stop = spans[name]
    events = record.read_events(folder / "secure.log")
    svg = lanes.Picture(events, lanes.bars_of(events), start, stop).svg(name, alone=True)
    if not svg:
        print(f"bench picture: no event in {name}", file=sys.stderr)
        return 1
    print(svg)
    return 0
