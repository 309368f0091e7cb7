# SPDX-License-Identifier: GPL-2.0-only
"""kunit.py run --qemu_config=<this file>: KUnit at EL2, on the bench's firmware at EL3.

QEMU makes the device tree itself, which the firmware takes for a plain boot at EL2:
there are no remote cores. `make bench` builds the firmware.
"""

from pathlib import Path

from ..qemu_config import QemuArchParams  # kunit.py places this file

FIRMWARE = Path(__file__).resolve().parent.parent / "build" / "el3" / "el3.bin"

QEMU_ARCH = QemuArchParams(
    linux_arch="arm64",
    kconfig="""
CONFIG_SERIAL_AMBA_PL011=y
CONFIG_SERIAL_AMBA_PL011_CONSOLE=y""",
    qemu_arch="aarch64",
    kernel_path="arch/arm64/boot/Image.gz",
    # The firmware ends QEMU with an error when the kernel reboots
    kernel_command_line="console=ttyAMA0 kunit_shutdown=poweroff panic=-1",
    extra_qemu_params=[
        "-machine",
        "virt,secure=on,virtualization=on,gic-version=3,iommu=smmuv3",
        "-cpu",
        "cortex-a76",
        "-smp",
        "3",
        "-nic",
        "none",
        "-display",
        "none",
        "-bios",
        str(FIRMWARE),
        "-serial",
        "null",
        "-semihosting-config",
        "enable=on,target=native",
    ],
)
