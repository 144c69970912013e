"""Gate calls and gate definitions, unrolled to unitaries."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qml.emulators.ionq.answers import ApiError, bad_request
from qml.emulators.ionq.programs.gates import controlled, places
from qml.emulators.ionq.programs.qasm.expressions import evaluate
from qml.emulators.ionq.programs.qasm.library import Matrix, library_gate

_CALL = re.compile(r"^([A-Za-z_]\w*)\s*(?:\((.*)\))?\s*([^()]*)$", re.DOTALL)
_MODIFIER = re.compile(r"^(inv|ctrl|negctrl)\s*(?:\(\s*(\d+)\s*\))?\s*@\s*")
_DEFINITION = re.compile(
    r"\bgate\s+([A-Za-z_]\w*)\s*(?:\(([^)]*)\))?\s*([^({};]*)\{([^{}]*)\}", re.DOTALL
)
_DEEPEST = 32

Applied = tuple[Matrix, tuple[int, ...]]
"""A matrix and its wires, first wire most significant; a global phase has no wires."""


@dataclass(frozen=True, slots=True)
class Definition:
    """`gate name(parameters) qubits { calls }`."""

    parameters: tuple[str, ...]
    qubits: tuple[str, ...]
    calls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """One gate call, split into its parts.

    Attributes:
        modifiers: `(inv | ctrl | negctrl, how many)`, outermost first.
        name: The gate.
        params: Its angles as written.
        operands: Its qubits as written.
    """

    modifiers: tuple[tuple[str, int], ...]
    name: str
    params: tuple[str, ...]
    operands: tuple[str, ...]


def cut_definitions(text: str) -> tuple[dict[str, Definition], str]:
    """Take the gate definitions out of a program.

    Returns:
        Definitions by name, and the rest of the program.
    """
    found = {
        match[1]: Definition(
            split(match[2] or ""),
            split(match[3]),
            tuple(c for c in match[4].split(";") if c.strip()),
        )
        for match in _DEFINITION.finditer(text)
    }
    return found, _DEFINITION.sub(";", text)


def split(text: str) -> tuple[str, ...]:
    """Split a list at its commas outside parentheses."""
    parts, depth, start = [], 0, 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            parts.append(text[start:place])
            start = place + 1
    parts.append(text[start:])
    return tuple(part.strip() for part in parts if part.strip())


def read_call(statement: str) -> Call:
    """Split a gate call into its parts.

    Raises:
        ApiError: 400, it is no gate call.
    """
    rest, modifiers = statement.strip(), []
    while match := _MODIFIER.match(rest):
        modifiers.append((match[1], int(match[2] or 1)))
        rest = rest[match.end() :]
    called = _CALL.match(rest)
    if called is None:
        raise malformed(statement)
    return Call(tuple(modifiers), called[1], split(called[2] or ""), split(called[3]))


def malformed(statement: str) -> ApiError:
    """Return the error for a statement that is not understood."""
    shown = " ".join(statement.split())[:80]
    return bad_request(f'"input.data": `{shown}` is not supported.', "input.data")


def unroll(
    call: Call,
    wires: Sequence[int],
    names: Mapping[str, float],
    known: Mapping[str, Definition],
    depth: int = 0,
) -> list[Applied]:
    """Turn a call into matrices on wires.

    Args:
        call: The call.
        wires: Its qubits, controls of its modifiers first.
        names: Values of the parameters of the definition that it stands in.
        known: Definitions.
        depth: Definitions around it.

    Raises:
        ApiError: 400, the gate is unknown or called with a wrong number of things.
    """
    if depth > _DEEPEST:
        raise malformed(f"{call.name} (defined by itself)")
    controls = sum(count for kind, count in call.modifiers if kind != "inv")
    params = [evaluate(text, names) for text in call.params]
    if call.name in known:
        made = _defined(call, wires[controls:], params, known, depth)
    else:
        made = [(_matrix(call, params, len(wires) - controls), tuple(wires[controls:]))]
    left = list(wires[:controls])
    for kind, count in reversed(call.modifiers):
        if kind == "inv":
            made = [(matrix.conj().T, on) for matrix, on in reversed(made)]
            continue
        added, left = tuple(left[len(left) - count :]), left[: len(left) - count]
        made = [part for applied in made for part in _controlled(applied, added, kind)]
    return made


def _defined(
    call: Call,
    wires: Sequence[int],
    params: Sequence[float],
    known: Mapping[str, Definition],
    depth: int,
) -> list[Applied]:
    gate = known[call.name]
    if len(params) != len(gate.parameters) or len(wires) != len(gate.qubits):
        raise malformed(f"{call.name} with {len(params)} angles on {len(wires)} qubits")
    values, places_of = (
        dict(zip(gate.parameters, params, strict=True)),
        dict(zip(gate.qubits, wires, strict=True)),
    )
    made: list[Applied] = []
    for statement in gate.calls:
        inner = read_call(statement)
        if inner.name == "barrier":
            continue
        if not set(inner.operands) <= places_of.keys():
            raise malformed(statement)
        inner_wires = [places_of[name] for name in inner.operands]
        made += unroll(inner, inner_wires, values, known, depth + 1)
    return made


def _matrix(call: Call, params: Sequence[float], wires: int) -> Matrix:
    try:
        found = library_gate(call.name, params)
    except ValueError as error:
        raise malformed(f"{call.name} takes {error} angles, got {len(params)}") from None
    if found is None or found[0] != wires:
        raise malformed(f"{call.name} on {wires} qubits")
    return found[1]


def _controlled(applied: Applied, controls: tuple[int, ...], kind: str) -> list[Applied]:
    matrix, wires = applied
    made: Applied = (controlled(matrix, len(controls)), controls + wires)
    if kind == "ctrl":
        return [made]
    flips: list[Applied] = [(np.array([[0, 1], [1, 0]], np.complex128), (w,)) for w in controls]
    return [*flips, made, *flips]


def billed(applied: Applied) -> tuple[tuple[int, ...], ...]:
    """Return the physical gates of a matrix on wires."""
    return places(applied[1])
