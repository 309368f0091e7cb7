# SPDX-License-Identifier: GPL-2.0-only
"""kunit.py exec --qemu_config=<this file>: as qemu_coverage.py, but on the bench's machine, where the
kernel finds a TrustZone: what would take its calls is skipped."""

import dataclasses
import importlib.util
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BASE = ROOT / "ci" / "lib" / "qemu_coverage.py"

_spec = importlib.util.spec_from_file_location(f"{__package__}.coverage", BASE)
assert _spec is not None and _spec.loader is not None
_base = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_base)

QEMU_ARCH = dataclasses.replace(
    _base.QEMU_ARCH,
    extra_qemu_params=[*_base.QEMU_ARCH.extra_qemu_params, "-dtb", str(ROOT / "build/dts/el2-modem.dtb")],
)
