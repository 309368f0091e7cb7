#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Mutants by rule, all in one kernel: mutant schemata.

Of the C code that the fourteen patches add or change, a mutant is

    drop    a call statement that is not carried out
    ignore  a call that is carried out, and what it returns taken for success: 0, or for a condition, false
    negate  a condition that is negated

Each is guarded by a number that the kernel takes from its command line (bench_mutant=17), so that one build
has all of them. Number 0 is none: then the kernel notes which mutants are reached by which scenario, and
prints that on its way down. What ignores a result counts as reached only if that would have made a difference.

Calls that only print are no mutants, nor are assertions.

    schemata.py list END REV          print the mutants of build/linux's base..END, in REV: it may have more,
                                      such as tests
    schemata.py commit END REV LIST   write them to LIST as JSON, and print a commit of build/linux, on no
                                      branch: REV with all of them

Exit code: 0 done; 2 build/linux has no such revision, or nothing in it makes a mutant.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import guarded
import mutate
import tree_sitter_c
from tree_sitter import Language, Node, Parser

ATTRIBUTE = re.compile(rb"\b__(?:iomem|user|force|init|exit|must_check|packed|maybe_unused)\b|\b__(?:free|printf)\([^)]*\)")
LOOP = re.compile(rb"\b\w*for_each\w*(?= ?\()")
# what says something, or only asserts
PRINTS = re.compile(r"(dev|pr)_(emerg|alert|crit|err|warn|notice|info|dbg)\w*|WARN\w*|BUG\w*|BUILD_\w+|static_assert|lockdep_\w+")
# in the order in which they are likely to matter
UNDO = re.compile(
    r"unmap|free|put|release|shutdown|disable|del|destroy|detach|unprepare|unassign|remove|clean|clear|unbridge|stop|flush|drop|unlock"
)


@dataclass(frozen=True)
class Mutant:
    """One mistake: where, what, and the text that it is about, which names it in the list of survivors."""

    number: int
    kind: str
    file: str
    line: int
    function: str
    text: str
    undo: bool

    @property
    def anchor(self) -> str:
        """What stays when lines move."""
        return f"{self.kind} {self.file.rsplit('/', 1)[-1]} {self.function}: {self.text}"


@dataclass(frozen=True)
class Wrap:
    """A text in front of a node and one behind it."""

    start: int
    end: int
    before: str
    after: str


