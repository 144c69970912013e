"""HTTP: the loopback alone, connections that stay, a clean end."""

import json
import socket
import time

import pytest
from emulators.ionq.api import BELL, Api, circuit_job

from qml.emulators.ionq import serve
from qml.errors import UsageError


def test_only_the_loopback_is_listened_on(emulator):
    assert emulator.url == f"http://127.0.0.1:{emulator.port}/v0.4"
    with socket.socket() as other:
        other.settimeout(2)
        assert other.connect_ex(("127.0.0.2", emulator.port)) != 0


def test_a_port_that_is_taken_is_told(emulator):
    with pytest.raises(UsageError, match="cannot be listened on"), serve(port=emulator.port):
        pass


def test_one_connection_serves_many_requests(emulator):
    api = Api(emulator)
    api.get("/v0.4/backends")
    first = api._connection.sock
    api.call("GET", "/v0.4/nothing")
    api.call("POST", "/v0.4/jobs", b"{broken")
    api.call("GET", "/v0.4/jobs", {"limit": 1000})  # Cirq sends a body with a GET
    api.submit(circuit_job(BELL))
    assert api._connection.sock is first
    api.close()


def test_a_client_that_leaves_in_the_middle_harms_nobody(emulator, capfd):
    with socket.create_connection(("127.0.0.1", emulator.port)) as rude:
        rude.sendall(b"POST /v0.4/jobs HTTP/1.1\r\nContent-Length: 100\r\n\r\nhalf")
    with socket.create_connection(("127.0.0.1", emulator.port)) as rude:
        rude.sendall(b"nonsense\r\n\r\n")
    api = Api(emulator)
    assert api.get("/v0.4/whoami")["key_name"] == "emulated"
    api.close()
    assert capfd.readouterr().err == ""


def test_stopping_ends_connections_and_slow_answers():
    job = json.dumps(circuit_job(BELL)).encode()
    with serve(faults=["slow-response@1"], slow=60) as emulator:
        slow, idle = Api(emulator), Api(emulator)
        slow._connection.request("POST", "/v0.4/jobs", job, {"Authorization": "apiKey k"})
        while emulator.summary()["jobs"] == 0:
            idle.get("/v0.4/whoami")
        begun = time.monotonic()
    assert time.monotonic() - begun < 10
    idle._connection.sock.settimeout(5)
    assert idle._connection.sock.recv(1) == b""
    slow.close()
    idle.close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", emulator.port))
