"""The part of a machine that a circuit uses, with its noise.

Aer builds the noise of every qubit and pair of a machine anew for each batch: for 133 qubits that
takes longer than the simulation. Qubits that a circuit leaves alone cannot change its counts, so
only the others are simulated.
"""

from collections.abc import Sequence
from typing import Any

from qiskit import QuantumCircuit, QuantumRegister
from qiskit.providers import BackendV2, Options
from qiskit.transpiler import Target
from qiskit_aer.noise import NoiseModel


class _Slice(BackendV2):  # type: ignore[misc]  # qiskit is not typed
    """A machine of fewer qubits; only its target is read."""

    def __init__(self, target: Any) -> None:
        super().__init__(name="slice")
        self._sliced = target

    @property
    def target(self) -> Any:
        """Return the instructions of the qubits that were kept."""
        return self._sliced

    @property
    def max_circuits(self) -> None:
        """Return None: no limit."""
        return None

    @classmethod
    def _default_options(cls) -> Options:
        return Options()

    def run(self, run_input: Any, **options: Any) -> Any:
        """Refuse: nothing runs here."""
        del run_input, options
        raise TypeError("a slice of a machine has its noise, and runs nothing")


def used(program: Any) -> tuple[int, ...]:
    """Return the qubits on which a compiled circuit acts, ascending."""
    acting = (i for i in program.data if i.operation.name != "barrier")
    return tuple(sorted({program.find_bit(q).index for i in acting for q in i.qubits}))


def cut(program: Any, kept: Sequence[int]) -> Any:
    """Return a compiled circuit on the qubits that are kept, renumbered from 0."""
    place = {q: i for i, q in enumerate(kept)}
    made = QuantumCircuit(QuantumRegister(len(kept), "q"), *program.cregs)
    for item in program.data:
        if item.operation.name != "barrier":
            on = [place[program.find_bit(q).index] for q in item.qubits]
            made.append(item.operation, on, item.clbits)
    return made


def noise(target: Any, kept: Sequence[int]) -> Any:
    """Return the noise of some qubits of a machine, as Aer derives it from a snapshot."""
    return NoiseModel.from_backend(_Slice(_sliced(target, kept)))


def _sliced(target: Any, kept: Sequence[int]) -> Any:
    place = {q: i for i, q in enumerate(kept)}
    properties = target.qubit_properties
    made = Target(
        num_qubits=len(kept),
        dt=target.dt,
        qubit_properties=[properties[q] for q in kept] if properties else None,
    )
    for name in target.operation_names:
        local = {
            tuple(place[q] for q in on): facts
            for on, facts in (target[name] or {}).items()
            if on is not None and all(q in place for q in on)
        }
        if local:
            made.add_instruction(target.operation_from_name(name), local, name=name)
    return made
