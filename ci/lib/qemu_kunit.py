# SPDX-License-Identifier: GPL-2.0-only
"""kunit.py exec --qemu_config=<this file>: the machine of kunit-configs/qemu_arm64_el2.py for an
Image that the bench boots too, as ci/kernel/kunit asks for it in BENCH_KUNIT:

gcov    after the suites the kernel goes on to the bench's init, which prints the gcov counters
bench   the bench's machine, where the kernel finds a TrustZone: what would take its calls is skipped
"""

import dataclasses
import importlib.util
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BASE = ROOT / "kunit-configs" / "qemu_arm64_el2.py"
WANTED = os.environ.get("BENCH_KUNIT", "").split()

_spec = importlib.util.spec_from_file_location(f"{__package__}.el2", BASE)
assert _spec is not None and _spec.loader is not None
_base = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_base)

QEMU_ARCH = dataclasses.replace(
    _base.QEMU_ARCH,
    kernel_path="arch/arm64/boot/Image",
    kernel_command_line="console=ttyAMA0 printk.devkmsg=on panic=-1 kunit.autorun=1 "
    + ("-- suite=selftest-pass nonce=0" if "gcov" in WANTED else "kunit_shutdown=poweroff"),
    extra_qemu_params=[
        *_base.QEMU_ARCH.extra_qemu_params,
        *(["-initrd", str(ROOT / "build/guest/initramfs.cpio")] if "gcov" in WANTED else []),
        *(["-dtb", str(ROOT / "build/dts/el2-modem.dtb")] if "bench" in WANTED else []),
    ],
)
