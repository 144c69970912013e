"""The cheapest way to the same, told in a plan."""

import re

import numpy as np

from qml.algorithms.models import Shape
from qml.backends.registry import open_backend
from qml.config import validate
from qml.planning.site import Site
from qml.planning.training import plan_training
from qml.plugins import load
from qml.pricing import Tariffs

ROWS = {"train": 20, "validation": 0, "test": 5}


def _plan(tmp_path, **backend):
    section = {"name": "ionq.forte-1", "shots": 1000, **backend}
    train = {"batch_size": 4, "steps": 2, "gradient": "parameter_shift"}
    config = validate({"backend": section, "train": train, "model": {"qubits": 2, "layers": 1}})
    model = load("models", "variational")(config.model, Shape(features=2, classes=2), tmp_path)
    opened = open_backend(config.backend)
    site = Site(
        name="ionq.forte-1",
        capabilities=opened.capabilities,
        remote=opened,
        tariff=Tariffs.load().find("ionq", "forte-1"),
    )
    features = np.random.default_rng(0).uniform(-1, 1, (20, 2))
    plan = plan_training(config, model, site, rows=ROWS, features=features)
    opened.close()
    return plan


def test_a_plan_names_cheaper_gradients_free_shots_and_shared_registers(tmp_path):
    plan = _plan(tmp_path)
    text = "\n".join(plan.advice)
    assert "`spsa` is the cheapest a step" in text
    assert "spsa: 8 circuits, 206.32" in text
    assert "backend.shots = " in text
    assert "(backend.pack = true)" in text


def test_free_shots_are_really_free(tmp_path):
    advice = next(tip for tip in _plan(tmp_path).advice if "backend.shots" in tip)
    most = int(re.search(r"backend.shots = (\d+)", advice)[1])
    assert "if it holds once a job, they cost more" in advice
    assert most > 1000
    before = _plan(tmp_path).purchase.expected
    assert _plan(tmp_path, shots=most).purchase.expected == before
    assert _plan(tmp_path, shots=most + 1).purchase.expected > before


def test_side_by_side_costs_what_the_advice_says(tmp_path):
    advice = next(tip for tip in _plan(tmp_path).advice if "backend.pack" in tip)
    packed = _plan(tmp_path, pack=True).purchase.expected
    assert f"about {packed:,.2f} instead" in advice


def test_mitigation_is_named_where_it_costs(tmp_path):
    plan = _plan(tmp_path, ionq={"debiasing": True})
    assert any("debiasing = false" in tip for tip in plan.advice)


def test_packed_shots_are_free_whatever_the_minimum_holds_for(tmp_path):
    packed = _plan(tmp_path, pack=True, shots=100)
    advice = next(tip for tip in packed.advice if "backend.shots" in tip)
    most = int(re.search(r"backend.shots = (\d+)", advice)[1])
    before, after = packed.purchase, _plan(tmp_path, pack=True, shots=most).purchase
    assert (after.low, after.expected, after.high) == (before.low, before.expected, before.high)
