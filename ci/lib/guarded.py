#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""One kernel with many mutants: its command line says which is alive (bench_mutant=17; 0, or none).

A function that mutants edit is there once more for each of them, and asks in its first line whether one of
those is to run in its place. So a mutant can be among them if it edits nothing but bodies of C functions;
another needs a kernel of its own.

    ci/lib/guarded.py REV MUTANT...     print a commit of build/linux, on no branch: REV with the mutants;
                                        then of each that is in it number and name, with a tab between

Exit code: 0 done; 2 a mutant, or what it edits, is not as it must be.
"""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import dataclass
from functools import cache

import mutate

HEADER = "include/linux/bench_mutant.h"
OBJECT = "drivers/remoteproc/bench_mutant.c"
MAKEFILE = "drivers/remoteproc/Makefile"
# From the first column to the closing brace in the first column, unless its parameters end with an ellipsis
FUNCTION = re.compile(
    r"(?:\A|(?<=\n\n)|(?<=\*/\n))(?P<head>(?![\s#/*}])[^;={}()#]*?\b(?P<name>\w+)\((?P<parameters>[^;{}.]*)\)\n)\{\n.*?^\}\n",
    re.M | re.S,
)


@dataclass(frozen=True)
class Function:
    """A function's definition in the text of a file; its body begins at the brace."""

    start: int
    body: int
    end: int
    name: str
    head: str
    parameters: str

    def arguments(self) -> str:
        """Its parameters' names, as they are handed on."""
        parameters = re.split(r",(?![^()]*\))", self.parameters)
        names = [re.findall(r"\(\*(\w+)\)|(\w+)(?:\[\w*\])*\s*$", one)[0] for one in parameters]
        return ", ".join(pointer or name for pointer, name in names if name != "void")

    def variant(self, number: int, body: str) -> str:
        """The same with another body, under another name."""
        head = re.sub(r"\bVISIBLE_IF_KUNIT |\bstatic ", "", self.head)
        return "static " + re.sub(rf"\b{self.name}\(", f"{self.name}__{number}(", head, count=1) + body + "\n"

    def guard(self, number: int) -> str:
        """What it does first."""
        return f"\tif (bench_is({number}))\n\t\treturn {self.name}__{number}({self.arguments()});\n"


def functions(text: str) -> list[Function]:
    """All functions of a file."""
    return [
        Function(match.start(), match.end("head"), match.end(), match["name"], match["head"], match["parameters"])
        for match in FUNCTION.finditer(text)
    ]  # fmt: skip


def bodies(mutant: mutate.Mutant, name: str, text: str) -> dict[Function, str] | None:
    """The functions of a file that a mutant edits, with their new bodies; None if it edits anything else."""
    found: dict[Function, list[tuple[int, mutate.Edit]]] = {}
    for edit in (edit for edit in mutant.edits if edit.file == name):
        at = mutate.place(edit, text)
        around = [one for one in functions(text) if one.body < at and at + len(edit.old) < one.end]
        if not around:
            return None
        found.setdefault(around[0], []).append((at - around[0].body, edit))
    return {one: mutate.replaced(text[one.body : one.end], edits) for one, edits in found.items()}


def guarded(text: str, mutants: list[tuple[int, dict[Function, str]]]) -> str:
    """A file with its mutants."""
    for function in reversed(functions(text)):
        mine = [(number, changed[function]) for number, changed in mutants if function in changed]
        if not mine:
            continue
        head, body = text[function.start : function.body], text[function.body : function.end]
        # it may call itself
        variants = head.rstrip() + ";\n" + "".join(function.variant(number, new) for number, new in mine)
        guards = "".join(function.guard(number) for number, _ in mine)
        text = text[: function.start] + variants + head + "{\n" + guards + body.removeprefix("{\n") + text[function.end :]
    return text


def commit(rev: str, files: dict[str, str], count: int, subject: str) -> str:
    """A commit of build/linux, on no branch: REV with these files, in which bench_is(1) to bench_is(COUNT) guard mutants."""
    here = mutate.ROOT / "ci/mutants"
    include = f"#include <{HEADER.removeprefix('include/')}>\n#include"
    files = {name: text.replace("#include", include, 1) for name, text in files.items()}
    files[HEADER] = (here / "bench_mutant.h").read_text(encoding="utf-8")
    files[OBJECT] = (here / "bench_mutant.c").read_text(encoding="utf-8").replace("MUTANTS 0", f"MUTANTS {count}")
    files[MAKEFILE] = mutate.git("show", f"{rev}:{MAKEFILE}") + "obj-y += bench_mutant.o\n"
    return mutate.commit_files(rev, files, subject)


def together(rev: str, mutants: list[mutate.Mutant]) -> tuple[str, list[str]]:
    """A commit with those that can be in one kernel, and their names: the first has number 1."""
    parent = mutate.git("rev-parse", "--verify", f"{rev}^{{commit}}").strip()
    original = cache(lambda name: mutate.git("show", f"{parent}:{name}"))
    names: list[str] = []
    found: dict[str, list[tuple[int, dict[Function, str]]]] = {}
    for mutant in mutants:
        files = dict.fromkeys(edit.file for edit in mutant.edits)
        changed = {name: bodies(mutant, name, original(name)) for name in files if name.endswith(".c")}
        if len(changed) < len(files) or None in changed.values():
            continue
        names.append(mutant.name)
        for name, new in changed.items():
            found.setdefault(name, []).append((len(names), new or {}))
    texts = {name: guarded(original(name), changed) for name, changed in found.items()}
    return commit(parent, texts, len(names), "mutants"), names


def main() -> int:
    """See the module's text."""
    parser = argparse.ArgumentParser(prog="ci/lib/guarded.py", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("rev", metavar="REV")
    parser.add_argument("mutants", metavar="MUTANT", nargs="+")
    arguments = parser.parse_args()
    try:
        made, names = together(arguments.rev, [mutate.read(path) for path in arguments.mutants])
    except mutate.MutantError as error:
        print(f"ci/lib/guarded.py: {error}", file=sys.stderr)
        return mutate.EXIT_USAGE
    print("\n".join([made, *(f"{number}\t{name}" for number, name in enumerate(names, 1))]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
