"""The Born machine: its loss is that of the circuit's own distribution."""

import jax
import numpy as np
import pytest

from qml import engine
from qml.algorithms.generators import born_machine
from qml.config.sections import ModelSection
from qml.errors import PlanError
from qml.results import mmd


@pytest.mark.long
def test_the_loss_is_the_mmd_of_the_circuit():
    engine.setup(precision="float64")
    section = ModelSection(kind="born_machine", layers=1, ansatz="ising")
    model = born_machine.build(section, 3)
    rows = (np.random.default_rng(0).random((100, 3)) < 0.3).astype(np.float64)
    params = model.init(rows, 1)
    look = model.look(params, (), rows, np.ones(100), jax.random.key(0))
    p = model.probabilities(params)
    sigmas = section.generator.sigmas
    assert float(look.loss) == pytest.approx(mmd.mmd2(p, mmd.empirical(rows), sigmas), abs=1e-12)
    direct = engine.probabilities([model.circuit(params)], precision="float64")[0]
    assert np.array_equal(p, direct)
    assert np.abs(look.gradient["weights"]).max() > 0


def test_a_state_that_would_not_fit_is_refused():
    with pytest.raises(PlanError, match="30 bits would need its state"):
        born_machine.build(ModelSection(kind="born_machine"), 30)
