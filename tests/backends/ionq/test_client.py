"""Exactly one POST whatever happens, and a class of error for every answer."""

import socket

import pytest
import requests
from backends.ionq.stub import KEY, Reply, serve

from qml.backends.base import Intent, Job, Settings
from qml.backends.ionq import plugin
from qml.circuits import Work
from qml.config.sections import BackendSection
from qml.errors import (
    ProviderError,
    RefusedError,
    ThrottledError,
    TransientError,
    UnknownSubmissionError,
    UsageError,
)
from qml.testing.circuits import bell

# qiskit-ionq warns of each repetition; as an error that would end the repetition by itself
pytestmark = pytest.mark.filterwarnings("ignore:Retrying")

WORK = Work(circuits=(bell(),), shots=100, seed=3)
INTENT = Intent(key="0f0e0d0c-aaaa-bbbb-cccc-111122223333", digest="d")


def opened(environ):
    return plugin(Settings(section=BackendSection(name="ionq"), environ=environ))


@pytest.fixture(scope="module")
def server():
    with serve() as stub:
        yield stub


@pytest.fixture
def stub(server):
    server.seen.clear()
    server.jobs.clear()
    server.pages.clear()
    for replies in server.script.values():
        replies.clear()
    return server


@pytest.fixture
def backend(stub):
    found = opened(stub.environ)
    yield found
    found.close()


@pytest.fixture
def impatient(monkeypatch):
    """The vendor's client waits 30 s; here it waits a fifth of one."""

    class Impatient:
        exceptions = requests.exceptions

        @staticmethod
        def post(*args, timeout, **kwargs):
            assert timeout == 30
            return requests.post(*args, timeout=0.2, **kwargs)

        @staticmethod
        def get(*args, timeout, **kwargs):
            assert timeout == 30
            return requests.get(*args, timeout=0.2, **kwargs)

    monkeypatch.setattr("qiskit_ionq.ionq_client.requests", Impatient)


def error(status, message="no"):
    return {"statusCode": status, "error": "Bad", "message": message}


def failed(backend, stub, reply):
    """Submit against one scripted answer; return what was raised."""
    stub.script["POST"].append(reply)
    with pytest.raises(Exception) as caught:
        backend.submit(WORK, INTENT)
    assert stub.posts == 1
    assert len(stub.script["POST"]) == 0
    return caught.value


def test_a_submission_is_one_post(backend, stub):
    job = backend.submit(WORK, INTENT)
    assert job == Job(id=next(iter(stub.jobs)))
    assert [s.method for s in stub.seen] == ["POST"]
    assert stub.seen[0].headers["Authorization"] == f"apiKey {KEY}"


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 413, 422])
def test_certain_refusals(backend, stub, status):
    raised = failed(backend, stub, Reply(status, error(status, "not like this")))
    assert type(raised) is RefusedError
    assert "not like this" in raised.message


def test_a_wrong_key_says_where_to_put_the_right_one(backend, stub):
    raised = failed(backend, stub, Reply(401, error(401, f"key {KEY} is unknown")))
    assert "IONQ_API_KEY" in raised.hint
    assert KEY not in raised.message


@pytest.mark.parametrize(
    "header, seconds", [("7", 7.0), (None, None), ("soon", None), ("-3", None), ("inf", None)]
)
def test_throttling_tells_how_long_to_wait(backend, stub, header, seconds):
    headers = {"Retry-After": header} if header else {}
    raised = failed(backend, stub, Reply(429, error(429), headers))
    assert isinstance(raised, ThrottledError)
    assert raised.retry_after == seconds


def test_retry_after_may_be_a_date(backend, stub):
    headers = {"Retry-After": "Fri, 01 Jan 2100 00:00:00 GMT"}
    raised = failed(backend, stub, Reply(429, error(429), headers))
    assert raised.retry_after > 1e9


