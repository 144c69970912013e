"""Native compilation for IonQ's Forte: this project's, Qiskit's and Cirq's, in gates and dollars.

    python bench/compile.py [--skip-large]

Every result of twelve qubits or fewer is held against its source on a random state. Prices: those
of IonQ for qpu.forte-1 (public rate card, 2026): a job costs shots times gates, or its minimum.
Times are processor time. The last table is planning (counting) and compiling 1,000 circuits; the
script fails where counting takes longer than a second.
"""

import argparse
import sys
import time
import warnings
from collections.abc import Callable
from decimal import Decimal
from importlib.metadata import version

import numpy as np

from qml.backends.equivalence import SMALL, compare
from qml.benchmarking.measurements.compile.cases import CASES
from qml.benchmarking.measurements.compile.compilers import (
    cirq_forte,
    qiskit_ionq,
    trapped_ion,
)
from qml.benchmarking.measurements.compile.compilers import qml as ours
from qml.benchmarking.measurements.compile.counts import count
from qml.circuits import Circuit, Gate
from qml.native import compile_native, count_native

ONE, TWO, MINIMUM = Decimal("0.000164"), Decimal("0.001121"), Decimal("25.7899")
PACKAGES = ("qiskit", "qiskit-ionq", "cirq-core", "cirq-ionq")


COMPILERS: dict[str, Callable[[Circuit], Circuit]] = {
    "qml": ours.compiled,
    "qiskit-ionq": qiskit_ionq.compiled,
    "+ TrappedIonOptimizer": trapped_ion.compiled,
    "cirq-ionq": cirq_forte.compiled,
}


def price(one: int, two: int, shots: int) -> Decimal:
    """List price of one job in dollars."""
    return max(MINIMUM, shots * (one * ONE + two * TWO))


def error(source: Circuit, compiled: Circuit) -> str:
    """Largest error of an amplitude up to the global phase, as text."""
    if source.wires > SMALL:
        return ""
    return f"{compare(source, compiled, 1.0).error:.0e}"


def table(*, large: bool) -> None:
    """Print the table of compilers."""
    print("| circuit | compiler | 2-qubit | 1-qubit | 1,000 shots | 10,000 shots | error | ms |")
    print("|---|---|---|---|---|---|---|---|")
    for compiler in COMPILERS.values():
        compiler(CASES["rz-chain"]())  # imports are not compilation
    for title, build in CASES.items():
        circuit = build()
        if circuit.wires > SMALL and not large:
            continue
        for name, compiler in COMPILERS.items():
            started = time.process_time()
            compiled = compiler(circuit)
            ms = 1000 * (time.process_time() - started)
            two, one, _ = count(compiled)
            few, many = (f"${price(one, two, shots):,.2f}" for shots in (1000, 10_000))
            wrong = error(circuit, compiled)
            print(f"| {title} | {name} | {two} | {one} | {few} | {many} | {wrong} | {ms:.1f} |")


def speed() -> float:
    """Print what it takes to count and to compile 1,000 circuits; return the slower count."""
    random = np.random.default_rng(0)
    template = CASES["ring-8"]()
    many = [
        Circuit(
            template.wires,
            tuple(
                Gate(g.name, g.wires, tuple(random.uniform(0, 6, len(g.params)).tolist()))
                for g in template.gates
            ),
        )
        for _ in range(1000)
    ]
    slowest = 0.0
    print(f"\n| 1,000 circuits of {len(template.gates)} gates | s |\n|---|---|")
    for name, function in (("count", count_native), ("compile", compile_native)):
        for gateset in ("forte", "aria"):
            started = time.process_time()
            for circuit in many:
                function(circuit, gateset)
            taken = time.process_time() - started
            slowest = max(slowest, taken) if name == "count" else slowest
            print(f"| {name}, {gateset} | {taken:.2f} |")
    return slowest


def main() -> int:
    """Measure and print; exit 1 where the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--skip-large", action="store_true", help="leave the 100 qubits out")
    arguments = parser.parse_args()
    warnings.filterwarnings("ignore", module="qiskit_ionq")  # it advises against level 3
    print(", ".join(f"{p} {version(p)}" for p in PACKAGES) + "\n")
    table(large=not arguments.skip_large)
    return int(speed() > 1.0)


if __name__ == "__main__":
    sys.exit(main())
