# SPDX-License-Identifier: GPL-2.0-only
"""Makes the source of a machine from a board's device tree.

What the remote processors of a board hang on comes from its tree: their nodes, memory, streams, SMP2P and
SMEM. What QEMU lacks is stood in for by dts/platform.dtsi; STAND_INS is the table of that. A property or node
that is neither kept nor in the table is refused, so that nothing is left out without a word.
"""

from __future__ import annotations

from dataclasses import dataclass

import abi
from fdt import FdtError, Node, Tree

SMMU = "apps_smmu"
RAM_MIB = 3072  # all below 4 GiB: QEMU's RAM begins at 1 GiB

# What is taken as it is, by the part of the tree
KEPT = {
    "remoteproc": "compatible reg interrupt-names clock-names power-domain-names memory-region firmware-name iommus"
    " qcom,smem-states qcom,smem-state-names status",
    "smp2p": "compatible qcom,smem qcom,local-pid qcom,remote-pid master-kernel/ slave-kernel/",
    "smp2p entry": "qcom,entry-name #qcom,smem-state-cells interrupt-controller #interrupt-cells",
    "reserved-memory": "compatible reg no-map",
    "iommu": "compatible #iommu-cells #global-interrupts dma-coherent",
}


@dataclass(frozen=True)
class StandIn:
    """What a board has, and what the bench has in its place; if that is nothing, it is left out."""

    part: str
    name: str
    board: str
    bench: str = ""


# All that is not the board's; a name with a slash is a node's
STAND_INS = (
    StandIn("remoteproc", "clocks", "rpmhcc", "a fixed clock"),
    StandIn("remoteproc", "power-domains", "rpmhpd", "cx, mxc and nsp, a bit of RAM each; lcx is cx, lmx is mxc"),
    StandIn("remoteproc", "interrupts-extended", "watchdog: an SPI that QEMU's GIC lacks, or the PDC", "an SPI that is free"),
    StandIn("remoteproc", "interconnects", "interconnects"),
    StandIn("remoteproc", "interconnect-names", "interconnects"),
    StandIn("remoteproc", "qcom,qmp", "aoss_qmp, which is told of the core's state"),
    StandIn("remoteproc", "glink-edge/", "GLINK, and the services behind it"),
    StandIn("smp2p", "interrupts", "an SPI that QEMU's GIC lacks", "an SPI that is free"),
    StandIn("smp2p", "interrupts-extended", "ipcc", "an SPI that is free"),
    StandIn("smp2p", "mboxes", "ipcc or apss_shared", "qcom,ipc: a word of RAM"),
    StandIn("iommu", "reg", "registers", "a MiB of RAM, which EL3 plays"),
    StandIn("iommu", "interrupts", "SPIs that QEMU's GIC lacks", "SPIs that are free; 16 context banks"),
    StandIn("reserved-memory", "hwlocks", "tcsr_mutex", "the same driver, on RAM"),
)
DOMAINS = {"cx": "CX", "lcx": "CX", "mx": "MXC", "mxc": "MXC", "lmx": "MXC", "nsp": "NSP"}


class Refused(Exception):
    """The board cannot be made into a machine; the text says why."""


@dataclass(frozen=True)
class Core:
    """A remote processor, by its name in abi/, with the files that the board asks for."""

    name: str
    node: Node
    smp2p: Node
    firmware: list[str]
    known: abi.SocCore


@dataclass(frozen=True)
class Machine:
    """What a board was made into."""

    soc: str
    cores: list[Core]
    source: str


def cells(values: list[int]) -> str:
    """A value of cells."""
    return f"<{' '.join(f'{value:#x}' for value in values)}>"


def literal(value: bytes) -> str:
    """A value as dtc takes it: strings if it looks like that, else cells."""
    texts = value[:-1].split(b"\0")
    if value.endswith(b"\0") and all(text and all(32 <= c < 127 for c in text) for text in texts):
        return ", ".join(f'"{text.decode()}"' for text in texts)
    if len(value) % 4:
        return f"[{value.hex(' ')}]"
    return cells([int.from_bytes(value[at : at + 4], "big") for at in range(0, len(value), 4)])


def interrupt(number: str, kind: str) -> str:
    """An interrupt of QEMU's GIC."""
    return f"GIC_SPI {number} IRQ_TYPE_{kind}"


def soc_of(tree: Tree) -> abi.Soc:
    """The SoC that the root names."""
    compatible = tree.root.strings("compatible")
    for soc in abi.SOCS:
        if set(soc.compatible.split()) & set(compatible):
            return soc
    raise Refused(f"abi/socs.h knows no SoC of {', '.join(compatible)}: add its streams and carveouts there")


