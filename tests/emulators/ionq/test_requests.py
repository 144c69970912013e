"""Limits, keys and the vendor's error bodies; the strict schema as an option."""

import pytest
from emulators.ionq.api import BELL, Api, circuit_job

from qml.emulators.ionq import serve
from qml.emulators.ionq.limits import BODY_BYTES


@pytest.fixture(scope="module")
def api(emulator):
    connected = Api(emulator)
    yield connected
    connected.close()


@pytest.fixture(scope="module")
def strict_api():
    with serve(strict=True) as emulator:
        connected = Api(emulator)
        yield connected
        connected.close()


def test_a_key_is_needed_except_for_backends(api):
    for header in ({}, {"Authorization": "apiKey "}, {"Authorization": "Bearer k"}):
        status, body = api.call("GET", "/v0.4/jobs", headers=header)
        assert (status, body["error"]) == (401, "Unauthorized Error")
        assert api.call("POST", "/v0.4/jobs", circuit_job(BELL), headers=header)[0] == 401
    for path in ("/v0.4/backends", "/v0.4/backends/simulator", "/emulator/summary"):
        assert api.call("GET", path, headers={})[0] == 200


def test_unknown_addresses(api):
    for path in (
        "/v0.4/jobs/none",
        "/v0.4/nothing",
        "/",
        "/v0.4/backends/none",
        "/v0.4/sessions/x",
    ):
        status, body = api.call("GET", path)
        assert (status, body["error"], body["statusCode"]) == (404, "Not Found Error", 404)


def refused(api, body):
    status, answer = api.call("POST", "/v0.4/jobs", body)
    assert status == 400, answer
    return answer


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"type": "ionq.qir.v1"}, "type"),
        ({"type": "qctrl.qaoa.v1"}, "type"),
        ({"input": None}, "input"),
        ({"shots": "many"}, "shots"),
        ({"shots": True}, "shots"),
        ({"dry_run": "yes"}, "dry_run"),
        ({"noise": {"model": "loud"}}, "noise.model"),
        ({"noise": {"model": "ideal", "seed": "x"}}, "noise.seed"),
        ({"metadata": {str(i): "" for i in range(11)}}, "metadata"),
        ({"metadata": {"k": 1}}, "metadata.k"),
        ({"metadata": {"k": "v" * 40_001}}, "metadata.k"),
        ({"settings": {"error_mitigation": {"debiasing": True}}, "shots": 499}, "shots"),
    ],
)
def test_fields_out_of_range(api, change, key):
    answer = refused(api, {**circuit_job(BELL), **change})
    assert key in answer["validation"]["keys"]


@pytest.mark.parametrize(
    ("gate", "key"),
    [
        ({"gate": "nonsense", "target": 0}, "gate"),
        ({"gate": "gpi", "target": 0, "phase": 0.1}, "gate"),
        ({"gate": "h"}, "targets"),
        ({"gate": "h", "target": 2}, "targets"),
        ({"gate": "h", "target": -1}, "targets"),
        ({"gate": "h", "target": 0.5}, "target"),
        ({"gate": "cnot", "target": 0}, "control"),
        ({"gate": "x", "target": 0, "controls": [0]}, "targets"),
        ({"gate": "rx", "target": 0}, "rotation"),
        ({"gate": "rx", "target": 0, "rotation": None}, "rotation"),
        ({"gate": "zz", "targets": [0], "rotation": 1}, "targets"),
        ({"gate": "pauliexp", "targets": [0, 1], "terms": ["X"], "coefficients": [1], "time": 1},
         "terms"),
        ("h", ""),
    ],
)  # fmt: skip
def test_gates_that_make_no_sense(api, gate, key):
    answer = refused(api, circuit_job([gate]))
    assert answer["validation"]["keys"][0].endswith(key)


def test_bodies_that_are_no_jobs(api):
    assert api.call("POST", "/v0.4/jobs", b"{broken")[0] == 400
    assert api.call("POST", "/v0.4/jobs", b"[1]")[0] == 400
    assert api.call("POST", "/v0.4/jobs", b'{"settings": {"x": NaN}}')[0] == 400
    assert api.call("POST", "/v0.4/jobs", circuit_job([], qubits=0))[0] == 400


