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
from dataclasses import dataclass
from pathlib import Path

import malform
import rsc_table
from malform import EHDR_SIZE, PHDR_SIZE, SHDR_SIZE, Malform

EM_QDSP6 = 164
PT_NULL, PT_LOAD = 0, 1
FLAGS_HEADERS = 7 << 24
FLAGS_HASH = 2 << 24
FLAGS_RELOCATABLE = 1 << 27
MBN_HEADER_SIZE = 40
SHT_PROGBITS, SHT_STRTAB = 1, 3
ALIGNMENT = 0x1000
SECTION_NAMES = b"\0.resource_table\0.shstrtab\0"


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


def aligned(size: int, alignment: int) -> int:
    """The next multiple."""
    return -(-size // alignment) * alignment


def pack_phdr(p_type: int, offset: int, paddr: int, sizes: tuple[int, int], flags: int) -> bytes:
    """An ELF32 program header; sizes in the file and in memory."""
    return struct.pack("<8I", p_type, offset, paddr, paddr, *sizes, flags, ALIGNMENT)


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


class Image:
    """Headers, hash segment and segments, laid out.

    `pieces` are hash segment and segments as they lie in the file, `places` where they do.
    """

    def __init__(self, program: Program, args: argparse.Namespace, way: Malform) -> None:
        self.segments = list(program.segments)
        self.table = table_of(program, args.resource_table) if args.resource_table else b""
        self.way = way

        phnum = 2 + len(self.segments)
        header_size = EHDR_SIZE + phnum * PHDR_SIZE
        hash_size = MBN_HEADER_SIZE + phnum * hashlib.sha256().digest_size
        self.padding = 0 if args.metadata is None else args.metadata - header_size - hash_size
        if self.padding < 0:
            raise ImageError(f"--metadata: {header_size + hash_size} bytes are needed")
        hash_size += self.padding

        phdrs = pack_phdr(PT_NULL, 0, 0, (header_size, 0), FLAGS_HEADERS)
        phdrs += pack_phdr(PT_NULL, ALIGNMENT, 0, (hash_size, hash_size), FLAGS_HASH)
        self.places = [ALIGNMENT]
        self.end = ALIGNMENT + hash_size
        for s in self.segments:
            place, size = aligned(self.end, ALIGNMENT), len(s.payload)
            flags = s.flags | (FLAGS_RELOCATABLE if args.relocatable else 0)
            phdrs += pack_phdr(PT_LOAD, place, s.paddr, (size, s.memsz), flags)
            self.places.append(place)
            self.end = max(self.end, place + size)

        headers = bytearray(self._ehdr(program.entry, phnum) + phdrs)
        way.spoil_headers(headers)
        self.headers = bytes(headers)
        self.pieces = [self._hash_segment()] + [s.payload for s in self.segments]

    def _ehdr(self, entry: int, phnum: int) -> bytes:
        # Section headers come last, behind table and names.
        shoff = self.end + len(self._section_data()) if self.table else 0
        sections = (SHDR_SIZE, 3, 2) if self.table else (0, 0, 0)
        ident = b"\x7fELF\x01\x01\x01".ljust(16, b"\0")
        file = (2, EM_QDSP6, 1, entry, EHDR_SIZE, shoff, 0)
        return ident + struct.pack("<HHIIIIIHHHHHH", *file, EHDR_SIZE, PHDR_SIZE, phnum, *sections)

    def _hash_segment(self) -> bytes:
        # The hash segment itself has none; SHA-256 is one of those in use, and the kernel looks at none.
        pieces = [self.headers, b"", *(s.payload for s in self.segments)]
        code = b"".join(hashlib.sha256(piece).digest() if piece else bytes(32) for piece in pieces)
        # Behind the digests: a signature and certificates, which nobody here looks at.
        signature = min(self.padding, 0x180)
        sizes = len(code) + self.padding, len(code), 0, signature, 0, self.padding - signature
        padding = bytes(i * 11 & 0xFF for i in range(self.padding))
        return struct.pack("<10I", 3, 3, 0, 0, *sizes) + code + padding

    def _section_data(self) -> bytes:
        data = self.table + SECTION_NAMES
        return data.ljust(aligned(len(data), 4), b"\0")

    def _sections(self) -> bytes:
        def shdr(name: bytes, sh_type: int, offset: int, size: int) -> bytes:
            return struct.pack("<10I", SECTION_NAMES.index(name), sh_type, 0, 0, offset, size, 0, 0, 4, 0)

        table, names = self.end, self.end + len(self.table)
        shdrs = bytearray(SHDR_SIZE)
        shdrs += shdr(b".resource_table", SHT_PROGBITS, table, len(self.table))
        shdrs += shdr(b".shstrtab", SHT_STRTAB, names, len(SECTION_NAMES))
        self.way.spoil_sections(shdrs)
        return self._section_data() + bytes(shdrs)

    def flip_bit(self, segment: int, offset: int) -> None:
        """Changes a segment behind its hash; numbered as program headers are."""
        if not 0 <= segment - 2 < len(self.segments):
            raise ImageError(f"--flip-bit: there is no segment {segment}")
        piece = bytearray(self.pieces[segment - 1])
        if offset >= len(piece):
            raise ImageError(f"--flip-bit: segment {segment} ends before {offset}")
        piece[offset] ^= 1
        self.pieces[segment - 1] = bytes(piece)

    def single(self) -> bytes:
        """The whole image as one file."""
        out = bytearray(self.end)
        out[: len(self.headers)] = self.headers
        for place, piece in zip(self.places, self.pieces, strict=True):
            out[place : place + len(piece)] = piece
        if self.table:
            out += self._sections()
        return bytes(out[: self.way.cut])

    def split(self) -> dict[str, bytes]:
        """The image as .mdt and one file a segment that has bytes."""
        files = {f"b{i:02d}": piece for i, piece in enumerate([self.headers, *self.pieces]) if piece}
        return {"mdt": (self.headers + self.pieces[0])[: self.way.cut], **files}


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
    parser.add_argument("--metadata", type=int, metavar="BYTES", help="headers and hash segment, padded to that")
    parser.add_argument(
        "--flip-bit",
        type=parse_flip,
        metavar="SEGMENT:OFFSET",
        help="spoil the image after hashing",
    )
    parser.add_argument("--malforms", action="store_true", help="write NAME-WAY for each way to spoil headers, and a list")
    parser.add_argument("output", type=Path, help="NAME.mdt or NAME.mbn")
    return parser.parse_args(argv)


def make_image(program: Program, args: argparse.Namespace, way: Malform) -> Image:
    """An image as the arguments say, spoiled in that way."""
    image = Image(program, args, way)
    if args.flip_bit:
        image.flip_bit(*args.flip_bit)
    return image


def write_malforms(program: Program, args: argparse.Namespace) -> None:
    """NAME-WAY for each way, and NAME.malforms, which says what must come of each."""
    ways = malform.malforms(tables=bool(args.resource_table), split=args.split)
    for way in ways:
        write_image(make_image(program, args, way), args.output.with_stem(f"{args.output.stem}-{way.name}"), split=args.split)
    write(args.output.with_suffix(".malforms"), "".join(f"{way.name} {way.expect}\n" for way in ways).encode())


def main(argv: list[str]) -> int:
    args = parse_args(argv)
    try:
        program = read_program(args.elf) if args.elf else make_data(args.data)
        if args.malforms:
            write_malforms(program, args)
        else:
            write_image(make_image(program, args, malform.NOTHING), args.output, split=args.split)
    except (ImageError, OSError) as error:
        print(f"mkimage.py: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