class Board:
    """A board's tree, looked at as the bench needs it."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.soc = soc_of(tree)
        hosts = {number: name for name, number in abi.NUMBERS.items() if name.startswith("BENCH_SMEM_HOST_")}
        self.hosts = {number: name.removeprefix("BENCH_SMEM_HOST_") for number, name in hosts.items()}
        self.parents = {child.path: node for node in tree.root.below() for child in node.children}

    def core(self, node: Node) -> Core:
        """The remote processor of a node; its SMP2P says which one it is."""
        states = self.tree.references(node, "qcom,smem-states", "#qcom,smem-state-cells")
        smp2p = self.parents[states[0][0].path]
        name = self.hosts.get(smp2p.cells("qcom,remote-pid")[0], "")
        known = abi.SOC_CORES.get((self.soc.name, name))
        if not known:
            raise Refused(f"{node.path}: abi/socs.h has no such core of {self.soc.machine}: add its stream and carveout there")
        firmware = node.strings("firmware-name")
        if not firmware:
            raise Refused(f"{node.path}: it has no firmware-name")
        return Core(name, node, smp2p, firmware, known)

    def cores(self) -> list[Core]:
        """All that the board enables."""
        nodes = [node for node in self.tree.root.below() if any(text.endswith("-pas") for text in node.strings("compatible"))]
        nodes = [node for node in nodes if node.strings("status") in ([], ["okay"])]
        if not nodes:
            raise Refused("it enables no remote processor: no node with a compatible in -pas is okay")
        return [self.core(node) for node in sorted(nodes, key=lambda node: node.path)]

    def refer(self, node: Node, name: str, cells_name: str = "") -> str:
        """A property of phandles with arguments."""
        found = self.tree.references(node, name, cells_name)
        return ", ".join(f"<&{' '.join([self.tree.label(target), *(f'{arg:#x}' for arg in args)])}>" for target, args in found)

    def node(self, part: str, node: Node, head: str, instead: dict[str, str]) -> list[str]:
        """A node without its children: what is kept as it is, or from `instead`."""
        kept = KEPT[part].split()
        known = {one.name: one for one in STAND_INS if one.part == part}
        lines = [f"{head} {{"]
        for name, value in [*node.props.items(), *((f"{child.name}/", b"") for child in node.children)]:
            if name in known and not known[name].bench:
                lines.append(f"/* without {name}: {known[name].board} */")
            elif name in instead and (name in kept or name in known):
                lines.append(instead[name])
            elif name in kept:
                lines.append(f"{name} = {literal(value)};" if value else f"{name};")
            elif name != "phandle":
                raise Refused(f"{node.path}: {name} is neither kept nor stood in for: py/board.py must know what it is")
        return lines

    def remoteproc(self, core: Core) -> list[str]:
        """Its node."""
        node, head = core.node, f"{self.tree.label(core.node)}: {core.node.name}"
        if node.strings("interrupt-names")[:1] != ["wdog"]:
            raise Refused(f"{node.path}: the first of its interrupts is not the watchdog's")
        wdog = f"<&gic {interrupt(f'BENCH_SPI_{core.name}_WDOG', 'EDGE_RISING')}>"
        _, smp2p = self.refer(node, "interrupts-extended", "#interrupt-cells").split(", ", 1)
        names = node.strings("power-domain-names")
        if unknown := [name for name in names if name not in DOMAINS]:
            raise Refused(f"{node.path}: no power domain stands in for {', '.join(unknown)}: py/board.py must know what it is")
        instead = {
            "interrupts-extended": f"interrupts-extended = {wdog}, {smp2p};",
            "clocks": "clocks = <&xo>;",
            "power-domains": f"power-domains = {', '.join(f'<&ppu BENCH_PPU_{DOMAINS[name]}>' for name in names)};",
            "memory-region": f"memory-region = {self.refer(node, 'memory-region')};",
            "iommus": f"iommus = {self.refer(node, 'iommus', '#iommu-cells')};",
            "qcom,smem-states": f"qcom,smem-states = {self.refer(node, 'qcom,smem-states', '#qcom,smem-state-cells')};",
        }
        return [*self.node("remoteproc", node, head, instead), "};"]

    def smp2p(self, core: Core) -> list[str]:
        """Its SMP2P."""
        interrupts = f"interrupts = <{interrupt(f'BENCH_SPI_{core.name}_SMP2P', 'EDGE_RISING')}>;"
        instead = {
            "interrupts": interrupts,
            "interrupts-extended": interrupts,
            "mboxes": f"qcom,ipc = <&ipc (4 * BENCH_SMEM_HOST_{core.name}) 0>;",
            "master-kernel/": "",
            "slave-kernel/": "",
        }
        lines = self.node("smp2p", core.smp2p, core.smp2p.name, instead)
        for child in core.smp2p.children:
            lines += [*self.node("smp2p entry", child, f"{self.tree.label(child)}: {child.name}", {}), "};"]
        return [*lines, "};"]

    def memory(self) -> list[str]:
        """Reserved memory, at its addresses. What has none the kernel places, and no core knows it."""
        lines = ["reserved-memory {"]
        for node in (self.tree.root.child("reserved-memory") or self.tree.root).children:
            if "reg" in node.props:
                head = f"{self.tree.label(node)}: {node.name}"
                lock = f"hwlocks = <&tcsr_mutex {(node.cells('hwlocks') or [0])[-1]}>;"
                lines += [*self.node("reserved-memory", node, head, {"hwlocks": lock}), "};"]
        return [*lines, "};"]

    def smmu(self, cores: list[Core]) -> list[str]:
        """The SMMU of the cores, if any names it."""
        found = {node.path: node for core in cores for node, _ in self.tree.references(core.node, "iommus", "#iommu-cells")}
        if any(self.tree.label(node) != SMMU for node in found.values()):
            raise Refused(f"streams of {', '.join(found)}: {SMMU} is the one that the bench has")
        lines = []
        for node in found.values():
            spis = [f"(BENCH_SPI_SMMU_GLOBAL + {i})" for i in range(node.cells("#global-interrupts")[0])]
            spis += [f"(BENCH_SPI_SMMU_CB + {i})" for i in range(abi.NUMBERS["BENCH_SMMU500_CBS"])]
            interrupts = ", ".join(f"<{interrupt(spi, 'LEVEL_HIGH')}>" for spi in spis)
            instead = {"reg": "/* reg is platform.dtsi's */", "interrupts": f"interrupts = {interrupts};"}
            lines += [*self.node("iommu", node, f"&{SMMU}", instead), 'status = "okay";', "};"]
        return lines

    def root(self, cores: list[Core]) -> list[str]:
        """What the board is, and what the bench has to know of it."""
        props = self.tree.root.props
        lines = [f"{name} = {literal(props[name])};" for name in ("compatible", "model")]
        lines += ['bench,machine = "el2-smmu500";', f'bench,soc = "{self.soc.machine}";']
        lines += [f"bench,cpus = <{1 + max(abi.NUMBERS[f'BENCH_CPU_{core.name}'] for core in cores)}>;"]
        lines += [f"bench,memory = <{RAM_MIB}>;"]
        # What the boot loader does is the SoC's, whatever the tree says
        if lite := [(core, pas) for soc, core, pas in abi.SOC_LITE if soc == self.soc.name]:
            streams = [abi.SOC_CORES[self.soc.name, core] for core in dict.fromkeys(core for core, _ in lite)]
            lines += [f"bench,boot-pas = {cells([pas for _, pas in lite])};"]
            lines += [f"bench,smmu-boot-streams = {cells([number for core in streams for number in (core.sid, core.mask)])};"]
        lines += ["memory@40000000 {", 'device_type = "memory";', f"reg = <0 BENCH_RAM_BASE 0 {RAM_MIB << 20:#x}>;", "};"]
        for node in self.tree.root.below():
            if "qcom,scm" in node.strings("compatible"):
                lines += ["firmware {", "scm {", f"compatible = {literal(node.props['compatible'])};", "};", "};"]
        return lines

    def machine(self) -> Machine:
        """The whole source."""
        cores = self.cores()
        lines = ["/ {", *self.root(cores), *self.memory()]
        for core in cores:
            lines += self.smp2p(core)
        lines.append("soc@0 {")
        for core in cores:
            lines += self.remoteproc(core)
        lines += ["};", "};", *self.smmu(cores)]
        head = ["/* Made by 'ci/bench/bench board', which says what stands in for what */", '#include "platform.dtsi"', ""]
        return Machine(self.soc.machine, cores, "\n".join(head + indented(lines)) + "\n")


def indented(lines: list[str]) -> list[str]:
    """Each line as deep as its node."""
    depth, result = 0, []
    for line in filter(None, lines):
        depth -= line == "};"
        result.append("\t" * depth + line)
        depth += line.endswith("{")
    return result


def make(tree: Tree) -> Machine:
    """A machine from a board's tree."""
    try:
        return Board(tree).machine()
    except (FdtError, IndexError, KeyError, ValueError) as error:
        raise Refused(f"it is not as the bindings want it: {error!r}") from error
