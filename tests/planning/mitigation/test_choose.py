"""What the planner refuses, what it chooses, and at which price."""

from decimal import Decimal

import pytest

from qml.circuits import z
from qml.config.sections import MitigationSection
from qml.errors import PlanError
from qml.mitigation.base import Noise
from qml.mitigation.error import Case, Error
from qml.mitigation.settings import settings
from qml.planning.mitigation.choose import MATTERS, clear, plan_mitigation
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
