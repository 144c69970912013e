"""What is the vendor's own about the backend; the rest is the contract's."""

import subprocess
import sys
from contextlib import suppress
from decimal import Decimal
from urllib.parse import parse_qsl, urlsplit

import pytest
from backends.ionq.emulated import emulated
from backends.ionq.stub import Reply, serve

from qml.backends.base import Job, Settings
from qml.backends.ionq import capabilities, plugin
from qml.backends.registry import list_backends, open_backend
from qml.backends.remote import Phase, is_remote
from qml.circuits import Circuit, Gate, Work
from qml.config.sections import BackendSection
from qml.config.sections.backend import NoiseSection
from qml.config.sections.vendors import IonqSection
from qml.errors import (
    PlanError,
    ProviderError,
    RefusedError,
    ThrottledError,
    TransientError,
    UnknownSubmissionError,
)
from qml.testing.circuits import bell, uniform
from qml.testing.remote_vendor import bought, intent, wait_for
from qml.units import FREE, Money


def section(name="ionq", *, noise=None, **ionq):
    return BackendSection(
        name=name, ionq=IonqSection(**ionq), noise=NoiseSection.model_validate(noise or {})
    )


def opened(chosen, environ=None):
    return plugin(Settings(section=chosen, environ=environ or {}))


@pytest.fixture
def stub():
    with serve() as server:
        yield server


@pytest.mark.parametrize(
    "name, device, qubits, paid",
    [
        ("ionq", "simulator", 29, False),
        ("ionq.simulator", "simulator", 29, False),
        ("ionq.forte-1", "forte-1", 36, True),
        ("ionq.qpu.forte-1", "forte-1", 36, True),
        ("ionq.forte-enterprise-1", "forte-enterprise-1", 36, True),
        ("jax", "simulator", 29, False),
    ],
)
def test_capabilities_of_a_machine(name, device, qubits, paid):
    able = capabilities(section(name))
    assert (able.qubits, able.paid, able.noise) == (qubits, paid, not paid)
    assert (able.remote, able.samples, able.exact) == (True, True, False)
    assert able.billing == ("ionq", device)


def test_the_bare_name_means_the_device_of_the_settings():
    assert capabilities(section(device="forte-1")).billing == ("ionq", "forte-1")
    assert opened(section(device="forte-1")).device == "forte-1"


def test_it_is_found_through_its_entry_point():
    backend = open_backend(section())
    assert is_remote(backend)
    assert (backend.provider, backend.device) == ("ionq", "simulator")
    assert "ionq" in [facts.name for facts in list_backends() if facts.installed]


def test_an_unknown_machine_is_refused():
    with pytest.raises(PlanError, match="no machine `forte-7`") as caught:
        opened(section("ionq.forte-7"))
    assert "ionq.forte-1" in caught.value.hint
    assert capabilities(section("ionq.forte-7")).qubits == 0


