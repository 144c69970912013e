import numpy as np
import pytest

from qml.algorithms.gradients.shift import rule
from qml.circuits.gates import GATES, matrix
from qml.errors import PlanError

SHIFTABLE = [name for name, spec in GATES.items() if spec.frequencies]


@pytest.mark.parametrize("name", SHIFTABLE)
def test_the_rule_of_every_gate_equals_finite_differences(name):
    spec = GATES[name]
    rng = np.random.default_rng(len(name))
    size = 2**spec.wires
    state = rng.normal(size=size) + 1j * rng.normal(size=size)
    state /= np.linalg.norm(state)
    observable = rng.normal(size=(size, size)) + 1j * rng.normal(size=(size, size))
    observable = observable + observable.conj().T
    params = rng.uniform(-1, 1, spec.params)

    def expectation(values):
        after = matrix(name, values) @ state
        return (after.conj() @ observable @ after).real

    for place in range(spec.params):
        unit = np.eye(spec.params)[place]
        shifted = sum(w * expectation(params + s * unit) for w, s in rule(name))
        h = 1e-5
        finite = (expectation(params + h * unit) - expectation(params - h * unit)) / (2 * h)
        assert shifted == pytest.approx(finite, abs=1e-7)


def test_gates_without_a_rule_are_refused():
    with pytest.raises(PlanError, match="`gpi2` has no parameter-shift rule"):
        rule("gpi2")