def changed_lines(old: str, rev: str) -> dict[str, set[int]]:
    """Of each C file that OLD..REV touches, the lines of REV that it adds or changes."""
    lines: dict[str, set[int]] = {}
    name = ""
    for text in mutate.git("diff", "-U0", "--no-renames", old, rev, "--", "*.c").splitlines():
        if text.startswith("+++ "):
            name = text[6:]
        elif match := re.match(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@", text):
            start, count = int(match[1]), int(match[2] or 1)
            lines.setdefault(name, set()).update(range(start, start + count))
    return lines


def blank(match: re.Match[bytes]) -> bytes:
    """As many blanks."""
    return re.sub(rb"[^\n]", b" ", match[0])


def for_parser(data: bytes) -> bytes:
    """What is no C before the preprocessor, made C at the same places: the parser knows no macros."""
    lines, shown = [], [True]
    for line in data.split(b"\n"):
        directive = re.match(rb"\s*#\s*(if|ifdef|ifndef|else|elif|endif)\b", line)
        if directive and directive[1].startswith(b"if"):
            shown.append(shown[-1])
        elif directive and directive[1] == b"endif":
            shown.pop()
        elif directive:
            shown[-1] = False
        lines.append(b" " * len(line) if directive or not shown[-1] else line)
    data = ATTRIBUTE.sub(blank, b"\n".join(lines))
    return LOOP.sub(lambda match: b"while".ljust(len(match[0])), data)


def inside(node: Node) -> Iterator[Node]:
    """A node and all below, those in front first; nothing that was not understood."""
    if node.type == "ERROR" or node.is_missing:
        return
    yield node
    for child in node.children:
        yield from inside(child)


def text_of(node: Node | None) -> str:
    """In one line, as the parser has seen it."""
    return " ".join(node.text.decode().split()) if node and node.text else ""


def callee(node: Node | None) -> str:
    """The name of the function that is called, or nothing."""
    function = node.child_by_field_name("function") if node and node.type == "call_expression" else None
    return text_of(function) if function and function.type in ("identifier", "field_expression") else ""


def stripped(node: Node | None) -> Node | None:
    """Without parentheses."""
    while node and node.type == "parenthesized_expression" and node.named_child_count == 1:
        node = node.named_child(0)
    return node


def asks_call(node: Node | None) -> bool:
    """A condition that is about what a call returns: f(), !f(), f() < 0."""
    node = stripped(node)
    if node and node.type == "unary_expression":
        return asks_call(node.child_by_field_name("argument"))
    if node and node.type == "binary_expression" and text_of(node.child_by_field_name("operator")) not in ("&&", "||"):
        return asks_call(node.child_by_field_name("left"))
    return bool(callee(node))


class Source:
    """The mutants of one file."""

    def __init__(self, name: str, data: bytes, lines: set[int], first: int) -> None:
        self.name, self.data, self.lines = name, data, lines
        self.mutants: list[Mutant] = []
        self.wraps: list[Wrap] = []
        self.first = first
        self.function = ""
        self.returns = ""
        self.ints: set[str] = set()

    def changed(self, node: Node) -> bool:
        """Whether the patches have a hand in it."""
        return any(line + 1 in self.lines for line in range(node.start_point[0], node.end_point[0] + 1))

    def add(self, kind: str, node: Node, before: str, after: str, about: Node | None = None) -> None:
        """A mutant of a node."""
        number = self.first + len(self.mutants)
        text = text_of(about or node)
        undo = kind == "drop" and bool(UNDO.search(callee(about)))
        self.mutants.append(Mutant(number, kind, self.name, node.start_point[0] + 1, self.function, text, undo))
        self.wraps.append(Wrap(node.start_byte, node.end_byte, before.format(number), after.format(number)))

    def ignore(self, node: Node, about: Node | None = None) -> None:
        """What a call returns is taken for 0."""
        self.add(
            "ignore", node, "({{ __auto_type __bench = (",
            "); if (__bench && bench_is({})) __bench = 0; __bench; }})", about,
        )  # fmt: skip

    def condition(self, node: Node) -> None:
        """A condition, which has the value 0 or 1 from here on."""
        if node.has_error or not self.changed(node):
            return
        self.add("negate", node, "(bench_is({}) != !!(", "))")
        if asks_call(node):
            self.add("ignore", node, "(!!(", ") && !bench_is({}))")

    def statement(self, node: Node) -> None:
        """An expression with a semicolon."""
        inner = node.named_child(0) if node.named_child_count else None
        if not inner or node.has_error or not text_of(node).endswith(";") or not self.changed(node):
            return
        if callee(inner) and not PRINTS.fullmatch(callee(inner)):
            self.add("drop", node, "do {{ if (!bench_is({})) ", " }} while (0);", inner)
        elif inner.type == "assignment_expression" and text_of(inner.child_by_field_name("operator")) == "=":
            left, right = inner.child_by_field_name("left"), inner.child_by_field_name("right")
            if right and callee(right) and text_of(left) in self.ints:
                self.ignore(right, inner)

    def declaration(self, node: Node) -> None:
        """Numbers that a function may return as an error."""
        if text_of(node.child_by_field_name("type")) not in ("int", "long", "ssize_t"):
            return
        for one in node.children_by_field_name("declarator"):
            if one.type == "identifier":
                self.ints.add(text_of(one))
            elif one.type == "init_declarator":
                left, value = one.child_by_field_name("declarator"), one.child_by_field_name("value")
                if left and left.type == "identifier":
                    self.ints.add(text_of(left))
                    if value and callee(value) and not one.has_error and self.changed(one):
                        self.ignore(value, one)

    def result(self, node: Node) -> None:
        """return: an errno, or whether something is so."""
        value = node.named_child(0) if node.named_child_count else None
        if not value or node.has_error or not self.changed(node):
            return
        if self.returns == "bool" and value.type not in ("true", "false"):
            self.condition(value)
        elif self.returns in ("int", "ssize_t") and callee(value):
            self.ignore(value, node)

    def node(self, node: Node) -> None:
        """Looks at one node of a function."""
        if node.type == "if_statement":
            condition = node.child_by_field_name("condition")
            inner = condition.named_child(0) if condition and condition.named_child_count == 1 else None
            if inner:
                self.condition(inner)
        elif node.type == "conditional_expression":
            condition = node.child_by_field_name("condition")
            if condition and node.child_by_field_name("consequence"):
                self.condition(condition)
            elif condition and self.changed(condition) and not node.has_error:
                self.ignore(condition)
        elif node.type == "expression_statement":
            self.statement(node)
        elif node.type == "declaration":
            self.declaration(node)
        elif node.type == "return_statement":
            self.result(node)

    def read(self) -> None:
        """All functions of the file."""
        for function in inside(Parser(Language(tree_sitter_c.language())).parse(for_parser(self.data)).root_node):
            if function.type != "function_definition":
                continue
            declarator, body = (function.child_by_field_name(name) for name in ("declarator", "body"))
            if not declarator or not body:
                continue
            names = [text_of(n.child_by_field_name("declarator")) for n in inside(declarator) if n.type == "function_declarator"]
            self.function, self.ints = (names or ["?"])[0], set()
            pointer = declarator.type == "pointer_declarator"
            self.returns = "" if pointer else text_of(function.child_by_field_name("type"))
            for node in inside(body):
                self.node(node)

    def text(self) -> bytes:
        """The file with all its mutants."""
        places: list[tuple[int, int, int, int, str]] = []
        for order, wrap in enumerate(self.wraps):
            # of what begins or ends at the same place the larger is outside; of equals the first
            size = wrap.end - wrap.start
            places.append((wrap.start, 1, -size, order, wrap.before))
            places.append((wrap.end, 0, size, -order, wrap.after))
        out, at = [], 0
        for place, _, _, _, words in sorted(places):
            out += [self.data[at:place], words.encode()]
            at = place
        return b"".join([*out, self.data[at:]])


def sources(end: str, rev: str) -> list[Source]:
    """All files that have mutants: of lines of REV that base..END changes, and END..REV does not."""
    found: list[Source] = []
    first = 1
    later = changed_lines(end, rev)
    for name, lines in sorted(changed_lines("base", rev).items()):
        source = Source(name, mutate.git("show", f"{rev}:{name}").encode(), lines - later.get(name, set()), first)
        source.read()
        first += len(source.mutants)
        if source.mutants:
            found.append(source)
    if not found:
        raise mutate.MutantError(f"nothing in base..{end} makes a mutant")
    return found


def listed(mutants: list[Mutant]) -> list[dict[str, object]]:
    """Undo calls first, and each with a name of its own: the second of the same text is "... (2)"."""
    seen: Counter[str] = Counter()
    rows: list[dict[str, object]] = []
    for mutant in mutants:
        seen[mutant.anchor] += 1
        again = f" ({seen[mutant.anchor]})" if seen[mutant.anchor] > 1 else ""
        rows.append(asdict(mutant) | {"anchor": mutant.anchor + again})
    return sorted(rows, key=lambda row: not row["undo"])


def commit(end: str, rev: str, path: Path) -> str:
    """The commit with all mutants; their list goes to a file."""
    found = sources(end, rev)
    mutants = [mutant for source in found for mutant in source.mutants]
    files = {source.name: source.text().decode() for source in found}
    path.write_text(json.dumps(listed(mutants), indent=1) + "\n", encoding="utf-8")
    return guarded.commit(rev, files, len(mutants), "generated mutants")


def main() -> int:
    """See the module's text."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("list", "commit"):
        command = commands.add_parser(name)
        command.add_argument("end")
        command.add_argument("rev")
        if name == "commit":
            command.add_argument("list", type=Path)
    arguments = parser.parse_args()
    try:
        if arguments.command == "commit":
            print(commit(arguments.end, arguments.rev, arguments.list))
        else:
            for row in listed([mutant for source in sources(arguments.end, arguments.rev) for mutant in source.mutants]):
                print(f"{row['number']}\t{row['file']}:{row['line']}\t{row['anchor']}")
    except mutate.MutantError as error:
        print(f"schemata.py: {error}", file=sys.stderr)
        return mutate.EXIT_USAGE
    return 0


if __name__ == "__main__":
    sys.exit(main())
