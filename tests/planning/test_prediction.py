"""What answers for rows would cost."""

from decimal import Decimal

import numpy as np
import pytest

from qml.algorithms.models import Shape
from qml.algorithms.training.predict import CHUNK
from qml.config import validate
from qml.errors import PlanError
from qml.planning.prediction import plan_prediction
from qml.planning.site import Site
from qml.plugins import load
from qml.pricing.tasks import TasksTariff
from qml.testing.fake_vendor import FakeAccount, FakeClock, FakeRemote

TARIFF = TasksTariff(
    provider="fake", device="one", source="test", currency="USD", task=Decimal(1), shot=Decimal(0)
)


@pytest.fixture
def remote():
    opened = FakeRemote(FakeAccount(None, FakeClock().now), circuits_per_job=10_000)
    yield opened
    opened.close()


def _plan(tmp_path, site, kind="variational", rows=7, support=0, qubits=2, **backend):
    config = validate(
        {
            "backend": {"name": "fake", "shots": 10, **backend},
            "model": {"kind": kind, "qubits": qubits, "layers": 1},
        }
    )
    model = load("models", kind)(config.model, Shape(features=2, classes=2), tmp_path)
    features = np.random.default_rng(0).uniform(-1, 1, (rows, 2))
    return plan_prediction(config, model, site, features, parameters=5, support=support)


def _site(remote):
    facts = {"name": "fake.one", "capabilities": remote.capabilities}
    return Site(**facts, remote=remote, tariff=TARIFF)


def test_one_circuit_a_row(tmp_path, remote):
    plan = _plan(tmp_path, _site(remote))
    assert (plan.circuits, plan.shots, plan.purchase.jobs) == (7, 70, 1)
    assert plan.purchase.expected == Decimal(1)
    assert plan.rows == {"predict": 7}


def test_many_rows_go_out_in_chunks(tmp_path, remote):
    plan = _plan(tmp_path, _site(remote), rows=2 * CHUNK + 1)
    assert (plan.circuits, plan.purchase.jobs) == (2 * CHUNK + 1, 3)


def test_a_kernel_meets_its_support_vectors(tmp_path, remote):
    plan = _plan(tmp_path, _site(remote), kind="kernel", support=4)
    assert (plan.circuits, plan.purchase.circuits, plan.purchase.jobs) == (28, 28, 1)


def test_side_by_side(tmp_path, remote):
    plan = _plan(tmp_path, _site(remote), pack=True)
    assert (plan.circuits, plan.purchase.circuits) == (7, 2)


def test_here_it_is_free(tmp_path, remote):
    from qml.backends.registry import capabilities_of
    from qml.config.sections import BackendSection

    here = capabilities_of(BackendSection())
    plan = _plan(tmp_path, Site(name="jax", capabilities=here), name="jax", shots=0)
    assert plan.purchase.free
    assert (plan.circuits, plan.shots) == (7, 0)
    kernel = _plan(
        tmp_path, Site(name="jax", capabilities=here), "kernel", support=4, name="jax", shots=0
    )
    assert kernel.circuits == 11, "states of the rows and of the support vectors"


def test_too_many_qubits(tmp_path, remote):
    with pytest.raises(PlanError, match="13 qubits"):
        _plan(tmp_path, _site(remote), qubits=13)
