"""Suite `qubo`: every cell is a valid run with its optimum known, and none that cannot run."""

import pytest

from qml.benchmarking.base import Wanted
from qml.benchmarking.suites import qubo
from qml.config import Config
from qml.errors import UsageError
from qml.problems.named import instance
from qml.tasks.bench.matrix import cell_config

WANTED = Wanted(backends=("jax",), seeds=(0, 1))


def build(**wanted):
    return qubo.build(Wanted(**{"backends": ("jax",), "seeds": (0,), **wanted}))


def test_places_differ_and_instances_exist():
    suite = qubo.build(WANTED)
    places = [cell.place for cell in suite.cells]
    assert len(set(places)) == len(places)
    for name in {place.data for place in places}:
        assert instance(name).optimum != 0


def test_roles_are_honest():
    roles = {cell.place.model: cell.role for cell in qubo.build(WANTED).cells}
    assert {name for name, role in roles.items() if role == "quantum"} == {"qaoa", "vqe"}
    assert roles["path_integral"] == "classical"
    assert roles["vqe_separable"] == "twin"


def test_budgets_are_equal_in_a_row():
    found = {}
    for cell in qubo.build(WANTED).cells:
        spent = cell.settings["sample.qubo.evaluations"]
        assert found.setdefault(cell.place.data, spent) == spent


def test_circuits_have_no_sequences_and_classical_ones_no_backend():
    cells = qubo.build(WANTED).cells
    assert not any(c.place.model in qubo.CIRCUITS for c in cells if "labs" in c.place.data)
    assert {c.place.backend for c in cells if c.role == "classical"} == {"-"}


def test_settings_are_keys_of_the_configuration():
    suite = build(models=("vqe_separable", "tabu"), data=("bqp:1",))
    configs = [cell_config(cell, suite, Config()) for cell in suite.cells]
    assert [c.sample.qubo.solvers for c in configs] == [["vqe"], ["tabu"]]
    assert configs[0].sample.qubo.options == {"vqe": {"ansatz": "separable"}}


def test_a_wrong_row_is_refused():
    with pytest.raises(UsageError, match="labs:7"):
        build(data=("labs:7",))
