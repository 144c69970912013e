"""The circuits that are compiled, by name; built when asked for."""

from collections.abc import Callable, Iterable

import numpy as np

from qml.circuits import Circuit, Gate, z

WIRES = 8
HEISENBERG_STEPS = 3


def rotations() -> Circuit:
    """Two layers of RY and RZ on two wires, and an RZZ."""
    random = np.random.default_rng(0)
    gates: list[Gate] = []
    for _ in range(2):
        for wire in (0, 1):
            gates += [Gate(name, (wire,), (random.uniform(0, 6),)) for name in ("ry", "rz")]
        gates.append(Gate("rzz", (0, 1), (random.uniform(0, 3),)))
    return Circuit.of(2, gates)


def classifier(ansatz: str) -> Circuit:
    """The default classifier with eight qubits, at random features and weights."""
    from qml.algorithms.models.layered import layered_circuit
    from qml.config.sections import ModelSection

    section = ModelSection(ansatz=ansatz, qubits=WIRES)
    model = layered_circuit(section, wires=WIRES, features=WIRES, observables=(z(0),))
    random = np.random.default_rng(0)
    features = random.uniform(0, np.pi, WIRES)
    return model.build(features, random.uniform(0, 2 * np.pi, model.weights_shape))


def qft(wires: int) -> Circuit:
    """The exact quantum Fourier transform, its SWAPs included."""
    gates = []
    for i in range(wires):
        gates.append(Gate("h", (i,)))
        turns = ((j, np.pi / 2 ** (j - i)) for j in range(i + 1, wires))
        gates += [Gate("cphase", (j, i), (turn,)) for j, turn in turns]
    gates += [Gate("swap", (i, wires - 1 - i)) for i in range(wires // 2)]
    return Circuit.of(wires, gates)


def qaoa(nodes: int, edges: Iterable[tuple[int, int]], layers: int) -> Circuit:
    """MaxCut."""
    random = np.random.default_rng(0)
    gates = [Gate("h", (w,)) for w in range(nodes)]
    listed = list(edges)
    for _ in range(layers):
        gamma, beta = random.uniform(0, 3, 2)
        gates += [Gate("rzz", edge, (gamma,)) for edge in listed]
        gates += [Gate("rx", (w,), (beta,)) for w in range(nodes)]
    return Circuit.of(nodes, gates)


def barabasi_albert(nodes: int) -> list[tuple[int, int]]:
    """Return the edges of a Barabasi-Albert graph of two edges a node."""
    import networkx as nx  # type: ignore[import-untyped]

    return list(nx.barabasi_albert_graph(nodes, 2, seed=0).edges)


def ring(nodes: int) -> list[tuple[int, int]]:
    """Return the edges of a ring."""
    return [(i, (i + 1) % nodes) for i in range(nodes)]


def heisenberg(rows: int, columns: int) -> Circuit:
    """Trotter steps of a Heisenberg model on a square lattice: XX, YY and ZZ on each edge."""
    sites = [(r, c) for r in range(rows) for c in range(columns)]
    edges = [
        (sites.index(site), sites.index(other))
        for site in sites
        for other in ((site[0] + 1, site[1]), (site[0], site[1] + 1))
        if other in sites
    ]
    gates = [
        Gate(name, edge, (0.2,))
        for _ in range(HEISENBERG_STEPS)
        for edge in edges
        for name in ("rxx", "ryy", "rzz")
    ]
    return Circuit.of(rows * columns, gates)


def _block(random: np.random.Generator, a: int, b: int) -> list[Gate]:
    """Return any unitary of two wires in its Cartan form."""

    def turned() -> list[Gate]:
        return [Gate(n, (w,), (random.uniform(0, 6),)) for w in (a, b) for n in ("rz", "ry", "rz")]

    core = [Gate(n, (a, b), (random.uniform(0, 3),)) for n in ("rxx", "ryy", "rzz")]
    return [*turned(), *core, *turned()]


def volume(wires: int) -> Circuit:
    """As in quantum volume: random pairs, a random unitary on each, as many layers as wires."""
    random = np.random.default_rng(0)
    gates: list[Gate] = []
    for _ in range(wires):
        order = random.permutation(wires).tolist()
        for a, b in zip(order[::2], order[1::2], strict=False):
            gates += _block(random, a, b)
    return Circuit.of(wires, gates)


def qcnn(wires: int) -> Circuit:
    """A convolutional network (Cong, Choi, Lukin 2019): blocks on pairs, then half of the wires."""
    random = np.random.default_rng(0)
    gates: list[Gate] = []
    active = list(range(wires))
    while len(active) > 1:
        for a, b in [
            *zip(active[::2], active[1::2], strict=False),
            *zip(active[1::2], active[2::2], strict=False),
        ]:
            gates += _block(random, a, b)
        for a, b in zip(active[1::2], active[::2], strict=False):
            gates.append(Gate("crx", (a, b), (random.uniform(0, 6),)))
        active = active[::2]
    return Circuit.of(wires, gates)


CASES: dict[str, Callable[[], Circuit]] = {
    "rzz": lambda: Circuit.of(2, [Gate("rzz", (0, 1), (0.3,))]),
    "rz-chain": lambda: Circuit.of(1, [Gate("rz", (0,), (angle,)) for angle in (0.3, 0.5, 0.7)]),
    "two-layers": rotations,
    "ring-8": lambda: classifier("ring"),
    "real-amplitudes-8": lambda: classifier("real_amplitudes"),
    "qft-10": lambda: qft(10),
    "qaoa-ring-12": lambda: qaoa(12, ring(12), 3),
    "heisenberg-3x4": lambda: heisenberg(3, 4),
    "volume-8": lambda: volume(8),
    "qcnn-8": lambda: qcnn(8),
    "qaoa-ba-100": lambda: qaoa(100, barabasi_albert(100), 3),
}
