"""What the planner refuses, what it chooses, and at which price."""

from decimal import Decimal
from pathlib import Path

import pytest

from qml.backends.base import Capabilities
from qml.circuits import z
from qml.config import validate
from qml.config.sections import MitigationSection
from qml.errors import PlanError
from qml.mitigation.base import Noise
from qml.mitigation.error import Case, Error
from qml.mitigation.settings import settings
from qml.planning.mitigated import acts, amounts, noise_of, switched
from qml.planning.mitigation import MATTERS, clear, plan_mitigation
from qml.seeds import Seeds
from qml.session import World
from qml.tasks.prepare import prepare_training
from qml.testing.fake_run import Heard
from qml.testing.fake_vendor import FakeClock
from tests.mitigation.circuits import layered

NOISE = Noise(0.0, 0.06, 0.0)
FREE = Decimal(0)


def plan(shots, noise=NOISE, *, price=lambda section: FREE, spelled=True, **section):
    found = tuple(settings((z(0),)))
    circuit = layered(2, 3)
    cases = [Case(circuits=tuple(s.of(circuit) for s in found), settings=found)]
    return plan_mitigation(
        MitigationSection.model_validate(section),
        noise,
        cases,
        shots,
        price=price,
        spelled=spelled,
    )


def test_a_method_that_makes_it_worse_is_refused_with_numbers():
    with pytest.raises(PlanError, match=r"needs \d+\.\dx the shots .* at 100 shots .* refused"):
        plan(100, method="zne")


@pytest.mark.parametrize("shots", [300, 1000])
def test_a_correction_that_changes_little_is_not_refused(shots):
    found = plan(shots, Noise(0.0005, 0.0133, 0.005), method="readout")
    assert found.chosen.refused is None
    assert found.chosen.error.square == pytest.approx(found.plain.error.square, rel=MATTERS)


def test_a_difference_counts_where_it_is_sure_and_matters():
    plain = Error(0.1, 0.0)
    assert clear(plain, Error(0.11, 0.0))
    assert not clear(plain, Error(0.102, 0.0))
    assert not clear(plain, Error(0.11, 0.0, uncertainty=0.002))
    assert not clear(plain, Error(0.11, 0.0), factor=2.0)


def test_more_circuits_than_shots_are_refused():
    with pytest.raises(PlanError, match="50 circuits in place of one, which share 20 shots"):
        plan(20, method="pec")


def test_who_insists_gets_it():
    assert plan(100, method="zne", refuse=False).chosen.refused is not None


def test_a_method_that_helps_is_taken():
    found = plan(100_000, method="zne")
    assert found.section.method == "zne"
    assert found.chosen.error.root < 0.5 * found.plain.error.root
    assert "error 0." in found.sentence


def test_auto_takes_none_where_shots_are_few_and_something_where_they_are_many():
    assert plan(20, method="auto").section.method == "none"
    found = plan(200_000, method="auto")
    assert found.section.method in {"zne", "pec"}
    assert found.chosen.error.square == min(
        f.error.square for f in found.forecasts if f.error is not None
    )


def test_auto_minds_the_price():
    def price(section):
        return Decimal(1) if section.method == "none" else Decimal(10_000)

    assert plan(200_000, price=price, method="auto").section.method == "none"


def test_what_a_compiler_would_undo_is_no_candidate():
    names = [f.name for f in plan(1000, spelled=False, method="auto").forecasts]
    assert names == ["none", "symmetry"]
    assert plan(1000, spelled=False, method="auto").forecasts[1].refused is not None


def test_unknown_noise_predicts_nothing_and_auto_stays_away():
    found = plan(100_000, noise=None, method="auto")
    assert (found.section.method, found.plain.error) == ("none", None)


def test_the_vendors_own_is_not_predicted():
    found = plan(1000, method="debiasing")
    assert found.chosen.error is None
    assert "nothing can be told" in found.sentence


def test_the_document_names_every_method():
    document = plan(1000, method="auto").document()
    assert document["methods"][0]["method"] == "none"
    assert document["chosen"] in {m["method"] for m in document["methods"]}


def test_noise_is_what_is_told_then_what_a_simulator_has_then_what_is_published():
    def noise(device=None, *, exact=False, **sections):
        config = validate(sections)
        able = Capabilities(
            qubits=9, exact=exact, samples=True, noise=False, remote=device is not None
        )
        return noise_of(config.mitigation, config.backend, able, device)

    told = {"noise": {"depolarizing2": 0.5}}
    assert noise(mitigation=told, backend={"noise": {"model": "aria-1"}}).two_qubit == 0.5
    assert noise(backend={"noise": {"model": "aria-1"}}) == Noise(0.0005, 0.0133, 0.0)
    assert noise(exact=True) == Noise()
    assert noise() is None  # a vendor's model of a machine, in this process
    assert noise("forte-enterprise-1").two_qubit == 0.004949333
    assert noise("garnet") is None


def test_it_acts_only_on_shots():
    assert not acts(validate({"mitigation": {"method": "zne"}}))
    assert acts(validate({"mitigation": {"method": "zne"}, "backend": {"shots": 5}}))
    assert not acts(validate({"backend": {"shots": 5}}))
    assert acts(validate({"mitigation": {"overhead": 2}, "backend": {"shots": 5}}))


def test_debiasing_turns_the_vendors_switch():
    config = switched(validate({"mitigation": {"method": "debiasing"}}))
    assert config.backend.ionq.debiasing
    assert config.backend.azure.debiasing
    assert not switched(validate({})).backend.ionq.debiasing


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
