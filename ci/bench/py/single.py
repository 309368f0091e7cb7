# SPDX-License-Identifier: GPL-2.0-only
"""One run: a suite on a machine, from QEMU's command line to result.json."""

from __future__ import annotations

import json
import secrets
import shlex
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import qemu
import record
import suites
import verdict

RAM_MIB = 1024
BOOT_LIMIT, SHUTDOWN_LIMIT = 60.0, 30.0
SILENCE_LIMIT = 60.0  # of a kernel that is not known to get through: its longest wait is a start's 5 s
MAX_BOOTS = 100
LEFT = ("command", "console.log", "secure.log", "qemu.log", "ktap.txt", "result.json")


@dataclass(frozen=True)
class Options:
    """How every pair of a command is run."""

    out: Path
    kernel: Path | None = None
    initrd: Path | None = None
    dtbs: Path | None = None
    only: str | None = None
    told: tuple[str, ...] = ()  # NAME=VALUE for scenarios that ask for it
    base: bool = False
    other: bool = False
    within: float | None = None
    limit: float | None = None
    expect: tuple[str, ...] = ()
    append: str = ""


@dataclass(frozen=True)
class Single:
    """A suite on a machine, and the files that it boots."""

    suite: suites.Suite
    machine: str
    options: Options
    parts: qemu.Parts

    @property
    def name(self) -> str:
        """As results are called."""
        return f"{self.machine}.{self.suite.name}"

    @property
    def out(self) -> Path:
        """Where logs and result go."""
        return self.options.out / f"{self.machine}-{self.suite.name}"

    def again(self, only: str | None = None) -> str:
        """One command that runs just this again."""
        options, words = self.options, ["ci/bench/bench", "run"]
        for name, path in (("--kernel", options.kernel), ("--initrd", options.initrd), ("--dtbs", options.dtbs)):
            words += [name, short(path)] if path else []
        words += ["--append", options.append] if options.append else []
        words += ["--other"] if options.other else ["--base"] if options.base else []
        only = only or options.only
        words += ["--only", only] if only else []
        for word in options.told:
            words += ["--set", word]
        for option, value in (("--within", options.within), ("--limit", options.limit)):
            words += [option, f"{value:g}"] if value is not None else []
        words += ["--expect", ",".join(options.expect)] if options.expect else []
        return shlex.join([*words, f"{self.suite.name}:{self.machine}"])


def short(path: Path) -> str:
    """From the root of the repository, if it lies there."""
    path = path.resolve()
    return str(path.relative_to(suites.ROOT) if path.is_relative_to(suites.ROOT) else path)


def prepare(suite: suites.Suite, machine: str, options: Options) -> Single:
    """Finds the files of a machine, or says which is missing and what builds it."""
    dtb = (options.dtbs or suite.folder) / f"{machine}.dtb"
    kernel = options.kernel or suite.image(options.base)
    revision = "base" if options.base else "series"
    firmware, initrd = suites.BUILD / "el3/el3.bin", options.initrd or suite.initramfs
    builds = "'make bench' builds it"
    hints = {firmware: builds, dtb: builds if suite.dtbs == suites.OURS else "'make boards' builds it"}
    hints[initrd] = builds if suite.initrd == "guest" else f"'make coverage' builds it for {suite.name}"
    hints[kernel] = f"'ci/kernel/build {revision} {suite.kernel}' builds it"
    hints |= {path: "you have named it" for path in (options.kernel, options.initrd, options.dtbs and dtb) if path}
    for path, hint in hints.items():
        if not path.is_file():
            raise suites.Refused(f"{path} is missing: {hint}")
    cpus, memory = suites.number_of(dtb, "bench,cpus"), suites.number_of(dtb, "bench,memory", RAM_MIB)
    counts = suite.clock == "instructions"
    return Single(suite, machine, options, qemu.Parts(cpus, memory, firmware, dtb, kernel, initrd, counts))


def write_atomically(path: Path, text: str) -> None:
    """The whole file or none."""
    temporary = path.with_name(path.name + ".tmp")
    temporary.write_text(text, encoding="utf-8")
    temporary.rename(path)


def missing_kinds(single: Single, run: verdict.Run) -> list[str]:
    """What --expect names and did not happen."""
    found = {problem.kind for problem in run.problems}
    return [kind for kind in single.options.expect if kind not in found]


