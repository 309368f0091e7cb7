#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Runs one suite on one machine of the bench, and judges it.

Exit code: 0 pass; 1 failed tests, violations, a record that differs; 2 wrong use; 3 QEMU absent
or not started; 4 panic, splat or timeout.
"""

from __future__ import annotations

import argparse
import json
import secrets
import shlex
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import qemu
import record
import verdict

ROOT = Path(__file__).resolve().parents[3]
BUILD = ROOT / "build"
FIRMWARE = BUILD / "el3/el3.bin"
INITRD = BUILD / "guest/initramfs.cpio"
# Each a device tree in dts/, with the CPUs that it takes: Linux's and one a remote core
MACHINES = {
    "el2-iommu": 3,
    "el2-modem": 3,
    "hypervisor": 3,
    "five-cores": 6,
    "el2-iommu-odd-size": 3,
    "el2-iommu-odd-base": 3,
    "el2-iommu-odd-dtb": 3,
    "el2-modem-odd-size": 3,
    "el2-modem-odd-base": 3,
    "hypervisor-odd-size": 3,
}
MAX_SHOWN = 12


def parse_arguments(words: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--machine", required=True, choices=MACHINES)
    parser.add_argument("--suite", required=True)
    parser.add_argument("--kernel", required=True, type=Path, help="Image or Image.gz")
    parser.add_argument("--out", required=True, type=Path, help="directory for logs and result")
    parser.add_argument("--firmware", type=Path, default=FIRMWARE)
    parser.add_argument("--dtb", type=Path, help="default: build/dts/MACHINE.dtb")
    parser.add_argument("--initrd", type=Path, default=INITRD)
    parser.add_argument("--only", metavar="GLOB", help="run only the tests of that name")
    parser.add_argument("--base", action="store_true", help="the kernel lacks the series")
    parser.add_argument("--timeout-boot", type=float, default=60, metavar="S")
    parser.add_argument("--timeout-test", type=float, default=900, metavar="S")
    parser.add_argument("--timeout-shutdown", type=float, default=30, metavar="S")
    parser.add_argument("--within", type=float, metavar="S", help="limit from QEMU's start to the last result")
    parser.add_argument("--quiet", action="store_true", help="show no test that passes")
    parser.add_argument(
        "--expect",
        metavar="KIND[,KIND...]",
        help=f"pass if the run fails in these ways ({', '.join(verdict.KINDS)})",
    )
    arguments = parser.parse_args(words)
    unknown = set(expected_kinds(arguments.expect)) - set(verdict.KINDS)
    if unknown:
        parser.error(f"--expect: unknown kind {', '.join(sorted(unknown))}")
    return arguments


def expected_kinds(text: str | None) -> list[str]:
    return text.split(",") if text else []


def find_parts(arguments: argparse.Namespace) -> qemu.Parts | None:
    """The machine's files, or None and a message if one is missing."""
    dtb = arguments.dtb or BUILD / "dts" / f"{arguments.machine}.dtb"
    parts = qemu.Parts(MACHINES[arguments.machine], arguments.firmware, dtb, arguments.kernel, arguments.initrd)
    hints = {
        parts.firmware: "make bench",
        parts.dtb: "make bench",
        parts.initrd: "make bench",
        parts.kernel: "make kernel",
    }
    for path, hint in hints.items():
        if not path.is_file():
            print(f"run.py: {path} is missing: '{hint}' builds it", file=sys.stderr)
            return None
    return parts


def rerun_command(arguments: argparse.Namespace, only: str | None) -> str:
    """One command that runs just this again."""
    words = ["ci/bench/py/run.py", "--machine", arguments.machine, "--suite", arguments.suite]
    words += ["--kernel", str(arguments.kernel), "--out", str(arguments.out) + "-again"]
    for name, default in (("firmware", FIRMWARE), ("dtb", None), ("initrd", INITRD)):
        value = getattr(arguments, name)
        if value != default:
            words += [f"--{name}", str(value)]
    words += ["--base"] if arguments.base else []
    words += ["--only", only] if only else []
    return shlex.join(words)


def write_atomically(path: Path, text: str) -> None:
    temporary = path.with_name(path.name + ".tmp")
    temporary.write_text(text, encoding="utf-8")
    temporary.rename(path)