def test_planning_needs_no_key_no_network_and_no_vendors_client():
    """Opening, compiling, counting and splitting, in a process of its own."""
    script = (
        "import sys\n"
        "from qml.backends.base import Settings\n"
        "from qml.backends.ionq import plugin\n"
        "from qml.circuits import Circuit, Gate, Work\n"
        "from qml.config.sections import BackendSection\n"
        "b = plugin(Settings(section=BackendSection(name='ionq.forte-1')))\n"
        "c = Circuit.of(2, [Gate('h', (0,)), Gate('cnot', (0, 1))])\n"
        "w = Work(circuits=(c,), shots=10)\n"
        "assert b.sizes(w)[0].two_qubit == 1 and b.split(w) == [w]\n"
        "b.usage(w); b.identity(); b.close()\n"
        "assert not {'qiskit', 'qiskit_ionq', 'requests', 'keyring'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


def test_without_a_key_there_is_no_estimate_of_the_vendors():
    work = Work(circuits=(bell(),), shots=10)
    assert opened(section("ionq.forte-1")).estimate(work) is None
    assert opened(section()).estimate(work) == FREE


@pytest.mark.parametrize(
    "noise", [{"depolarizing": 0.1}, {"depolarizing2": 0.1}, {"model": "aria-1", "readout": 0.1}]
)
def test_rates_of_ones_own_are_refused(noise):
    with pytest.raises(PlanError, match="takes a noise model by name"):
        opened(section(noise=noise))


def test_noise_is_refused_on_a_machine():
    with pytest.raises(PlanError, match="models no noise"):
        opened(section("ionq.forte-1", noise={"model": "aria-1"}))


def test_debiasing_needs_500_shots_and_a_machine(stub):
    with pytest.raises(PlanError, match="no debiasing"):
        opened(section(debiasing=True))
    backend = opened(section("ionq.forte-1", debiasing=True), stub.environ)
    assert backend.mitigated
    few = Work(circuits=(bell(),), shots=499)
    for refuse in (backend.split, backend.usage, lambda w: backend.submit(w, intent("k"))):
        with pytest.raises(PlanError, match="needs 500 shots"):
            refuse(few)
    assert stub.seen == []
    assert backend.split(Work(circuits=(bell(),), shots=500))


def test_more_shots_than_ionq_takes_are_refused(stub):
    backend = opened(section(), stub.environ)
    with pytest.raises(PlanError, match="takes 1000000 shots"):
        backend.submit(Work(circuits=(bell(),), shots=1_000_001), intent("k"))
    assert stub.seen == []


def test_what_is_too_wide_is_refused_before_an_intent_is_written():
    backend = opened(section())
    with pytest.raises(PlanError, match="runs 29 qubits"):
        backend.split(Work(circuits=(Circuit(30, ()),), shots=10))


def test_identity_tells_all_that_decides_results():
    made = [
        opened(section()),
        opened(section(native=False)),
        opened(section(noise={"model": "aria-1"})),
        opened(section(noise={"model": "forte-1"})),
        opened(section("ionq.forte-1")),
        opened(section("ionq.forte-1", debiasing=True)),
        opened(section("ionq.forte-enterprise-1")),
        opened(section(), {"IONQ_API_URL": "http://127.0.0.1:9/v0.4"}),
    ]
    identities = [str(backend.identity()) for backend in made]
    assert len(set(identities)) == len(made)
    moved = opened(section(), {"IONQ_API_URL": "http://127.0.0.1:10/v0.4"})
    assert str(moved.identity()) == identities[-1]


def test_estimates_add_up():
    with emulated(section("ionq.forte-1")) as vendor:
        backend = vendor.connect()
        work = Work(circuits=(bell(), bell(), uniform(3)), shots=100)
        assert backend.estimate(work) == Money(amount=3 * Decimal("25.79"))
        large = Work(circuits=(uniform(20),) * 2, shots=1_000_000)
        ones = backend.sizes(large)[0].one_qubit
        assert backend.estimate(large).amount == 2 * ones * 1_000_000 * Decimal("0.000164")


def test_estimates_ask_once_for_each_size(stub):
    backend = opened(section("ionq.forte-1", debiasing=True), stub.environ)
    answer = {"estimated_total_cost": 12.3, "estimated_unit": "usd"}
    stub.script["GET"] += [Reply(200, answer)] * 2
    work = Work(circuits=(bell(), uniform(3), bell(), bell()), shots=600)
    for _ in range(2):
        assert backend.estimate(work) == Money(amount=Decimal("49.2"))
    one, two = [dict(parse_qsl(urlsplit(seen.path).query)) for seen in stub.seen]
    assert (one["qubits"], two["qubits"]) == ("2", "3")
    assert one["2q_gates"] == "1"
    assert (one["shots"], one["error_mitigation"]) == ("600", "true")
    assert one["backend"] == "qpu.forte-1"


@pytest.mark.parametrize(
    "cost", [{"value": "1", "unit": "usd"}, {"value": -1, "unit": "usd"}, {"value": True}, {}]
)
def test_a_bill_that_is_no_amount_is_refused(stub, cost):
    stub.pages["jobs/j/cost"] = {"cost": cost}
    with pytest.raises(ProviderError, match="no amount"):
        opened(section("ionq.forte-1"), stub.environ).billed(Job(id="j"))


def test_bills_in_dollars_credits_and_not_at_all(stub):
    backend = opened(section("ionq.forte-1"), stub.environ)
    stub.pages["jobs/j/cost"] = {"dry_run": False, "cost": {"value": 24.83, "unit": "usd"}}
    assert backend.billed(Job(id="j")) == Money(amount=Decimal("24.83"))
    stub.pages["jobs/j/cost"] = {"cost": {"value": 3, "unit": "credit"}}
    assert backend.billed(Job(id="j")) == Money(amount=Decimal(3), currency="CREDIT")
    stub.pages["jobs/j/cost"] = {"estimated_cost": {"value": 24.83, "unit": "usd"}}
    assert backend.billed(Job(id="j")) is None
    assert opened(section(), stub.environ).billed(Job(id="j")) == FREE


def test_the_estimate_is_the_bill():
    with emulated(section("ionq.forte-1", debiasing=True)) as vendor:
        backend = vendor.connect()
        work = Work(circuits=(bell(), uniform(3)), shots=500)
        job = backend.submit(work, intent("k"))
        wait_for(backend, job)
        assert backend.billed(job) == backend.estimate(work) == vendor.bill(job.id)
        assert vendor.account[job.id]["debiasing"] is True


def test_three_qubit_gates_are_counted_as_billed():
    with emulated(section(native=False)) as vendor:
        backend = vendor.connect()
        circuit = Circuit.of(
            3, [Gate("ccnot", (0, 1, 2)), Gate("cswap", (2, 1, 0)), Gate("ccz", (0, 1, 2))]
        )
        work = Work(circuits=(circuit,), shots=10)
        job = backend.submit(work, intent("k"))
        (size,) = backend.sizes(work)
        assert vendor.gates(job.id) == (size.one_qubit, size.two_qubit)


@pytest.mark.parametrize("model", ["aria-1", "forte-1"])
def test_noise_of_the_simulator_is_the_vendors_and_repeats(model):
    with emulated(section(noise={"model": model})) as vendor:
        backend = vendor.connect()
        first, again = (bought(backend, [bell(), bell()], shots=20_000, seed=1) for _ in range(2))
        assert first == again
        assert first[0] != first[1]
        odd = first[0].tally["01"] + first[0].tally["10"]
        assert 0 < odd < 1000
        assert backend.snapshot()["noise"] == model


def test_a_machine_tells_how_it_is():
    with emulated(section("ionq.forte-1")) as vendor:
        backend = vendor.connect()
        machine = backend.machine()
        assert machine.available
        assert machine.queue >= 0
        assert 0.9 < machine.two_qubit_fidelity < 1
        assert machine.calibrated > 1.6e9
        snapshot = backend.snapshot()
        assert snapshot["characterization"]["id"] == machine.detail["characterization"]
        assert snapshot["packages"]["qiskit-ionq"] == "1.1.1"
        assert snapshot["gateset"] == "native"


def test_machine_and_calibration_are_asked_without_the_key(stub):
    stub.pages["backends/qpu.forte-1"] = {"status": "unavailable", "average_queue_time": 60_000}
    stub.pages["backends/qpu.forte-1/characterizations?limit=1"] = {"characterizations": None}
    machine = opened(section("ionq.forte-1"), {"IONQ_API_URL": stub.url}).machine()
    assert (machine.available, machine.queue, machine.calibrated) == (False, 60.0, None)
    assert all("Authorization" not in seen.headers for seen in stub.seen)


def test_a_snapshot_survives_a_vendor_that_does_not_answer(stub):
    stub.script["GET"].append(Reply(503, {"statusCode": 503, "message": "later"}))
    told = opened(section("ionq.forte-1"), stub.environ).snapshot()["characterization"]
    assert told["id"] is None
    assert "later" in told["error"]


def test_the_list_is_read_to_its_end(stub):
    def job(number, **more):
        metadata = {"qml_key": f"k{number}"}
        return {
            "id": f"j{number}",
            "backend": "simulator",
            "status": "ready",
            "metadata": metadata,
            "submitted_at": f"2026-11-2{number}T00:00:00Z",
            **more,
        }

    first, second = "jobs?target=simulator&limit=100", "jobs?target=simulator&limit=100&next=c1"
    child = job(2, id="child", parent_job_id="j2")
    stub.pages[first] = {"jobs": [job(1), job(2, backend="qpu.forte-1"), child], "next": "c1"}
    stub.pages[second] = {"jobs": [job(3), job(4, metadata=None)], "next": None}
    backend = opened(section(), stub.environ)
    assert backend.find(intent("k3")) == Job(id="j3")
    assert backend.find(intent("k2")) is None
    assert [j.id for j in backend.jobs(since=0)] == ["j1", "j3", "j4"]
    assert [j.key for j in backend.jobs(since=0)] == ["k1", "k3", None]
    late = backend.jobs(since=1795219200.0)  # 2026-11-21
    assert [(j.id, j.phase) for j in late] == [(name, Phase.QUEUED) for name in ("j1", "j3", "j4")]
    assert [j.id for j in backend.jobs(since=1795219201.0)] == ["j3", "j4"]
    stub.pages[second] = {"jobs": [], "next": "c1"}
    with pytest.raises(TransientError, match="does not end"):
        backend.find(intent("k9"))


@pytest.mark.parametrize(
    "reply, error",
    [
        (Reply(503, {}), ThrottledError),
        (Reply(None), ThrottledError),
        (Reply(403, {"statusCode": 403, "message": "no sessions"}), RefusedError),
        (Reply(201, {}), RefusedError),
    ],
)
def test_without_its_session_no_job_is_sent(stub, reply, error):
    stub.script["POST"].append(reply)
    backend = opened(section("ionq.forte-1", session_cost_limit=5), stub.environ)
    with pytest.raises(error, match="no job was sent"):
        backend.submit(Work(circuits=(bell(),), shots=10), intent("k"))
    assert [seen.path for seen in stub.seen] == ["/v0.4/sessions"]
    backend.close()


def test_a_session_that_does_not_end_is_told_of(stub):
    backend = opened(section("ionq.forte-1", session_cost_limit=5), stub.environ)
    stub.script["POST"] += [Reply(201, {"id": "s"}), Reply(201, {"id": "j"}), Reply(500, {})]
    job = backend.submit(Work(circuits=(bell(),), shots=10), intent("k"))
    stub.pages["jobs/j"] = {"id": "j", "status": "completed"}
    assert backend.poll(job).phase is Phase.DONE
    with pytest.warns(RuntimeWarning, match="session s was not ended"):
        backend.close()
    assert stub.seen[-1].path == "/v0.4/sessions/s/end"


@pytest.mark.parametrize("reply", [Reply(201, {"id": "j"}), Reply(504, {}, accept=True)])
def test_a_session_is_left_open_for_jobs_that_may_run(stub, reply):
    backend = opened(section("ionq.forte-1", session_cost_limit=5), stub.environ)
    stub.script["POST"] += [Reply(201, {"id": "s"}), reply]
    with suppress(UnknownSubmissionError):
        backend.submit(Work(circuits=(bell(),), shots=10), intent("k"))
    with pytest.warns(RuntimeWarning, match="session s stays open: 1 of its jobs"):
        backend.close()
    assert len(stub.seen) == 2


def test_a_session_ends_when_a_lost_job_was_found_and_done(stub):
    backend = opened(section("ionq.forte-1", session_cost_limit=5), stub.environ)
    stub.script["POST"] += [Reply(201, {"id": "s"}), Reply(504, {}, accept=True)]
    with pytest.raises(UnknownSubmissionError):
        backend.submit(Work(circuits=(bell(),), shots=10), intent("k"))
    job = backend.find(intent("k"))
    stub.jobs[job.id]["status"] = "canceled"
    assert backend.poll(job).phase is Phase.CANCELLED
    stub.script["POST"] += [Reply(400, {"statusCode": 400, "message": "no"})]
    with pytest.raises(RefusedError):
        backend.submit(Work(circuits=(bell(),), shots=10), intent("other"))
    stub.script["POST"] += [Reply(200, {})]
    backend.close()
    assert stub.seen[-1].path == "/v0.4/sessions/s/end"


def test_sessions_of_the_emulator():
    with emulated(section("ionq.forte-1", session_cost_limit=60)) as vendor:
        backend = vendor.connect()
        work = Work(circuits=(bell(),), shots=10)
        for key in "ab":
            wait_for(backend, backend.submit(work, intent(key)))
        with pytest.raises(RefusedError):
            backend.submit(work, intent("c"))
        assert vendor.posts == 3
        assert len(vendor.jobs) == 2
