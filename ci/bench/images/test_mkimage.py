#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Tests of mkimage.py. The images are read back here by code of its own."""

from __future__ import annotations

import contextlib
import hashlib
import io
import struct
import tempfile
import unittest
from pathlib import Path

import malform
import mkimage

SEGMENTS = ((0x8C000000, 5, b"text" * 700, 0), (0x8C002000, 6, b"data", 0x1000))
LOG = (0x8C004000, 6, b"", 0x1000)


def make_elf64(path: Path) -> None:
    """A program of three segments, the last without bytes in the file."""
    loads = (*SEGMENTS, LOG)
    offset = 64 + 56 * len(loads)
    phdrs, body = b"", b""
    for paddr, flags, payload, extra in loads:
        size = len(payload)
        phdrs += struct.pack("<IIQQQQQQ", 1, flags, offset, paddr, paddr, size, size + extra, 0x1000)
        body += payload
        offset += size
    ehdr = struct.pack(
        "<16sHHIQQQIHHHHHH",
        b"\x7fELF\x02\x01\x01",
        *(2, 183, 1, 0x8C000010, 64, 0, 0, 64, 56, len(loads), 0, 0, 0),
    )
    path.write_bytes(ehdr + phdrs + body)


def phdrs_of(image: bytes) -> list[tuple[int, ...]]:
    phoff = struct.unpack_from("<I", image, 28)[0]
    phnum = struct.unpack_from("<H", image, 44)[0]
    return [struct.unpack_from("<8I", image, phoff + 32 * i) for i in range(phnum)]


def digests_of(hashes: bytes, size: int) -> list[bytes]:
    code = struct.unpack_from("<I", hashes, 20)[0]
    table = hashes[40 : 40 + code]
    return [table[i : i + size] for i in range(0, len(table), size)]


