# SPDX-License-Identifier: GPL-2.0-only
"""Reads a flattened device tree (devicetree specification, chapter 5), as dtc and kbuild write it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_MAGIC = 0xD00DFEED
_BEGIN_NODE, _END_NODE, _PROP, _NOP, _END = 1, 2, 3, 4, 9


class FdtError(Exception):
    """The file is no device tree."""


@dataclass
class Node:
    """A node; properties are the bytes that they have in the tree."""

    name: str
    path: str
    props: dict[str, bytes] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)

    def cells(self, name: str) -> list[int]:
        """A property of 32-bit numbers; empty if it is not there."""
        value = self.props.get(name, b"")
        return list(struct.unpack(f">{len(value) // 4}I", value[: len(value) // 4 * 4]))

    def strings(self, name: str) -> list[str]:
        """A property of strings; empty if it is not there."""
        value = self.props.get(name, b"")
        return value.rstrip(b"\0").decode().split("\0") if value else []

    def below(self) -> Iterator[Node]:
        """This node and all that hang from it."""
        yield self
        for child in self.children:
            yield from child.below()

    def child(self, name: str) -> Node | None:
        """The child of that name, unit address included."""
        return next((child for child in self.children if child.name == name), None)


class Tree:
    """A device tree, with its phandles and, where it was built with -@, its labels."""

    def __init__(self, data: bytes) -> None:
        try:
            magic, _, at, names = struct.unpack_from(">4I", data)
            if magic != _MAGIC:
                raise FdtError("no device tree: the magic number is missing")
            self._data, self._names = data, names
            self.root, _ = self._node(at + 4, "")
        except (struct.error, ValueError, IndexError) as error:
            raise FdtError(f"no whole device tree: {error}") from error
        nodes = list(self.root.below())
        self._by_phandle = {node.cells("phandle")[0]: node for node in nodes if "phandle" in node.props}
        symbols = self.root.child("__symbols__") or Node("", "")
        self._labels = {symbols.strings(label)[0]: label for label in symbols.props}

    def _text(self, at: int) -> str:
        return self._data[at : self._data.index(0, at)].decode()

    def _node(self, at: int, parent: str) -> tuple[Node, int]:
        """The node whose name is there, and what follows it."""
        name = self._text(at)
        node = Node(name, f"{parent}/{name}" if name else "")
        at += len(name) // 4 * 4 + 4
        while True:
            (token,) = struct.unpack_from(">I", self._data, at)
            at += 4
            if token == _BEGIN_NODE:
                child, at = self._node(at, node.path)
                node.children.append(child)
            elif token == _PROP:
                size, offset = struct.unpack_from(">2I", self._data, at)
                node.props[self._text(self._names + offset)] = self._data[at + 8 : at + 8 + size]
                at += 8 + (size + 3) // 4 * 4
            elif token == _END_NODE:
                return node, at
            elif token != _NOP:
                raise FdtError(f"no whole device tree: token {token}")

    def node_of(self, phandle: int) -> Node:
        """The node that a phandle names."""
        if phandle not in self._by_phandle:
            raise FdtError(f"phandle {phandle:#x} leads nowhere")
        return self._by_phandle[phandle]

    def references(self, node: Node, name: str, cells_name: str) -> list[tuple[Node, list[int]]]:
        """A property of phandles, each with as many arguments as the node that it names says in `cells_name`."""
        values, found = node.cells(name), []
        while values:
            target = self.node_of(values.pop(0))
            count = target.cells(cells_name)[0] if cells_name else 0
            found.append((target, values[:count]))
            del values[:count]
        return found

    def label(self, node: Node) -> str:
        """The label that it has in its source, or one that is made up from its name."""
        return self._labels.get(node.path, "n_" + "".join(c if c.isalnum() else "_" for c in node.path[1:]))


def read(path: Path) -> Tree:
    """A device tree from its file."""
    return Tree(path.read_bytes())
