# SPDX-License-Identifier: GPL-2.0-only
"""Ways to spoil an image's headers, each of which somebody has to see.

The digests are made afterwards, so that they are true and hide nothing.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass, replace

E_PHOFF, E_SHOFF, E_PHENTSIZE, E_PHNUM = 28, 32, 42, 44
EHDR_SIZE = 52
HEADERS, HASH, FIRST, LAST = 0, 1, 2, -1
SHDR_SIZE = 40
SH_NAME, SH_OFFSET, SH_SIZE = 0, 16, 20
TABLE, NAMES = 1, 2
FLAGS_TYPE = 7 << 24


@dataclass(frozen=True)
class Phdr:
    """An ELF32 program header."""

    type: int
    offset: int
    paddr: int
    filesz: int
    memsz: int
    flags: int


def keep_phdrs(phdrs: list[Phdr]) -> None:
    """The program headers stay as they are."""


def keep_ehdr(headers: bytearray) -> None:
    """The ELF header stays as it is."""


def keep_shdrs(shdrs: bytearray) -> None:
    """The section headers stay as they are."""


@dataclass(frozen=True)
class Malform:
    """What is done to program, ELF and section headers, and where the file ends, None: at its end."""

    phdrs: Callable[[list[Phdr]], None] = keep_phdrs
    ehdr: Callable[[bytearray], None] = keep_ehdr
    shdrs: Callable[[bytearray], None] = keep_shdrs
    cut: int | None = None


def change(index: int, **fields: int) -> Malform:
    """One program header with other fields."""

    def apply(phdrs: list[Phdr]) -> None:
        phdrs[index] = replace(phdrs[index], **fields)

    return Malform(phdrs=apply)


def put(offset: int, form: str, value: int | bytes) -> Malform:
    """Another value in the ELF header."""
    return Malform(ehdr=lambda headers: struct.pack_into(form, headers, offset, value))


def put_section(index: int, field: int, value: int) -> Malform:
    """Another value in one section header."""
    return Malform(shdrs=lambda shdrs: struct.pack_into("<I", shdrs, index * SHDR_SIZE + field, value))


def shoff_odd(headers: bytearray) -> None:
    """One byte too early, so that all of the table is still in the file."""
    struct.pack_into("<I", headers, E_SHOFF, struct.unpack_from("<I", headers, E_SHOFF)[0] - 1)


def memsz_below_filesz(phdrs: list[Phdr]) -> None:
    phdrs[FIRST] = replace(phdrs[FIRST], memsz=phdrs[FIRST].filesz - 1)


def no_hash(phdrs: list[Phdr]) -> None:
    phdrs[HASH] = replace(phdrs[HASH], flags=phdrs[HASH].flags & ~FLAGS_TYPE)


def hash_behind_end(phdrs: list[Phdr]) -> None:
    phdrs[HASH] = replace(phdrs[HASH], offset=0x7FFFF000)


def filesz_beyond_piece(phdrs: list[Phdr]) -> None:
    """More than there is in the file of that segment."""
    filesz = phdrs[FIRST].filesz + 16
    phdrs[FIRST] = replace(phdrs[FIRST], filesz=filesz, memsz=max(filesz, phdrs[FIRST].memsz))


def far_apart(phdrs: list[Phdr]) -> None:
    """The carveout would have to be larger; nothing is below its start."""
    phdrs[LAST] = replace(phdrs[LAST], paddr=phdrs[FIRST].paddr + 0x01000000)


def below(phdrs: list[Phdr]) -> None:
    """The last segment comes to lie in front of the first, where an image that stays has nothing."""
    phdrs[LAST] = replace(phdrs[LAST], paddr=phdrs[FIRST].paddr - 0x01000000)


MALFORMS = {
    "header-cut": Malform(cut=40),
    "phdrs-cut": Malform(cut=EHDR_SIZE + 40),
    "no-elf": put(0, "4s", b"ELF\x7f"),
    "phoff-odd": put(E_PHOFF, "<I", EHDR_SIZE + 1),
    "phoff-behind": put(E_PHOFF, "<I", 0xFFFFFFE0),
    "phentsize": put(E_PHENTSIZE, "<H", 31),
    "phnum-huge": put(E_PHNUM, "<H", 0xFFFF),
    "phnum-one": put(E_PHNUM, "<H", 1),
    "headers-long": change(HEADERS, filesz=0x7FFFF000),
    "headers-short": change(HEADERS, filesz=EHDR_SIZE - 1),
    "headers-loadable": change(HEADERS, type=1),
    "no-hash": Malform(phdrs=no_hash),
    "hash-empty": change(HASH, filesz=0),
    "hash-short": change(HASH, filesz=41),
    "hash-huge": change(HASH, filesz=0xFFFFF000),
    "hash-behind": Malform(phdrs=hash_behind_end),
    "memsz-below-filesz": Malform(phdrs=memsz_below_filesz),
    "filesz-behind": change(FIRST, filesz=0x7FFFF000, memsz=0x7FFFF000),
    "piece-short": Malform(phdrs=filesz_beyond_piece),
    "offset-behind": change(FIRST, offset=0x7FFFF000),
    "offset-wraps": change(FIRST, offset=0xFFFFFFF0),
    "memsz-huge": change(LAST, memsz=0x7FFFF000),
    "paddr-wraps": change(LAST, paddr=0xFFFFF000, memsz=0x2000),
    "far-apart": Malform(phdrs=far_apart),
    "below": Malform(phdrs=below),
}

# For images with a resource table, which is found by its section's name
SECTION_MALFORMS = {
    "shoff-odd": Malform(ehdr=shoff_odd),
    "table-offset": put_section(TABLE, SH_OFFSET, 0x7FFFF000),
    "table-size": put_section(TABLE, SH_SIZE, 0x7FFFF000),
    "table-wraps": put_section(TABLE, SH_OFFSET, 0xFFFFFFF0),
    "names-offset": put_section(NAMES, SH_OFFSET, 0x7FFFF000),
    "names-size": put_section(NAMES, SH_SIZE, 0xFFFFFFF0),
    "name-behind": put_section(TABLE, SH_NAME, 0x7FFFF000),
    "name-other": put_section(TABLE, SH_NAME, 0),
}
