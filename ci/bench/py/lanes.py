# SPDX-License-Identifier: GPL-2.0-only
"""Draws a part of a record as swim lanes: an SVG with a row an event, and a bar for what lives longer.

Bars say what TrustZone saw: metadata from the accepted init_image until it is unlocked; the bridge of a carveout;
an image that is up; a carveout that its stream maps, or Linux itself. Who maps and unmaps is not seen but at calls
about the image, so the bar of a mapping reaches from the first call that saw it to the last.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import abi
import record
from cmd_timeline import STATUS, arguments_text, asked
from record import Event

ROW, HEAD, PITCH = 17, 80, 11
TIME, LINUX = 36, 44
WORDS = 221  # room for them, between the bars of Linux and TrustZone
HEAD_ROWS, TAIL_ROWS = 90, 45  # of what is too long to be drawn whole
WRAP = 52
BIG = 434  # wider than this it is not squeezed into a small window

# What a bar is: its class, what it says, and the lane in which it stands
BARS = {
    "cp": ("CPU maps carveout", "Linux"),
    "md": ("metadata locked", "TrustZone"),
    "br": ("carveout bridged", "TrustZone"),
    "up": ("image is up", "core"),
    "mp": ("SMMU maps carveout", "SMMU"),
    "mx": ("mapped, but wrong", "SMMU"),
}
FLAGS = {
    "cp": record.FLAG_CPU_MAPPED,
    "br": record.FLAG_BRIDGED,
    "up": record.FLAG_AUTHENTICATED,
    "mp": record.FLAG_MAPPED,
    "mx": record.FLAG_MAPPED_OTHER,
}
MAPPINGS = ("cp", "mp", "mx")
LANES = {"Linux": ("cp",), "TrustZone": ("md", "br"), "core": ("up",), "SMMU": ("mp",)}
LEAST = {"Linux": 21, "TrustZone": 64, "core": 34, "SMMU": 38}
# What a core tells Linux, and so is drawn as an arrow
SIGNALS = ("ready", "handover", "stop-ack", "fatal")

# Colours are variables, so that a page can be dark; marks have a word or a dash besides
STYLE = """
.sl{--ink:#1c2430;--dim:#667080;--line:#c6ccd4;--bad:#b3261e;--badbg:#fbdedb;--inj:#9a5b00;--injbg:#fdeccb;
 --cp:#c2378a;--md:#c98a00;--br:#2f6fd0;--up:#23813f;--mp:#7b4fc9;--core:#0b7285;--paper:#fff;
 font:11px system-ui,-apple-system,"Segoe UI","DejaVu Sans",sans-serif;fill:var(--ink)}
