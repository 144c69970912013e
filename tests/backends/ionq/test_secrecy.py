"""The key goes into one header and nowhere else."""

import base64
import gzip
import logging
import traceback
import warnings
from contextlib import suppress

import pytest
from backends.ionq.stub import Reply, serve

from qml import credentials
from qml.backends.base import Job, Settings
from qml.backends.ionq import plugin
from qml.circuits import Work
from qml.config.sections import BackendSection
from qml.config.sections.vendors import IonqSection
from qml.errors import QmlError
from qml.testing.circuits import bell
from qml.testing.remote_vendor import intent

SECRET = "sk-7d1f-do-not-write-me-down"
ECHO = {"statusCode": 400, "error": f"key {SECRET}", "message": f"apiKey {SECRET} is unknown"}
REPLIES = [
    *(Reply(status, ECHO) for status in (400, 401, 403, 409, 429, 500, 502, 503)),
    Reply(None),
    Reply(201, f'{{"id": "{SECRET}"'.encode()),
    Reply(201, [SECRET]),
    Reply(400, {"error": f"{SECRET}"}),
]


@pytest.fixture
def stub():
    with serve() as server:
        yield server


def everything(backend):
    """Every question, and what is raised."""
    work = Work(circuits=(bell(),), shots=10)
    job = Job(id="j")
    return (
        lambda: backend.submit(work, intent("k")),
        lambda: backend.poll(job),
        lambda: backend.fetch(job),
        lambda: backend.find(intent("k")),
        lambda: backend.billed(job),
        lambda: backend.estimate(work),
        lambda: backend.cancel(job),
        lambda: backend.jobs(0),
        backend.machine,
        backend.snapshot,
    )


@pytest.mark.parametrize("name", ["ionq", "ionq.forte-1"])
def test_no_error_log_warning_or_repr_shows_the_key(stub, name, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    section = BackendSection(name=name, ionq=IonqSection(session_cost_limit=5))
    settings = Settings(section=section, environ={"IONQ_API_URL": stub.url, "IONQ_API_KEY": SECRET})
    backend = plugin(settings)
    told = [repr(settings), repr(backend), repr(vars(backend)), repr(backend.identity())]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for reply in REPLIES:
            for call in everything(backend):
                for method in stub.script:
                    stub.script[method] = [reply] * 4
                try:
                    told.append(repr(call()))
                except QmlError as error:
                    told += [repr(error), str(error), *traceback.format_exception(error)]
                    told += [str(error.hint), str(error.details)]
        backend.close()
    told += [str(w.message) for w in caught]
    told += [record.getMessage() for record in caplog.records]
    told += [repr(vars(backend)), repr(vars(backend._account)), *capfd.readouterr()]
    assert len(told) > 200
    assert [text for text in told if SECRET in text] == []
    assert SECRET in credentials.known()


def test_the_key_travels_in_one_header_alone(stub):
    environ = {"IONQ_API_URL": stub.url, "IONQ_API_KEY": SECRET}
    backend = plugin(Settings(section=BackendSection(name="ionq.forte-1"), environ=environ))
    for call in everything(backend):
        with suppress(QmlError):
            call()
    for seen in stub.seen:
        carried = {name for name, value in seen.headers.items() if SECRET in value}
        assert carried <= {"Authorization"}
        assert SECRET not in seen.path
        assert SECRET.encode() not in seen.body
        if seen.path == "/v0.4/jobs" and seen.method == "POST":
            header = base64.b64decode(seen.document["metadata"]["qiskit_header"])
            assert SECRET.encode() not in gzip.decompress(header)


def test_a_dotenv_file_is_not_read_behind_our_back(stub, tmp_path, monkeypatch):
    """The vendor's provider reads `.env` in the working folder and above itself."""
    (tmp_path / ".env").write_text("IONQ_API_KEY=of-dotenv\nIONQ_API_URL=http://127.0.0.1:9/v0.4\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IONQ_API_KEY", "of-the-process")
    monkeypatch.setenv("IONQ_API_URL", "http://127.0.0.1:9/v0.4")
    environ = {"IONQ_API_URL": stub.url, "IONQ_API_KEY": SECRET}
    backend = plugin(Settings(section=BackendSection(name="ionq"), environ=environ))
    backend.submit(Work(circuits=(bell(),), shots=10), intent("k"))
    (seen,) = stub.seen
    assert seen.headers["Authorization"] == f"apiKey {SECRET}"
