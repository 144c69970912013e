"""OpenQASM 3, by hand: modifiers, definitions, measurements, and what is refused."""

import numpy as np
import pytest

from qml.emulators.ionq.answers import ApiError
from qml.emulators.ionq.programs.qasm import read_qasm
from qml.emulators.ionq.simulate import run

HEAD = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n'


def probabilities(text):
    return run(read_qasm(HEAD + text), None, 1, [0]).probabilities


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("qubit q; x q;", {1: 1.0}),
        ("qubit[2] q; x q;", {3: 1.0}),
        ("qreg q[2]; creg c[2]; x q[1]; measure q -> c;", {2: 1.0}),
        ("qubit[2] q; x q[0]; ctrl @ x q[0], q[1];", {3: 1.0}),
        ("qubit[2] q; negctrl @ x q[0], q[1];", {2: 1.0}),
        ("qubit[3] q; x q[0]; x q[1]; ctrl(2) @ x q[0], q[1], q[2];", {7: 1.0}),
        ("qubit q; rx(0.3) q; inv @ rx(0.3) q;", {0: 1.0}),
        ("qubit q; h q; gphase(0.4); h q;", {0: 1.0}),
        ("qubit[2] q; h q[0]; ctrl @ gphase(pi) q[0]; h q[0];", {1: 1.0}),
        ("gate flip(a) x0 { rx(2*a) x0; } qubit q; flip(pi/2) q; // turned\n", {1: 1.0}),
        ("gate a x0 { x x0; } gate b x0, x1 { a x0; barrier x0; a x1; } qubit[2] q; b q[0], q[1];",
         {3: 1.0}),
        ("gate b x0, x1 { h x0; cx x0, x1; } qubit[2] q; b q[0],q[1]; inv @ b q[0],q[1];",
         {0: 1.0}),
        ("qubit[2] q; gpi(0) q[1]; zz(0.25) q[0], q[1];", {2: 1.0}),
        ("/* a\n comment */ qubit q; U(pi, 0, pi) q;", {1: 1.0}),
        ("qubit[2] q; rx(arccos(-1) + sqrt(4) - 2) q[0];", {1: 1.0}),
    ],
)  # fmt: skip
def test_programs(text, expected):
    assert probabilities(text) == pytest.approx(expected)


def test_a_measurement_in_the_middle_and_a_reset():
    text = HEAD + (
        "bit[2] first; bit last; qubit[2] q; ry(1) q[0]; cx q[0], q[1]; first = measure q;"
        "reset q[0]; x q[0]; last = measure q[0];"
    )
    program = read_qasm(text)
    assert program.dynamic
    assert program.registers == {"first": 2, "last": 1}
    one = np.sin(0.5) ** 2
    expected = {(0b01, 0b100): 1 - one, (0b11, 0b111): one}
    assert run(program, None, 1, [0]).weights == pytest.approx(expected)


def test_bits_of_terminal_measurements_in_any_order():
    program = read_qasm(HEAD + "bit[2] c; qubit[2] q; x q[0]; c[1] = measure q[0];")
    assert not program.dynamic
    assert run(program, None, 1, [0]).weights == {(0b01, 0b10): 1.0}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "qubit[0] q;",
        "qubit q; nonsense q;",
        "qubit q; rx q;",
        "qubit q; rx(1, 2) q;",
        "qubit q; rx(__import__('os')) q;",
        "qubit q; rx(1/0) q;",
        "qubit q; rx(2**99999999) q;",
        "qubit q; rx(1e999) q;",
        "qubit q; x q[1];",
        "qubit q; x r;",
        "qubit[2] q; cx q[0], q[0];",
        "qubit[2] q; cx q;",
        "qubit[2] q; bit c; c = measure q;",
        "qubit q; measure q;",
        "qubit q; bit c; if (c) { x q; }",
        "gate a x0 { a x0; } qubit q; a q;",
        "gate a x0 { x x1; } qubit q; a q;",
        "input float t; qubit q; rx(t) q;",
        "qubit[9999] q;",
    ],
)
def test_refusals(text):
    with pytest.raises(ApiError) as refused:
        read_qasm(HEAD + text)
    assert refused.value.keys == ("input.data",)


def test_idle_qubits_change_nothing_between_measurements():
    text = HEAD + (
        "bit[2] c; qubit[9] q; x q[7]; cx q[7], q[2]; c[0] = measure q[7]; reset q[7];"
        "c[1] = measure q[2];"
    )
    assert run(read_qasm(text), None, 1, [0]).weights == {(1 << 2, 0b11): 1.0}
