# SPDX-License-Identifier: GPL-2.0-only
"""Runs QEMU and follows the console, with a limit for each phase of the run."""

from __future__ import annotations

import os
import selectors
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import splats
import verdict

QEMU = os.environ.get("QEMU", "qemu-system-aarch64")
_running: set[subprocess.Popen[bytes]] = set()


@dataclass(frozen=True)
class Limits:
    """Seconds for boot (until KTAP begins), test (until the token) and shutdown, and for a silence."""

    boot: float
    test: float
    shutdown: float
    silence: float | None = None


@dataclass(frozen=True)
class Parts:
    """The files that make a machine, how many CPUs it has, and MiB of RAM."""

    cpus: int
    memory: int
    firmware: Path
    dtb: Path
    kernel: Path
    initrd: Path
    counts: bool = False  # the clock counts instructions


def command(parts: Parts, arguments: str, secure_log: Path) -> list[str]:
    """QEMU's command line; the console is its stdout."""
    return [
        QEMU,
        *("-M", "virt,secure=on,virtualization=on,gic-version=3,iommu=smmuv3"),
        *("-cpu", "cortex-a76", "-smp", str(parts.cpus), "-m", str(parts.memory)),
        *("-nodefaults", "-nic", "none", "-display", "none", "-no-reboot"),
        *("-bios", str(parts.firmware), "-dtb", str(parts.dtb)),
        *("-kernel", str(parts.kernel), "-initrd", str(parts.initrd)),
        *("-append", arguments),
        *(("-icount", "shift=0,sleep=off") if parts.counts else ()),
        *("-serial", "stdio", "-serial", f"file:{secure_log}"),
        *("-semihosting-config", "enable=on,target=native"),
    ]


class Console:
    """Splits the console into lines, keeps them, and knows the phase of the run."""

    def __init__(self, log: Path, on_line: Callable[[str], None]) -> None:
        self.lines: list[str] = []
        self.phase = "boot"
        self.result_at: float | None = None
        self._rest = b""
        self._log = log.open("wb")
        self._on_line = on_line

    def feed(self, data: bytes) -> bool:
        """Takes what QEMU wrote; returns True if the phase changed."""
        before = self.phase
        self._log.write(data)
        self._log.flush()
        *lines, self._rest = (self._rest + data).split(b"\n")
        for raw in lines:
            self._line(raw.decode("utf-8", errors="replace").rstrip("\r"))
        return self.phase != before

    def _line(self, line: str) -> None:
        self.lines.append(line)
        text = splats.strip_stamp(line)
        if verdict.is_result(text):
            self.result_at = time.monotonic()
        if splats.PANICS.search(text):
            self.phase = "shutdown"  # nothing more will come: let the panic reset the machine
        elif self.phase == "boot" and text.startswith("KTAP version"):
            self.phase = "test"
        elif self.phase == "test" and text.startswith("BENCH-TOKEN"):
            self.phase = "shutdown"
        self._on_line(text)

    def close(self) -> None:
        if self._rest:
            self._line(self._rest.decode("utf-8", errors="replace"))
            self._rest = b""
        self._log.close()


def _follow(process: subprocess.Popen[bytes], console: Console, limits: Limits) -> str | None:
    """Reads until QEMU closes its stdout; returns the phase that took too long, if one did."""
    assert process.stdout is not None
    descriptor = process.stdout.fileno()
    end = time.monotonic() + limits.boot
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        while True:
            left = end - time.monotonic()
            if left <= 0 or not selector.select(min(left, limits.silence or left)):
                return console.phase
            data = os.read(descriptor, 65536)
            if not data:
                return None
            if console.feed(data):
                end = time.monotonic() + getattr(limits, console.phase)


def end_all() -> None:
    """Ends what is under way, because nobody waits for it any more."""
    for process in list(_running):
        process.kill()


def run_qemu(
    run: verdict.Run,
    argv: list[str],
    out: Path,
    limits: Limits,
    on_line: Callable[[str], None],
) -> list[str]:
    """Runs QEMU to its end or its limit, and returns the console's lines."""
    if not shutil.which(argv[0]):
        run.problem("qemu", f"{argv[0]} is not installed (package qemu-system-arm)")
        return []
    start = time.monotonic()
    errors = out / "qemu.log"
    with errors.open("wb") as stderr:
        try:
            process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=stderr)
        except OSError as error:
            run.problem("qemu", f"{argv[0]} does not start: {error}")
            return []
        _running.add(process)
        console = Console(out / "console.log", on_line)
        try:
            late = _follow(process, console, limits)
            if late is None:
                try:
                    process.wait(limits.shutdown)
                except subprocess.TimeoutExpired:
                    late = "shutdown"
            if late is not None:
                took = time.monotonic() - start
                run.problem(f"timeout-{late}", f"{late} not over after {took:.0f} s")
        finally:
            if process.poll() is None:
                run.killed = True
                process.kill()
                process.wait()
            _running.discard(process)
            console.close()
    run.qemu_exit = process.returncode
    if console.result_at is not None:
        run.times["results"] = round(console.result_at - start, 2)
    run.times["total"] = round(time.monotonic() - start, 2)
    secure = out / "secure.log"
    if not run.killed and not console.lines and not (secure.exists() and secure.stat().st_size):
        said = errors.read_text(encoding="utf-8", errors="replace").strip() or "without a word"
        run.problem("qemu", f"QEMU ended with {run.qemu_exit}: {said.splitlines()[-1]}")
    return console.lines
