# SPDX-License-Identifier: GPL-2.0-only
"""The record of a run: one line an event, as bench.h describes it at its end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import abi

_FLAGS = ("BRIDGED", "MAPPED", "MAPPED_OTHER", "INJECTED", "AUTHENTICATED", "UNKNOWN", "CPU_MAPPED")
FLAG_BRIDGED, FLAG_MAPPED, FLAG_MAPPED_OTHER, FLAG_INJECTED, FLAG_AUTHENTICATED, FLAG_UNKNOWN, FLAG_CPU_MAPPED = (
    abi.NUMBERS[f"BENCH_F_{name}"] for name in _FLAGS
)

CALL, VIOLATION, CORE, NOTE = "C", "V", "P", "N"

_LINE = re.compile(
    r"(?P<seq>\d+) (?P<kind>[CVPN]) (?P<flags>[0-9a-f]+) (?P<time>\d+) (?P<pas>[0-9a-f]+)"
    r" (?P<fn>[0-9a-f]+) (?P<arginfo>[0-9a-f]+) (?P<bridges>\d+)(?P<args>(?: [0-9a-f]+){6})"
    r" (?P<status>-?\d+)(?P<result>(?: [0-9a-f]+){3})(?: (?P<what>.*))?"
)
_RUN = re.compile(r"# run (\S+) from (\d+)$")
_END = re.compile(r"END events=(\d+) violations=(\d+) unknown=(\d+) bridges_leaked=(\d+)")


@dataclass(frozen=True)
class Event:
    """One event; the fields are those of struct bench_event."""

    seq: int
    kind: str
    flags: int
    time_us: int
    pas_id: int
    fn: int
    arginfo: int
    bridges: int
    args: tuple[int, ...]
    status: int
    result: tuple[int, ...]
    what: str

    @property
    def call(self) -> abi.Call | None:
        """Which of the known calls it is, as a fast call or not."""
        return abi.BY_WORD.get(self.fn & ~abi.FAST_CALL)

    @property
    def name(self) -> str:
        """What people call the call."""
        return self.call.text if self.call else f"{self.fn & ~abi.FAST_CALL:08x}"

    @property
    def pas_name(self) -> str:
        """What people call the image."""
        return "" if self.pas_id == abi.ANY_PAS else abi.PAS_NAMES.get(self.pas_id, f"pas{self.pas_id}")


@dataclass(frozen=True)
class End:
    """The firmware's last line."""

    events: int
    violations: int
    unknown: int
    bridges_leaked: int


def parse_line(line: str) -> Event | None:
    """Parses one line, or returns None if it is not an event."""
    match = _LINE.fullmatch(line.rstrip())
    if not match:
        return None
    return Event(
        seq=int(match["seq"]),
        kind=match["kind"],
        flags=int(match["flags"], 16),
        time_us=int(match["time"]),
        pas_id=int(match["pas"], 16),
        fn=int(match["fn"], 16),
        arginfo=int(match["arginfo"], 16),
        bridges=int(match["bridges"]),
        args=tuple(int(word, 16) for word in match["args"].split()),
        status=int(match["status"]),
        result=tuple(int(word, 16) for word in match["result"].split()),
        what=(match["what"] or "").rstrip(),
    )


def parse_end(line: str) -> End | None:
    match = _END.match(line)
    return End(*(int(word) for word in match.groups())) if match else None


def read_text(path: Path) -> list[str]:
    """Lines of a console log, whatever bytes are in it; no lines if it is not there."""
    if not path.exists():
        return []
    return path.read_text(encoding="utf-8", errors="replace").replace("\r", "").splitlines()


def read_events(path: Path) -> list[Event]:
    """All events of a secure UART's log."""
    events = (parse_line(line) for line in read_text(path))
    return [event for event in events if event]


def scenarios(run: Path) -> dict[str, tuple[Path, int, int]]:
    """Which part of a run's record each scenario made: folder, number of its first event, and of the next one's.

    A kernel that does not survive a scenario is booted again for those behind it, in boot-2 and so on; set-ups are
    those of the first boot.
    """
    found: dict[str, tuple[Path, int, int]] = {}
    for folder in [run, *sorted(run.glob("boot-*"), key=lambda path: int(path.name.removeprefix("boot-")))]:
        starts = [(match[1], int(match[2])) for match in map(_RUN.match, read_text(folder / "ktap.txt")) if match]
        ends = [start for _, start in starts[1:]] + [len(read_events(folder / "secure.log"))]
        for (name, start), end in zip(starts, ends, strict=False):
            found.setdefault(name, (folder, start, end))
    return found
