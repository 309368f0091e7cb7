# SPDX-License-Identifier: GPL-2.0-only
"""Resource tables with one entry, a trace: the log of the core's program."""

from __future__ import annotations

import struct

RSC_TRACE = 2
FAR = 0x01000000  # larger than any carveout

KINDS = ("good", "bad", "old", "none", "far", "long")


def resource_table(log: int, size: int, kind: str) -> bytes:
    """A table for the log at that address, or one that says something else."""
    # Malformed: more entries than there are offsets in the whole section.
    num = 1000 if kind == "bad" else 1
    # All zeros, and so none at all.
    if kind == "none":
        return bytes(16)
    # Of a version that there has never been.
    version = 0 if kind == "old" else 1
    # Well-formed, but not all of the log is in the carveout.
    if kind == "far":
        log += FAR
    if kind == "long":
        size = FAR
    entry = struct.pack("<4I32s", RSC_TRACE, log, size, 0, b"log")
    return struct.pack("<4I", version, num, 0, 0) + struct.pack("<I", 20) + entry
