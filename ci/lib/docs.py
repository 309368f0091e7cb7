# SPDX-License-Identifier: GPL-2.0-only
"""Runs the commands that the docs show, and looks for what they name.

A fenced block of sh or console (commands behind "$ ", the rest is output) stands
below one of these lines; blocks of other languages are left alone:

    <!-- run -->                        its commands end with 0
    <!-- run: exit 1, says TEXT -->     and what is written instead or besides
    <!-- check -->                      is not run: its targets and files are there

Blocks of a file run in order, in one copy of the repository. Prints KTAP.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

FENCE = re.compile(r"```([\w-]*)$")
MARK = re.compile(r"<!-- (run|check)(?:: (.*))? -->$")
TERM = re.compile(r"exit (\d)|says (.+)")
# What is named in backquotes or links and lies in the repository
PATH = re.compile(r"`((?:ci|docs|dts|patches|kconfig-fragments|kunit-configs)/[\w./*-]*)")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
LIMIT = 1800
BUILTINS = {"cd", "export", "git"}


@dataclass
class Block:
    """One fenced block of commands."""

    file: Path
    line: int
    commands: str
    how: str  # run, check, or nothing
    code: int = 0
    says: str = ""


def read_blocks(file: Path) -> list[Block]:
    """The blocks of commands of a file, in order."""
    blocks: list[Block] = []
    mark, language, inside, start = "", "", False, 0
    lines: list[str] = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        fence = FENCE.match(line.strip())
        if inside and line.strip() == "```":
            if language in ("sh", "console"):
                blocks.append(make_block(file, start, language, lines, mark))
            inside, mark = False, ""
        elif inside:
            lines.append(line)
        elif fence:
            inside, language, lines, start = True, fence[1], [], number
        elif MARK.match(line.strip()):
            mark = line.strip()
        elif line.strip():
            mark = ""
    return blocks


def make_block(file: Path, line: int, language: str, lines: list[str], mark: str) -> Block:
    """A block with the words of the comment above it."""
    if language == "console":
        lines = [text[2:] for text in lines if text.startswith("$ ")]
    block = Block(file, line, "\n".join(lines), "")
    found = MARK.match(mark)
    if found:
        block.how = found[1]
        for term in (found[2] or "").split(", "):
            value = TERM.fullmatch(term)
            if value and value[1]:
                block.code = int(value[1])
            elif value:
                block.says = value[2]
            elif term:
                block.how = ""
    return block


def targets(makefile: Path) -> set[str]:
    """The targets that a Makefile spells out."""
    text = makefile.read_text(encoding="utf-8") if makefile.is_file() else ""
    return set(re.findall(r"^([\w.-]+):(?!=)", text, re.MULTILINE))


def problem_of(words: list[str], root: Path) -> str:
    """What one command names that is not there, or nothing."""
    while words and (re.match(r"\w+=", words[0]) or words[0] in ("sudo", "nice")):
        words = words[1:]
    if not words or words[0] in BUILTINS:
        return ""
    program, arguments = words[0], words[1:]
    if program == "make":
        place = root / "Makefile"
        if "-C" in arguments:
            at = arguments.index("-C")
            if re.match(r"[~$/]", arguments[at + 1]):
                return ""  # the reader's own tree
            place = root / arguments[at + 1] / "Makefile"
            arguments = arguments[:at] + arguments[at + 2 :]
        known = targets(place)
        missing = [word for word in arguments if re.match(r"[a-z][\w-]*$", word) and word not in known]
        return f"no target {missing[0]}" if missing else ""
    if "/" in program:
        here = [tree / program for tree in (root, root / "build/linux") if (tree / program).is_file()]
        return "" if here and os.access(here[0], os.X_OK) else f"{program} is not there, or cannot be run"
    pinned = (root / "ci/requirements.txt").read_text(encoding="utf-8")
    listed = (root / "ci/tools.list").read_text(encoding="utf-8")
    if shutil.which(program) or re.search(rf"^{re.escape(program)}(==|\s)", pinned + listed, re.MULTILINE):
        return ""
    return f"{program} is in neither ci/tools.list nor ci/requirements.txt"


def check_block(block: Block, root: Path) -> str:
    """Whether all commands name what is there."""
    text = block.commands.replace("\\\n", " ")
    for line in text.splitlines():
        lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
        lexer.whitespace_split = True
        words: list[str] = []
        for word in [*lexer, ";"]:
            if set(word) <= set(";&|()<>"):
                problem = problem_of(words, root)
                if problem:
                    return f"{line.strip()}: {problem}"
                words = []
            else:
                words.append(word)
    return ""


def run_block(block: Block, root: Path) -> str:
    """Whether the commands do what is written above them."""
    try:
        run = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", block.commands], cwd=root, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", timeout=LIMIT, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"not finished after {LIMIT} s"
    print(run.stdout, file=sys.stderr, flush=True)
    tail = "\n".join(run.stdout.splitlines()[-20:])
    if run.returncode != block.code:
        return f"exit {run.returncode} instead of {block.code}\n{tail}"
    if block.says not in run.stdout:
        return f"did not say {block.says!r}\n{tail}"
    return ""


def judge(block: Block, root: Path) -> str:
    """What is wrong with a block, or nothing."""
    if not block.commands.strip():
        return "no command in it"
    if block.how == "run":
        return run_block(block, root)
    if block.how == "check":
        return check_block(block, root)
    return "neither <!-- run --> nor <!-- check --> above it"


def dead_names(file: Path, root: Path) -> str:
    """Files that the text names and that are not there."""
    text = file.read_text(encoding="utf-8")
    # Words in capitals stand for a name that the reader puts in
    paths = [path for path in PATH.findall(text) if not re.search(r"\b[A-Z]{2,}\b", path)]
    dead = [path for path in paths if not list(root.glob(path.rstrip("/.")))]
    dead += [path for path in LINK.findall(text) if not (file.parent / path).exists()]
    return ", ".join(sorted(set(dead)))


def main() -> int:
    """See the module's text."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--root", type=Path, required=True, help="the copy of the repository")
    parser.add_argument("files", nargs="+", help="relative to it")
    arguments = parser.parse_args()
    root: Path = arguments.root.resolve()
    count = failed = 0

    def result(name: str, problem: str) -> None:
        nonlocal count, failed
        count += 1
        failed += bool(problem)
        print("".join(f"# {line}\n" for line in problem.splitlines()), end="")
        print(f"{'not ok' if problem else 'ok'} {count} - {name}", flush=True)

    print("KTAP version 1")
    for name in arguments.files:
        file = root / name
        result(f"{name}: what it names is there", dead_names(file, root))
        for block in read_blocks(file):
            started = time.monotonic()
            problem = judge(block, root)
            print(f"{name}:{block.line}: {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
            result(f"{name}:{block.line}: {block.how} {block.commands.strip().splitlines()[0][:60]}", problem)
    print(f"1..{count}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
