#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Mutants: mistakes made on purpose, which a test has to notice.

A mutant says what is wrong, which requirement it breaks and who must notice it. Its edits are
anchored by text, so it survives changes around it:

    What is wrong, in one or two sentences.

    Requirement: B1
    Noticed-by: bench life:el2-iommu modem.start-stop violation
    File: drivers/firmware/qcom/qcom_scm.c
    In: qcom_scm_pas_prepare_and_auth_reset
    <<<<<<<
    lines that are there
    =======
    lines in their place
    >>>>>>>

The old lines must occur exactly once. `In:` narrows the search for the next edit: the name of a
function (or of an initialised variable) to its body, any other text to what follows the one line
that consists of it. More edits of the same file follow directly; `File:` goes to another one. No
edit sees what another one did.

`Noticed-by:` may stand more than once; each must notice. What it can say:

    bench SUITE:MACHINE GLOB KIND[,KIND]  the bench finds these kinds of problem (ci/bench/bench run --expect)
    calls SUITE:MACHINE GLOB              the run makes other calls than without the mutant
    kunit SUITE.CASE                      that case fails
    unit PROGRAM                          a unit test of the TrustZone model fails
    fuzz PROGRAM PATTERN                  that fuzzer of the model stops with PATTERN
    stress TARGET PATTERN                 that stress run of the firmware ends with PATTERN

    ci/lib/mutate.py apply MUTANT DIR     edit the files below DIR
    ci/lib/mutate.py commit MUTANT REV    print a commit of build/linux: REV with the edits, on no branch
    ci/lib/mutate.py list MUTANT...       print, with tabs between, name, requirements, who must notice it
                                          (a line each), and what is wrong

MUTANT is a file, or - for stdin. Exit code: 0 done; 2 the mutant, or what it edits, is not as it must be.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINUX = ROOT / "build/linux"
REQUIREMENTS = ROOT / "docs/reference/requirements.md"
EXIT_USAGE = 2

OLD, NEW, END = "<" * 7, "=" * 7, ">" * 7
KEYS = ("Requirement", "Noticed-by", "File", "In")
NOTICES = {"bench": 3, "calls": 2, "kunit": 1, "unit": 1, "fuzz": 2, "stress": 2}
KEY = re.compile(r"([A-Z][A-Za-z-]*):(?: +(.*))?$")


class MutantError(Exception):
    """What is wrong with a mutant, in one line."""


@dataclass(frozen=True)
class Notice:
    """Who must notice a mutant: a kind of NOTICES and its words."""

    kind: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join((self.kind, *self.words))

    @property
    def pair(self) -> tuple[str, str]:
        """Suite and machine of `bench` and `calls`."""
        suite, _, machine = self.words[0].partition(":")
        return suite, machine


@dataclass(frozen=True)
class Edit:
    """Whole lines of a file, and what replaces them."""

    file: str
    inside: str
    old: str
    new: str


@dataclass
class Mutant:
    """A mutant as its file has it."""

    name: str
    text: str = ""
    requirements: list[str] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)


@cache
def requirements() -> dict[str, str]:
    """Each requirement with its text: the table rows of docs/reference/requirements.md."""
    return dict(re.findall(r"^\| ([A-Z]\d+) \| (.*) \|$", REQUIREMENTS.read_text(encoding="utf-8"), re.M))


def _notice(value: str) -> Notice:
    kind, *rest = value.split(maxsplit=1)
    if kind not in NOTICES:
        raise MutantError(f"Noticed-by: {kind} is none of {', '.join(NOTICES)}")
    count = NOTICES[kind]
    words = rest[0].split(maxsplit=count - 1) if rest else []
    pattern = kind in ("fuzz", "stress")  # the last word may have blanks
    if len(words) != count or not (pattern or " " not in words[-1]):
        raise MutantError(f"Noticed-by: {kind} takes {count} word(s): {value}")
    if kind in ("bench", "calls") and not re.fullmatch(r"[\w-]+:[\w-]+", words[0]):
        raise MutantError(f"Noticed-by: {words[0]} is not SUITE:MACHINE")
    return Notice(kind, tuple(words))


