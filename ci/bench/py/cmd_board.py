# SPDX-License-Identifier: GPL-2.0-only
"""Makes a machine from a board's device tree: build/boards/NAME.{dts,dtb,cpio}.

The device tree is one that kbuild has made with symbols (-@), as it does for boards that have overlays;
the overlay is applied. NAME.dts shows what was taken and what was stood in for. NAME.cpio has an image for
each core, under the name that the board asks for. 'ci/bench/bench run board:NAME' boots it.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

import abi
import board
import fdt
import suites

MKIMAGE = suites.ROOT / "ci/bench/images/mkimage.py"
BINDINGS = suites.BUILD / "linux/include"
PACKER = suites.BUILD / "guest/gen_init_cpio"


def program(core: board.Core) -> Path:
    """What the core runs."""
    return suites.BUILD / f"core/{core.name.lower()}.elf"


def arguments(parser: argparse.ArgumentParser) -> None:
    """A device tree, and how to call it."""
    parser.add_argument("dtb", type=Path, help="the board's device tree, EL2 overlay applied")
    parser.add_argument("--name", help="of the machine; default: that of the file")
    parser.add_argument("--out", type=Path, default=suites.BUILD / "boards", metavar="DIR")


def run(*words: str | Path) -> str:
    """A tool; what it says on stderr is an error."""
    try:
        done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise suites.Refused(f"{words[0]} is missing: 'make doctor' says what brings it", 3) from error
    if done.returncode or done.stderr:
        raise suites.Refused(f"{Path(words[0]).name}: {done.stderr.strip() or done.returncode}", 1)
    return done.stdout


def compile_source(source: Path, dtb: Path) -> None:
    """As dts/Makefile does."""
    pre = source.with_suffix(".pre.dts")
    include = ("-I", suites.ROOT / "dts", "-I", abi.FOLDER, "-I", BINDINGS)
    run("cpp", "-nostdinc", "-undef", "-x", "assembler-with-cpp", "-D__DTS__", *include, "-o", pre, source)
    quiet = ("unique_unit_address", "interrupt_provider", "simple_bus_reg", "avoid_unnecessary_addr_size")
    run("dtc", *(word for name in quiet for word in ("-W", f"no-{name}")), "-I", "dts", "-O", "dtb", "-o", dtb, pre)


def image(core: board.Core, index: int, path: Path) -> None:
    """The main image, which is moved to the carveout, or the dtb image, which is not."""
    path.parent.mkdir(parents=True, exist_ok=True)
    split = ("--split",) if path.suffix == ".mdt" else ()
    if index == 0:
        run(sys.executable, "-B", MKIMAGE, "--elf", program(core), "--relocatable", *split, path)
    else:
        run(sys.executable, "-B", MKIMAGE, "--data", f"{core.known.dtb_base:#x}", *split, path)


def firmware(made: board.Machine, folder: Path, cpio: Path) -> None:
    """An archive with the images of all cores, and nothing of an earlier one."""
    shutil.rmtree(folder, ignore_errors=True)
    for core in made.cores:
        for index, name in enumerate(core.firmware):
            image(core, index, folder / name)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    folders = sorted({parent for path in files for parent in path.relative_to(folder).parents} - {Path()})
    lines = [f"dir /lib/firmware/{path} 0755 0 0" for path in folders]
    lines += [f"file /lib/firmware/{path.relative_to(folder)} {path} 0644 0 0" for path in files]
    listing = cpio.with_suffix(".list")
    listing.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with cpio.open("wb") as archive:
        subprocess.run([PACKER, "-t", "0", listing], stdout=archive, check=True)


def main(args: argparse.Namespace) -> int:
    """The three files."""
    name = args.name or args.dtb.stem
    out = args.out.resolve()
    try:
        tree = fdt.read(args.dtb)
        made = board.make(tree)
        for path in (BINDINGS, PACKER, *(program(core) for core in made.cores)):
            if not path.exists():
                raise suites.Refused(f"{path} is missing: 'make bench' builds it")
        out.mkdir(parents=True, exist_ok=True)
        source = out / f"{name}.dts"
        source.write_text(made.source, encoding="utf-8")
        compile_source(source, out / f"{name}.dtb")
        firmware(made, out / f"{name}.firmware", out / f"{name}.cpio")
    except (suites.Refused, board.Refused, fdt.FdtError, OSError, subprocess.CalledProcessError) as error:
        print(f"bench board: {args.dtb}: {error}", file=sys.stderr)
        return error.code if isinstance(error, suites.Refused) else 1
    print(f"{name}: {made.soc} with {', '.join(core.name.lower() for core in made.cores)} in {out}/{name}.dtb")
    return 0