@media(prefers-color-scheme:dark){.sl{--ink:#e3e7ee;--dim:#9aa4b2;--line:#444c58;--bad:#ff8a80;--badbg:#54201d;--inj:#ffc766;
 --injbg:#4a3812;--cp:#f084c0;--md:#e0aa30;--br:#6fa5f5;--up:#4cb96c;--mp:#a98af0;--core:#4cc0d3;--paper:#14181e}}
.sl .l{stroke:var(--line)}.sl .t,.sl .h{fill:var(--dim);font-size:10.4px}.sl .n{font-weight:600}.sl .e{text-anchor:end}
.sl .a{stroke:var(--ink);marker-end:url(#sl-to)}.sl .f{stroke:var(--bad);marker-end:url(#sl-to)}
.sl .i{stroke:var(--inj);stroke-dasharray:5 2;marker-end:url(#sl-to)}
.sl .s{stroke:var(--core);stroke-dasharray:2 2;marker-end:url(#sl-to)}
.sl .fx{fill:var(--bad);font-size:10.4px}.sl .ix{fill:var(--inj);font-size:10.4px}
.sl .sx{fill:var(--core)}.sl .vx{fill:var(--bad);font-weight:700}
.sl .v{fill:var(--badbg);stroke:var(--bad)}.sl .j{fill:var(--injbg)}.sl .o{fill:var(--core)}
.sl .cp{fill:var(--cp)}.sl .md{fill:var(--md)}
.sl .br{fill:var(--br)}.sl .up{fill:var(--up)}.sl .mp{fill:var(--mp)}.sl .mx{fill:var(--bad)}
"""
DEFS = (
    '<defs><marker id="sl-to" viewBox="0 0 6 6" refX="6" refY="3" markerWidth="6" markerHeight="6" orient="auto">'
    '<path d="M0 0L6 3L0 6z" fill="context-stroke"/></marker></defs>'
)


@dataclass(frozen=True)
class Bar:
    """A life: from one event's number to another's, both included."""

    kind: str
    pas_id: int
    first: int
    last: int


def said_no(event: Event) -> bool:
    """Whether the caller was told that the call failed."""
    return bool(event.status or (event.call and event.call.result_is_status and event.result[0]))


def _unlocks(event: Event) -> bool:
    """Whether TrustZone has let go of the image's metadata, if it had any."""
    if event.name == "auth_and_reset":
        return not event.flags & record.FLAG_INJECTED or bool(event.flags & record.FLAG_AUTHENTICATED)
    return event.name == "shutdown" and not said_no(event)


def bars_of(events: list[Event]) -> list[Bar]:
    """All lives of a record; what is still alive lasts to its end."""
    bars: list[Bar] = []
    since: dict[tuple[str, int], int] = {}
    seen: dict[tuple[str, int], int] = {}

    def end(kind: str, pas_id: int, last: int) -> None:
        if (kind, pas_id) in since:
            bars.append(Bar(kind, pas_id, since.pop((kind, pas_id)), last))

    for number, event in enumerate(events):
        pas_id = event.pas_id
        if pas_id == abi.ANY_PAS or event.kind == record.CORE:
            continue
        for kind, flag in FLAGS.items():
            if event.flags & flag:
                since.setdefault((kind, pas_id), number)
                seen[kind, pas_id] = number
            else:
                end(kind, pas_id, seen.get((kind, pas_id), number) if kind in MAPPINGS else number)
        if event.kind != record.CALL:
            continue
        if event.name == "init_image" and not said_no(event):
            end("md", pas_id, number)
            since["md", pas_id] = number
        elif _unlocks(event):
            end("md", pas_id, number)
    for kind, pas_id in list(since):
        end(kind, pas_id, seen[kind, pas_id] if kind in MAPPINGS else len(events) - 1)
    return bars


class Picture:
    """The rows and bars of events[start:stop]."""

    def __init__(self, events: list[Event], bars: list[Bar], start: int, stop: int) -> None:
        self.events, self.start, self.stop = events, start, stop
        bars = [bar for bar in bars if bar.last >= start and bar.first < stop]
        part = events[start:stop]
        images = {event.pas_id for event in part if event.pas_id != abi.ANY_PAS} | {bar.pas_id for bar in bars}
        # a core's own image stands before its dtb image
        self.images = sorted(images, key=lambda pas_id: abi.PAS_NAMES.get(pas_id, f"pas{pas_id}"))
        self.bars = bars
        self.lanes: dict[str, int] = {}
        x = LINUX
        for lane, kinds in LANES.items():
            self.lanes[lane] = x
            x += max(LEAST[lane], 10 + PITCH * len(self.images) * len(kinds))
            if lane == "Linux":
                self.words = x - 5
                x += WORDS
        self.width = x
        self.tz = self.lanes["TrustZone"]
        self.ground: list[str] = []  # below the bars
        self.out: list[str] = []
        self.tops: list[int] = []  # of each event of the part
        self.y = HEAD

    def _text(self, x: float, css: str, text: str, dy: int = 11) -> None:
        self.out.append(f'<text x="{x}" y="{self.y + dy}" class="{css}">{escape(text)}</text>')

    def _arrow(self, start: int, end: int, css: str) -> None:
        self.out.append(f'<path class="{css}" d="M{start} {self.y + 14}H{end}"/>')

    def _band(self, css: str, rows: int = 1) -> None:
        size = f'width="{self.width - LINUX - 1}" height="{rows * ROW - 1}"'
        self.ground.append(f'<rect class="{css}" x="{LINUX}" y="{self.y}" {size}/>')

    def _call(self, event: Event) -> None:
        injected, bad = event.flags & record.FLAG_INJECTED, said_no(event)
        if injected:
            self._band("j")
        words = f"{event.name} {event.pas_name}".rstrip()
        if event.name == "is_call_available":
            words = f"available? {asked(event.args[0])}"
        answer = ""
        if event.status or bad:
            answer = STATUS.get(event.status, str(event.status)) if event.status else f"result {event.result[0]:x}"
        elif event.name == "is_call_available" and not event.result[0]:
            answer = "no"
        if event.flags & record.FLAG_UNKNOWN:
            answer = "unknown call"
        elif injected:
            answer = f"planted: {answer or 'ok'}"
        css = "i" if injected else "f" if bad else "a"
        details = " ".join(word for word in (event.name, event.pas_name, arguments_text(event), event.what) if word)
        self.out.append(f"<g><title>{escape(details)}</title>")
        self._text(self.words, "n" if event.name == "auth_and_reset" and not injected else "c", words)
        if answer:
            self._text(self.tz - 5, f"{css}x e", answer)
        self._arrow(LINUX, self.tz, css)
        self.out.append("</g>")

    def _core(self, event: Event) -> None:
        lane = self.lanes["SMMU" if event.what.startswith("smmu") else "core"]
        self._text(self.words, "sx", f"{event.pas_name}: {event.what}")
        if event.what in SIGNALS or event.what.startswith("smmu"):
            self._arrow(lane, LINUX, "s")
        self.out.append(f'<circle class="o" cx="{lane}" cy="{self.y + 14}" r="3"/>')

    def _finding(self, event: Event) -> None:
        words = f"{'VIOLATION' if event.kind == record.VIOLATION else 'note'}: {event.pas_name} {event.what}".split()
        lines = [""]
        for word in words:
            if lines[-1] and len(lines[-1]) + len(word) >= WRAP:
                lines.append("")
            lines[-1] = f"{lines[-1]} {word}".strip()
        self._band("v" if event.kind == record.VIOLATION else "j", len(lines))
        for line in lines:
            self._text(self.words, "vx" if event.kind == record.VIOLATION else "c", line)
            self.y += ROW
        self.y -= ROW

    def _rows(self) -> None:
        part = self.events[self.start : self.stop]
        skipped = range(HEAD_ROWS, len(part) - TAIL_ROWS) if len(part) > HEAD_ROWS + TAIL_ROWS + 10 else range(0)
        bad = {record.VIOLATION: self._finding, record.NOTE: self._finding, record.CORE: self._core, record.CALL: self._call}
        for number, event in enumerate(part):
            # neither a fault nor a violation is ever left out
            if number in skipped and event.kind in (record.CALL, record.CORE) and not event.flags & record.FLAG_INJECTED:
                if number == skipped[0]:
                    self._text(self.words, "t", f"... of {len(skipped)} events only what went wrong")
                    self.y += ROW
                self.tops.append(self.y - ROW)
                continue
            self.tops.append(self.y)
            self._text(TIME, "t e", f"{(event.time_us - part[0].time_us) / 1000:.1f}")
            bad[event.kind](event)
            self.y += ROW

    def _bars(self) -> list[str]:
        out = []
        for bar in self.bars:
            kind = "mp" if bar.kind == "mx" else bar.kind
            lane = BARS[bar.kind][1]
            group = LANES[lane].index(kind) * len(self.images) + self.images.index(bar.pas_id)
            x = self.lanes[lane] + 7 + PITCH * group
            # what was alive before, or is alive behind, reaches to the edge
            top = self.tops[bar.first - self.start] + 8 if bar.first >= self.start else HEAD - 4
            bottom = self.tops[bar.last - self.start] + 14 if bar.last < self.stop else self.y + 4
            title = f"{BARS[bar.kind][0]}: {abi.PAS_NAMES.get(bar.pas_id, str(bar.pas_id))}"
            out.append(
                f'<rect class="{bar.kind}" x="{x}" y="{top}" width="6" height="{max(4, bottom - top)}" rx="2">'
                f"<title>{escape(title)}</title></rect>"
            )
        return out

    def _heads(self) -> list[str]:
        out = []
        for lane, x in self.lanes.items():
            out.append(f'<text x="{x - 4}" y="12" class="n">{lane}</text>')
            out.append(f'<path class="l" d="M{x} 18V{self.y}"/>')
            groups = len(LANES[lane])
            for place in range(groups * len(self.images)):
                image = self.images[place % len(self.images)]
                at = x + 14 + PITCH * place
                name = abi.PAS_NAMES.get(image, f"pas{image}")
                out.append(f'<text class="h" transform="translate({at} {HEAD - 6})rotate(-90)">{escape(name)}</text>')
        return out

    def svg(self, label: str, alone: bool = False) -> str:
        """The picture; alone, it brings the style that a page has once."""
        if self.start >= self.stop:
            return ""
        self._rows()
        body = "".join([*self.ground, *self._heads(), *self._bars(), *self.out])
        height = self.y + 6
        extra = ""
        if alone:
            x = LINUX
            for kind, (text, _) in BARS.items():
                if kind == "mx":
                    continue
                if x > LINUX and x + 20 + 6 * len(text) > self.width:
                    x, height = LINUX, height + 14
                extra += f'<rect class="{kind}" x="{x}" y="{height}" width="8" height="8"/>'
                extra += f'<text class="t" x="{x + 11}" y="{height + 8}">{text}</text>'
                x += 20 + 6 * len(text)
            height += 16
            extra += f"<style>{STYLE}</style>{DEFS}"
        paper = f'<rect width="{self.width}" height="{height}" style="fill:var(--paper)"/>' if alone else ""
        css = "sl big" if self.width > BIG else "sl"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="{css}" role="img" viewBox="0 0 {self.width} {height}" '
            f'width="{self.width}" height="{height}"><title>{escape(label)}</title>{paper}{body}{extra}</svg>'
        )
