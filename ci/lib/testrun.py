# SPDX-License-Identifier: GPL-2.0-only
"""One test of ci/tests: its head, its run, and the verdict.

A test prints KTAP on stdout, or only ends with an exit code (0 pass, 1
findings, 2 wrong use, 3 infrastructure, 4 panic, splat or timeout). The
comments at its head: the first line says what the test shows, then

    needs: nothing | tree | kernel | bench | results
            tree: build/linux; kernel: builds kernels; bench: boots kernels;
            results: of all other tests
    kernels: series-plain base-plain        what `bench` boots (default: series-plain)
    timeout: SECONDS
    disk: GB                what it leaves in build/, if much; kernels that it boots and build/linux included
    quick: yes              part of `make quick`
    alone: yes              measures time: nothing runs beside it
    proves: B1 T3           requirements that it proves as a whole
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ktap import Case, parse
from report import Outcome

DEFAULT_TIMEOUT = 900
HEARTBEAT = 30.0
NEEDS = ("nothing", "tree", "kernel", "bench", "results")
YES_NO = {"yes": True, "no": False}
MEANING = {
    1: "findings or failed tests",
    2: "wrong use",
    3: "infrastructure: download, missing tool, or QEMU did not start",
    4: "panic, splat or timeout",
}


@dataclass(frozen=True)
class Test:
    """An executable of ci/tests, or a step that tests need first."""

    name: str
    command: tuple[str, ...]
    summary: str
    needs: str = "nothing"
    timeout: float = DEFAULT_TIMEOUT
    disk: float = 0.0
    quick: bool = False
    alone: bool = False
    kernels: tuple[str, ...] = ()
    proves: tuple[str, ...] = ()


def read_test(path: Path) -> Test:
    """Read the comments at the head of a test; ValueError if they make no sense."""
    comments: list[str] = []
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            if not line.startswith("#"):
                break
            if not line.startswith("#!") and "SPDX" not in line:
                comments.append(line.lstrip("# ").rstrip())
    keys = dict(comment.split(": ", 1) for comment in comments[1:] if ": " in comment)
    needs = keys.get("needs", "")
    if needs not in NEEDS:
        raise ValueError(f"{path.name}: its head must say 'needs: {' | '.join(NEEDS)}'")
    kernels = tuple(keys.get("kernels", "series-plain").split()) if needs == "bench" else ()
    try:
        return Test(
            path.name, (str(path),), comments[0], needs, float(keys.get("timeout", DEFAULT_TIMEOUT)),
            float(keys.get("disk", 0)),
            YES_NO[keys.get("quick", "no")], YES_NO[keys.get("alone", "no")], kernels, tuple(keys.get("proves", "").split()),
        )  # fmt: skip
    except (KeyError, ValueError) as error:
        raise ValueError(f"{path.name}: bad value in its head: {error}") from None


def say(text: str) -> None:
    """Print lines in one piece: two tests may be under way."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


class Run:
    """One test under way: its output goes to a log, stdout is kept for KTAP."""

    def __init__(self, test: Test, results: Path, root: Path) -> None:
        self.test = test
        self.log_path = results / f"{test.name}.log"
        self.out: list[str] = []
        self.tail: deque[str] = deque(maxlen=25)
        self.lock = threading.Lock()
        folder = results / f"{test.name}.d"
        shutil.rmtree(folder, ignore_errors=True)
        self.env = os.environ | {"TEST_NAME": test.name, "TEST_OUT": str(folder)}
        self.root = root
        self.process: subprocess.Popen[bytes] | None = None
        self.stopped = False

    def _pump(self, pipe: BinaryIO, log: BinaryIO, keep: bool) -> None:
        for raw in pipe:
            line = raw.decode("utf-8", errors="replace")
            with self.lock:
                log.write(raw)
                log.flush()
                self.tail.append(line.rstrip("\n"))
                if keep:
                    self.out.append(line)

    def _wait(self, process: subprocess.Popen[bytes], started: float) -> bool:
        """Wait with a sign of life now and then; False when time is up."""
        while True:
            left = started + self.test.timeout - time.monotonic()
            if left <= 0:
                return False
            try:
                process.wait(timeout=min(HEARTBEAT, left))
                return True
            except subprocess.TimeoutExpired:
                with self.lock:
                    last = self.tail[-1] if self.tail else ""
                say(f"        {self.test.name}: {time.monotonic() - started:.0f} s: {last[:100]}")

    def stop(self) -> None:
        """End it, from another thread."""
        self.stopped = True
        if self.process:
            end_group(self.process)

    def go(self) -> Outcome:
        """Run the test to its end and judge it."""
        outcome = Outcome(self.test.name, self.test.summary, proves=self.test.proves)
        started = time.monotonic()
        with self.log_path.open("wb") as log:
            try:
                process = subprocess.Popen(
                    self.test.command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE, cwd=self.root, env=self.env, start_new_session=True,
                )  # fmt: skip
            except OSError as error:
                log.write(f"cannot run: {error}\n".encode())
                outcome.cases = [Case("start", "failed", f"cannot run {self.test.command[0]}: {error.strerror}")]
                return outcome
            self.process = process
            if self.stopped:
                end_group(process)
            assert process.stdout and process.stderr
            pumps = [
                threading.Thread(target=self._pump, args=(process.stdout, log, True), daemon=True),
                threading.Thread(target=self._pump, args=(process.stderr, log, False), daemon=True),
            ]
            for pump in pumps:
                pump.start()
            try:
                in_time = self._wait(process, started)
            finally:
                end_group(process)
            for pump in pumps:
                pump.join(timeout=10)
        outcome.seconds = time.monotonic() - started
        outcome.tail = "\n".join(self.tail)
        judge(outcome, self.out, process.returncode if in_time else None, self.test.timeout)
        return outcome


def end_group(process: subprocess.Popen[bytes]) -> None:
    """End what the test started and left running, itself included."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            return
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            continue


def judge(outcome: Outcome, out: list[str], status: int | None, timeout: float) -> None:
    """Cases from KTAP and exit status; whatever does not fit is a failure."""
    ktap = parse(out)
    outcome.cases = list(ktap.cases)
    problems = list(ktap.problems)
    if status is None:
        problems.append(f"not finished after {timeout:.0f} s")
    elif status != 0 and (status != 1 or not outcome.count("failed")):
        problems.append(f"exit status {status} ({MEANING.get(status, 'unexpected')})")
    elif not ktap.seen:
        outcome.cases.append(Case(outcome.name, "passed"))
    if not problems and not outcome.count("passed") and not outcome.count("failed"):
        problems.append("nothing was tested")
    if problems:
        outcome.cases.append(Case("run", "failed", "\n".join(problems)))
