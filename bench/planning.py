"""How long planning takes: pricing 1,000 different circuits of a model as natively compiled.

    python bench/planning.py [--repeat 5]

The bar is one second for 1,000 circuits.
"""

import argparse
import sys
from statistics import median
from time import perf_counter

import numpy as np

from qml.backends.registry import open_backend
from qml.circuits import Circuit, Gate, Work
from qml.config import Config
from qml.config.sections import BackendSection
from qml.planning.price import job_size
from qml.pricing import Tariffs

BAR = 1.0
CIRCUITS = 1000


def circuits(qubits: int, layers: int, seed: int) -> tuple[Circuit, ...]:
    """Return circuits of one structure with different angles, as a training makes them."""
    rng = np.random.default_rng(seed)
    return tuple(_circuit(qubits, layers, rng) for _ in range(CIRCUITS))


def _circuit(qubits: int, layers: int, rng: np.random.Generator) -> Circuit:
    gates = [Gate("ry", (q,), (float(rng.uniform(0, 3)),)) for q in range(qubits)]
    for _ in range(layers):
        for q in range(qubits):
            gates += [
                Gate("rz", (q,), (float(rng.uniform(0, 3)),)),
                Gate("ry", (q,), (float(rng.uniform(0, 3)),)),
            ]
        gates += [Gate("cnot", (q, (q + 1) % qubits)) for q in range(qubits)]
    return Circuit.of(qubits, gates)


def main() -> int:
    """Time it; exit 1 where the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=5)
    repeat = parser.parse_args().repeat
    tariff = Tariffs.load(Config().pricing).find("ionq", "forte-1")
    missed = False
    for qubits, layers in ((4, 3), (8, 4)):
        times = []
        for seed in range(repeat):
            backend = open_backend(BackendSection(name="ionq.forte-1", shots=1000))
            work = Work(circuits=circuits(qubits, layers, seed), shots=1000)
            start = perf_counter()
            quote = tariff.quote(job_size(backend, work))
            times.append(perf_counter() - start)
        gates = len(work.circuits[0].gates)
        print(
            f"{CIRCUITS:,} circuits, {qubits} qubits, {gates} gates: median {median(times):.2f} s"
            f" ({min(times):.2f} to {max(times):.2f}), {quote.expected:,.2f} {quote.currency}"
        )
        missed |= median(times) > BAR
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
