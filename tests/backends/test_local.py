import json

import pytest

from qml.backends.base import Intent
from qml.backends.registry import open_backend
from qml.circuits import Circuit, Gate, Work, z
from qml.config.sections import BackendSection
from qml.config.sections.backend import NoiseSection
from qml.errors import PlanError
from qml.testing.circuits import bell


@pytest.fixture
def backend():
    return open_backend(BackendSection(name="qsim"))


def test_only_the_latest_jobs_are_remembered(backend):
    for i in range(40):
        backend.submit(Work(circuits=(bell(),), shots=1, seed=i), Intent(key=str(i), digest=""))
    assert backend.find(Intent(key="39", digest="")) is not None
    assert backend.find(Intent(key="0", digest="")) is None
    backend.close()
    assert backend.find(Intent(key="39", digest="")) is None


def test_an_empty_batch_has_empty_results(backend):
    job = backend.submit(Work(circuits=(), observables=(z(0),)), Intent(key="a", digest=""))
    assert backend.fetch(job).expectations.shape == (0, 1)
    job = backend.submit(Work(circuits=(), shots=5), Intent(key="b", digest=""))
    assert backend.fetch(job).counts == ()


@pytest.mark.parametrize("name", ["default.qubit", "lightning", "aer", "jax"])
def test_an_empty_batch_everywhere(name):
    test_an_empty_batch_has_empty_results(open_backend(BackendSection(name=name)))


def test_shots_take_exact_roads_away():
    from qml.testing.circuits import model

    for name in ("jax", "default.qubit", "lightning", "qsim", "aer"):
        backend = open_backend(BackendSection(name=name, shots=10))
        assert backend.differentiable(model()) is None
        assert backend.overlaps(model()) is None


def test_the_snapshot_names_versions_precision_and_threads():
    backend = open_backend(BackendSection(name="qsim", threads=1))
    found = json.loads(json.dumps(backend.snapshot()))
    assert found["packages"]["qsimcirq"]
    assert (found["precision"], found["threads"], found["noise"]) == ("float32", 1, None)


def test_qsim_refuses_float64():
    with pytest.raises(PlanError, match="float32 only"):
        open_backend(BackendSection(name="qsim", precision="float64"))


@pytest.mark.parametrize("name", ["qsim", "aer"])
@pytest.mark.parametrize("noise", [{}, {"depolarizing": 0.05, "readout": 0.1}])
def test_threads_do_not_change_counts(name, noise):
    wide = Circuit.of(10, [Gate("h", (w,)) for w in range(10)])
    work = Work(circuits=(bell(), wide), shots=200, seed=2)
    section = BackendSection(name=name, noise=NoiseSection(**noise))
    found = [
        backend.fetch(backend.submit(work, Intent(key="a", digest=""))).counts
        for threads in (1, 2)
        for backend in [open_backend(section.model_copy(update={"threads": threads}))]
    ]
    assert found[0] == found[1]
