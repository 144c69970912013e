"""An emulator for a module of tests, and no way to any other machine."""

import socket

import pytest

from qml.emulators.ionq import serve


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch):
    connect = socket.socket.connect

    def guarded(self, address):
        if isinstance(address, tuple) and address[0] not in {"127.0.0.1", "localhost", "::1"}:
            raise AssertionError(f"a test reached out to {address}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="module")
def emulator():
    with serve(seed=1) as running:
        yield running


@pytest.fixture(autouse=True)
def client_environment(request, monkeypatch):
    if "emulator" in request.fixturenames:
        monkeypatch.setenv("IONQ_API_URL", request.getfixturevalue("emulator").url)
        monkeypatch.setenv("IONQ_API_KEY", "a key")