class _Reader:
    """Goes through the lines of a mutant."""

    def __init__(self, text: str, name: str) -> None:
        self.mutant = Mutant(name)
        self.lines = text.splitlines(keepends=True)
        self.at = 0
        self.file = self.inside = ""

    def until(self, mark: str) -> str:
        """The lines up to a mark, which is passed."""
        start = self.at
        while self.at < len(self.lines):
            line = self.lines[self.at].rstrip("\n")
            self.at += 1
            if line == mark:
                return "".join(self.lines[start : self.at - 1])
            if line in (OLD, NEW, END):
                break
        raise MutantError(f"line {self.at}: {mark} is missing")

    def edit(self) -> None:
        """An edit, behind its first mark."""
        if not self.file:
            raise MutantError(f"line {self.at}: an edit without File:")
        old, new = self.until(NEW), self.until(END)
        if not old.strip():
            raise MutantError(f"{self.file}: an edit must name lines that are there")
        if old == new:
            raise MutantError(f"{self.file}: an edit changes nothing")
        self.mutant.edits.append(Edit(self.file, self.inside, old, new))
        self.inside = ""

    def key(self, key: str, value: str) -> None:
        """A line "Key: value"."""
        if key not in KEYS:
            raise MutantError(f"line {self.at}: unknown key {key}; there are {', '.join(KEYS)}")
        if not value:
            raise MutantError(f"line {self.at}: {key}: says nothing")
        if key == "Requirement":
            for name in value.split():
                if name not in requirements():
                    raise MutantError(f"requirement {name} is not in {REQUIREMENTS.relative_to(ROOT)}")
                self.mutant.requirements.append(name)
        elif key == "Noticed-by":
            self.mutant.notices.append(_notice(value))
        elif key == "File":
            self.file, self.inside = value, ""
        else:
            self.inside = value

    def read(self) -> Mutant:
        """The mutant."""
        while self.at < len(self.lines) and not KEY.match(self.lines[self.at].rstrip("\n")):
            self.mutant.text += self.lines[self.at]
            self.at += 1
        self.mutant.text = self.mutant.text.strip()
        if not self.mutant.text or OLD in self.mutant.text.splitlines():
            raise MutantError("it does not begin with what is wrong")
        while self.at < len(self.lines):
            line = self.lines[self.at].rstrip("\n")
            self.at += 1
            if line == OLD:
                self.edit()
            elif match := KEY.match(line):
                self.key(match[1], (match[2] or "").strip())
            elif line.strip():
                raise MutantError(f"line {self.at}: neither a key nor an edit: {line.strip()}")
        if not self.mutant.edits:
            raise MutantError("it has no edit")
        return self.mutant


def parse(text: str, name: str = "-") -> Mutant:
    """Read a mutant from its text."""
    return _Reader(text, name).read()


def read(path: str | Path) -> Mutant:
    """Read a mutant from its file; - is stdin."""
    if str(path) == "-":
        return parse(sys.stdin.read())
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise MutantError(f"cannot be read: {getattr(error, 'strerror', None) or error}") from error
    return parse(text, Path(path).stem)


def _span(edit: Edit, text: str) -> tuple[int, int]:
    """Where in the text an edit looks."""
    if not edit.inside:
        return 0, len(text)
    where = f"{edit.file}: In: {edit.inside}"
    if re.fullmatch(r"\w+", edit.inside):
        # The name in a line of the first column, then a body without a ; before its {
        head = re.compile(rf"^(?![\s#/*}}])[^\n;=]*\b{edit.inside}\b *[(\[=][^;{{]*\{{.*?^\}}", re.M | re.S)
    else:
        head = re.compile(rf"^[ \t]*{re.escape(edit.inside)}[ \t]*$\n?", re.M)
    found = list(head.finditer(text))
    if len(found) != 1:
        raise MutantError(f"{where} is {'not found' if not found else f'found {len(found)} times'}")
    return (found[0].start(), found[0].end() + 1) if re.fullmatch(r"\w+", edit.inside) else (found[0].end(), len(text))


def place(edit: Edit, text: str) -> int:
    """Where in the text the lines of an edit begin."""
    start, end = _span(edit, text)
    found = [match.start() for match in re.compile(f"^{re.escape(edit.old)}", re.M).finditer(text, start, end)]
    if len(found) != 1:
        where = f"{edit.file}{', ' if edit.inside else ''}{edit.inside}"
        first = edit.old.strip().splitlines()[0].strip()
        raise MutantError(f"{where}: the text is {'not found' if not found else f'found {len(found)} times'}: {first}")
    return found[0]


