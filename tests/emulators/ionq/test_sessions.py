"""Sessions by the clock, and what they refuse."""

import pytest
from emulators.ionq.api import BELL, Api, circuit_job

from qml.emulators.ionq import serve


class TurnedClock:
    """A clock that a test turns."""

    time = 1_800_000_000.0

    def now(self) -> float:
        return self.time

    def monotonic(self) -> float:
        return self.time


@pytest.fixture
def clock():
    return TurnedClock()


@pytest.fixture
def api(clock):
    with serve(clock=clock) as emulator:
        connected = Api(emulator)
        yield connected
        connected.close()


def create(api, **settings):
    body = {"backend": "qpu.forte-1", "settings": settings}
    status, session = api.call("POST", "/v0.4/sessions", body)
    assert status == 201
    return session["id"]


def test_a_session_runs_out(api, clock):
    session = create(api, duration_limit_min=5)
    job = circuit_job(BELL, backend="qpu.forte-1", shots=10, session_id=session)
    api.submit(job)
    assert api.get(f"/v0.4/sessions/{session}")["status"] == "started"
    clock.time += 301
    shown = api.get(f"/v0.4/sessions/{session}")
    assert (shown["status"], shown["active"], shown["ender_id"]) == ("ended", False, None)
    assert api.call("POST", "/v0.4/jobs", job)[0] == 400
    assert api.get("/v0.4/sessions?active=true")["sessions"] == []


def test_ending_twice_changes_nothing(api, clock):
    session = create(api)
    first = api.call("POST", f"/v0.4/sessions/{session}/end")[1]
    clock.time += 10
    assert api.call("POST", f"/v0.4/sessions/{session}/end")[1] == first


def test_a_session_is_for_one_backend(api):
    session = create(api)
    status, body = api.call("POST", "/v0.4/jobs", circuit_job(BELL, session_id=session))
    assert (status, body["validation"]["keys"]) == (400, ["session_id", "backend"])


@pytest.mark.parametrize(
    "body",
    [
        {"backend": "qpu.nowhere"},
        {"backend": "qpu.forte-1", "settings": {"job_count_limit": "3"}},
        {"backend": "qpu.forte-1", "settings": {"cost_limit": {"value": "3"}}},
    ],
)
def test_limits_that_make_no_sense(api, body):
    assert api.call("POST", "/v0.4/sessions", body)[0] == 400
