from pathlib import Path

import jax
import numpy as np
import pytest

from qml.algorithms.gradients import Batch
from qml.algorithms.models import Shape
from qml.config.sections import ModelSection, TrainSection
from qml.errors import PlanError
from qml.plugins import load

ROWS, FEATURES = 5, 3


class Exact:
    """An evaluator that measures exactly but has no differentiable circuit."""

    def __init__(self, inner):
        self.inner, self.submissions = inner, []

    exact = True

    def expectations(self, circuits, observables):
        self.submissions.append(len(circuits))
        return self.inner.expectations(circuits, observables)

    def differentiable(self, model):
        return None


@pytest.fixture
def problem():
    rng = np.random.default_rng(0)
    mask = np.array([1, 1, 1, 1, 0], dtype=np.float32)
    return Batch(
        rng.uniform(-1, 1, (ROWS, FEATURES)).astype(np.float32),
        rng.integers(0, 3, ROWS).astype(np.int32),
        mask,
    )


def build(kind: str, **settings):
    section = ModelSection(kind=kind, qubits=3, layers=2, **settings)
    return load("models", kind)(section, Shape(features=FEATURES, classes=3), Path())


def backprop_of(model, evaluator, section):
    """The exact gradient, compiled as training compiles it."""
    method = load("gradients", "backprop").make(model, evaluator, section)
    return jax.jit(lambda params, batch: method(params, batch, 0))


def params_of(model):
    return {k: np.asarray(v, dtype=np.float32) for k, v in model.init(0).items()}


@pytest.mark.parametrize(
    "settings",
    [
        {"kind": "variational"},
        {"kind": "variational", "reuploading": True, "ansatz": "ising"},
        {"kind": "hybrid"},
        {"kind": "hybrid", "initialisation": "identity_blocks", "ansatz": "brickwork"},
    ],
)
def test_parameter_shift_equals_backprop(settings, problem, evaluator_of):
    model = build(**settings)
    section = TrainSection()
    exact = backprop_of(model, evaluator_of(), section)
    evaluator = Exact(evaluator_of())
    shift = load("gradients", "parameter_shift").make(model, evaluator, section)
    params = params_of(model)
    wanted, found = exact(params, problem), shift(params, problem, 0)
    assert np.isclose(wanted.loss, found.loss, atol=1e-5)
    assert wanted.accuracy == found.accuracy
    for name, gradient in wanted.gradient.items():
        assert np.allclose(gradient, found.gradient[name], atol=2e-5), name


def test_a_step_is_one_submission_of_the_planned_size(problem, evaluator_of):
    model, section = build("hybrid"), TrainSection(perturbations=2)
    for name in ("parameter_shift", "spsa"):
        evaluator = Exact(evaluator_of())
        family = load("gradients", name)
        family.make(model, evaluator, section)(params_of(model), problem, 0)
        assert evaluator.submissions == [family.circuits(model, section, 4)]


def test_spsa_averages_to_the_gradient(problem, evaluator_of):
    model, section = build("variational"), TrainSection(perturbations=400)
    exact = backprop_of(model, evaluator_of(), section)
    spsa = load("gradients", "spsa").make(model, Exact(evaluator_of()), section)
    params = params_of(model)
    wanted, found = exact(params, problem), spsa(params, problem, 7)
    a, b = (
        np.concatenate([np.ravel(g[k]) for k in sorted(g)])
        for g in (wanted.gradient, found.gradient)
    )
    cosine = a @ b / np.linalg.norm(a) / np.linalg.norm(b)
    assert cosine > 0.8


def test_spsa_repeats_with_its_seed(problem, evaluator_of):
    model, section = build("variational"), TrainSection()
    spsa = load("gradients", "spsa").make(model, Exact(evaluator_of()), section)
    params = params_of(model)
    one, same, other = (spsa(params, problem, seed) for seed in (1, 1, 2))
    assert np.array_equal(one.gradient["weights"], same.gradient["weights"])
    assert not np.array_equal(one.gradient["weights"], other.gradient["weights"])


def test_guided_spsa_is_never_longer_than_its_guide_allows(problem, evaluator_of):
    model, section = build("variational"), TrainSection()
    family = load("gradients", "guided_spsa")
    evaluator = Exact(evaluator_of())
    found = family.make(model, evaluator, section)(params_of(model), problem, 0)
    assert sum(evaluator.submissions) == family.circuits(model, section, 4)
    assert all(np.all(np.isfinite(g)) for g in found.gradient.values())


def test_parameter_shift_on_samples_comes_near(problem, evaluator_of):
    model, section = build("variational"), TrainSection()
    exact = backprop_of(model, evaluator_of(), section)
    shift = load("gradients", "parameter_shift").make(model, evaluator_of(shots=4000), section)
    params = params_of(model)
    wanted, found = exact(params, problem), shift(params, problem, 0)
    assert np.allclose(wanted.gradient["weights"], found.gradient["weights"], atol=0.15)
    assert np.isclose(wanted.loss, found.loss, atol=0.15)


def test_backprop_is_refused_where_there_is_nothing_to_differentiate(evaluator_of):
    with pytest.raises(PlanError, match="cannot differentiate"):
        load("gradients", "backprop").make(
            build("variational"), evaluator_of(shots=10), TrainSection()
        )
