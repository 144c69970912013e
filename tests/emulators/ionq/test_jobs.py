"""States by the clock, money, determinism, and a state file that survives a kill."""

import os
import signal
import subprocess
import sys
from decimal import Decimal

import pytest
from emulators.ionq.api import BELL, Api, circuit_job

from qml.emulators.ionq import serve
from qml.errors import UsageError

NOISY = circuit_job(BELL, backend="qpu.forte-1", shots=300)


class TurnedClock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.time = 1_800_000_000.0

    def now(self) -> float:
        return self.time

    def monotonic(self) -> float:
        return self.time


@pytest.fixture
def running():
    from contextlib import contextmanager

    @contextmanager
    def connected(**options):
        with serve(**options) as emulator:
            api = Api(emulator)
            try:
                yield emulator, api
            finally:
                api.close()

    return connected


def test_states_and_money_follow_the_clock(running):
    clock = TurnedClock()
    with running(queue=100, clock=clock) as (emulator, api):
        job_id = api.submit(NOISY)
        seen = []
        for _ in range(3):
            job = api.get(f"/v0.4/jobs/{job_id}")
            summary = emulator.summary()
            seen.append((job["status"], summary["reserved"], summary["billed"]))
            clock.time += 100 if job["status"] == "ready" else 10
        assert seen == [
            ("ready", "25.79", "0.00"),
            ("started", "25.79", "0.00"),
            ("completed", "0.00", "25.79"),
        ]


def test_a_cancelled_job_is_released_and_a_completed_one_is_not_cancelled(running):
    clock = TurnedClock()
    with running(queue=100, clock=clock) as (emulator, api):
        first, second = api.submit(NOISY), api.submit(NOISY)
        assert api.call("PUT", f"/v0.4/jobs/{first}/status/cancel")[0] == 200
        clock.time += 1000
        assert api.call("PUT", f"/v0.4/jobs/{second}/status/cancel")[0] == 409
        assert api.call("PUT", f"/v0.4/jobs/{first}/status/cancel")[0] == 200
        assert emulator.summary()["by_state"] == {"canceled": 1, "completed": 1}
        assert emulator.summary()["billed"] == "25.79"
        api.call("DELETE", f"/v0.4/jobs/{second}")
        assert emulator.summary()["billed"] == "25.79"


@pytest.mark.parametrize(("minimum", "billed"), [("per-circuit", "51.58"), ("per-job", "25.79")])
def test_the_least_price_of_a_multi_circuit_job(running, minimum, billed):
    with running(minimum=minimum) as (emulator, api):
        job = circuit_job([], backend="qpu.forte-1", shots=10, type="ionq.multi-circuit.v1")
        job["input"] = {"qubits": 2, "gateset": "qis", "circuits": [{"circuit": BELL}] * 2}
        api.submit(job)
        assert emulator.summary()["billed"] == billed


@pytest.mark.parametrize(
    ("shots", "settings", "billed"),
    [
        (499, {}, "25.79"),
        (500, {}, "168.20"),  # debiasing is on by default from 500 shots
        (500, {"error_mitigation": {"debiasing": False}}, "25.79"),
        (500, {"error_mitigation": {"debiasing": True}}, "168.20"),
    ],
)
def test_debiasing_raises_the_least_price(running, shots, settings, billed):
    with running() as (emulator, api):
        api.submit(circuit_job(BELL, backend="qpu.forte-1", shots=shots, settings=settings))
        assert emulator.summary()["billed"] == billed


def test_a_dry_run_is_priced_and_not_billed(running):
    with running() as (emulator, api):
        job_id = api.submit({**NOISY, "dry_run": True})
        assert api.get(f"/v0.4/jobs/{job_id}")["results"] is None
        assert api.get(f"/v0.4/jobs/{job_id}/cost")["estimated_cost"]["value"] == 25.79
        assert emulator.summary()["billed"] == "0.00"


def test_the_rates_are_those_of_the_plan():
    from qml.emulators.ionq.billing import CARDS
    from qml.pricing import CircuitSize, JobSize, Tariffs

    tariffs = Tariffs.load()
    for device in ("forte-1", "forte-enterprise-1"):
        tariff, card = tariffs.find("ionq", device), CARDS[f"qpu.{device}"]
        assert (tariff.one_qubit, tariff.two_qubit) == (card.one_qubit, card.two_qubit)
        assert tariff.minimum == card.minimum
        assert tariff.minimum_mitigated_bound == card.minimum_mitigated
        size = CircuitSize(qubits=2, one_qubit=51, two_qubit=11)
        quote = tariff.quote(JobSize(circuits=(size,), shots=10_000))
        assert quote.expected == Decimal("206.95")


