"""The evaluator that mitigates: what it submits, and what comes out."""

import numpy as np
import pytest

from qml.backends.base import Capabilities, Results
from qml.backends.ionq.compilation import Compilation
from qml.circuits import Observable, ZeroProjector, pauli, z
from qml.config import validate
from qml.errors import PlanError
from qml.execution.evaluator import BackendEvaluator
from qml.execution.mitigated import MitigatedEvaluator, open_evaluator
from qml.mitigation.base import Noise
from qml.mitigation.density import outcomes
from qml.results.counts import Counts
from qml.testing import reference
from tests.mitigation.circuits import layered

NOISE = {"depolarizing": 0.0, "depolarizing2": 0.03, "readout": 0.02}


class FakeBackend:
    """A simulator of this process, or a machine whose compiler nobody knows."""

    name, device = "fake", "one"

    def __init__(self, *, remote=False):
        self.capabilities = Capabilities(
            qubits=9, exact=True, samples=True, noise=True, remote=remote
        )


class FakeIon(FakeBackend):
    """A machine that takes its own gates."""

    def __init__(self):
        super().__init__(remote=True)
        self.native = Compilation("forte").native


class Sampler:
    """Draws shots from density matrices, and remembers what was asked."""

    def __init__(self, noise=None):
        self.noise = Noise(0.0, 0.03, 0.02) if noise is None else noise
        self.works, self.names = [], []

    def run(self, work, name):
        self.works.append(work)
        self.names.append(name)
        rng = np.random.default_rng(work.seed)
        return Results(counts=tuple(self._counts(c, work.shots, rng) for c in work.circuits))

    def _counts(self, circuit, shots, rng):
        drawn = rng.multinomial(shots, outcomes(circuit, self.noise).times)
        keys = {format(i, f"0{circuit.wires}b"): int(n) for i, n in enumerate(drawn) if n}
        return Counts(circuit.wires, keys)


def evaluator(sampler, *, shots=1000, seed=0, backend=None, **mitigation):
    config = validate(
        {"backend": {"name": "aer", "shots": shots, "noise": NOISE}, "mitigation": mitigation}
    )
    return open_evaluator(config, backend or FakeBackend(), sampler, seed=seed)


def test_nothing_asked_for_is_the_plain_evaluator():
    assert type(evaluator(Sampler())) is BackendEvaluator
    assert type(evaluator(Sampler(), method="auto")) is BackendEvaluator
    assert type(evaluator(Sampler(), method="zne")) is MitigatedEvaluator


@pytest.mark.parametrize("method", ["zne", "readout", "pec"])
def test_many_shots_come_close_to_the_truth(method):
    circuits = [layered(2, 3)]
    observables = (z(0), pauli("XX", (0, 1)))
    truth = reference.expectations(circuits, observables)
    options = {"pec": {"circuits": 60}, "readout": {"beside": True}}
    plain = evaluator(Sampler(), shots=400_000, overhead=2).expectations(circuits, observables)
    noise = Noise(0.0, 0.0, 0.02) if method == "readout" else Noise(0.0, 0.03, 0.02)
    made = evaluator(Sampler(noise), shots=400_000, method=method, **options)
    found = made.expectations(circuits, observables)
    assert np.abs(found - truth).max() < 0.5 * np.abs(plain - truth).max()


def test_variants_share_the_shots_of_one_submission():
    sampler = Sampler()
    made = evaluator(sampler, shots=900, overhead=2, method="zne")
    made.begin("step/1")
    made.expectations([layered(2, 2)], (z(0), pauli("X", (0,))))
    (work,) = sampler.works
    assert sampler.names == ["step/1/0"]
    assert (len(work.circuits), work.shots) == (2 * 3, 600)


def test_calibration_runs_once():
    sampler = Sampler()
    made = evaluator(sampler, method="readout", readout={"shots": 77})
    for stage in ("step/1", "step/2"):
        made.begin(stage)
        made.expectations([layered(2, 1)], (z(0),))
    assert sampler.names == ["mitigation/readout/2", "step/1/0", "step/2/0"]
    assert sampler.works[0].shots == 77


@pytest.mark.parametrize("method", ["zne", "pec"])
def test_the_same_seed_and_stage_ask_for_the_same_work(method):
    works = []
    for seed in (3, 3, 4):
        sampler = Sampler()
        made = evaluator(sampler, seed=seed, method=method)
        made.begin("step/9")
        made.expectations([layered(2, 2)], (z(0),))
        works.append(sampler.works[0])
    assert works[0] == works[1] != works[2]


def test_gates_of_a_machine_are_folded_and_sent_as_they_are():
    sampler, circuit = Sampler(Noise()), layered(3, 2)
    made = evaluator(sampler, backend=FakeIon(), method="zne", shots=30_000)
    found = made.expectations([circuit], (z(0),))
    compilation = Compilation("forte")
    sizes = [compilation.of(c).size.two_qubit for c in sampler.works[0].circuits]
    assert [s / sizes[0] for s in sizes] == [1, 3, 5]
    assert all(compilation.of(c).circuit is c for c in sampler.works[0].circuits)
    assert found[0, 0] == pytest.approx(reference.expectation(circuit, z(0)), abs=0.1)


def test_a_compiler_that_would_undo_it_is_refused():
    sampler = Sampler()
    made = evaluator(sampler, backend=FakeBackend(remote=True), method="zne")
    with pytest.raises(PlanError, match="undone by its compiler"):
        made.expectations([layered(2, 1)], (z(0),))
    assert not sampler.works


def test_overlaps_of_kernels_are_mitigated_too():
    circuit = layered(2, 2)
    whole = circuit + circuit.inverse()
    made = evaluator(Sampler(Noise(0, 0, 0.02)), shots=200_000, method="readout")
    assert made.expectations([whole], (ZeroProjector(),))[0, 0] == pytest.approx(1, abs=0.01)


def test_shots_go_where_the_variance_is():
    """H = 5 Z on |0>, whose variance is 0, and X, whose variance is 1."""
    observable = Observable(((5.0, ((0, "Z"),)), (1.0, ((0, "X"),))))
    sampler = Sampler(Noise())
    made = evaluator(sampler, shots=1000, allocation="neyman")
    made.begin("step/1")
    found = made.expectations([layered(1, 0)], (observable,))
    assert sampler.names[0] == "step/1/0"
    assert sampler.works[0].shots == 200
    spent = [w.shots * len(w.circuits) for w in sampler.works]
    assert sum(spent) == 2000
    assert max(w.shots for w in sampler.works[1:]) > 1100
    assert found[0, 0] == pytest.approx(5, abs=0.15)


def test_allocated_shots_have_less_variance_than_equal_ones():
    observable = Observable(((0.2, ((0, "Z"),)), (3.0, ((0, "X"),))))
    spread = {}
    for allocation in ("uniform", "neyman"):
        values = [
            evaluator(
                Sampler(Noise()), shots=200, seed=seed, allocation=allocation, overhead=2
            ).expectations([layered(1, 0)], (observable,))[0, 0]
            for seed in range(150)
        ]
        spread[allocation] = np.var(values)
    assert spread["neyman"] < 0.8 * spread["uniform"]
