"""Every gate's matrix against PennyLane's, and IonQ's native gates against the published ones."""

import numpy as np
import pennylane as qp
import pytest

from qml.circuits.gates import GATES, adjoint, matrix
from qml.errors import CircuitError

PENNYLANE = {
    "id": qp.Identity, "x": qp.X, "y": qp.Y, "z": qp.Z, "h": qp.Hadamard, "s": qp.S, "t": qp.T,
    "sx": qp.SX, "rx": qp.RX, "ry": qp.RY, "rz": qp.RZ, "phase": qp.PhaseShift, "u3": qp.U3,
    "cnot": qp.CNOT, "cy": qp.CY, "cz": qp.CZ, "ch": qp.CH, "swap": qp.SWAP, "iswap": qp.ISWAP,
    "crx": qp.CRX, "cry": qp.CRY, "crz": qp.CRZ, "cphase": qp.ControlledPhaseShift,
    "rxx": qp.IsingXX, "ryy": qp.IsingYY, "rzz": qp.IsingZZ, "ccnot": qp.Toffoli, "ccz": qp.CCZ,
    "cswap": qp.CSWAP,
}  # fmt: skip
ADJOINTS = {"sdg": "s", "tdg": "t", "sxdg": "sx", "iswapdg": "iswap"}
NATIVE = {"gpi", "gpi2", "ms", "zz"}


def test_every_gate_is_compared():
    assert set(PENNYLANE) | set(ADJOINTS) | NATIVE == set(GATES)


@pytest.mark.parametrize("name", sorted(PENNYLANE))
def test_matrix_equals_pennylane(name):
    params = np.linspace(0.3, 1.7, GATES[name].params)
    operator = PENNYLANE[name](*params, wires=range(GATES[name].wires))
    assert np.allclose(matrix(name, params), qp.matrix(operator), atol=1e-14)


@pytest.mark.parametrize(("name", "of"), sorted(ADJOINTS.items()))
def test_adjoint_gates_equal_pennylane(name, of):
    operator = qp.adjoint(PENNYLANE[of](wires=range(GATES[of].wires)))
    assert np.allclose(matrix(name), qp.matrix(operator), atol=1e-14)


def _published(name, params):
    """IonQ's matrices; phases in turns."""
    if name == "gpi":
        e = np.exp(2j * np.pi * params[0])
        return np.array([[0, 1 / e], [e, 0]])
    if name == "gpi2":
        e = np.exp(2j * np.pi * params[0])
        return np.array([[1, -1j / e], [-1j * e, 1]]) / np.sqrt(2)
    if name == "zz":
        e = np.exp(1j * np.pi * params[0])
        return np.diag([1 / e, e, e, 1 / e])
    phi0, phi1, angle = params
    c, s = np.cos(np.pi * angle), np.sin(np.pi * angle)
    p, m = np.exp(2j * np.pi * (phi0 + phi1)), np.exp(2j * np.pi * (phi0 - phi1))
    found = np.diag([c, c, c, c]).astype(complex)
    found[0, 3], found[1, 2] = -1j * s / p, -1j * s / m
    found[2, 1], found[3, 0] = -1j * s * m, -1j * s * p
    return found


@pytest.mark.parametrize("name", sorted(NATIVE))
def test_native_gates_equal_ionq(name):
    params = (0.13, 0.29, 0.21)[: GATES[name].params]
    assert np.allclose(matrix(name, params), _published(name, params), atol=1e-14)


@pytest.mark.parametrize("name", sorted(GATES))
def test_adjoint_undoes(name):
    params = tuple(np.linspace(0.3, 1.7, GATES[name].params))
    undone = matrix(*adjoint(name, params)) @ matrix(name, params)
    assert np.allclose(undone, np.eye(len(undone)), atol=1e-14)


@pytest.mark.parametrize("name", sorted(n for n, s in GATES.items() if s.params))
def test_jax_matrix_equals_numpy(name):
    import jax.numpy as jnp

    params = tuple(np.linspace(0.3, 1.7, GATES[name].params))
    assert np.allclose(matrix(name, params, jnp), matrix(name, params), atol=1e-6)


def test_unknown_gate():
    with pytest.raises(CircuitError, match="unknown gate `foo`"):
        matrix("foo")
