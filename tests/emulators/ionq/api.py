"""A bare HTTP client for tests, and jobs to send."""

import http.client
import json

HEADERS = {"Authorization": "apiKey k"}


class Api:
    """One keep-alive connection to an emulator."""

    def __init__(self, emulator) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", emulator.port, timeout=10)

    def call(self, method, path, body=None, headers=None):
        """Return status and JSON value; `body` may be bytes."""
        content = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        self._connection.request(method, path, content, HEADERS if headers is None else headers)
        response = self._connection.getresponse()
        self.headers = response.headers
        return response.status, json.loads(response.read())

    def get(self, path):
        """GET what answers 200."""
        status, value = self.call("GET", path)
        assert status == 200, value
        return value

    def submit(self, body):
        """POST a job that is accepted, and return its id."""
        status, value = self.call("POST", "/v0.4/jobs", body)
        assert status == 201, value
        return value["id"]

    def probabilities(self, job_id):
        """Return the probabilities of a job."""
        return self.get(f"/v0.4/jobs/{job_id}/results/probabilities")

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def circuit_job(gates, qubits=2, gateset="qis", **fields):
    """Make a job of one circuit."""
    return {
        "type": "ionq.circuit.v1",
        "backend": "simulator",
        "input": {"qubits": qubits, "gateset": gateset, "circuit": gates},
        **fields,
    }


BELL = [{"gate": "h", "target": 0}, {"gate": "cnot", "control": 0, "target": 1}]