def replaced(text: str, edits: list[tuple[int, Edit]]) -> str:
    """The text with edits at their places; none may see another."""
    end = len(text)
    for at, edit in sorted(edits, key=lambda one: one[0], reverse=True):
        if at + len(edit.old) > end:
            raise MutantError(f"{edit.file}: two edits overlap: {edit.old.strip().splitlines()[0].strip()}")
        text = text[:at] + edit.new + text[at + len(edit.old) :]
        end = at
    return text


def results(mutant: Mutant, original: Callable[[str], str]) -> dict[str, str]:
    """Each file that the mutant edits, with its new text; no edit sees another."""
    files: dict[str, str] = {}
    for name in dict.fromkeys(edit.file for edit in mutant.edits):
        text = original(name)
        files[name] = replaced(text, [(place(edit, text), edit) for edit in mutant.edits if edit.file == name])
    return files


def apply(mutant: Mutant, folder: Path) -> None:
    """Edit the files in a folder: all of them, or none."""

    def original(name: str) -> str:
        try:
            return (folder / name).read_text(encoding="utf-8")
        except OSError as error:
            raise MutantError(f"{folder / name}: {error.strerror}") from error

    for name, text in results(mutant, original).items():
        (folder / name).write_text(text, encoding="utf-8")


def git(*words: str, stdin: str | None = None, **environment: str) -> str:
    """What git prints about build/linux, whatever the user's set-up."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    done = subprocess.run(
        ("git", "-C", str(LINUX), *words), input=stdin, capture_output=True, text=True, check=False,
        env=clean | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"} | environment,
    )  # fmt: skip
    if done.returncode:
        raise MutantError(f"git {words[0]}: {(done.stderr.strip() or 'failed').splitlines()[0]}")
    return done.stdout


def commit_files(parent: str, files: dict[str, str], subject: str, body: str = "") -> str:
    """A commit of build/linux, on no branch: PARENT with these files; the same one each time."""
    who = {
        f"GIT_{role}_{key}": value
        for role in ("AUTHOR", "COMMITTER")
        for key, value in {"NAME": "mutant", "EMAIL": "mutant@localhost", "DATE": "2000-01-01T00:00:00Z"}.items()
    }
    with tempfile.TemporaryDirectory() as folder:
        index = {"GIT_INDEX_FILE": f"{folder}/index"}
        git("read-tree", parent, **index)
        for name, text in files.items():
            mode = (git("ls-tree", parent, "--", name).split() or ["100644"])[0]
            blob = git("hash-object", "-w", "--stdin", stdin=text).strip()
            git("update-index", "--add", "--cacheinfo", f"{mode},{blob},{name}", **index)
        tree = git("write-tree", **index).strip()
    words = [word for text in (subject, body) if text for word in ("-m", text)]
    return git("commit-tree", "-p", parent, *words, tree, **who).strip()


def commit(mutant: Mutant, rev: str) -> str:
    """A commit of build/linux: REV with the mutant."""
    parent = git("rev-parse", "--verify", f"{rev}^{{commit}}").strip()
    files = results(mutant, lambda name: git("show", f"{parent}:{name}"))
    return commit_files(parent, files, f"mutant: {mutant.name}", mutant.text)


def lines(mutant: Mutant) -> list[str]:
    """What `list` prints of a mutant."""
    names, text = " ".join(mutant.requirements) or "-", " ".join(mutant.text.split())
    return [f"{mutant.name}\t{names}\t{notice}\t{text}" for notice in mutant.notices]


def main() -> int:
    """See the module's text."""
    parser = argparse.ArgumentParser(prog="ci/lib/mutate.py", description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("apply", "commit", "list"):
        command = commands.add_parser(name)
        command.add_argument("mutants", metavar="MUTANT", nargs="+" if name == "list" else 1)
        if name != "list":
            command.add_argument("target", metavar="DIR" if name == "apply" else "REV")
    arguments = parser.parse_args()
    path = ""
    try:
        for path in arguments.mutants:
            mutant = read(path)
            if arguments.command == "apply":
                apply(mutant, Path(arguments.target))
            elif arguments.command == "commit":
                print(commit(mutant, arguments.target))
            else:
                print("\n".join(lines(mutant)))
    except MutantError as error:
        print(f"ci/lib/mutate.py: {path}: {error}", file=sys.stderr)
        return EXIT_USAGE
    return 0


if __name__ == "__main__":
    sys.exit(main())
