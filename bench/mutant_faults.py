"""Faults that are planted into the programs of `mutants.py`, at places drawn by a seed.

They are the faults that bug studies of quantum programs report most: wrong, missing and extra
gates, wrong angles, wrong wires, wrong order of bits, wrong observables, one layer too few or too
many (Paltenghi, Pradel, "Bugs in quantum computing platforms", OOPSLA 2022; Luo et al., SANER
2022).
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from mutant_programs import Program, wrong_observable

from qml.circuits import Circuit, Gate, pauli
from qml.circuits.gates import GATES

Fault = Callable[[Circuit, float], Circuit]
"""`(circuit, place from 0 to 1) -> circuit`"""

_OTHER = {
    "h": "x",
    "rx": "ry",
    "ry": "rx",
    "rz": "ry",
    "rzz": "rxx",
    "cphase": "crz",
    "cnot": "cz",
    "swap": "iswap",
}


def mutants(program: Program, seed: int) -> Iterator[tuple[str, Program]]:
    """Yield faults by name, each in a program of its own."""
    random = np.random.default_rng(seed)
    for name, fault in FAULTS.items():
        place = float(random.uniform())
        if _applies(program, fault, place):
            yield name, replace(program, build=_faulty(program.build, fault, place))
    for step in (1, -1) if program.layers > 1 else (1,):  # without a layer they do not run
        yield f"layers {step:+d}", replace(program, layers=program.layers + step)
    yield from _of_reading(program)


def _of_reading(program: Program) -> Iterator[tuple[str, Program]]:
    if program.name == "classifier":
        yield "X for Z", replace(program, observable=pauli("X", (0,)))
        yield "sign of Z", replace(program, observable=pauli("Z", (0,), -1.0))
    if wrong_observable(program) is not None:
        yield "wrong observable", replace(program, observable=wrong_observable(program))
    if program.name in {"QAOA", "kernel", "classifier"}:
        yield "arguments in another order", replace(program, build=_rolled(program.build))


def _rolled(build: Callable[..., Circuit]) -> Callable[..., Circuit]:
    def wrong(layers: int, first: Any, second: Any) -> Circuit:
        return build(layers, np.roll(first, 1), second)

    return wrong


def _faulty(build: Callable[..., Circuit], fault: Fault, place: float) -> Callable[..., Circuit]:
    def wrong(layers: int, *arguments: Any) -> Circuit:
        return fault(build(layers, *arguments), place)

    return wrong


def _applies(program: Program, fault: Fault, place: float) -> bool:
    """Whether the program has a gate of the kind that the fault is about."""
    vectors = {
        "GHZ": (3,),
        "QFT": (3,),
        "QAOA": (np.ones(2), np.ones(2)),
        "kernel": (np.ones(3), np.ones(3) / 2),
        "classifier": (np.ones(3), np.ones((2, 3, 3))),
    }
    circuit = program(*vectors[program.name])
    return fault(circuit, place) != circuit


def _at(circuit: Circuit, place: float, fits: Callable[[Gate], bool]) -> int | None:
    places = [i for i, gate in enumerate(circuit.gates) if fits(gate)]
    return places[int(place * len(places))] if places else None


def _changed(fits: Callable[[Gate], bool], change: Callable[[Gate, int], list[Gate]]) -> Fault:
    def fault(circuit: Circuit, place: float) -> Circuit:
        at = _at(circuit, place, fits)
        if at is None:
            return circuit
        gates = circuit.gates
        new = change(gates[at], circuit.wires)
        return Circuit.of(circuit.wires, (*gates[:at], *new, *gates[at + 1 :]))

    return fault


def _angled(gate: Gate) -> bool:
    return bool(gate.params)


def _any(gate: Gate) -> bool:
    del gate
    return True


def _paired(gate: Gate) -> bool:
    return len(gate.wires) > 1


def _turned(factor: float, shift: float = 0.0) -> Callable[[Gate, int], list[Gate]]:
    def change(gate: Gate, wires: int) -> list[Gate]:
        del wires
        return [Gate(gate.name, gate.wires, tuple(factor * p + shift for p in gate.params))]

    return change


def _every_angle(factor: float) -> Fault:
    def fault(circuit: Circuit, place: float) -> Circuit:
        del place
        return Circuit(circuit.wires, tuple(_turned(factor)(g, 0)[0] for g in circuit.gates))

    return fault


def _moved(gate: Gate, wires: int) -> list[Gate]:
    return [Gate(gate.name, tuple((w + 1) % wires for w in gate.wires), gate.params)]


def _other_gate(gate: Gate, wires: int) -> list[Gate]:
    del wires
    return [Gate(_OTHER[gate.name], gate.wires, gate.params)]


def _out_of_order(circuit: Circuit, place: float) -> Circuit:
    at = int(place * (len(circuit.gates) - 1))
    gates = list(circuit.gates)
    gates[at], gates[at + 1] = gates[at + 1], gates[at]
    return Circuit(circuit.wires, tuple(gates))


def _reversed_bits(circuit: Circuit, place: float) -> Circuit:
    del place
    last = circuit.wires - 1
    return Circuit(
        circuit.wires,
        tuple(Gate(g.name, tuple(last - w for w in g.wires), g.params) for g in circuit.gates),
    )


def _extra(gate: Gate, wires: int) -> list[Gate]:
    del wires
    return [gate, Gate("z", gate.wires[:1])]


FAULTS: dict[str, Fault] = {
    "missing gate": _changed(_any, lambda g, n: []),  # noqa: ARG005 - one signature for all
    "missing two-wire gate": _changed(_paired, lambda g, n: []),  # noqa: ARG005 - as above
    "gate twice": _changed(_any, lambda g, n: [g, g]),  # noqa: ARG005 - as above
    "extra Z": _changed(_any, _extra),
    "sign of an angle": _changed(_angled, _turned(-1.0)),
    "half an angle": _changed(_angled, _turned(0.5)),
    "angle off by 0.4": _changed(_angled, _turned(1.0, 0.4)),
    "angle off by 0.1": _changed(_angled, _turned(1.0, 0.1)),
    "all angles halved": _every_angle(0.5),
    "all signs turned": _every_angle(-1.0),
    "control and target": _changed(
        _paired,
        lambda g, n: [Gate(g.name, g.wires[::-1], g.params)],  # noqa: ARG005 - as above
    ),
    "gate on the next wire": _changed(_any, _moved),
    "another gate": _changed(
        lambda g: g.name in _OTHER and GATES[_OTHER[g.name]].params == len(g.params), _other_gate
    ),
    "two gates out of order": _out_of_order,
    "reversed bits": _reversed_bits,
}
