"""Compilation for a machine: the same circuit gives the same program, and is compiled once."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from qiskit.transpiler import generate_preset_pass_manager

from qml.backends.ibm.translate import measured
from qml.circuits import Circuit
from qml.errors import PlanError
from qml.results.sizes import CircuitSize

LEVEL = 2
SEED = 20_260_525
_REMEMBERED = 4096
_FREE = frozenset({"barrier", "measure", "delay", "id"})


class Compiled(NamedTuple):
    """A circuit as the machine runs it.

    Attributes:
        program: Qiskit's circuit.
        size: Its gates.
        seconds: Time of one shot, measurement included.
    """

    program: Any
    size: CircuitSize
    seconds: float


class Compiler:
    """Compiles circuits for one machine.

    Args:
        machine: A backend of Qiskit.
    """

    def __init__(self, machine: Any) -> None:
        self._machine = machine
        self._manager = generate_preset_pass_manager(
            optimization_level=LEVEL, backend=machine, seed_transpiler=SEED
        )
        self._made: OrderedDict[str, Compiled] = OrderedDict()

    def run(self, circuits: Sequence[Circuit]) -> list[Compiled]:
        """Compile circuits, each with all its wires measured.

        Raises:
            PlanError: A circuit is wider than the machine.
        """
        digests = [c.digest for c in circuits]
        missing = {d: c for d, c in zip(digests, circuits, strict=True) if d not in self._made}
        self._check(missing.values())
        made = self._manager.run([measured(c) for c in missing.values()], num_processes=1)
        fresh = {d: self._compiled(p) for d, p in zip(missing, made, strict=True)}
        found = [fresh.get(d) or self._made[d] for d in digests]
        self._remember(fresh)
        return found

    def _compiled(self, program: Any) -> Compiled:
        return Compiled(program, size(program), _duration(program, self._machine.target))

    def _check(self, circuits: Iterable[Circuit]) -> None:
        widest = max((c.wires for c in circuits), default=0)
        if widest > self._machine.num_qubits:
            raise PlanError(
                f"`{self._machine.name}` has {self._machine.num_qubits} qubits,"
                f" a circuit has {widest}",
                hint="use fewer qubits, or another machine",
            )

    def _remember(self, fresh: dict[str, Compiled]) -> None:
        self._made.update(fresh)
        while len(self._made) > _REMEMBERED:
            self._made.popitem(last=False)


def size(program: Any) -> CircuitSize:
    """Count the gates of a compiled circuit; virtual Z rotations count as one-qubit gates."""
    widths = [i.operation.num_qubits for i in program.data if i.operation.name not in _FREE]
    measured = sum(i.operation.name == "measure" for i in program.data)
    return CircuitSize(
        one_qubit=widths.count(1),
        two_qubit=len(widths) - widths.count(1),
        qubits=measured,
        measured=measured,
    )


def _duration(program: Any, target: Any) -> float:
    """Length of the longest chain of instructions, by the durations of the target (seconds)."""
    ready: dict[int, float] = {}
    for item in program.data:
        on = tuple(program.find_bit(q).index for q in item.qubits)
        end = max(ready.get(q, 0.0) for q in on) + _lasts(item.operation.name, on, target)
        ready.update(dict.fromkeys(on, end))
    return max(ready.values(), default=0.0)


def _lasts(name: str, on: tuple[int, ...], target: Any) -> float:
    if name == "barrier" or name not in target.operation_names:
        return 0.0
    properties = target[name].get(on)
    return (properties.duration or 0.0) if properties is not None else 0.0
