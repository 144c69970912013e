"""A planned training with mitigation: its circuits, shots and price."""

from pathlib import Path

import pytest

from qml.config import validate
from qml.errors import PlanError
from qml.planning.mitigation.work import amounts
from qml.seeds import Seeds
from qml.session import World
from qml.tasks.prepare import prepare_training
from qml.testing.fake_run import Heard
from qml.testing.fake_vendor import FakeClock

TRAINING = {
    "data": {"name": "digits", "features": 2, "classes": [3, 8]},
    "model": {"kind": "variational", "qubits": 2, "layers": 1},
    "train": {"steps": 1, "gradient": "spsa"},
    "baselines": {"enabled": False},
}


def planned(**sections):
    """Plan a training, as `qml plan` does."""
    config = validate(TRAINING | sections)
    world = World(environ={}, progress=Heard(), clock=FakeClock())
    return prepare_training(config, Path(), Seeds(0), world)


def test_plan_and_price_of_a_training_grow_by_the_folded_gates():
    backend = {"name": "ionq.forte-1", "shots": 200_000}
    plain = planned(backend=backend).plan
    work = planned(backend=backend, mitigation={"method": "zne", "overhead": 3, "refuse": False})
    folded = work.plan
    assert work.config.mitigation.method == "zne"
    assert (folded.circuits, folded.shots) == (3 * plain.circuits, 3 * plain.shots)
    assert folded.purchase.two_qubit == 9 * plain.purchase.two_qubit  # 1 + 3 + 5
    assert folded.purchase.expected == 9 * plain.purchase.expected
    assert [m["price"] for m in folded.document()["mitigation"]["methods"]] == [
        f"{3 * plain.purchase.expected:.2f}",
        f"{folded.purchase.expected:.2f}",
    ]


def test_debiasing_is_planned_at_its_own_minimum():
    backend = {"name": "ionq.forte-1", "shots": 500}
    work = planned(backend=backend, mitigation={"method": "debiasing"})
    plain, debiased = work.plan.mitigation.forecasts
    assert work.backend.ionq.debiasing
    assert plain.price == planned(backend=backend).plan.purchase.expected < debiased.price


@pytest.mark.parametrize("method", ["zne", "pec"])
def test_machines_whose_compiler_would_undo_it_are_refused(method):
    with pytest.raises(PlanError, match="undone by its compiler"):
        planned(backend={"name": "ibm.fake_manila", "shots": 100}, mitigation={"method": method})


def test_exact_expectations_are_not_mitigated():
    with pytest.raises(PlanError, match="measured with shots"):
        planned(backend={"name": "aer"}, mitigation={"method": "zne"})
    with pytest.raises(PlanError, match="has no debiasing"):
        planned(backend={"name": "aer", "shots": 9}, mitigation={"method": "debiasing"})


def test_calibration_is_counted():
    section = validate({"mitigation": {"method": "readout", "readout": {"shots": 7}}}).mitigation
    assert amounts(section, 10, 100) == (12, 1014)
    assert amounts(section, 10, 0) == (10, 0)
    plain = planned(backend={"name": "aer", "shots": 90}).plan
    assert plain.shots == 90 * plain.circuits
