#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Unit tests of the machines that are made from boards, and of the reader of device trees."""

from __future__ import annotations

import itertools
import subprocess
import unittest

import abi
import board
import fdt
import suites

SOURCE = """
/dts-v1/;
/ {
	compatible = "vendor,board", "qcom,qcs615";
	model = "A board";
	#address-cells = <2>;
	#size-cells = <2>;
	intc: interrupt-controller { interrupt-controller; #interrupt-cells = <3>; };
	firmware { scm { compatible = "qcom,scm-qcs615", "qcom,scm"; }; };
	reserved-memory {
		ranges;
		adsp_mem: adsp@95900000 { reg = <0 0x95900000 0 0x1e00000>; no-map; };
		anywhere { size = <0 0x1000>; };
	};
	smp2p-adsp {
		compatible = "qcom,smp2p";
		qcom,smem = <443>, <429>;
		qcom,local-pid = <0>;
		qcom,remote-pid = <2>;
		interrupts = <0 172 1>;
		mboxes = <&mbox 26>;
		adsp_out: master-kernel { qcom,entry-name = "master-kernel"; #qcom,smem-state-cells = <1>; };
		adsp_in: slave-kernel { qcom,entry-name = "slave-kernel"; interrupt-controller; #interrupt-cells = <2>; };
	};
	mbox: mailbox { #mbox-cells = <1>; };
	soc@0 {
		apps_smmu: iommu@15000000 {
			compatible = "qcom,smmu-500";
			reg = <0 0x15000000 0 0x80000>;
			#iommu-cells = <2>;
			#global-interrupts = <1>;
			interrupts = <0 65 4>;
		};
		adsp: remoteproc@62400000 {
			compatible = "qcom,qcs615-adsp-pas", "qcom,sm8150-adsp-pas";
			reg = <0 0x62400000 0 0x4040>;
			interrupts-extended = <&intc 0 162 1>, <&adsp_in 0 1>, <&adsp_in 1 1>;
			interrupt-names = "wdog", "fatal", "ready";
			power-domains = <&mbox 0>;
			power-domain-names = "cx";
			memory-region = <&adsp_mem>;
			firmware-name = "vendor/adsp.mbn";
			iommus = <&apps_smmu 0x1720 0>;
			qcom,smem-states = <&adsp_out 0>;
			qcom,smem-state-names = "stop";
			qcom,qmp = <&mbox>;
			glink-edge { label = "lpass"; };
		};
		cdsp: remoteproc@8300000 {
			compatible = "qcom,qcs615-cdsp-pas";
			status = "disabled";
		};
	};
};
"""


def compiled(source: str) -> bytes:
    """What dtc makes of it."""
    words = ["dtc", "-q", "-@", "-I", "dts", "-O", "dtb"]
    return subprocess.run(words, input=source.encode(), capture_output=True, check=True).stdout


def made(source: str = SOURCE) -> board.Machine:
    """The machine of a board."""
    return board.make(fdt.Tree(compiled(source)))


