#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Wrap a remote core's program as a firmware image for the PAS loader.

The input is a linked AArch64 ELF file, or, with --data, a small blob made up
here. The output is what qcom_mdt_loader reads and what the TrustZone model
authenticates: an ELF32 file whose program header 0 spans the headers, whose
program header 1 is the hash segment, and whose other program headers are the
segments. Split images (NAME.mdt, NAME.b00, ...) or one file (NAME.mbn).
"""

from __future__ import annotations

import argparse
import hashlib
import struct
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import rsc_table
from malform import MALFORMS, SECTION_MALFORMS, Malform, Phdr

EM_QDSP6 = 164
PT_NULL, PT_LOAD = 0, 1
FLAGS_HEADERS = 7 << 24
FLAGS_HASH = 2 << 24
FLAGS_RELOCATABLE = 1 << 27
EHDR_SIZE, PHDR_SIZE, SHDR_SIZE = 52, 32, 40
MBN_HEADER_SIZE = 40
SHT_PROGBITS, SHT_STRTAB = 1, 3
ALIGNMENT = 0x1000


class ImageError(Exception):
    """The input cannot be made into an image."""


@dataclass(frozen=True)
class Segment:
    """One loadable segment."""

    paddr: int
    flags: int
    memsz: int
    payload: bytes


@dataclass(frozen=True)
class Program:
    """What is to be loaded, and where it starts."""

    entry: int
    segments: tuple[Segment, ...]


def pack_phdr(phdr: Phdr) -> bytes:
    addresses = (phdr.paddr, phdr.paddr)
    return struct.pack("<8I", phdr.type, phdr.offset, *addresses, phdr.filesz, phdr.memsz, phdr.flags, ALIGNMENT)


def read_program(path: Path) -> Program:
    """Take the PT_LOAD segments of a little-endian ELF64 file."""
    data = path.read_bytes()
    if data[:6] != b"\x7fELF\x02\x01":
        raise ImageError(f"{path}: not a little-endian ELF64 file")
    entry, phoff = struct.unpack_from("<QQ", data, 24)
    phentsize, phnum = struct.unpack_from("<HH", data, 54)

    segments = []
    for i in range(phnum):
        p_type, flags, offset, _, paddr, filesz, memsz, _ = struct.unpack_from("<IIQQQQQQ", data, phoff + i * phentsize)
        if p_type == PT_LOAD and memsz:
            payload = data[offset : offset + filesz]
            segments.append(Segment(paddr, flags, memsz, payload))
    if not segments:
        raise ImageError(f"{path}: nothing to load")
    return Program(entry, tuple(segments))


def make_data(paddr: int) -> Program:
    """A blob in place of a core's device tree: no code, one segment."""
    payload = b"\xd0\x0d\xfe\xed" + bytes(i * 7 & 0xFF for i in range(1020))
    return Program(paddr, (Segment(paddr, 4, len(payload) + 0x100, payload),))


def table_of(program: Program, kind: str) -> bytes:
    """A table with one trace entry: the segment without bytes is the log."""
    logs = [s for s in program.segments if not s.payload]
    if not logs:
        raise ImageError("no segment for the trace entry")
    return rsc_table.resource_table(logs[0].paddr, logs[0].memsz, kind)


def flip_bit(segments: list[Segment], segment: int, offset: int) -> None:
    """Change a segment behind its hash; numbered as program headers are."""
    index = segment - 2
    if not 0 <= index < len(segments):
        raise ImageError(f"--flip-bit: there is no segment {segment}")
    payload = bytearray(segments[index].payload)
    if offset >= len(payload):
        raise ImageError(f"--flip-bit: segment {segment} ends before {offset}")
    payload[offset] ^= 1
    segments[index] = replace(segments[index], payload=bytes(payload))


