"""The suites `speed`, `compile` and `cost`: their cells are configurations that can be used."""

import pytest

from qml import plugins
from qml.benchmarking.base import Wanted
from qml.benchmarking.measurements.compile.cases import CASES
from qml.benchmarking.measurements.compile.measure import COMPILERS
from qml.benchmarking.measurements.step.options import PEERS
from qml.benchmarking.suites import compile as compiling
from qml.benchmarking.suites import cost, speed
from qml.config import Config
from qml.errors import UsageError
from qml.tasks.bench.matrix import cell_config

SUITES = [speed, compiling, cost]


@pytest.mark.parametrize("suite", SUITES)
def test_every_cell_is_a_measurement_that_its_options_fit(suite):
    built = suite.build(Wanted(backends=("jax",), seeds=(0,)))
    for cell in built.cells:
        config = cell_config(cell, built, Config())
        plugins.load("measurements", config.measure.kind).check(config.measure.options)
    assert len({cell.place for cell in built.cells}) == len(built.cells)


def test_peers_and_compilers_stand_beside_ours_on_every_row():
    built = speed.build(Wanted(seeds=(3, 4)))
    assert len(built.cells) == len(PEERS) * len(speed.ROWS)
    assert {c.role for c in built.cells if c.place.model != "qml"} == {"peer"}
    assert all(c.alone and c.place.seed == 3 for c in built.cells)
    assert len(compiling.build(Wanted()).cells) == len(CASES) * len(COMPILERS)


def test_cost_has_rivals_for_nothing_and_machines_for_hire():
    built = cost.build(Wanted(backends=("jax",)))
    roles = {c.place.model: c.role for c in built.cells}
    assert roles["variational"] == "quantum"
    assert roles["separable"] == "twin"
    assert {roles[name] for name in cost.RIVALS} == {"classical"}
    assert {c.place.backend for c in built.cells} == {"-", *cost.DEVICES}
    # nothing leaves this machine: the machine is priced, the cell runs on a simulator
    assert {c.settings["backend.name"] for c in built.cells} == {"jax"}
    one = cost.build(Wanted(backends=("braket.garnet",), models=("variational",)))
    assert {c.place.backend for c in one.cells} == {"braket.garnet"}


@pytest.mark.parametrize("suite", SUITES)
def test_unknown_names_are_refused(suite):
    with pytest.raises(UsageError, match="has no model `nope`"):
        suite.build(Wanted(models=("nope",)))
    with pytest.raises(UsageError, match="has no data `nope`"):
        suite.build(Wanted(data=("nope",)))
