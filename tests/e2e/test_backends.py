"""The same training on every backend: one line differs."""

import pytest


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("lightning", []),
        ("default.qubit", []),
        ("qsim", ["backend.shots=100", "train.gradient=spsa"]),
        ("aer", ["backend.shots=100", "train.gradient=guided_spsa", "backend.noise.model=forte-1"]),
        ("auto", []),
    ],
)
def test_training_on(project, name, settings):
    pairs = ["train.steps=3", *settings]
    options = [part for pair in pairs for part in ("--set", pair)]
    document = project.train("--backend", name, *options)
    assert document["metrics"]["steps"] == 3
    assert document["backend"] == ("jax" if name == "auto" else name)


def test_exact_backends_agree(project):
    found = [
        project.train(
            "--backend", name, "--set", "train.steps=5", "--set", "backend.precision=float64"
        )
        for name in ("jax", "lightning")
    ]
    losses = [f["metrics"]["loss"] for f in found]
    assert losses[0] == pytest.approx(losses[1], abs=1e-6)


def test_kernels_and_hybrids_train(project):
    for settings in (["model.kind=kernel"], ["model.kind=hybrid", "train.steps=5"]):
        options = [part for pair in settings for part in ("--set", pair)]
        document = project.train(*options)
        assert document["metrics"]["test_accuracy"] > 0.4
        project.qml("predict", document["run_id"], "points.csv")
