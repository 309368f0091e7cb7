# SPDX-License-Identifier: GPL-2.0-only
"""Compares the SMCs of two runs: on the hypervisor machine the series must not add or change one.

Takes the secure UART's logs of the base and of the series. Addresses of memory that Linux
allocated are not compared. Exit code: 0 same; 1 different, or nothing to compare; 2 wrong use.
"""

from __future__ import annotations

import argparse
import difflib
import sys
from pathlib import Path

import abi
import record

BRIDGE_CREATE, BRIDGE_DELETE = abi.CALLS["BRIDGE_CREATE"], abi.CALLS["BRIDGE_DELETE"]
INIT_IMAGE, AUTH_AND_RESET = abi.CALLS["PAS_INIT_IMAGE"], abi.CALLS["PAS_AUTH_AND_RESET"]
PAGE = 0xFFF
SHOWN = 40


def normalise(event: record.Event) -> str:
    """One call as text, without what may differ from one boot to the next."""
    words = [f"{word:x}" for word in event.args[: event.arginfo & 0xF]]
    if event.call == INIT_IMAGE and len(words) > 1:
        words[1] = f"metadata+{event.args[1] & PAGE:x}"
    elif event.call == BRIDGE_CREATE and len(words) > 1:
        words[:2] = [f"memory+{word & PAGE:x}" for word in event.args[:2]]
    elif event.call == BRIDGE_DELETE and words:
        words[0] = "handle"
    return f"{event.name} fn={event.fn:08x} arginfo={event.arginfo:x} args={','.join(words)}"


def calls(path: Path) -> list[str]:
    """The sequence of calls of one run, each with its answer."""
    return [f"{normalise(event)} -> {event.status}" for event in record.read_events(path) if event.kind == record.CALL]


def complaint(name: str, sequence: list[str]) -> str | None:
    """Why a sequence proves nothing, if it does not."""
    for call in (INIT_IMAGE, AUTH_AND_RESET):
        if not any(text.startswith(f"{call.text} ") for text in sequence):
            return f"{name}: no {call.text} in the record, nothing is compared"
    return None


def arguments(parser: argparse.ArgumentParser) -> None:
    """Two logs."""
    parser.add_argument("base", type=Path, help="secure.log of a run without the series")
    parser.add_argument("series", type=Path, help="secure.log of a run with it")


def main(args: argparse.Namespace) -> int:
    """Prints the first differences."""
    for path in (args.base, args.series):
        if not path.is_file():
            print(f"bench same-calls: {path} is missing: 'ci/bench/bench run' writes it", file=sys.stderr)
            return 2
    base, series = calls(args.base), calls(args.series)
    for name, sequence in ((str(args.base), base), (str(args.series), series)):
        if text := complaint(name, sequence):
            print(text, file=sys.stderr)
            return 1
    if base != series:
        print(f"different: {len(base)} calls on the base, {len(series)} with the series")
        difference = difflib.unified_diff(base, series, "base", "series", lineterm="", n=2)
        for number, line in enumerate(difference):
            if number == SHOWN:
                print("...")
                break
            print(line)
        return 1
    print(f"same: {len(base)} calls in the same order with the same arguments")
    return 0
