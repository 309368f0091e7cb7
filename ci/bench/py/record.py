# SPDX-License-Identifier: GPL-2.0-only
"""The record of a run: one line an event, as bench.h describes it at its end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ANY_PAS = 0xFFFFFFFF
FAST_CALL = 0x80000000

FLAG_BRIDGED = 1 << 0
FLAG_MAPPED = 1 << 1
FLAG_MAPPED_OTHER = 1 << 2
FLAG_INJECTED = 1 << 3
FLAG_AUTHENTICATED = 1 << 4
FLAG_UNKNOWN = 1 << 5

CALL, VIOLATION, CORE, NOTE = "C", "V", "P", "N"

PAS_NAMES = {
    1: "adsp",
    4: "modem",
    18: "cdsp",
    30: "cdsp1",
    39: "gpdsp0",
    0x24: "adsp-dtb",
    0x25: "cdsp-dtb",
    0x26: "modem-dtb",
}

FN_NAMES = {
    0x42000109: "io_write/sdi",
    0x42000110: "set_dload_mode",
    0x42000201: "init_image",
    0x42000202: "mem_setup",
    0x42000205: "auth_and_reset",
    0x42000206: "shutdown",
    0x42000207: "is_supported",
    0x4200020A: "mss_reset",
    0x42000221: "get_rsc_table",
    0x42000501: "io_read",
    0x42000502: "io_write",
    0x42000601: "is_call_available",
    0x42000C16: "assign_mem",
    0x42000C1C: "shm_bridge_enable",
    0x42000C1D: "bridge_delete",
    0x42000C1E: "bridge_create",
}

# Calls whose first result is a second status: anything but 0 is a refusal.
RESULT_IS_STATUS = {0x42000201, 0x42000202, 0x42000205, 0x42000206, 0x42000C1E}

_LINE = re.compile(
    r"(?P<seq>\d+) (?P<kind>[CVPN]) (?P<flags>[0-9a-f]+) (?P<time>\d+) (?P<pas>[0-9a-f]+)"
    r" (?P<fn>[0-9a-f]+) (?P<arginfo>[0-9a-f]+) (?P<bridges>\d+)(?P<args>(?: [0-9a-f]+){6})"
    r" (?P<status>-?\d+)(?P<result>(?: [0-9a-f]+){3})(?: (?P<what>.*))?"
)
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
    def function(self) -> int:
        """The function word without the bit that tells fast calls."""
        return self.fn & ~FAST_CALL

    @property
    def name(self) -> str:
        return FN_NAMES.get(self.function, f"{self.fn:08x}")

    @property
    def pas_name(self) -> str:
        return "" if self.pas_id == ANY_PAS else PAS_NAMES.get(self.pas_id, f"pas{self.pas_id}")


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
