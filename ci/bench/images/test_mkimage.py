#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Tests of mkimage.py. The images are read back by pyelftools, not by code of ours."""

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
from elftools.elf.elffile import ELFFile

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
    ident = b"\x7fELF\x02\x01\x01"
    ehdr = struct.pack("<16sHHIQQQIHHHHHH", ident, 2, 183, 1, 0x8C000010, 64, 0, 0, 64, 56, len(loads), 0, 0, 0)
    path.write_bytes(ehdr + phdrs + body)


def elf(image: bytes) -> ELFFile:
    """An image that an ELF reader understands."""
    return ELFFile(io.BytesIO(image))


def digests_of(image: bytes) -> list[bytes]:
    """What the hash segment says, behind the header that tells how much is what."""
    hashes = elf(image).get_segment(1).data()
    total, code, _, signature, _, certificates = struct.unpack_from("<6I", hashes, 16)
    assert struct.unpack_from("<2I", hashes) == (3, 3)
    assert total == code + signature + certificates == len(hashes) - 40
    return [hashes[40 + i : 40 + i + 32] for i in range(0, code, 32)]


class MkimageTest(unittest.TestCase):
    """Each image is made anew in a folder of its own."""

    def setUp(self) -> None:
        temp = tempfile.TemporaryDirectory()
        self.addCleanup(temp.cleanup)
        self.dir = Path(temp.name)
        make_elf64(self.dir / "core.elf")

    def run_mkimage(self, *args: str, source: str | None = None) -> int:
        with contextlib.redirect_stderr(io.StringIO()):
            return mkimage.main(["--elf", source or str(self.dir / "core.elf"), *args])

    def single(self, *args: str) -> bytes:
        self.assertEqual(self.run_mkimage(*args, str(self.dir / "x.mbn")), 0)
        return (self.dir / "x.mbn").read_bytes()

    def bad(self, *args: str) -> dict[str, bytes]:
        """Every image that --malforms writes, by name."""
        self.assertEqual(self.run_mkimage("--malforms", *args, str(self.dir / "bad.mbn")), 0)
        return {path.stem.removeprefix("bad-"): path.read_bytes() for path in self.dir.glob("bad-*.mbn")}

    def assert_true_digest(self, image: bytes, digests: list[bytes]) -> None:
        """That of the headers, which are of the same size in each image here."""
        size = malform.EHDR_SIZE + 5 * malform.PHDR_SIZE
        self.assertEqual(digests[0], hashlib.sha256(image[:size]).digest())

    def test_hashes(self) -> None:
        """Every digest is that of its segment; those without bytes have none."""
        image = self.single()
        digests = digests_of(image)
        self.assert_true_digest(image, digests)
        self.assertEqual((digests[1], digests[4]), (bytes(32), bytes(32)))
        for index in (2, 3):
            self.assertEqual(digests[index], hashlib.sha256(elf(image).get_segment(index).data()).digest())

    def test_program_headers(self) -> None:
        """Addresses, sizes and flags are the program's; types are the PAS's."""
        headers, hashes, *loads = elf(self.single("--relocatable")).iter_segments()
        self.assertEqual((headers["p_type"], headers["p_flags"]), ("PT_NULL", 7 << 24))
        self.assertEqual((hashes["p_type"], hashes["p_flags"]), ("PT_NULL", 2 << 24))
        for phdr, (paddr, flags, payload, extra) in zip(loads, (*SEGMENTS, LOG), strict=True):
            found = (phdr["p_type"], phdr["p_paddr"], phdr["p_memsz"], phdr["p_flags"], phdr.data())
            self.assertEqual(found, ("PT_LOAD", paddr, len(payload) + extra, flags | 1 << 27, payload))

    def test_split(self) -> None:
        """The .mdt packs headers and hashes; no file for an empty segment."""
        self.assertEqual(self.run_mkimage("--split", str(self.dir / "x.mdt")), 0)
        files = {path.suffix: path.read_bytes() for path in self.dir.glob("x.*")}
        self.assertEqual(sorted(files), [".b00", ".b01", ".b02", ".b03", ".mdt"])
        self.assertEqual(files[".mdt"], files[".b00"] + files[".b01"])
        self.assertEqual((files[".b02"], files[".b03"]), (SEGMENTS[0][2], SEGMENTS[1][2]))

    def test_metadata(self) -> None:
        """Padded to the byte, which the header of the hash segment tells; too little is refused."""
        image = self.single("--metadata", "4097")
        headers, hashes = elf(image).get_segment(0), elf(image).get_segment(1)
        self.assertEqual(headers["p_filesz"] + hashes["p_filesz"], 4097)
        self.assert_true_digest(image, digests_of(image))
        self.assertEqual(self.run_mkimage("--metadata", "100", str(self.dir / "y.mbn")), 2)

    def test_data(self) -> None:
        """A blob in place of a device tree."""
        self.assertEqual(mkimage.main(["--data", "0x5ea00000", str(self.dir / "x.mbn")]), 0)
        self.assertEqual(elf((self.dir / "x.mbn").read_bytes()).get_segment(2)["p_paddr"], 0x5EA00000)

    def test_bad_images(self) -> None:
        """One a row of the list, each of its own kind; the digests of headers and segments are true."""
        good, images = self.single(), self.bad()
        self.assertEqual(set(images), {row.name for row in malform.malforms(tables=False, split=False)})
        self.assertEqual(len({good, *images.values()}), len(images) + 1)
        self.assertEqual(len(images["header-cut"]), 40)
        segment = elf(images["memsz-below-filesz"]).get_segment(2)
        self.assertEqual(segment["p_memsz"], segment["p_filesz"] - 1)
        self.assertEqual(elf(images["below"]).get_segment(4)["p_paddr"], LOG[0] - 0x01000000)
        for name in ("memsz-below-filesz", "far-apart", "paddr-wraps"):
            digests = digests_of(images[name])
            self.assert_true_digest(images[name], digests)
            self.assertEqual(digests[1:], digests_of(good)[1:])

    def test_bad_tables(self) -> None:
        """With a resource table it is the section headers that are bad."""
        good, images = self.single("--resource-table", "good"), self.bad("--resource-table", "good")
        self.assertEqual(set(images), {row.name for row in malform.malforms(tables=True, split=False)})
        self.assertEqual(len({good, *images.values()}), len(images) + 1)
        self.assertEqual(elf(images["shoff-odd"])["e_shoff"], elf(good)["e_shoff"] - 1)
        self.assertEqual(elf(images["table-offset"]).get_section(1)["sh_offset"], 0x7FFFF000)
        for image in images.values():
            self.assertEqual(len(image), len(good))
            self.assert_true_digest(image, digests_of(image))

    def test_list_for_the_guest(self) -> None:
        """One line a bad image: its name, and what must come of it."""
        images = self.bad()
        lines = (self.dir / "bad.malforms").read_text(encoding="ascii").splitlines()
        self.assertEqual({line.split()[0] for line in lines}, set(images))
        self.assertIn("hash-short trustzone", lines)

    def test_flip_bit(self) -> None:
        """One bit of the segment differs, and no hash."""
        good, bad = self.single(), self.single("--flip-bit", "3:2")
        where = elf(good).get_segment(3)["p_offset"] + 2
        self.assertEqual([i for i, (a, b) in enumerate(zip(good, bad, strict=True)) if a != b], [where])
        self.assertEqual((good[where] ^ bad[where]).bit_count(), 1)

    def test_resource_table(self) -> None:
        """Found by name, one trace entry about the segment without bytes."""
        section = elf(self.single("--resource-table", "good")).get_section_by_name(".resource_table")
        assert section
        table = section.data()
        self.assertEqual(struct.unpack_from("<9I", table), (1, 1, 0, 0, 20, 2, LOG[0], LOG[3], 0))
        self.assertEqual(len(table), 20 + 16 + 32)

    def test_other_resource_tables(self) -> None:
        """They differ from the good one in the number of entries, the address or the size."""
        good = self.single("--resource-table", "good")
        for kind, offset, want in (("bad", 4, 1000), ("far", 24, LOG[0] + 0x01000000), ("long", 28, 0x01000000)):
            at = elf(good).get_section(1)["sh_offset"] + offset
            image = self.single("--resource-table", kind)
            self.assertEqual(image, good[:at] + struct.pack("<I", want) + good[at + 4 :])

    def test_wrong_use(self) -> None:
        out = str(self.dir / "x.mbn")
        (self.dir / "text").write_text("not an ELF file")
        self.assertEqual(self.run_mkimage(out, source=str(self.dir / "text")), 2)
        self.assertEqual(self.run_mkimage("--flip-bit", "9:0", out), 2)
        self.assertEqual(self.run_mkimage("--flip-bit", "3:99", out), 2)
        self.assertFalse((self.dir / "x.mbn").exists())


if __name__ == "__main__":
    unittest.main()