def test_too_much(emulator, api):
    many = {"gateset": "qis", "circuits": [{"circuit": BELL}] * 5001}
    body = {"type": "ionq.multi-circuit.v1", "backend": "simulator", "input": many}
    assert "5,000 circuits" in refused(api, body)["message"]
    many["circuits"] = [{"circuit": BELL[:1] * 1001}] * 150
    assert "150,000 gates" in refused(api, body)["message"]
    big = Api(emulator)
    big._connection.putrequest("POST", "/v0.4/jobs")
    big._connection.putheader("Authorization", "apiKey k")
    big._connection.putheader("Content-Length", str(BODY_BYTES + 1))
    big._connection.endheaders()
    assert big._connection.getresponse().status == 413
    big.close()


def wide(qubits):
    return [{"gate": "x", "target": i} for i in range(qubits)]


def test_qubits_that_nothing_acts_on_are_free(api):
    far = [{"gate": "x", "target": 35}, {"gate": "cnot", "control": 35, "target": 3}]
    job = api.submit(circuit_job(far, qubits=36, backend="qpu.forte-1", shots=100))
    found = api.probabilities(job)
    assert found[str((1 << 35) + (1 << 3))] > 0.9


def test_what_a_machine_cannot_run_fails_after_acceptance(api):
    native = {"gate": "ms", "targets": [0, 1], "phases": [0, 0]}
    for body, code in (
        (circuit_job([native], gateset="native", backend="qpu.forte-1"), "UnsupportedGate"),
        (circuit_job(BELL, qubits=37, backend="qpu.forte-1"), "NotEnoughQubits"),
        (circuit_job(wide(21), qubits=21), "SimulationError"),
        (circuit_job(wide(25), qubits=25, backend="qpu.forte-1"), "SimulationError"),
    ):
        job = api.get(f"/v0.4/jobs/{api.submit(body)}")
        assert (job["status"], job["failure"]["code"]) == ("failed", code)


def test_dialects_of_the_clients_are_one_circuit(api):
    cirq = circuit_job(
        [
            {"gate": "h", "targets": [0]},
            {"gate": "x", "controls": [0], "targets": [1]},
        ],
        lang="json",
        shots="100",
    )
    assert api.probabilities(api.submit(cirq)) == {"0": 0.5, "3": 0.5}
    angle, phase = (
        circuit_job(
            [
                {"gate": "gpi2", "target": 0, "phase": 0},
                {"gate": "gpi2", "target": 1, "phase": 0.1},
                {"gate": "zz", "targets": [0, 1], key: 0.17},
                {"gate": "gpi2", "target": 0, "phase": 0.3},
            ],
            gateset="native",
        )
        for key in ("angle", "phase")
    )
    assert api.probabilities(api.submit(angle)) == api.probabilities(api.submit(phase))


def test_strict_refuses_what_the_schema_lacks(strict_api):
    strict_api.submit(circuit_job(BELL))
    for change, key in (
        ({"lang": "json"}, "lang"),
        ({"shots": "100"}, "shots"),
        ({"noise": {"model": "ideal", "loud": 1}}, "noise.loud"),
    ):
        answer = refused(strict_api, circuit_job(BELL, **change))
        assert answer["validation"]["keys"] == [key]
    gate = {"gate": "h", "target": 0, "label": "x"}
    answer = refused(strict_api, circuit_job([gate]))
    assert answer["validation"]["keys"] == ["input.circuit[0].label"]


def test_registers_name_the_bits_of_a_circuit(api):
    job = circuit_job([], shots=20, type="ionq.multi-circuit.v1", backend="qpu.forte-1")
    one = {"circuit": [{"gate": "x", "target": 1}], "registers": {"a": [1], "b": [0, None, 1]}}
    job["input"] = {"qubits": 2, "gateset": "qis", "circuits": [one]}
    (child,) = api.get(f"/v0.4/jobs/{api.submit(job)}")["child_job_ids"]
    shown = api.get(f"/v0.4/jobs/{child}")
    artifact = shown["results"]["ionq.result.histogram.json.v2"]["id"]
    registers = api.get(f"/v0.4/jobs/{child}/artifacts/{artifact}")["histogram"]["registers"]
    assert max(registers["b"], key=registers["b"].get) == "001"
    assert sum(registers["a"].values()) == 20