def exit_code(single: Single, run: verdict.Run) -> int:
    """The exit code, in the light of --expect."""
    code = run.exit_code()
    if not single.options.expect or (code == verdict.EXIT_INFRA and "qemu" not in single.options.expect):
        return code
    return verdict.EXIT_FAILED if missing_kinds(single, run) else verdict.EXIT_PASS


def write_result(single: Single, run: verdict.Run) -> None:
    """What others read: report.py, the check of requirements, and who looks for times."""
    result = {
        "machine": single.machine,
        "suite": single.suite.name,
        "kernel": str(single.parts.kernel),
        "base": single.options.base,
        "boots": run.boots,
        "unknown_calls": run.unknown_calls,
        "expect": single.options.expect,
        "nonce": run.nonce,
        "exit_code": exit_code(single, run),
        "qemu_exit": run.qemu_exit,
        "seconds": run.times.get("total"),
        "seconds_to_last_result": run.times.get("results"),
        "tests": [asdict(test) for test in run.tests],
        "problems": [asdict(problem) for problem in run.problems],
    }
    write_atomically(single.out / "result.json", json.dumps(result, indent=1) + "\n")


def with_images(parts: qemu.Parts, out: Path) -> qemu.Parts:
    """The guest with the images of the board, if there are any: the kernel takes archives in a row."""
    images = parts.dtb.with_suffix(".cpio")
    if not images.is_file():
        return parts
    initrd = out / "initramfs.cpio"
    initrd.write_bytes(parts.initrd.read_bytes() + images.read_bytes())
    return replace(parts, initrd=initrd)


def boot(single: Single, out: Path, after: str, show: Callable[[str], None]) -> verdict.Run:
    """Runs QEMU once, and judges what it left in `out`."""
    suite, options = single.suite, single.options
    out.mkdir(parents=True, exist_ok=True)
    for name in LEFT:
        (out / name).unlink(missing_ok=True)
    run = verdict.Run(suite=suite.name, nonce=secrets.token_hex(8), any_call=options.other)
    # KUnit suites that are built in have boots of their own; the guest prints through /dev/kmsg
    words = ["console=ttyAMA0", "kunit.enable=0", "printk.devkmsg=on", *options.append.split()]
    words += ["--", f"suite={suite.name}", f"nonce={run.nonce}"]
    words += [f"only={options.only}"] if options.only else []
    words += [f"after={after}"] if after else []
    words += options.told
    words += ["base"] if options.base else []
    words += ["other"] if options.other else []
    secure_log = out / "secure.log"
    argv = qemu.command(with_images(single.parts, out), " ".join(words), secure_log)
    write_atomically(out / "command", shlex.join(argv) + "\n")

    limit = options.limit or suite.limit
    silence = SILENCE_LIMIT if options.base else None
    limits = qemu.Limits(min(BOOT_LIMIT, limit), limit, SHUTDOWN_LIMIT, silence)
    console = qemu.run_qemu(run, argv, out, limits, show)
    if run.qemu_exit is not None and run.exit_code() != verdict.EXIT_INFRA:
        verdict.judge(run, console, record.read_text(secure_log))
        verdict.judge_speed(run, options.within)
        if options.base:
            verdict.judge_early_end(run, console)
        if after and not run.tests:  # the last one was not survived: an empty plan is right
            run.problems = [problem for problem in run.problems if problem.kind != "plan"]
        write_atomically(out / "ktap.txt", "\n".join(verdict.ktap_lines(console)) + "\n")
    return run


def execute(single: Single, show: Callable[[str], None]) -> verdict.Run:
    """Boots, and boots again as long as a kernel without the series dies of its tests; writes down the result."""
    out = single.out
    for old in out.glob("boot-*"):
        shutil.rmtree(old)
    run = boot(single, out, "", show)
    while run.begun and run.boots < MAX_BOOTS:
        more = boot(single, out / f"boot-{run.boots + 1}", run.begun, show)
        stuck = more.begun == run.begun
        run.add_boot(more)
        if stuck:
            break
    if run.begun:
        run.problem("token", f"the guest does not get beyond {run.begun}")
    write_result(single, run)
    return run
