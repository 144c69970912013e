"""Gates that fade: whole at 0, nothing at 1, and what is left out is what faded."""

import numpy as np
import pytest
from compression.circuit.trained import small
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.circuits import Circuit, CircuitModel, Gate, z
from qml.circuits.gates import spec
from qml.compression.circuit.answering import logits_of
from qml.compression.circuit.damage import Damage
from qml.compression.circuit.dropping import without
from qml.compression.circuit.fading import FIXED, PERIODS, faded
from qml.compression.circuit.pieces import pieces_of
from qml.compression.circuit.result import cut_model
from qml.testing.reference import state


def same(a, b) -> bool:
    """Whether two unitaries are equal up to a global phase."""
    return abs(abs(np.trace(a.conj().T @ b)) - len(a)) < 1e-9


def unitary(circuit: Circuit):
    """Matrix of a circuit of two wires, from its effect on each basis state."""
    flips = ((), (1,), (0,), (0, 1))
    prepared = [Circuit.of(2, [Gate("x", (w,)) for w in wires]) for wires in flips]
    return np.stack([state(begun + circuit).ravel() for begun in prepared], axis=1)


def family(name: str, params: tuple[float, ...]) -> CircuitModel:
    gate = Gate(name, tuple(range(spec(name).wires)), params)
    return CircuitModel(
        wires=2,
        features=0,
        weights_shape=(0,),
        build=lambda x, w: Circuit.of(2, [gate]),
        observables=(z(0),),
    )


@pytest.mark.parametrize("name", [*PERIODS, *FIXED])
@settings(deadline=None, max_examples=10)
@given(data=st.data())
def test_whole_at_0_and_gone_at_1(name, data):
    angle = st.floats(-9, 9)
    params = tuple(data.draw(angle) for _ in range(spec(name).params))
    fades = faded(family(name, params), [0])
    assert fades.weights_shape == (1,)
    whole = Circuit.of(2, [Gate(name, tuple(range(spec(name).wires)), params)])
    at = {x: Circuit(2, tuple(_plain(fades.build(None, np.array([x])).gates))) for x in (0.0, 1.0)}
    assert same(unitary(at[0.0]), unitary(whole))
    assert same(unitary(at[1.0]), np.eye(4))


def _plain(gates):
    for gate in gates:
        yield Gate(gate.name, gate.wires, tuple(float(p) for p in gate.params))


@pytest.mark.long
@pytest.mark.parametrize(("kind", "ansatz"), [("variational", "ring"), ("hybrid", "ising")])
def test_a_cut_is_the_model_without_the_pieces(kind, ansatz):
    model, params, rows = small(kind, ansatz=ansatz)
    pieces = pieces_of(model, params, rows.features)
    damage = Damage(model, params, pieces, rows.features, rows.labels)
    cuts = np.random.default_rng(0).integers(0, 2, (4, len(pieces)), dtype=np.int8)
    for cut, loss in zip(cuts, damage.losses(cuts), strict=True):
        logits = logits_of(model, cut_model(params, pieces, cut), rows.features)
        picked = logits[np.arange(len(rows)), rows.labels]
        expected = np.mean(np.logaddexp.reduce(logits, axis=1) - picked)
        assert loss == pytest.approx(expected, abs=1e-10)


@pytest.mark.long
def test_slopes_and_curvatures_are_those_of_the_loss():
    model, params, rows = small("variational", ansatz="ring")
    pieces = pieces_of(model, params, rows.features)
    damage = Damage(model, params, pieces, rows.features, rows.labels)
    slopes, second = damage.expansion()
    direction = np.random.default_rng(2).normal(size=len(pieces))
    direction /= np.linalg.norm(direction)
    steps = np.array([-2e-3, -1e-3, 0, 1e-3, 2e-3])
    found = np.polynomial.Polynomial.fit(
        steps, damage.losses(steps[:, None] * direction), 4
    ).convert()
    assert slopes @ direction == pytest.approx(found.coef[1], abs=1e-6)
    assert direction @ second @ direction == pytest.approx(2 * found.coef[2], rel=1e-3, abs=1e-4)


def test_only_trained_gates_and_two_qubit_gates_may_go():
    model, params, rows = small("variational", ansatz="ring", layers=2)
    kinds = [piece.kind for piece in pieces_of(model, params, rows.features)]
    assert kinds.count("two_qubit") == 6
    assert kinds.count("rotation") == 18
    hybrid, params, rows = small("hybrid")
    pieces = pieces_of(hybrid, params, rows.features)
    assert sum(piece.kind == "weight" for piece in pieces) == 3 * 3 + 3 * 2
    assert all(piece.array != "encoder_bias" for piece in pieces)


def test_a_model_without_gates_has_the_others_in_their_order():
    model, params, rows = small("variational", ansatz="ring")
    whole = model.circuit.build(rows.features[0], params["weights"])
    found = without(model, (4, 7)).circuit.build(rows.features[0], params["weights"])
    assert found.gates == tuple(g for i, g in enumerate(whole.gates) if i not in (4, 7))
