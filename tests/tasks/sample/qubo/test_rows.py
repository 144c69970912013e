"""What is proven, and what a machine behind a name is."""

import pytest

from qml.config import validate
from qml.tasks.sample.qubo.kinds import kind_of
from qml.tasks.sample.qubo.rows import lowest, refuted


def row(solver, best, bound=None):
    return {"solver": solver, "best": best, "bound": bound}


def test_a_bound_that_is_reached_proves():
    assert lowest([row("exact", -5.0, -5.0), row("tabu", -4.0)]) == (-5.0, -5.0)
    assert lowest([row("exact", None, -5.0), row("tabu", -4.0)]) == (-5.0, None)


def test_a_bound_that_is_too_high_is_caught_and_proves_nothing():
    rows = [row("exact", -5.0, -5.0), row("tabu", -5.1)]
    assert refuted(rows) == ["exact"]
    assert lowest(rows) == (None, None)
    assert lowest([*rows, row("other", None, -7.0)]) == (-7.0, None)


def test_rounding_refutes_nothing():
    rows = [row("exact", -5.0, -5.0), row("tabu", -5.0 - 1e-12)]
    assert refuted(rows) == []
    assert lowest(rows)[1] == -5.0 - 1e-12


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("dwave", "mock"),
        ("dwave.mock", "mock"),
        ("dwave.hybrid_binary_quadratic_model_version2", "hybrid"),
        ("dwave.Advantage_system4.1", "annealer"),
    ],
)
def test_what_is_behind_the_name_of_dwave(name, kind):
    config = validate({"backend": {"name": name}})
    assert kind_of("dwave", frozenset({"dwave"}), config) == kind
    assert kind_of("qaoa", frozenset({"qaoa"}), config) == "circuits"
    assert kind_of("tabu", frozenset({"dwave"}), config) == "classical"
