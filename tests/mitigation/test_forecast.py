"""Predictions of an error against shots that are really drawn, and against closed forms."""

import numpy as np
import pytest

from qml.circuits import Circuit, Gate, Observable, ZeroProjector, pauli, z
from qml.config.sections import MitigationSection
from qml.mitigation.base import Noise
from qml.mitigation.decay import estimated, past
from qml.mitigation.density import outcomes
from qml.mitigation.error import Case
from qml.mitigation.forecast import computed, fits
from qml.mitigation.moments import method_of, sampled
from qml.mitigation.settings import assemble, settings
from qml.mitigation.shares import share
from qml.mitigation.tally import Tally
from tests.mitigation.circuits import layered

NOISE = Noise(0.0005, 0.0133, 0.01)


def case(circuit, *observables):
    found = tuple(settings(observables))
    return Case(circuits=tuple(s.of(circuit) for s in found), settings=found)


def method(name, **options):
    return MitigationSection.model_validate({"method": name, **options})


def test_without_mitigation_it_is_bias_and_binomial_variance():
    circuit = Circuit(1, (Gate("ry", (0,), (1.0,)),))
    noise = Noise(0.1, 0, 0.05)
    found = computed(method("none"), noise, [case(circuit, z(0))], 400)
    seen = np.cos(1.0) * 0.9 * 0.9
    assert found.bias == pytest.approx(np.cos(1.0) - seen)
    assert found.deviation == pytest.approx(np.sqrt((1 - seen**2) / 400))
    assert found.uncertainty == 0


@pytest.mark.parametrize("name", ["zne", "readout"])
def test_what_is_exact_is_what_draws_tell(name):
    section, noise, shots = method(name, readout={"shots": 200}), Noise(0, 0.02, 0.05), 300
    wanted = case(layered(2, 2), z(0), pauli("XX", (0, 1)))
    exact = computed(section, noise, [wanted], shots)
    variants = [method_of(section, noise, None).expand(c, 0).circuits for c in wanted.circuits]
    seen = [[outcomes(v, noise) for v in row] for row in variants]
    each = share(section, shots).shots
    drawn = sampled(section, noise, wanted, each, np.random.default_rng(1), seen)
    assert abs(drawn.square - exact.square) < 4 * np.hypot(drawn.uncertainty, exact.uncertainty)
    assert exact.uncertainty < drawn.uncertainty


@pytest.mark.parametrize("fit", ["richardson", "linear"])
def test_the_closed_form_knows_a_decay(fit):
    """One gate, whose whole past is in the observable: both ways agree."""
    gates = (Gate("ry", (0,), (np.pi / 3,)), *[Gate("cz", (0, 1))] * 6)
    cases = [case(Circuit(2, gates), z(0))]
    noise = Noise(0.0, 0.02, 0.0)
    section = method("zne", zne={"fit": fit})
    exact = computed(section, noise, cases, 3000)
    closed = estimated(section, noise, cases, 3000)
    assert closed.bias == pytest.approx(exact.bias, abs=0.01)
    assert closed.deviation == pytest.approx(exact.deviation, rel=0.2)


def test_extrapolation_harms_where_shots_are_few_and_helps_where_they_are_many():
    """The effect of arXiv:2605.08251: below a budget of shots the error grows."""
    cases = [case(layered(3, 4), z(0))]
    noise, zne = Noise(0.001, 0.02), method("zne")
    few = [computed(m, noise, cases, 300).root for m in (zne, method("none"))]
    many = [computed(m, noise, cases, 300_000).root for m in (zne, method("none"))]
    assert few[0] > 1.3 * few[1]
    assert many[0] < 0.5 * many[1]


def test_cancellation_has_no_bias_and_more_variance():
    cases = [case(layered(2, 3), z(0))]
    noise = Noise(0.0, 0.02, 0.0)
    found = computed(method("pec"), noise, cases, 1000)
    assert found.bias == 0
    assert found.deviation > computed(method("none"), noise, cases, 1000).deviation


def test_readout_is_corrected_at_the_price_of_variance():
    cases = [case(layered(2, 2), pauli("ZZ", (0, 1)))]
    noise = Noise(0, 0, 0.1)
    found, plain = (computed(method(m), noise, cases, 2000) for m in ("readout", "none"))
    assert found.bias < 0.2 * plain.bias
    assert found.deviation > plain.deviation


def test_bases_add_up_and_the_identity_is_one():
    observable = Observable(((0.5, ()), (2.0, ((0, "X"),)), (1.0, ((0, "Z"),))))
    circuit = Circuit(1, (Gate("ry", (0,), (0.7,)),))
    found = settings((observable,))
    assert len(found) == 2
    tallies = [Tally(np.array([[0]], dtype=np.int8), np.array([9.0])) for _ in found]
    values = [t.means(s.targets) * 3 for t, s in zip(tallies, found, strict=True)]
    assert assemble(values, found) == pytest.approx([0.5 + 3 * 2 + 3])
    error = computed(method("none"), Noise(), [case(circuit, observable)], 1000)
    assert error.bias < 0.02


def test_a_projector_is_one_setting():
    (found,) = settings((ZeroProjector(),))
    assert found.targets == (None,)
    assert computed(method("none"), NOISE, [case(layered(2, 1), ZeroProjector())], 100).root > 0


def test_large_circuits_take_the_closed_form():
    cases = [case(layered(12, 2), z(0))]
    assert not fits(method("none"), cases)
    assert estimated(method("symmetry"), NOISE, cases, 100) is None
    assert (
        estimated(method("pec"), NOISE, cases, 1000).bias
        < estimated(method("none"), NOISE, cases, 1000).bias
    )


def test_the_past_of_an_observable_counts():
    circuit = Circuit(3, (Gate("h", (0,)), Gate("cnot", (0, 1)), Gate("h", (2,)), Gate("x", (0,))))
    assert past(circuit, (1,)) == (1, 1)
    assert past(circuit, (2,)) == (1, 0)
    assert past(circuit, None) == (3, 1)