class Image:
    """Headers, hash segment and segments, laid out."""

    def __init__(
        self,
        program: Program,
        *,
        relocatable: bool,
        sha256: bool,
        table: bytes,
        metadata: int | None,
        malform: Malform,
    ) -> None:
        self.segments = list(program.segments)
        self.table = table
        self.digest_size, self.version = (32, 3) if sha256 else (48, 6)

        phnum = 2 + len(self.segments)
        header_size = EHDR_SIZE + phnum * PHDR_SIZE
        hash_size = MBN_HEADER_SIZE + phnum * self.digest_size
        self.padding = 0 if metadata is None else metadata - header_size - hash_size
        if self.padding < 0:
            raise ImageError(f"--metadata: {header_size + hash_size} bytes are needed")
        hash_size += self.padding
        self.phdrs = [Phdr(PT_NULL, 0, 0, header_size, 0, FLAGS_HEADERS)]
        end = ALIGNMENT
        self.phdrs.append(Phdr(PT_NULL, end, 0, hash_size, hash_size, FLAGS_HASH))
        end += hash_size
        reloc = FLAGS_RELOCATABLE if relocatable else 0
        for s in self.segments:
            offset = -(-end // ALIGNMENT) * ALIGNMENT
            size = len(s.payload)
            self.phdrs.append(Phdr(PT_LOAD, offset, s.paddr, size, s.memsz, s.flags | reloc))
            end = max(end, offset + size)
        self.end = end

        self.places = [phdr.offset for phdr in self.phdrs]
        malform.phdrs(self.phdrs)
        headers = bytearray(self._ehdr(program.entry) + b"".join(map(pack_phdr, self.phdrs)))
        malform.ehdr(headers)
        self.headers = bytes(headers)
        self.cut = malform.cut
        self.malform_shdrs = malform.shdrs
        self.hashes = self._hash_segment()

    def _ehdr(self, entry: int) -> bytes:
        shnum, shstrndx = (3, 2) if self.table else (0, 0)
        # Section headers come last, behind table and names.
        shoff = self.end + len(self._section_data()) if self.table else 0
        ident = b"\x7fELF\x01\x01\x01".ljust(16, b"\0")
        return ident + struct.pack(
            "<HHIIIIIHHHHHH",
            2,
            EM_QDSP6,
            1,
            entry,
            EHDR_SIZE,
            shoff,
            0,
            EHDR_SIZE,
            PHDR_SIZE,
            len(self.phdrs),
            SHDR_SIZE if self.table else 0,
            shnum,
            shstrndx,
        )

    def _digest(self, data: bytes) -> bytes:
        if not data:
            return bytes(self.digest_size)
        return hashlib.new("sha256" if self.version == 3 else "sha384", data).digest()

    def _hash_segment(self) -> bytes:
        digests = [self._digest(self.headers), self._digest(b"")]
        digests += [self._digest(s.payload) for s in self.segments]
        code = b"".join(digests)
        # Behind the digests: a signature and certificates, which nobody here looks at.
        signature = min(self.padding, 0x180)
        sizes = len(code) + self.padding, len(code), 0, signature, 0, self.padding - signature
        padding = bytes(i * 11 & 0xFF for i in range(self.padding))
        return struct.pack("<10I", 3, self.version, 0, 0, *sizes) + code + padding

    _NAMES = b"\0.resource_table\0.shstrtab\0"

    def _section_data(self) -> bytes:
        data = self.table + self._NAMES
        return data.ljust(-(-len(data) // 4) * 4, b"\0")

    def _sections(self) -> bytes:
        def shdr(name: bytes, sh_type: int, offset: int, size: int) -> bytes:
            index = self._NAMES.index(name)
            return struct.pack("<10I", index, sh_type, 0, 0, offset, size, 0, 0, 4, 0)

        table, names = self.end, self.end + len(self.table)
        shdrs = bytearray(
            bytes(SHDR_SIZE)
            + shdr(b".resource_table", SHT_PROGBITS, table, len(self.table))
            + shdr(b".shstrtab", SHT_STRTAB, names, len(self._NAMES))
        )
        self.malform_shdrs(shdrs)
        return self._section_data() + bytes(shdrs)

    def single(self) -> bytes:
        """The whole image as one file."""
        out = bytearray(self.end)
        out[: len(self.headers)] = self.headers
        pieces = [self.hashes] + [s.payload for s in self.segments]
        for place, piece in zip(self.places[1:], pieces, strict=True):
            out[place : place + len(piece)] = piece
        if self.table:
            out += self._sections()
        return bytes(out[: self.cut])

    def split(self) -> dict[str, bytes]:
        """The image as .mdt and one file a segment that has bytes."""
        pieces = [self.headers, self.hashes] + [s.payload for s in self.segments]
        files = {f"b{i:02d}": piece for i, piece in enumerate(pieces) if piece}
        return {"mdt": (self.headers + self.hashes)[: self.cut], **files}


def write(path: Path, data: bytes) -> None:
    temp = path.with_name(path.name + ".tmp")
    temp.write_bytes(data)
    temp.rename(path)


def write_image(image: Image, output: Path, *, split: bool) -> None:
    if not split:
        write(output, image.single())
        return
    for suffix, data in image.split().items():
        write(output.with_suffix(f".{suffix}"), data)


def parse_flip(text: str) -> tuple[int, int]:
    segment, sep, offset = text.partition(":")
    if not sep:
        raise argparse.ArgumentTypeError("expected SEGMENT:OFFSET")
    return int(segment, 0), int(offset, 0)


def parse_args(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--elf", type=Path, help="linked program")
    source.add_argument("--data", type=lambda s: int(s, 0), metavar="ADDR", help="blob for this address")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--split", action="store_true", help="write .mdt and .bNN")
    form.add_argument("--resource-table", choices=rsc_table.KINDS, help="add section headers and a table")
    parser.add_argument("--relocatable", action="store_true")
    parser.add_argument("--sha256", action="store_true", help="not SHA-384")
    parser.add_argument("--metadata", type=int, metavar="BYTES", help="headers and hash segment, padded to that")
    parser.add_argument(
        "--flip-bit",
        type=parse_flip,
        metavar="SEGMENT:OFFSET",
        help="spoil the image after hashing",
    )
    parser.add_argument("--malforms", action="store_true", help="write NAME-WAY, an image for each way to spoil its headers")
    parser.add_argument("output", type=Path, help="NAME.mdt or NAME.mbn")
    return parser.parse_args(argv)


def main(argv: list[str]) -> int:
    args = parse_args(argv)
    try:
        program = read_program(args.elf) if args.elf else make_data(args.data)
        table = table_of(program, args.resource_table) if args.resource_table else b""
        ways = (SECTION_MALFORMS if table else MALFORMS) if args.malforms else {"": Malform()}
        for way, malform in ways.items():
            image = Image(
                program,
                relocatable=args.relocatable,
                sha256=args.sha256,
                table=table,
                metadata=args.metadata,
                malform=malform,
            )
            if args.flip_bit:
                flip_bit(image.segments, *args.flip_bit)
            output = args.output.with_stem(f"{args.output.stem}-{way}") if way else args.output
            write_image(image, output, split=args.split)
    except (ImageError, OSError) as error:
        print(f"mkimage.py: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