class Reader(unittest.TestCase):
    """fdt.py."""

    def test_tree(self) -> None:
        tree = fdt.Tree(compiled(SOURCE))
        self.assertEqual(tree.root.strings("compatible"), ["vendor,board", "qcom,qcs615"])
        nodes = {tree.label(node): node for node in tree.root.below()}
        self.assertEqual(nodes["adsp"].path, "/soc@0/remoteproc@62400000")
        self.assertEqual(nodes["adsp_mem"].cells("reg"), [0, 0x95900000, 0, 0x1E00000])
        found = tree.references(nodes["adsp"], "interrupts-extended", "#interrupt-cells")
        self.assertEqual(
            [(tree.label(node), args) for node, args in found], [("intc", [0, 162, 1]), ("adsp_in", [0, 1]), ("adsp_in", [1, 1])]
        )

    def test_no_tree(self) -> None:
        data = compiled(SOURCE)
        for bad in (b"", b"\0" * 64, data[:200], data[: len(data) // 2]):
            with self.assertRaises(fdt.FdtError):
                fdt.Tree(bad)


class Machine(unittest.TestCase):
    """board.py."""

    def test_taken(self) -> None:
        machine = made()
        self.assertEqual(machine.soc, "qcs615")
        self.assertEqual([(core.name, core.firmware) for core in machine.cores], [("ADSP", ["vendor/adsp.mbn"])])
        for line in (
            'compatible = "vendor,board", "qcom,qcs615";',
            'bench,soc = "qcs615";',
            f"bench,cpus = <{abi.NUMBERS['BENCH_CPU_ADSP'] + 1}>;",
            "adsp_mem: adsp@95900000 {",
            "reg = <0x0 0x95900000 0x0 0x1e00000>;",
            "iommus = <&apps_smmu 0x1720 0x0>;",
            "memory-region = <&adsp_mem>;",
            "qcom,smem-states = <&adsp_out 0x0>;",
        ):
            self.assertIn(f"\t{line}\n", machine.source)

    def test_stood_in_for(self) -> None:
        source = made().source
        wdog = "<&gic GIC_SPI BENCH_SPI_ADSP_WDOG IRQ_TYPE_EDGE_RISING>"
        self.assertIn(f"interrupts-extended = {wdog}, <&adsp_in 0x0 0x1>, <&adsp_in 0x1 0x1>;", source)
        self.assertIn("qcom,ipc = <&ipc (4 * BENCH_SMEM_HOST_ADSP) 0>;", source)
        self.assertIn("power-domains = <&ppu BENCH_PPU_CX>;", source)
        self.assertIn(
            "interrupts = <GIC_SPI (BENCH_SPI_SMMU_GLOBAL + 0) IRQ_TYPE_LEVEL_HIGH>, <GIC_SPI (BENCH_SPI_SMMU_CB + 0)", source
        )
        for left_out in ("qcom,qmp =", "glink-edge {", "mboxes", "anywhere", "8300000", "0x15000000"):
            self.assertNotIn(left_out, source)

    def test_no_stream(self) -> None:
        source = made(SOURCE.replace("iommus = <&apps_smmu 0x1720 0>;", "")).source
        self.assertNotIn("iommus", source)

    def test_refused(self) -> None:
        for old, new, why in (
            ('"qcom,qcs615"', '"qcom,moon"', "knows no SoC"),
            ("qcom,remote-pid = <2>", "qcom,remote-pid = <7>", "no such core"),
            ('firmware-name = "vendor/adsp.mbn";', "", "no firmware-name"),
            ("qcom,qmp = <&mbox>;", "qcom,halt-regs = <&mbox 0>;", "qcom,halt-regs is neither kept nor stood in for"),
            ("glink-edge {", "smd-edge {", "smd-edge/ is neither kept nor stood in for"),
            ('power-domain-names = "cx"', 'power-domain-names = "ebi"', "no power domain stands in for ebi"),
            ('"wdog", "fatal"', '"fatal", "wdog"', "is not the watchdog's"),
            ("apps_smmu", "pcie_smmu", "apps_smmu is the one that the bench has"),
            ("#iommu-cells = <2>;", "", "as the bindings want it"),
            ("adsp: remoteproc@62400000 {", 'adsp: remoteproc@62400000 { status = "disabled";', "enables no remote processor"),
        ):
            with self.subTest(why=why), self.assertRaisesRegex(board.Refused, why):
                made(SOURCE.replace(old, new))

    def test_table(self) -> None:
        """Nothing is both kept and left out; each part is known; the reference has the same table."""
        page = (suites.ROOT / "docs/reference/model.md").read_text(encoding="utf-8")
        for one in board.STAND_INS:
            self.assertIn(f"| {one.part} | `{one.name.rstrip('/')}` | {one.board} | {one.bench or 'left out'} |\n", page)
        for one in board.STAND_INS:
            self.assertIn(one.part, board.KEPT)
            self.assertNotIn(one.name, board.KEPT[one.part].split())


class Socs(unittest.TestCase):
    """abi/socs.h."""

    def test_rows(self) -> None:
        text = (abi.FOLDER / "socs.h").read_text(encoding="utf-8")
        rows = sum(line.startswith("X(") for line in text.splitlines())
        self.assertEqual(len(abi.SOCS) + len(abi.SOC_CORES) + len(abi.SOC_LITE), rows)

    def test_apart(self) -> None:
        """No two carveouts of a SoC overlap, and no two cores share a stream id."""
        for soc in abi.SOCS:
            cores = [core for (name, _), core in abi.SOC_CORES.items() if name == soc.name]
            places = sorted((core.base, core.size) for core in cores) + sorted((core.dtb_base, core.dtb_size) for core in cores)
            places = sorted(place for place in places if place[1])
            for (base, size), (following, _) in itertools.pairwise(places):
                self.assertLessEqual(base + size, following)
            for i, one in enumerate(cores):
                for other in cores[:i]:
                    self.assertTrue((one.sid ^ other.sid) & ~one.mask & ~other.mask)


if __name__ == "__main__":
    unittest.main()
