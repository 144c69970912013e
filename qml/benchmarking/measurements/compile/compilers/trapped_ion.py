"""The vendor's TrappedIonOptimizerPlugin for Qiskit at level 3, given the target."""

from qiskit.transpiler import PassManagerConfig
from qiskit_ionq import TrappedIonOptimizerPlugin

from qml.benchmarking.measurements.compile.compilers.from_qiskit import from_qiskit, to_qiskit
from qml.benchmarking.measurements.compile.compilers.qiskit_ionq import target
from qml.circuits import Circuit

PACKAGES = ("qiskit", "qiskit-ionq")


def compiled(circuit: Circuit) -> Circuit:
    """Compile."""
    config = PassManagerConfig(target=target(circuit.wires).target, seed_transpiler=0)
    passes = TrappedIonOptimizerPlugin().pass_manager(config, optimization_level=3)
    return from_qiskit(passes.run(to_qiskit(circuit)), circuit.wires)