@pytest.mark.parametrize("accept", [False, True])
@pytest.mark.parametrize("status", [405, 408, 409, 500, 502, 503, 504, 520, 524])
def test_everything_else_is_unknown(backend, stub, status, accept):
    """The client's own repetition after 502, 503, 504 and 52x made three jobs of one."""
    raised = failed(backend, stub, Reply(status, error(status), accept=accept))
    assert type(raised) is UnknownSubmissionError
    assert backend.find(INTENT) == (Job(id=next(iter(stub.jobs))) if accept else None)


@pytest.mark.parametrize("accept", [False, True])
def test_a_dropped_connection_is_unknown(backend, stub, accept):
    raised = failed(backend, stub, Reply(None, accept=accept))
    assert type(raised) is UnknownSubmissionError


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b'"job"', b"{}", b'{"id": null}', b'{"id": 7}', b"\xff{"]
)
def test_an_unreadable_acceptance_is_unknown(backend, stub, body):
    raised = failed(backend, stub, Reply(201, body, accept=True))
    assert type(raised) is UnknownSubmissionError


@pytest.mark.parametrize("body", [b"", b"7", b"[]", b'{"error": "no"}', b"<html>"])
def test_an_odd_refusal_is_never_an_acceptance(backend, stub, body):
    """The client stumbles over some error bodies; then it is unknown, which is the safe side."""
    raised = failed(backend, stub, Reply(400, body))
    assert isinstance(raised, (RefusedError, UnknownSubmissionError))


def test_a_redirect_makes_one_job(backend, stub):
    """307 says that nothing was done here: HTTP's own way to ask for the same elsewhere."""
    stub.script["POST"].append(Reply(307, {}, {"Location": "/v0.4/jobs"}))
    assert backend.submit(WORK, INTENT) == Job(id=next(iter(stub.jobs)))
    assert len(stub.jobs) == 1


def test_a_late_answer_is_unknown(backend, stub, impatient):
    raised = failed(backend, stub, Reply(201, {"id": "late"}, accept=True, delay=0.5))
    assert type(raised) is UnknownSubmissionError
    assert backend.find(INTENT) == Job(id=next(iter(stub.jobs)))


def test_without_a_connection_nothing_was_sent():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v0.4"
    environ = {"IONQ_API_URL": url, "IONQ_API_KEY": KEY}
    backend = opened(environ)
    with pytest.raises(ThrottledError, match="nothing was sent"):
        backend.submit(WORK, INTENT)
    with pytest.raises(TransientError):
        backend.poll(Job(id="x"))


@pytest.mark.parametrize(
    "reply",
    [Reply(s, error(s)) for s in (408, 409, 429, 500, 502, 503, 504, 520)]
    + [Reply(None), Reply(200, b"<html>"), Reply(200, b"[]"), Reply(500, b"7")],
)
def test_questions_may_be_repeated_and_are_asked_once(backend, stub, reply):
    stub.script["GET"].append(reply)
    with pytest.raises(TransientError):
        backend.poll(Job(id="x"))
    assert len(stub.seen) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_refused_questions_are_not_repeated(backend, stub, status):
    stub.script["GET"].append(Reply(status, error(status)))
    with pytest.raises(ProviderError) as caught:
        backend.poll(Job(id="x"))
    assert not isinstance(caught.value, TransientError)


def test_a_late_question_may_be_repeated(backend, stub, impatient):
    stub.script["GET"].append(Reply(200, {}, delay=0.5))
    with pytest.raises(TransientError):
        backend.poll(Job(id="x"))


def test_without_a_key_nothing_is_sent(stub):
    backend = opened({"IONQ_API_URL": stub.url})
    for call in (
        backend.ready,
        lambda: backend.submit(WORK, INTENT),
        lambda: backend.poll(Job(id="x")),
        lambda: backend.find(INTENT),
        lambda: backend.cancel(Job(id="x")),
    ):
        with pytest.raises(UsageError) as caught:
            call()
        for way in ("IONQ_API_KEY", "keyring", "credentials.toml"):
            assert way in caught.value.hint
    assert stub.seen == []
