# SPDX-License-Identifier: GPL-2.0-only
"""What can be run: suites.cfg, and the files that make a machine."""

from __future__ import annotations

import configparser
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
BUILD = ROOT / "build"
CONFIG = ROOT / "ci/bench/suites.cfg"
KEYS = {"machines", "dtbs", "kernel", "initrd", "limit", "clock", "judges"}
OURS = "dts"
KERNELS = ("plain", "debug", "coverage")
CLOCKS = ("real", "instructions")


class Refused(Exception):
    """What was asked for cannot be done; the text says what to do about it. 2: wrong use; 3: infrastructure."""

    def __init__(self, text: str, code: int = 2) -> None:
        super().__init__(text)
        self.code = code


@dataclass(frozen=True)
class Suite:
    """A section of suites.cfg."""

    name: str
    machines: tuple[str, ...]
    dtbs: str
    kernel: str
    initrd: str
    limit: float
    judges: bool
    clock: str = "real"

    def image(self, base: bool) -> Path:
        """The kernel that it boots if nobody names another."""
        return BUILD / f"out/{'base' if base else 'series'}-{self.kernel}/arch/arm64/boot/Image"

    @property
    def folder(self) -> Path:
        """Where the device trees of its machines are."""
        return BUILD / self.dtbs

    def runs_on(self, machine: str, dtbs: Path | None) -> bool:
        """One of its machines, or one that somebody has made of a board."""
        return machine in self.machines or (self.dtbs != OURS and ((dtbs or self.folder) / f"{machine}.dtb").is_file())

    @property
    def initramfs(self) -> Path:
        """The guest that it needs."""
        return BUILD / self.initrd / "initramfs.cpio"


def _suite(section: configparser.SectionProxy) -> Suite:
    unknown = set(section) - KEYS
    if unknown:
        raise ValueError(f"[{section.name}] has {', '.join(sorted(unknown))}, known are {', '.join(sorted(KEYS))}")
    machines = tuple(section.get("machines", "").split())
    limit = section.getfloat("limit", 0)
    if not machines or len(set(machines)) != len(machines) or not limit > 0:
        raise ValueError(f"[{section.name}] needs machines, each once, and a limit above 0")
    if section["kernel"] not in KERNELS:
        raise ValueError(f"[{section.name}] kernel is one of {', '.join(KERNELS)}")
    clock = section.get("clock", "real")
    if clock not in CLOCKS:
        raise ValueError(f"[{section.name}] clock is one of {', '.join(CLOCKS)}")
    judges = section.getboolean("judges", section["kernel"] == "plain" and section["initrd"] == "guest")
    dtbs = section.get("dtbs", OURS)
    return Suite(section.name, machines, dtbs, section["kernel"], section["initrd"], limit, judges, clock)


def load(path: Path = CONFIG) -> dict[str, Suite]:
    """All suites, in the order of the file."""
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read_string(path.read_text(encoding="utf-8"), str(path))
        return {name: _suite(parser[name]) for name in parser.sections()}
    except (OSError, configparser.Error, KeyError, ValueError) as error:
        raise Refused(f"{path}: {error}") from error


def pairs_of(words: list[str], suites: dict[str, Suite], dtbs: Path | None = None) -> list[tuple[Suite, str]]:
    """Suite and machine that SUITE and SUITE:MACHINE stand for, each pair once."""
    pairs: dict[tuple[Suite, str], None] = {}
    for word in words:
        name, colon, machine = word.partition(":")
        suite = suites.get(name)
        if suite is None:
            raise Refused(f"there is no suite {name!r}: 'ci/bench/bench list' names them")
        if colon and not suite.runs_on(machine, dtbs):
            raise Refused(f"{name} does not run on {machine!r}: suites.cfg gives it {', '.join(suite.machines)}")
        pairs |= {(suite, one): None for one in ([machine] if colon else suite.machines)}
    return list(pairs)


def number_of(dtb: Path, name: str, default: int | None = None) -> int:
    """A number that a machine's device tree has for the bench: CPUs (Linux's, and one a remote core), MiB."""
    if not shutil.which("fdtget"):
        raise Refused("fdtget is missing: install device-tree-compiler", 3)
    words = ["fdtget", "-t", "u", *(["-d", str(default)] if default is not None else []), str(dtb), "/", name]
    found = subprocess.run(words, capture_output=True, text=True, check=False)
    if found.returncode or not found.stdout.strip().isdigit():
        raise Refused(f"{dtb} has no property {name}: 'make bench' builds it anew")
    return int(found.stdout)
