# SPDX-License-Identifier: GPL-2.0-only
"""Ways to spoil an image's headers: one for each path through the checks of who reads them.

That no field of a header can lead outside is proved by the KUnit suite qcom_mdt_loader. Digests are
made afterwards, so that they are true and hide nothing.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

EHDR_SIZE, PHDR_SIZE, SHDR_SIZE = 52, 32, 40
# Offset and form of the fields of ELF32's headers
FIELDS = {
    "e_shoff": (32, "<I"),
    "e_phentsize": (42, "<H"),
    "e_phnum": (44, "<H"),
    "p_offset": (4, "<I"),
    "p_paddr": (12, "<I"),
    "p_filesz": (16, "<I"),
    "p_memsz": (20, "<I"),
    "p_flags": (24, "<I"),
    "sh_name": (0, "<I"),
    "sh_offset": (16, "<I"),
    "sh_size": (20, "<I"),
}
PHDRS = {"headers": 0, "hash": 1, "text": 2, "data": -2, "log": -1}
SHDRS = {"table": 1, "names": 2}


@dataclass(frozen=True)
class Malform:
    """What is written into which field of which header, and what must come of it.

    `where` is ehdr, one of PHDRS or SHDRS, or file, which ends at `value` then. `add` says that
    `value` is added to what is there. `expect` is for the guest: linux or trustzone is who can tell
    that the image is bad; a table is malformed, or nobody finds one (none).
    """

    name: str
    expect: str
    where: str
    field: str
    value: int
    add: bool = False
    only: str = ""  # single or split, where the other form is not bad

    @property
    def cut(self) -> int | None:
        """Where the file ends, None if at its end."""
        return self.value if self.where == "file" else None

    def _put(self, headers: bytearray, at: int) -> None:
        offset, form = FIELDS[self.field]
        old = struct.unpack_from(form, headers, at + offset)[0] if self.add else 0
        struct.pack_into(form, headers, at + offset, old + self.value)

    def spoil_headers(self, headers: bytearray) -> None:
        """The ELF header with the program headers behind it."""
        if self.where == "ehdr":
            self._put(headers, 0)
        elif self.where in PHDRS:
            count = (len(headers) - EHDR_SIZE) // PHDR_SIZE
            self._put(headers, EHDR_SIZE + PHDRS[self.where] % count * PHDR_SIZE)

    def spoil_sections(self, shdrs: bytearray) -> None:
        """The section headers."""
        if self.where in SHDRS:
            self._put(shdrs, SHDRS[self.where] * SHDR_SIZE)


NOTHING = Malform("", "", "", "", 0)

IMAGES = (
    Malform("header-cut", "linux", "file", "end", 40),
    Malform("phentsize", "linux", "ehdr", "e_phentsize", 31),
    Malform("phnum-huge", "linux", "ehdr", "e_phnum", 0xFFFF),  # the base does not survive this one
    Malform("headers-long", "linux", "headers", "p_filesz", 0x7FFFF000),
    Malform("no-hash", "linux", "hash", "p_flags", 0),
    Malform("hash-huge", "linux", "hash", "p_filesz", 0xFFFFF000),
    Malform("hash-short", "trustzone", "hash", "p_filesz", 41),
    Malform("memsz-below-filesz", "linux", "text", "p_memsz", -1, add=True),
    Malform("piece-short", "linux", "data", "p_filesz", 16, add=True, only="split"),
    Malform("offset-wraps", "linux", "text", "p_offset", 0xFFFFFFF0, only="single"),
    Malform("paddr-wraps", "linux", "log", "p_paddr", 0xFFFFF800),
    Malform("far-apart", "linux", "log", "p_paddr", 0x01000000, add=True),
    Malform("below", "linux", "log", "p_paddr", -0x01000000, add=True),
)

# Of images with a resource table, which is found by its section's name
TABLES = (
    Malform("shoff-odd", "none", "ehdr", "e_shoff", -1, add=True),
    Malform("table-offset", "malformed", "table", "sh_offset", 0x7FFFF000),
    Malform("table-size", "malformed", "table", "sh_size", 0x7FFFF000),
    Malform("table-wraps", "malformed", "table", "sh_offset", 0xFFFFFFF0),
    Malform("names-offset", "none", "names", "sh_offset", 0x7FFFF000),
    Malform("names-size", "none", "names", "sh_size", 0xFFFFFFF0),
    Malform("name-behind", "none", "table", "sh_name", 0x7FFFF000),
    Malform("name-other", "none", "table", "sh_name", 0),
)


def malforms(*, tables: bool, split: bool) -> list[Malform]:
    """Those that make an image of that form bad."""
    return [row for row in (TABLES if tables else IMAGES) if row.only in ("", "split" if split else "single")]
