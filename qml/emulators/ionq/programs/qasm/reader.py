"""A whole program: declarations, gate calls, measurements and resets."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from qml.emulators.ionq.answers import bad_request
from qml.emulators.ionq.programs.gates import NATIVE
from qml.emulators.ionq.programs.qasm.definitions import (
    Definition,
    billed,
    cut_definitions,
    malformed,
    read_call,
    unroll,
)
from qml.emulators.ionq.programs.steps import Measure, Program, Reset, Step, Unitary

_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_DECLARATION = re.compile(r"^(qubit|bit)\s*(?:\[\s*(\d+)\s*\])?\s+([A-Za-z_]\w*)$")
_OLD_DECLARATION = re.compile(r"^(qreg|creg)\s+([A-Za-z_]\w*)\s*(?:\[\s*(\d+)\s*\])?$")
_MEASURE = re.compile(r"^(?:(\S+?)\s*=\s*)?measure\s+([^-]+?)(?:\s*->\s*(\S+))?$")
_OPERAND = re.compile(r"^([A-Za-z_]\w*)\s*(?:\[\s*(\d+)\s*\])?$")
_IGNORED = re.compile(r"^(OPENQASM\b|include\b|barrier\b|delay\b|pragma\b|#pragma\b)")
_MOST_QUBITS = 64


def read_qasm(text: str) -> Program:
    """Read an OpenQASM 3 program.

    Raises:
        ApiError: 400, the program is malformed or uses what is not supported.
    """
    definitions, rest = cut_definitions(_COMMENT.sub(" ", text))
    if "{" in rest:
        raise malformed("control flow: " + rest[max(0, rest.index("{") - 30) : rest.index("{")])
    reader = _Reader(definitions)
    for statement in rest.split(";"):
        if statement.strip():
            reader.read(statement.strip())
    return reader.program()


@dataclass
class _Reader:
    definitions: dict[str, Definition]
    qubits: dict[str, range] = field(default_factory=dict)
    bits: dict[str, range] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    gates: set[str] = field(default_factory=set)

    def read(self, statement: str) -> None:
        """Read one statement."""
        if _IGNORED.match(statement):
            return
        readers: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], None]], ...] = (
            (_DECLARATION, lambda m: self._declare(m[1], m[3], m[2])),
            (_OLD_DECLARATION, lambda m: self._declare(m[1], m[2], m[3])),
            (_MEASURE, lambda m: self._measure(statement, m[2], m[1] or m[3])),
        )
        for pattern, reader in readers:
            if match := pattern.match(statement):
                reader(match)
                return
        if statement.startswith("reset "):
            self.steps += [Reset(w) for w in self._operand(statement[6:], self.qubits)]
            return
        self._gate(statement)

    def program(self) -> Program:
        """Return what was read."""
        qubits = sum(len(register) for register in self.qubits.values())
        if not 1 <= qubits <= _MOST_QUBITS:
            raise bad_request(
                f'"input.data" declares {qubits} qubits, not 1 to {_MOST_QUBITS}.', "input.data"
            )
        return Program(
            qubits=qubits,
            steps=tuple(self.steps),
            registers={name: len(register) for name, register in self.bits.items()},
            gates=frozenset(self.gates & NATIVE - self.definitions.keys()),
        )

    def _declare(self, kind: str, name: str, size: str | None) -> None:
        home = self.qubits if kind.startswith("q") else self.bits
        first = max((register.stop for register in home.values()), default=0)
        home[name] = range(first, first + int(size or 1))

    def _measure(self, statement: str, source: str, target: str | None) -> None:
        if target is None:
            raise malformed(statement)
        wires = self._operand(source, self.qubits)
        bits = self._operand(target, self.bits)
        if len(wires) != len(bits):
            raise malformed(statement)
        self.steps += [Measure(w, b) for w, b in zip(wires, bits, strict=True)]

    def _gate(self, statement: str) -> None:
        call = read_call(statement)
        operands = [self._operand(operand, self.qubits) for operand in call.operands]
        width = max((len(o) for o in operands), default=1)
        if any(len(o) not in {1, width} for o in operands):
            raise malformed(statement)
        self.gates.add(call.name)
        for place in range(width):
            wires = [o[place if len(o) > 1 else 0] for o in operands]
            if len(set(wires)) != len(wires):
                raise malformed(statement)
            for applied in unroll(call, wires, {}, self.definitions):
                if applied[1] and call.name != "id":
                    self.steps.append(Unitary(applied[0], applied[1], billed(applied)))

    def _operand(self, text: str, home: dict[str, range]) -> list[int]:
        match = _OPERAND.match(text.strip())
        if match is None or match[1] not in home:
            raise malformed(text)
        register = home[match[1]]
        if match[2] is None:
            return list(register)
        if int(match[2]) >= len(register):
            raise malformed(text)
        return [register[int(match[2])]]
