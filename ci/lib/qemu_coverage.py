# SPDX-License-Identifier: GPL-2.0-only
"""kunit.py exec --qemu_config=<this file>: as kunit-configs/qemu_arm64_el2.py does, but the kernel
goes on to the bench's init after its tests, which prints the gcov counters and ends the machine."""

import dataclasses
import importlib.util
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BASE = ROOT / "kunit-configs" / "qemu_arm64_el2.py"

_spec = importlib.util.spec_from_file_location(f"{__package__}.el2", BASE)
assert _spec is not None and _spec.loader is not None
_base = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_base)

QEMU_ARCH = dataclasses.replace(
    _base.QEMU_ARCH,
    kernel_path="arch/arm64/boot/Image",
    kernel_command_line="console=ttyAMA0 panic=-1 -- suite=selftest-pass nonce=0",
    extra_qemu_params=[*_base.QEMU_ARCH.extra_qemu_params, "-initrd", str(ROOT / "build/guest/initramfs.cpio")],
)
