"""Cancelling and adopting jobs at a vendor loses no result and takes no other work for this one."""

import time
import urllib.request
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest

from qml.backends.base import Intent, Job
from qml.backends.registry import open_backend
from qml.circuits import Circuit, Gate, Work
from qml.config import load
from qml.emulators.ionq import serve
from qml.errors import ProviderError, UsageError
from qml.execution.submission.draft import Draft, Estimate, State
from qml.ports import Silence, SystemClock
from qml.session import World, open_project_ledger
from qml.tasks.jobs import adopt, cancel, job_document

TOML = '[project]\nname = "tiny"\n[backend]\nname = "ionq.forte-1"\nshots = 100\n'
WORK = Work(circuits=(Circuit.of(1, [Gate("ry", (0,), (0.3,))]),), shots=100, seed=1)
PRICE = Decimal("25.79")


@dataclass
class Shop:
    """A project, and the account that it buys with."""

    loaded: object
    world: World

    def backend(self):
        return open_backend(self.loaded.config.backend, environ=self.world.environ)

    def sent(self, key: str) -> Job:
        """Send a job that carries a key."""
        return self.backend().submit(WORK, Intent(key=key, digest="d"))

    def done(self, job: Job) -> None:
        """Wait until a job is over."""
        until = time.monotonic() + 20
        while not self.backend().poll(job).phase.final:
            assert time.monotonic() < until
            time.sleep(0.02)

    def intended(self, key: str, *, job: Job | None = None, state: State | None = None) -> None:
        """Journal an intent, and the job that it became."""
        estimate = Estimate(low=PRICE, expected=PRICE, high=PRICE)
        draft = Draft(
            key=key, run_id="r", name=key, provider="ionq", device="forte-1", digest="d",
            circuits=1, shots=100, one_qubit=1, two_qubit=0, estimate=estimate,
        )  # fmt: skip
        with open_project_ledger(self.loaded.config, self.loaded.root, self.world) as ledger:
            ledger.intend([draft])
            ledger.move(key, State.SENDING)
            if job is not None:
                ledger.move(key, State.SUBMITTED, job_id=job.id)
            elif state is not None:
                ledger.move(key, state)


@pytest.fixture
def shop(tmp_path):
    (tmp_path / "qml.toml").write_text(TOML)
    with serve(seed=1) as emulator:
        environ = {"IONQ_API_URL": emulator.url, "IONQ_API_KEY": "a-key-for-the-emulator"}
        world = World(environ=environ, progress=Silence(), clock=SystemClock())
        yield Shop(load(tmp_path, environ=environ), world)


def test_a_job_that_was_done_before_it_could_be_cancelled_is_settled(shop):
    job = shop.sent("k-1")
    shop.done(job)
    shop.intended("k-1", job=job)
    row = cancel(shop.loaded, shop.world, "k-1")["job"]
    assert row["state"] == "settled", "its results are paid for: a resumed run reads them"
    assert Decimal(row["billed"]) == PRICE


def test_a_job_of_other_work_is_not_adopted(shop):
    job = shop.sent("k-other")
    shop.intended("k-1", state=State.UNKNOWN)
    with pytest.raises(UsageError, match="carries the key k-other"):
        adopt(shop.loaded, shop.world, "k-1", job.id)


def test_its_own_job_is_adopted(shop):
    job = shop.sent("k-1")
    shop.intended("k-1", state=State.UNKNOWN)
    row = adopt(shop.loaded, shop.world, "k-1", job.id)["job"]
    assert (row["state"], row["provider_job_id"]) == ("submitted", job.id)


def test_a_job_that_was_deleted_at_the_vendor_is_given_up(shop):
    job = shop.sent("k-1")
    shop.done(job)
    shop.intended("k-1", job=job)
    request = urllib.request.Request(
        f"{shop.world.environ['IONQ_API_URL']}/jobs/{job.id}",
        method="DELETE",
        headers={"Authorization": "apiKey a-key-for-the-emulator"},
    )
    urllib.request.urlopen(request, timeout=10).close()
    row = cancel(shop.loaded, shop.world, "k-1")["job"]
    assert (row["state"], row["reserved"]) == ("cancelled", "0.00")
    assert Decimal(row["billed"]) == PRICE, "it may have been billed: the cap counts it"
    assert "does not know it any more" in row["detail"]


def test_a_job_is_not_given_up_because_the_vendor_refuses_everything(shop):
    job = shop.sent("k-1")
    shop.intended("k-1", job=job)
    with serve(faults=["get-401:1"]) as closed:
        environ = {**shop.world.environ, "IONQ_API_URL": closed.url}
        with pytest.raises(ProviderError, match="401"):
            cancel(shop.loaded, replace(shop.world, environ=environ), "k-1")
    row = job_document(shop.loaded, shop.world, "k-1")["job"]
    assert row["state"] == "submitted"
