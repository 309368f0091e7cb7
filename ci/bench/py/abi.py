# SPDX-License-Identifier: GPL-2.0-only
"""Numbers and names that the parties of the bench agree on, read from the headers in abi/."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "abi"

_CALL = re.compile(
    r'^X\((?P<name>\w+), "(?P<text>\w+)", (?P<owner>SIP|TOS), (?P<svc>0x[0-9a-f]+), (?P<cmd>0x[0-9a-f]+),'
    r" (?P<arginfo>0x[0-9a-f]+), (?P<first>PAS|ANY), (?P<result>STATUS|VALUE)\)",
    re.M,
)
_DEFINE = re.compile(r"^#define\s+(\w+)\s+(?:\(1u << (\d+)\)|(0x[0-9a-fA-F]+|\d+)(?:u|ULL)?)(?:\s|$)", re.M)
_SOC = re.compile(r'^X\((?P<name>\w+), "(?P<machine>[^"]+)", "(?P<compatible>[^"]+)"\)', re.M)
_SOC_CORE = re.compile(r"^X\((?P<soc>\w+), (?P<core>\w+), (?P<numbers>(?:(?:0x[0-9a-f]+|\d+)(?:, |\))){6})", re.M)
_SOC_LITE = re.compile(r"^X\((?P<soc>\w+), (?P<core>\w+), (?P<image>\w+_LITE\w*), 0x", re.M)
_PAS_NAME = re.compile(r'^X\((\w+), "([^"]+)"\)', re.M)


@dataclass(frozen=True)
class Call:
    """An SMC of Linux; `word` is its function word without the fast-call bit."""

    name: str
    text: str
    word: int
    arginfo: int
    is_pas: bool
    result_is_status: bool


@dataclass(frozen=True)
class Soc:
    """A SoC whose remote processors the model knows: machine and root compatible as socs.h has them."""

    name: str
    machine: str
    compatible: str


@dataclass(frozen=True)
class SocCore:
    """One of them: stream id and mask, carveouts of its images (size 0: none)."""

    sid: int
    mask: int
    base: int
    size: int
    dtb_base: int
    dtb_size: int


def parse_soc_cores(text: str) -> dict[tuple[str, str], SocCore]:
    """The remote processors, by SoC and core."""
    return {
        (match["soc"], match["core"]): SocCore(*(int(number, 0) for number in match["numbers"].rstrip(")").split(", ")))
        for match in _SOC_CORE.finditer(text)
    }


def parse_defines(text: str) -> dict[str, int]:
    """The #defines of plain numbers and single bits."""
    return {name: 1 << int(bit) if bit else int(number, 0) for name, bit, number in _DEFINE.findall(text)}


def parse_calls(text: str) -> dict[str, Call]:
    """The list of calls, by NAME."""
    numbers = parse_defines(text)
    calls = {}
    for match in _CALL.finditer(text):
        word = numbers["SCM_SMC64"] | numbers[f"SCM_OWNER_{match['owner']}"] | int(match["svc"], 16) << 8 | int(match["cmd"], 16)
        calls[match["name"]] = Call(
            match["name"], match["text"], word, int(match["arginfo"], 16), match["first"] == "PAS", match["result"] == "STATUS"
        )
    return calls


_MAP = (FOLDER / "memory_map.h").read_text(encoding="utf-8")
_BENCH = (FOLDER / "bench.h").read_text(encoding="utf-8")
_CALLS = (FOLDER / "calls.h").read_text(encoding="utf-8")

_SOCS = (FOLDER / "socs.h").read_text(encoding="utf-8")

NUMBERS = parse_defines(_MAP) | parse_defines(_BENCH) | parse_defines(_CALLS)
PAS_NAMES = {NUMBERS[name]: text for name, text in _PAS_NAME.findall(_MAP)}
SOCS = [Soc(**match.groupdict()) for match in _SOC.finditer(_SOCS)]
SOC_LITE = [(match["soc"], match["core"], NUMBERS[f"BENCH_PAS_{match['image']}"]) for match in _SOC_LITE.finditer(_SOCS)]
SOC_CORES = parse_soc_cores(_SOCS)
CALLS = parse_calls(_CALLS)
BY_WORD = {call.word: call for call in CALLS.values()}

ANY_PAS = NUMBERS["BENCH_ANY"]
FAST_CALL = NUMBERS["SCM_FAST_CALL"]