def test_results_depend_on_what_was_asked_and_on_the_seed_alone(running):
    other = circuit_job(BELL[:1], backend="qpu.forte-1", shots=300)
    with running(seed=7) as (_, api):
        alone = api.probabilities(api.submit(NOISY))
    with running(seed=7) as (_, api):
        api.submit(other)
        changed = {**NOISY, "name": "x", "metadata": {"run": "y"}}
        assert api.probabilities(api.submit(changed)) == alone
        repeated = {**NOISY, "metadata": {"sampler_seed": "2"}}
        assert api.probabilities(api.submit(repeated)) != alone
    with running(seed=8) as (_, api):
        assert api.probabilities(api.submit(NOISY)) != alone


def test_equal_circuits_of_one_job_give_unlike_counts(running):
    with running(seed=7, noise="forte-1") as (_, api):
        job = circuit_job([], shots=300, type="ionq.multi-circuit.v1")
        job["input"] = {"qubits": 2, "gateset": "qis", "circuits": [{"circuit": BELL}] * 2}
        first, second = api.probabilities(api.submit(job)).values()
        assert first != second


def test_the_default_noise_is_of_the_simulator_alone(running):
    with running(noise="aria-1") as (_, api):
        assert api.get(f"/v0.4/jobs/{api.submit(circuit_job(BELL))}")["noise"]["model"] == "aria-1"
        asked = circuit_job(BELL, noise={"model": "ideal"})
        assert api.probabilities(api.submit(asked)) == {"0": 0.5, "3": 0.5}


def test_a_restart_changes_nothing(running, tmp_path):
    clock, state = TurnedClock(), tmp_path / "emu.db"
    faults = ["502-after-accept@2"]
    with running(state=state, seed=3, queue=50, clock=clock, faults=faults) as (emulator, api):
        job_id = api.submit(NOISY)
        before = emulator.summary()
    clock.time += 60
    with running(state=state, seed=3, queue=50, clock=clock, faults=faults) as (emulator, api):
        assert before["reserved"] == emulator.summary()["billed"] == "25.79"
        first = api.probabilities(job_id)
        assert api.call("POST", "/v0.4/jobs", NOISY)[0] == 502  # the second POST, not the first
        assert emulator.summary()["posts"] == 2
    with running(seed=3) as (_, api):
        assert api.probabilities(api.submit(NOISY)) == first


def test_a_file_that_is_no_state_is_refused(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("not a database, and longer than the header of one would be" * 50)
    with pytest.raises(UsageError, match="cannot be used"), serve(state=path):
        pass
    assert path.read_text().startswith("not a database")


def test_a_kill_after_the_answer_loses_nothing(running, tmp_path):
    state = tmp_path / "emu.db"
    code = (
        "import sys, time\n"
        "from qml.emulators.ionq import serve\n"
        "with serve(state=sys.argv[1], queue=60) as emulator:\n"
        "    print(emulator.port, flush=True)\n"
        "    time.sleep(60)\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(state)], stdout=subprocess.PIPE, text=True
    )
    try:
        port = int(child.stdout.readline())
        api = Api(type("Running", (), {"port": port}))
        ids = [api.submit(NOISY) for _ in range(5)]
        os.kill(child.pid, signal.SIGKILL)
        api.close()
    finally:
        child.kill()
        child.wait(10)
        child.stdout.close()
    with running(state=state, queue=60) as (emulator, api):
        assert [job["id"] for job in api.get("/v0.4/jobs")["jobs"]] == ids[::-1]
        assert emulator.summary()["reserved"] == "128.95"


def test_children_are_parts_of_their_job(running):
    with running(queue=60) as (emulator, api):
        job = circuit_job([], shots=10, type="ionq.multi-circuit.v1", backend="qpu.forte-1")
        job["input"] = {"qubits": 2, "gateset": "qis", "circuits": [{"circuit": BELL}] * 2}
        (child, _) = api.get(f"/v0.4/jobs/{api.submit(job)}")["child_job_ids"]
        assert api.call("PUT", f"/v0.4/jobs/{child}/status/cancel")[0] == 409
        assert api.call("DELETE", f"/v0.4/jobs/{child}")[0] == 409
        assert api.call("POST", f"/v0.4/jobs/{child}/clone", {})[0] == 409
        assert emulator.summary()["reserved"] == "51.58"


def test_submissions_at_once_are_all_kept(running, tmp_path):
    from concurrent.futures import ThreadPoolExecutor

    def submit(emulator):
        api = Api(emulator)
        found = [api.submit(NOISY) for _ in range(10)]
        api.close()
        return found

    with running(state=tmp_path / "emu.db") as (emulator, api):
        with ThreadPoolExecutor(8) as pool:
            ids = {i for found in pool.map(submit, [emulator] * 8) for i in found}
        listed = api.get("/emulator/jobs")["jobs"]
        assert {job["id"] for job in listed} == ids
        assert [job["number"] for job in listed] == list(range(1, 81))
        assert emulator.summary()["posts"] == 80
