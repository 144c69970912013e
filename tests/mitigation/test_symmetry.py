import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.circuits import Circuit, Gate
from qml.errors import PlanError, ProviderError
from qml.mitigation.base import Noise
from qml.mitigation.density import outcomes
from qml.mitigation.parities import Parity, conserved, holds
from qml.mitigation.symmetry import Symmetry, verified
from qml.mitigation.tally import Tally
from tests.mitigation.circuits import layered


def hopping(wires, layers=2):
    """Half filling, and hops that conserve the number of ones."""
    gates = [Gate("x", (w,)) for w in range(0, wires, 2)]
    for layer in range(layers):
        for w in range(wires - 1):
            gates += [Gate("rxx", (w, w + 1), (0.3 + layer,)), Gate("ryy", (w, w + 1), (0.7 + w,))]
            gates.append(Gate("rz", (w,), (0.2,)))
    return Circuit(wires, tuple(gates))


def test_the_parity_of_hops_is_found_and_its_sector():
    assert conserved(hopping(3)) == (Parity((0, 1, 2), odd=False),)
    assert conserved(hopping(4)) == (Parity((0, 1, 2, 3), odd=False),)
    assert conserved(hopping(2)) == (Parity((0, 1), odd=True),)


def test_rotations_have_none():
    assert conserved(layered(3, 2)) == ()
    with pytest.raises(PlanError, match="nothing to verify"):
        Symmetry().expand(layered(3, 2), 0)


def test_a_named_parity_is_checked():
    assert holds(hopping(4), (0, 1)) is None
    with pytest.raises(PlanError, match="does not conserve"):
        Symmetry(((0, 1),)).expand(hopping(4), 0)
    with pytest.raises(PlanError, match="names wires"):
        Symmetry(((7,),)).expand(hopping(4), 0)


GATES = st.sampled_from(
    [
        ("x", 1),
        ("z", 1),
        ("s", 1),
        ("h", 1),
        ("y", 1),
        ("cnot", 2),
        ("cz", 2),
        ("swap", 2),
        ("iswap", 2),
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(GATES, st.permutations(range(3))), max_size=8))
def test_every_outcome_has_the_parities_that_are_found(drawn):
    circuit = Circuit(3, tuple(Gate(name, tuple(w[:n])) for (name, n), w in drawn))
    tally = outcomes(circuit, Noise())
    possible = tally.bits[tally.times > 1e-12]
    for wires, odd in conserved(circuit):
        assert (possible[:, list(wires)].sum(axis=1) % 2 == odd).all()


def test_verification_lessens_the_error():
    circuit, noise = hopping(4), Noise(0.0, 0.05, 0.01)
    targets = [(0,), (1, 2)]
    truth = outcomes(circuit, Noise()).means(targets)
    noisy = outcomes(circuit, noise)
    expansion = Symmetry().expand(circuit, 0)
    found = expansion.combine([noisy], targets)
    assert np.abs(found - truth).max() < 0.7 * np.abs(noisy.means(targets) - truth).max()


def test_no_shot_left_is_said():
    tally = Tally(np.array([[0, 1]], dtype=np.int8), np.array([5.0]))
    with pytest.raises(ProviderError, match="none of 5 shots"):
        verified(tally, [Parity((0, 1), odd=False)])
