"""Every fault, counted."""

import http.client
import json
import re
import time

import pytest
from emulators.ionq.api import BELL, Api, circuit_job

from qml.cli.emulate.ionq import ionq
from qml.emulators.ionq import NAMES, Fault, serve
from qml.errors import UsageError

JOB = circuit_job(BELL, backend="qpu.forte-1", shots=10)


@pytest.fixture
def strike():
    """Run an emulator with faults, and a connection to it."""
    from contextlib import contextmanager

    @contextmanager
    def running(*faults, **options):
        with serve(faults=faults, **options) as emulator:
            api = Api(emulator)
            try:
                yield emulator, api
            finally:
                api.close()

    return running


@pytest.mark.parametrize("code", [500, 502, 503, 504, 520, 522, 524])
def test_a_status_before_and_after_acceptance(strike, code):
    with strike(f"{code}-before-accept@1", f"{code}-after-accept@2") as (emulator, api):
        status, body = api.call("POST", "/v0.4/jobs", JOB)
        assert (status, body["statusCode"], emulator.summary()["jobs"]) == (code, code, 0)
        status, _ = api.call("POST", "/v0.4/jobs", JOB)
        assert (status, emulator.summary()["jobs"]) == (code, 1)
        assert emulator.summary()["billed"] == "25.79"
        assert emulator.summary()["faults"] == {
            f"{code}-before-accept": 1,
            f"{code}-after-accept": 1,
        }


@pytest.mark.parametrize(("when", "jobs"), [("before", 0), ("after", 1)])
def test_a_dropped_connection(strike, when, jobs):
    with strike(f"drop-{when}-accept@1") as (emulator, api):
        with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
            api.call("POST", "/v0.4/jobs", JOB)
        assert emulator.summary()["jobs"] == jobs


@pytest.mark.parametrize("code", [401, 409, 429])
def test_refusals(strike, code):
    with strike(f"{code}@1") as (emulator, api):
        status, _ = api.call("POST", "/v0.4/jobs", JOB)
        assert (status, emulator.summary()["jobs"]) == (code, 0)
        assert api.headers.get("Retry-After") == ("1" if code == 429 else None)


def test_wrong_json_and_slow_answers_hide_a_job(strike):
    with strike("wrong-json@1", "slow-response@2", slow=0.1) as (emulator, api):
        with pytest.raises(json.JSONDecodeError):
            api.call("POST", "/v0.4/jobs", JOB)
        begun = time.monotonic()
        api.submit(JOB)
        assert time.monotonic() - begun >= 0.1
        assert emulator.summary()["jobs"] == 2


@pytest.mark.parametrize(
    ("fault", "state", "code"),
    [
        ("job-failed", "failed", "QuantumComputerError"),
        ("quota-exhausted", "failed", "QuotaExhaustedError"),
        ("job-canceled", "canceled", None),
    ],
)
def test_jobs_that_end_without_results_cost_nothing(strike, fault, state, code):
    with strike(f"{fault}@1") as (emulator, api):
        job = api.get(f"/v0.4/jobs/{api.submit(JOB)}")
        assert job["status"] == state
        assert (job["failure"] or {}).get("code") == code
        status, _ = api.call("GET", f"/v0.4/jobs/{job['id']}/results/probabilities")
        assert status == 404
        assert emulator.summary()["billed"] == emulator.summary()["reserved"] == "0.00"


def test_slow_and_endless_queues(strike):
    with strike("slow-queue@1", "endless-queue@2", slow=0.05) as (_, api):
        slow, endless, quick = (api.submit(JOB) for _ in range(3))
        states = [api.get(f"/v0.4/jobs/{i}")["status"] for i in (slow, endless, quick)]
        assert states == ["ready", "ready", "completed"]
        time.sleep(0.06)
        states = [api.get(f"/v0.4/jobs/{i}")["status"] for i in (slow, endless)]
        assert states == ["completed", "ready"]
        assert api.call("PUT", f"/v0.4/jobs/{endless}/status/cancel")[0] == 200


def test_a_listing_that_comes_late(strike):
    with strike("lost-listing@1", slow=0.1) as (_, api):
        job_id = api.submit(JOB)
        assert api.get("/v0.4/jobs")["jobs"] == []
        assert api.get(f"/v0.4/jobs/{job_id}")["id"] == job_id
        time.sleep(0.11)
        assert [job["id"] for job in api.get("/v0.4/jobs")["jobs"]] == [job_id]


def test_reading_fails_too(strike):
    faults = ("get-502@1", "get-drop@2", "get-429@3", "get-wrong-json@4")
    with strike(*faults) as (_, api):
        assert api.call("GET", "/v0.4/jobs")[0] == 502
        with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
            api.call("GET", "/v0.4/jobs")
        assert api.call("GET", "/v0.4/jobs")[0] == 429
        with pytest.raises(json.JSONDecodeError):
            api.call("GET", "/v0.4/jobs")
        assert api.get("/v0.4/jobs") == {"jobs": [], "next": None}


def test_chance_is_seeded():
    fault = Fault.parse("502-after-accept:0.2")
    struck = [[fault.strikes(seed, n) for n in range(1, 2001)] for seed in (1, 1, 2)]
    assert struck[0] == struck[1] != struck[2]
    assert 300 < sum(struck[0]) < 500


@pytest.mark.parametrize("text", ["x:1", "429", "429:1.5", "429@0", "429@x", "429:nan"])
def test_faults_that_make_no_sense_are_refused(text):
    with pytest.raises(UsageError):
        Fault.parse(text)


def test_the_help_and_the_page_name_every_fault(request):
    named = set(re.findall(r"[a-z0-9]+(?:-[a-z]+)*", ionq.__doc__)) | set(
        re.findall(r"get-\d+", ionq.__doc__)
    )
    assert set(NAMES) <= named
    page = (request.config.rootpath / "docs/commands/emulate.md").read_text()
    assert all(name in page for name in NAMES if not name[:3].isdigit() and "get-5" not in name)