def write_result(run: verdict.Run, arguments: argparse.Namespace, code: int) -> None:
    result = {
        "machine": arguments.machine,
        "suite": arguments.suite,
        "kernel": str(arguments.kernel),
        "nonce": run.nonce,
        "exit_code": code,
        "qemu_exit": run.qemu_exit,
        "seconds": run.times.get("total"),
        "seconds_to_last_result": run.times.get("results"),
        "tests": [asdict(test) for test in run.tests],
        "problems": [{"kind": problem.kind, "text": problem.text} for problem in run.problems],
    }
    write_atomically(arguments.out / "result.json", json.dumps(result, indent=1) + "\n")


def report(run: verdict.Run, arguments: argparse.Namespace) -> None:
    """Says what failed, and how to run just that again."""
    for problem in run.problems[:MAX_SHOWN]:
        print(f"  {problem.kind}: {problem.text}")
    if len(run.problems) > MAX_SHOWN:
        print(f"  ... {len(run.problems) - MAX_SHOWN} more in {arguments.out}/result.json")
    if not run.problems:
        return
    failed = [test.name for test in run.tests if not test.ok]
    print(f"  logs: {arguments.out}")
    print(f"  again: {rerun_command(arguments, failed[0] if len(failed) == 1 else None)}")


def judge_expectation(run: verdict.Run, arguments: argparse.Namespace) -> int:
    """The exit code, in the light of --expect."""
    wanted = expected_kinds(arguments.expect)
    code = run.exit_code()
    if not wanted or (code == verdict.EXIT_INFRA and "qemu" not in wanted):
        return code
    missing = [kind for kind in wanted if all(kind != found.kind for found in run.problems)]
    if missing:
        print(f"  expected to fail with {', '.join(missing)}, but did not")
        return verdict.EXIT_FAILED
    return verdict.EXIT_PASS


def show_results(quiet: bool) -> Callable[[str], None]:
    """Shows the results of the guest's tests while they come in."""

    def show(line: str) -> None:
        if line.startswith("not ok ") or (line.startswith("ok ") and not quiet):
            print(f"  {line}", flush=True)

    return show


def judge_speed(run: verdict.Run, within: float | None) -> None:
    """The last result has to come in time; without a result there is a problem already."""
    results = run.times.get("results")
    if within is not None and results is not None and results > within:
        run.problem("slow", f"last result {results} s after QEMU's start, limit {within:g} s")


def execute(arguments: argparse.Namespace, parts: qemu.Parts, show: Callable[[str], None]) -> verdict.Run:
    """Runs QEMU and judges what it left."""
    run = verdict.Run(suite=arguments.suite, nonce=secrets.token_hex(8))
    # KUnit suites that are built in have boots of their own
    words = ["console=ttyAMA0", "kunit.enable=0", "--", f"suite={arguments.suite}", f"nonce={run.nonce}"]
    words += [f"only={arguments.only}"] if arguments.only else []
    words += ["base"] if arguments.base else []
    secure_log = arguments.out / "secure.log"
    secure_log.unlink(missing_ok=True)
    argv = qemu.command(parts, " ".join(words), secure_log)
    write_atomically(arguments.out / "command", shlex.join(argv) + "\n")

    limits = qemu.Limits(arguments.timeout_boot, arguments.timeout_test, arguments.timeout_shutdown)
    console = qemu.run_qemu(run, argv, arguments.out, limits, show)
    if run.qemu_exit is not None and run.exit_code() != verdict.EXIT_INFRA:
        verdict.judge(run, console, record.read_text(secure_log))
        judge_speed(run, arguments.within)
        ktap = verdict.ktap_lines(console)
        write_atomically(arguments.out / "ktap.txt", "\n".join(ktap) + "\n")
    return run


def main() -> int:
    arguments = parse_arguments()
    parts = find_parts(arguments)
    if parts is None:
        return verdict.EXIT_USAGE
    arguments.out.mkdir(parents=True, exist_ok=True)
    run = execute(arguments, parts, show_results(arguments.quiet))
    good = sum(test.ok for test in run.tests)
    code = judge_expectation(run, arguments)
    outcome = "PASS" if not run.problems else "FAIL"
    if arguments.expect and code == verdict.EXIT_PASS:
        outcome = "FAIL, as it must"
    times = ", ".join(f"{what} {seconds} s" for what, seconds in run.times.items())
    print(f"{arguments.machine} {arguments.suite}: {outcome}, {good} of {len(run.tests)} tests ok, {times or '0 s'}")
    report(run, arguments)
    write_result(run, arguments, code)
    return code


if __name__ == "__main__":
    sys.exit(main())