class MkimageTest(unittest.TestCase):
    def setUp(self) -> None:
        temp = tempfile.TemporaryDirectory()
        self.addCleanup(temp.cleanup)
        self.dir = Path(temp.name)
        make_elf64(self.dir / "core.elf")

    def run_mkimage(self, *args: str, source: str | None = None) -> int:
        elf = source or str(self.dir / "core.elf")
        with contextlib.redirect_stderr(io.StringIO()):
            return mkimage.main(["--elf", elf, *args])

    def read(self, name: str) -> bytes:
        return (self.dir / name).read_bytes()

    def single(self, *args: str) -> bytes:
        self.assertEqual(self.run_mkimage(*args, str(self.dir / "x.mbn")), 0)
        return self.read("x.mbn")

    def test_single_file_hashes(self) -> None:
        """Every digest is that of the bytes at p_offset."""
        image = self.single()
        phdrs = phdrs_of(image)
        hashes = image[phdrs[1][1] : phdrs[1][1] + phdrs[1][4]]
        self.assertEqual(struct.unpack_from("<2I", hashes), (3, 6))
        digests = digests_of(hashes, 48)
        self.assertEqual(len(digests), len(phdrs))
        self.assertEqual(digests[0], hashlib.sha384(image[: phdrs[0][4]]).digest())
        self.assertEqual(digests[1], bytes(48))
        for phdr, digest in zip(phdrs[2:4], digests[2:4], strict=True):
            payload = image[phdr[1] : phdr[1] + phdr[4]]
            self.assertEqual(digest, hashlib.sha384(payload).digest())
        self.assertEqual(digests[4], bytes(48))

    def test_program_headers(self) -> None:
        """Addresses, sizes and flags are the program's; types are the PAS's."""
        phdrs = phdrs_of(self.single("--relocatable"))
        self.assertEqual((phdrs[0][0], phdrs[0][6]), (0, 7 << 24))
        self.assertEqual((phdrs[1][0], phdrs[1][6]), (0, 2 << 24))
        for phdr, (paddr, flags, payload, extra) in zip(phdrs[2:], (*SEGMENTS, LOG), strict=True):
            size = len(payload)
            self.assertEqual(
                (phdr[0], phdr[3], phdr[4], phdr[5], phdr[6]),
                (1, paddr, size, size + extra, flags | 1 << 27),
            )

    def test_split(self) -> None:
        """The .mdt packs headers and hashes; no file for an empty segment."""
        self.assertEqual(self.run_mkimage("--split", str(self.dir / "x.mdt")), 0)
        self.assertEqual(self.read("x.mdt"), self.read("x.b00") + self.read("x.b01"))
        self.assertEqual(self.read("x.b02"), SEGMENTS[0][2])
        self.assertEqual(self.read("x.b03"), SEGMENTS[1][2])
        self.assertFalse((self.dir / "x.b04").exists())

    def test_sha256(self) -> None:
        image = self.single("--sha256")
        offset = phdrs_of(image)[1][1]
        self.assertEqual(struct.unpack_from("<2I", image, offset), (3, 3))

    def test_metadata(self) -> None:
        """Headers and hash segment are as long as asked for, and the digests still good."""
        image = self.single("--metadata", "65536")
        phdrs = phdrs_of(image)
        self.assertEqual(phdrs[0][4] + phdrs[1][4], 65536)
        hashes = image[phdrs[1][1] : phdrs[1][1] + phdrs[1][4]]
        size, code, _, signature, _, certificates = struct.unpack_from("<6I", hashes, 16)
        self.assertEqual((size, code + signature + certificates), (len(hashes) - 40, size))
        digests = digests_of(hashes, 48)
        self.assertEqual(digests[0], hashlib.sha384(image[: phdrs[0][4]]).digest())
        self.assertEqual(digests[2], hashlib.sha384(image[phdrs[2][1] : phdrs[2][1] + phdrs[2][4]]).digest())
        self.assertEqual(self.run_mkimage("--metadata", "100", str(self.dir / "y.mbn")), 2)

    def test_malforms(self) -> None:
        """Each way gives a file of its own that differs from the good one; the digests of its segments hold."""
        good = self.single()
        self.assertEqual(self.run_mkimage("--malforms", str(self.dir / "bad.mbn")), 0)
        images = {way: self.read(f"bad-{way}.mbn") for way in malform.MALFORMS}
        self.assertEqual(len({good, *images.values()}), len(images) + 1)
        bad = images["memsz-below-filesz"]
        phdrs = phdrs_of(bad)
        self.assertEqual(phdrs[2][5], phdrs[2][4] - 1)
        digests = digests_of(bad[phdrs[1][1] : phdrs[1][1] + phdrs[1][4]], 48)
        self.assertEqual(digests[0], hashlib.sha384(bad[: phdrs[0][4]]).digest())
        self.assertEqual(digests[2], hashlib.sha384(bad[phdrs[2][1] : phdrs[2][1] + phdrs[2][4]]).digest())
        self.assertEqual(len(images["header-cut"]), 40)

    def test_section_malforms(self) -> None:
        """With a resource table it is the section headers that are bad; the digest of the ELF header holds."""
        good = self.single("--resource-table", "good")
        self.assertEqual(self.run_mkimage("--malforms", "--resource-table", "good", str(self.dir / "bad.mbn")), 0)
        images = {way: self.read(f"bad-{way}.mbn") for way in malform.SECTION_MALFORMS}
        self.assertEqual(len({good, *images.values()}), len(images) + 1)
        shoff = struct.unpack_from("<I", good, 32)[0]
        self.assertEqual(struct.unpack_from("<I", images["shoff-odd"], 32), (shoff - 1,))
        self.assertEqual(struct.unpack_from("<I", images["table-offset"], shoff + 40 + 16), (0x7FFFF000,))
        self.assertEqual(struct.unpack_from("<I", images["names-size"], shoff + 80 + 20), (0xFFFFFFF0,))
        for image in images.values():
            phdrs = phdrs_of(image)
            digests = digests_of(image[phdrs[1][1] : phdrs[1][1] + phdrs[1][4]], 48)
            self.assertEqual(len(image), len(good))
            self.assertEqual(digests[0], hashlib.sha384(image[: phdrs[0][4]]).digest())

    def test_flip_bit(self) -> None:
        """One bit of the segment differs, and no hash."""
        good, bad = self.single(), self.single("--flip-bit", "3:2")
        where = phdrs_of(good)[3][1] + 2
        self.assertEqual(len(good), len(bad))
        diff = [i for i, (a, b) in enumerate(zip(good, bad, strict=True)) if a != b]
        self.assertEqual(diff, [where])
        self.assertEqual((good[where] ^ bad[where]).bit_count(), 1)

    def test_resource_table(self) -> None:
        """Found by name, one trace entry about the segment without bytes."""
        image = self.single("--resource-table", "good")
        shoff = struct.unpack_from("<I", image, 32)[0]
        shnum, shstrndx = struct.unpack_from("<HH", image, 48)
        shdrs = [struct.unpack_from("<10I", image, shoff + 40 * i) for i in range(shnum)]
        names = image[shdrs[shstrndx][4] :]
        tables = [s for s in shdrs if names[s[0] :].startswith(b".resource_table\0")]
        self.assertEqual(len(tables), 1)
        table = image[tables[0][4] : tables[0][4] + tables[0][5]]
        self.assertEqual(struct.unpack_from("<5I", table), (1, 1, 0, 0, 20))
        self.assertEqual(struct.unpack_from("<4I", table, 20), (2, LOG[0], LOG[3], 0))
        self.assertEqual(len(table), 20 + 16 + 32)

    def test_bad_resource_table(self) -> None:
        """Differs from the good one in the number of entries, and in nothing else."""
        good, bad = self.single("--resource-table", "good"), self.single("--resource-table", "bad")
        table = struct.unpack_from("<10I", good, struct.unpack_from("<I", good, 32)[0] + 40)[4]
        self.assertEqual(struct.unpack_from("<2I", bad, table), (1, 1000))
        self.assertEqual(good[: table + 4] + good[table + 8 :], bad[: table + 4] + bad[table + 8 :])

    def test_trace_elsewhere(self) -> None:
        """Only the address, or only the size, of the trace entry differs."""
        good = self.single("--resource-table", "good")
        table = struct.unpack_from("<10I", good, struct.unpack_from("<I", good, 32)[0] + 40)[4]
        for kind, want in ("far", (LOG[0] + 0x01000000, LOG[3])), ("long", (LOG[0], 0x01000000)):
            image = self.single("--resource-table", kind)
            self.assertEqual(struct.unpack_from("<2I", image, table + 24), want)
            self.assertEqual(good[: table + 24] + good[table + 32 :], image[: table + 24] + image[table + 32 :])

    def test_wrong_use(self) -> None:
        out = str(self.dir / "x.mbn")
        (self.dir / "text").write_text("not an ELF file")
        self.assertEqual(self.run_mkimage(out, source=str(self.dir / "text")), 2)
        self.assertEqual(self.run_mkimage("--flip-bit", "9:0", out), 2)
        self.assertEqual(self.run_mkimage("--flip-bit", "3:99", out), 2)
        self.assertFalse((self.dir / "x.mbn").exists())


if __name__ == "__main__":
    unittest.main()
