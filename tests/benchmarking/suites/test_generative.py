"""Suite `generative`: equal budgets, twins without coherence or entanglement, classical rivals."""

from qml.benchmarking.base import Wanted
from qml.benchmarking.suites import generative
from qml.config import Config
from qml.tasks.bench.matrix import cell_config
from qml.tasks.generative.checks import check_config, is_generative


def suite(**wanted):
    return generative.build(Wanted(backends=("jax",), **wanted))


def test_every_cell_is_a_generative_training_without_rivals_of_its_own():
    found = suite(seeds=(0, 1))
    for cell in found.cells:
        config = cell_config(cell, found, Config())
        assert is_generative(config)
        assert not config.baselines.enabled
        assert config.train.seed == cell.place.seed
        check_config(config)


def test_all_columns_have_as_many_steps():
    found = suite()
    steps = {cell_config(cell, found, Config()).train.steps for cell in found.cells}
    assert steps == {generative.STEPS}


def test_twins_and_rivals_stand_beside_the_circuits():
    roles = {cell.place.model: cell.role for cell in suite().cells}
    assert {"quantum", "twin", "classical"} == set(roles.values())
    assert roles["bitflip"] == "twin"


def test_the_small_rival_has_about_as_many_numbers_as_the_circuit():
    from qml.plugins import load

    found = suite(models=("iqp", "rbm_small"), data=("blobs8",))
    sizes = []
    for cell in found.cells:
        config = cell_config(cell, found, Config())
        model = load("generators", config.model.kind).build(config.model, 16)
        params = model.init(_rows(), 0)
        sizes.append(sum(value.size for value in params.values()))
    assert 0.8 < sizes[1] / sizes[0] < 1.25


def _rows():
    import numpy as np

    return np.random.default_rng(0).integers(0, 2, (50, 16)).astype(np.float32)
