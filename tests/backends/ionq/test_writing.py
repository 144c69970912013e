"""What is sent is what qiskit-ionq sends, for the same circuits, through its own front door."""

import json

import pytest
from backends.ionq.stub import KEY, Reply, serve
from qiskit_ionq import IonQProvider
from qiskit_ionq.helpers import decompress_metadata_string

from qml.backends.base import Intent, Settings
from qml.backends.ionq import plugin
from qml.backends.ionq.compilation import Compilation
from qml.backends.ionq.translate import program
from qml.circuits import Work
from qml.config.sections import BackendSection
from qml.config.sections.backend import NoiseSection
from qml.config.sections.vendors import IonqSection
from qml.testing.circuits import asymmetric, bell, entangled


@pytest.fixture
def stub():
    with serve() as server:
        yield server


def sent(stub, section, work, key="0123456789abcdef"):
    backend = plugin(Settings(section=section, environ=stub.environ))
    backend.submit(work, Intent(key=key, digest=""))
    backend.close()
    return stub.seen[-1].document


@pytest.mark.filterwarnings("ignore:Transpiler default optimization_level")
@pytest.mark.parametrize("native", [True, False])
@pytest.mark.parametrize("batch", [(bell(),), (bell(), asymmetric(), entangled())])
def test_the_body_is_the_vendors(stub, monkeypatch, native, batch):
    section = BackendSection(name="ionq", ionq=IonqSection(native=native))
    ours = sent(stub, section, Work(circuits=batch, shots=77, seed=5))

    monkeypatch.setenv("IONQ_API_URL", stub.url)
    stub.pages["backends/simulator"] = {"qubits": 29}
    vendor = IonQProvider(KEY, stub.url).get_backend(
        "simulator", gateset="native" if native else "qis"
    )
    compilation = Compilation("forte" if native else None)
    circuits = [program(compilation.of(c).circuit, str(i)) for i, c in enumerate(batch)]
    vendor.set_options(sampler_seed=ours["noise"]["seed"])
    vendor.run(circuits if len(circuits) > 1 else circuits[0], shots=77)
    theirs = stub.seen[-1].document

    extra = {k: ours["metadata"].pop(k) for k in list(ours["metadata"]) if k.startswith("qml_")}
    assert ours.pop("name") == "qml 01234567"
    theirs.pop("name")
    for body in (ours, theirs):  # gzip writes the time into it
        header = decompress_metadata_string(body["metadata"].pop("qiskit_header"))
        body["header"] = header
    assert ours == theirs
    assert extra["qml_key"] == "0123456789abcdef"


def test_a_job_of_many_circuits_has_a_short_header(stub, monkeypatch):
    monkeypatch.setattr("qml.backends.ionq.writing.MOST_WITH_HEADER", 2)
    body = sent(stub, BackendSection(name="ionq"), Work(circuits=(bell(),) * 3, shots=5))
    assert len(body["metadata"]["qiskit_header"]) < 60
    assert len(body["metadata"]) == 8


@pytest.mark.parametrize("debiasing", [False, True])
def test_debiasing_is_always_said_on_a_machine(stub, debiasing):
    section = BackendSection(name="ionq.forte-1", ionq=IonqSection(debiasing=debiasing))
    body = sent(stub, section, Work(circuits=(bell(),), shots=500))
    assert body["settings"] == {"error_mitigation": {"debiasing": debiasing}}
    assert body["backend"] == "qpu.forte-1"
    assert "noise" not in body


def test_noise_is_sent_with_a_seed_of_the_work(stub):
    section = BackendSection(name="ionq", noise=NoiseSection(model="aria-1"))
    bodies = [
        sent(stub, section, Work(circuits=(bell(),), shots=9, seed=seed)) for seed in (1, 1, 2)
    ]
    assert [b["noise"]["model"] for b in bodies] == ["aria-1"] * 3
    seeds = [b["noise"]["seed"] for b in bodies]
    assert seeds[0] == seeds[1] != seeds[2]
    assert all(0 <= s < 2**31 for s in seeds)
    assert {g["gate"] for g in bodies[0]["input"]["circuit"]} <= {"gpi", "gpi2", "ms"}


def test_a_session_with_a_cost_limit_is_opened_once_and_ended(stub):
    section = BackendSection(name="ionq.forte-1", ionq=IonqSection(session_cost_limit="12.5"))
    backend = plugin(Settings(section=section, environ=stub.environ))
    assert stub.seen == []
    stub.script["POST"].append(Reply(201, {"id": "s1"}))
    for _ in range(2):
        job = backend.submit(Work(circuits=(bell(),), shots=9), Intent(key="k", digest=""))
        stub.jobs[job.id]["status"] = "completed"
        backend.poll(job)
    stub.script["POST"].append(Reply(200, {"id": "s1"}))
    backend.close()
    backend.close()
    paths = [s.path for s in stub.requests("POST")]
    assert paths == ["/v0.4/sessions", "/v0.4/jobs", "/v0.4/jobs", "/v0.4/sessions/s1/end"]
    limit = {"cost_limit": {"unit": "usd", "value": 12.5}}
    assert stub.seen[0].document == {"backend": "qpu.forte-1", "settings": limit}
    assert [json.loads(s.body)["session_id"] for s in stub.requests("POST")[1:3]] == ["s1", "s1"]
