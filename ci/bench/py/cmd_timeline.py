# SPDX-License-Identifier: GPL-2.0-only
"""Prints the record of a run (secure.log) as a time line that can be read."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

import abi
import record

PLAIN, RED, GREEN, YELLOW, CYAN = "", "31", "32", "33", "36"
HEADER = ("ms", "image", "event", "arguments", "state after it", "answer")
PREPARING = ("bridge_create", "is_call_available")
HELD = (
    (record.FLAG_BRIDGED, "bridged"),
    (record.FLAG_MAPPED, "mapped"),
    (record.FLAG_MAPPED_OTHER, "MAPPED WRONG"),
    (record.FLAG_AUTHENTICATED, "up"),
    (record.FLAG_CPU_MAPPED, "CPU maps"),
)
STATUS = {0: "ok", -1: "EIO", -2: "EINVAL", -3: "EINVAL", -4: "EOPNOTSUPP", -5: "ENOMEM", -12: "EBUSY"}


def _size(value: int) -> str:
    for shift, unit in ((20, "MiB"), (10, "KiB")):
        if value and value % (1 << shift) == 0:
            return f"{value >> shift} {unit}"
    return str(value)


def asked(word: int) -> str:
    """Which call is_call_available asks about: a function word without convention."""
    call = abi.BY_WORD.get(word | abi.NUMBERS["SCM_SMC64"])
    return call.text if call else f"{word:x}"


# How the arguments of a call read, where they have a meaning of their own
ARGUMENTS: dict[str, Callable[[tuple[int, ...]], str]] = {
    "init_image": lambda args: f"metadata at {args[1]:x}",
    "mem_setup": lambda args: f"{args[1]:x}, {_size(args[2])}",
    "bridge_create": lambda args: f"{args[0] & ~0xFFF:x}, {_size(args[2] & ~0xFFF)}",
    "bridge_delete": lambda args: f"handle {args[0]:x}",
    "get_rsc_table": lambda args: f"in {_size(args[2])}, room for {_size(args[4])}",
    "is_call_available": lambda args: asked(args[0]),
    "auth_and_reset": lambda args: "",
    "shutdown": lambda args: "",
    "is_supported": lambda args: "",
}


def arguments_text(event: record.Event) -> str:
    """The arguments of a call, in words if there are any for it."""
    if event.name in ARGUMENTS:
        return ARGUMENTS[event.name](event.args)
    return ", ".join(f"{word:x}" for word in event.args[: event.arginfo & 0xF])


def answer_text(event: record.Event) -> str:
    """Status and result of a call."""
    text = STATUS.get(event.status, str(event.status))
    if event.name == "bridge_create" and not event.status and not event.result[0]:
        text += f", handle {event.result[1]:x}"
    elif event.name == "get_rsc_table" and event.result[2]:
        text += f", {_size(event.result[2])}"
    elif any(event.result):
        text += ", " + " ".join(f"{word:x}" for word in event.result)
    return text + (" (planted)" if event.flags & record.FLAG_INJECTED else "")


def row(event: record.Event, start_us: int) -> tuple[str, tuple[str, ...]]:
    """Colour and cells of one event."""
    time = f"{(event.time_us - start_us) / 1000:.1f}"
    held = " ".join(name for flag, name in HELD if event.flags & flag)
    if event.kind == record.VIOLATION:
        return RED, (time, event.pas_name, "VIOLATION", event.what, held, "")
    if event.kind == record.CORE:
        return CYAN, (time, event.pas_name, f"  core: {event.what}", "", held, "")
    if event.kind == record.NOTE:
        return YELLOW, (time, event.pas_name, "note", event.what, held, "")
    colour = PLAIN
    if event.flags & (record.FLAG_INJECTED | record.FLAG_UNKNOWN):
        colour = YELLOW
    elif event.status or (event.call and event.call.result_is_status and event.result[0]):
        colour = RED
    elif event.name == "auth_and_reset":
        colour = GREEN
    cells = (time, event.pas_name, event.name, arguments_text(event), held, answer_text(event))
    return colour, (*cells[:-1], cells[-1] + (f" [{event.what}]" if event.what else ""))


def skip_boot(events: list[record.Event]) -> list[record.Event]:
    """Without the calls that are made before a driver begins with the first image."""
    first = next((n for n, event in enumerate(events) if event.pas_id != abi.ANY_PAS), 0)
    while first and events[first - 1].name in PREPARING:
        first -= 1
    return events[first:]


def first_lives(events: list[record.Event]) -> list[record.Event]:
    """Only what comes before each image has been shut down for the first time."""
    alive = {event.pas_id for event in events if event.name == "auth_and_reset"}
    for number, event in enumerate(events):
        if event.name == "shutdown":
            alive.discard(event.pas_id)
            if not alive:
                return events[: number + 1]
    return events


def print_rows(rows: list[tuple[str, tuple[str, ...]]], colours: bool) -> None:
    """Prints the rows with columns as wide as they need to be."""
    widths = [max(len(cells[i]) for _, cells in rows) for i in range(len(HEADER))]
    for colour, cells in rows:
        padded = [cells[0].rjust(widths[0])]
        padded += [cell.ljust(width) for cell, width in zip(cells[1:], widths[1:], strict=True)]
        line = "  ".join(padded).rstrip()
        print(f"\033[{colour}m{line}\033[0m" if colours and colour else line)


def arguments(parser: argparse.ArgumentParser) -> None:
    """A run, and how much of it."""
    parser.add_argument("log", type=Path, help="a run's folder, or its secure.log")
    parser.add_argument("--boot", action="store_true", help="show calls that are about no image")
    parser.add_argument("--first", action="store_true", help="end with the first shutdown of the last image")


def main(args: argparse.Namespace) -> int:
    """One line an event."""
    log = args.log / "secure.log" if args.log.is_dir() else args.log
    if not log.is_file():
        print(f"bench timeline: {log} is missing: 'ci/bench/bench run' writes it", file=sys.stderr)
        return 2
    events = record.read_events(log)
    if not args.boot:
        events = skip_boot(events)
    if not events:
        print(f"bench timeline: no events in {log}", file=sys.stderr)
        return 1
    if args.first:
        events = first_lives(events)
    rows = [row(event, events[0].time_us) for event in events]
    print_rows([(PLAIN, HEADER), *rows], sys.stdout.isatty() and "NO_COLOR" not in os.environ)
    return 0
