"""A small IBM Quantum on loopback: enough of it for the unmodified client.

It serves the configuration and calibration that the SDK ships of a machine, takes jobs of the
client-side sampler, simulates them without noise, and returns them in IBM's encoding.
"""

import base64
import json
import threading
import time
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import numpy as np
from ibm_quantum_schemas.executor.version_2_0 import ParamsModel, QuantumProgramResultModel
from ibm_quantum_schemas.executor.version_2_0.models import (
    ItemMetadataModel,
    MetadataModel,
    QuantumProgramResultItemModel,
)
from qiskit_aer import AerSimulator

from qml.backends.ibm.compiling import size
from qml.backends.registry import open_backend
from qml.config.sections import BackendSection
from qml.config.sections.vendors import IbmSection

TOKEN = "stub-token-5d1cafe0"
CRN = "crn:v1:bluemix:public:quantum-computing:us-east:a/0:stub::"
DEVICE = "ibm_nairobi"
PREFIX = "/experimental/api/v1"
SLOW = 1.5
MOVES = 2
"""Questions that a job answers before it is done."""


@dataclass
class StubJob:
    id: str
    body: dict
    created: datetime
    status: str = "Queued"
    asked: int = 0
    reason: dict = field(default_factory=dict)
    results: str | None = None

    def row(self) -> dict:
        return {
            "id": self.id,
            "backend": self.body["backend"],
            "created": self.created.isoformat().replace("+00:00", "Z"),
            "state": {"status": self.status, **self.reason},
            "tags": self.body.get("tags", []),
            "program": {"id": self.body["program_id"]},
        }


class Stub:
    """What IBM knows. `fault` is played once: on the first submission, or, as `get-NAME`, on the
    first question about a job; `endless-queue` and `job-failed` are fates of every job."""

    def __init__(self, fault: str | None, section: IbmSection) -> None:
        self.seen: list[tuple[str, str, object]] = []
        self.made: dict[str, StubJob] = {}
        self.fault, self.fate = (None, fault) if fault in FATES else (fault, None)
        self.section = section
        self.url = ""
        self.environ: dict[str, str] = {}
        self.stop = lambda: None
        self.gone = False

    @property
    def posts(self) -> int:
        return sum((m, p) == ("POST", "/jobs") for m, p, _ in self.seen)

    @property
    def jobs(self) -> list[str]:
        return list(self.made)

    def bill(self, job_id: str) -> None:
        """IBM tells seconds, not money."""

    def gates(self, job_id: str) -> tuple[int, int]:
        sizes = [size(c) for c in circuits_of(self.made[job_id])]
        return sum(s.one_qubit for s in sizes), sum(s.two_qubit for s in sizes)

    def connect(self):
        section = BackendSection(name=f"ibm.{DEVICE}", shots=100, ibm=self.section)
        return open_backend(section, environ=self.environ)

    def played(self, *, submission: bool) -> str | None:
        """Return the fault that is due now, and forget it."""
        due = self.fault
        if due is None or due.startswith("get-") == submission:
            return None
        self.fault = None
        return due.removeprefix("get-")


KINDS = ("conf", "props")
FATES = ("endless-queue", "job-failed")


@lru_cache(maxsize=2)
def shipped(device: str) -> tuple[dict, dict]:
    """Return the configuration and properties that the SDK ships of a machine."""
    name = device.removeprefix("ibm_")
    folder = Path(find_spec("qiskit_ibm_runtime").origin).parent / "fake_provider/backends" / name
    conf, props = (json.loads((folder / f"{kind}_{name}.json").read_text()) for kind in KINDS)
    return conf, props


def tagged(job: StubJob, wanted: str) -> bool:
    """Match tags loosely: what IBM's search calls a match is not written down."""
    return any(tag.startswith(wanted) for tag in job.body.get("tags", []))


def circuits_of(job: StubJob) -> list:
    model = ParamsModel.model_validate(job.body["params"])
    return model.quantum_program.circuits.to_python()


def run(job: StubJob) -> str:
    """Simulate a job, and write its results in the vendor's encoding."""
    program = ParamsModel.model_validate(job.body["params"]).quantum_program
    seed = int(job.id.removeprefix("stub"))
    made = program.circuits.to_python()
    found = AerSimulator().run(made, shots=program.shots, seed_simulator=seed).result()
    rows = []
    for i, circuit in enumerate(made):
        (register,) = circuit.cregs
        rows.append({register.name: bits(found.get_counts(i), register.size)})
    return encoded(rows, program)


def bits(counts: dict, width: int) -> np.ndarray:
    """Return samples of shape (shots, width), the first classical bit first."""
    keys = [[int(b) for b in key[::-1]] for key in counts]
    return np.repeat(np.array(keys, dtype=bool).reshape(-1, width), list(counts.values()), axis=0)


def encoded(rows: list[dict], program) -> str:
    tensor = QuantumProgramResultItemModel.model_fields["results"].annotation.__args__[1]
    model = QuantumProgramResultModel(
        data=[
            QuantumProgramResultItemModel(
                results={k: tensor.from_numpy(v) for k, v in row.items()},
                metadata=ItemMetadataModel(),
            )
            for row in rows
        ],
        metadata=MetadataModel(chunk_timing=[]),
        passthrough_data=program.passthrough_data,
        semantic_role=program.semantic_role,
    )
    return model.model_dump_json()


def jwt() -> str:
    """Return a token that the client can read; nobody checks its signature."""
    now = int(time.time())
    parts = [{"alg": "RS256", "typ": "JWT"}, {"iat": now, "exp": now + 3600}]
    coded = [base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=") for p in parts]
    return b".".join([*coded, b"c2ln"]).decode()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else every answer waits 40 ms for an acknowledgement
    stub: Stub

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def answer(self) -> None:
        if self.stub.gone:  # connections outlive the server that accepted them
            return self.broken("drop")
        length = int(self.headers.get("Content-Length") or 0)
        raw = self.rfile.read(length).decode()
        parts = urlsplit(self.path)
        path = parts.path.removeprefix(PREFIX)
        body = json.loads(raw) if raw.startswith("{") else raw
        self.stub.seen.append((self.command, path, body))
        return self.route(path, parse_qs(parts.query), body)

    do_GET = do_POST = do_PATCH = do_DELETE = answer  # noqa: N815 - names of http.server

    def route(self, path: str, query: dict, body: object) -> None:
        if path == "/jobs" and self.command == "POST":
            self.submission(body)
        elif path.startswith("/jobs"):
            self.job(path, query)
        elif path.startswith("/sessions"):
            self.reply({"id": "session-1"})
        else:
            self.reply(self.page(path))

    def page(self, path: str) -> object:
        conf, props = shipped(DEVICE)
        pages = {
            "/identity/token": lambda: {"access_token": jwt(), "refresh_token": "no"},
            "/backends": lambda: {"devices": [{"name": DEVICE, "status": {"name": "online"}}]},
            f"/backends/{DEVICE}/configuration": lambda: {**deepcopy(conf), "backend_name": DEVICE},
            f"/backends/{DEVICE}/properties": lambda: {**deepcopy(props), "backend_name": DEVICE},
            f"/backends/{DEVICE}/status": lambda: {
                "state": True,
                "status": "active",
                "length_queue": 3,
            },
            "/instances/usage": lambda: {"usage_consumed_seconds": 1},
        }
        return pages[path]()

    def submission(self, body: dict) -> None:
        fault = self.stub.played(submission=True) or ""
        if fault in {"401", "400", "403", "409", "422"} or fault == "429":
            return self.status(int(fault), {"Retry-After": "7"} if fault == "429" else {})
        if fault.endswith("before-accept"):
            return self.broken(fault)
        made = StubJob(f"stub{len(self.stub.made) + 1}", body, datetime.now(UTC))
        self.stub.made[made.id] = made
        if fault:
            return self.broken(fault)
        return self.reply({"id": made.id, "backend": body["backend"]})

    def broken(self, fault: str) -> None:
        if fault.startswith("drop"):
            self.close_connection = True
            self.connection.shutdown(2)
        elif fault.startswith("slow"):
            time.sleep(SLOW)  # longer than the client waits: there is nobody to answer any more
            self.close_connection = True
        elif fault == "wrong-json":
            self.reply(["what", "is", "this"])
        elif fault.startswith("307"):
            self.reply("", 307, {"Location": f"{self.stub.url}{PREFIX}/jobs"})
        else:
            self.status(int(fault.split("-", maxsplit=1)[0]), {})

    def job(self, path: str, query: dict) -> None:
        _, _, job_id, *rest = [*path.split("/"), ""]
        if not job_id:
            self.listing(query)
        elif fault := self.stub.played(submission=False):
            self.broken(fault)
        elif job_id not in self.stub.made:
            self.status(404, {})
        else:
            self.known(self.stub.made[job_id], rest[0])

    def known(self, made: StubJob, what: str) -> None:
        if what == "cancel":
            made.status = "Cancelled"
            self.reply({})
        elif what == "metrics":
            used = 2.5 if made.status == "Completed" else 0
            self.reply({"usage": {"status": "complete", "qpu_charge_time_seconds": used}})
        elif what == "results":
            self.reply(self.results(made))
        else:
            self.move(made)
            self.reply(made.row())

    def results(self, made: StubJob) -> str:
        if made.status != "Completed":
            return "the reason that the vendor gives"
        made.results = made.results or run(made)
        return made.results

    def move(self, made: StubJob) -> None:
        if made.status not in {"Queued", "Running"} or self.stub.fate == "endless-queue":
            return
        made.asked += 1
        made.status = "Running"
        if made.asked >= MOVES:
            failed = self.stub.fate == "job-failed"
            made.status = "Failed" if failed else "Completed"
            made.reason = {"reason": "the fridge is warm", "reason_code": 9999} if failed else {}

    def listing(self, query: dict) -> None:
        wanted = set(query.get("tags", []))
        after = query.get("created_after", ["1970-01-01T00:00:00+00:00"])[0]
        since = datetime.fromisoformat(after)
        rows = [
            j.row()
            for j in self.stub.made.values()
            if all(tagged(j, tag) for tag in wanted) and j.created >= since
        ]
        skip, limit = int(query.get("offset", [0])[0]), int(query.get("limit", [20])[0])
        self.reply({"jobs": rows[skip : skip + limit], "count": len(rows)})

    def status(self, code: int, headers: dict) -> None:
        error = {"error": {"message": f"scripted {code} for {TOKEN}", "code": 1234}}
        self.reply(error, code, headers)

    def reply(self, body: object, code: int = 200, headers: dict | None = None) -> None:
        raw = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(code)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)


@contextmanager
def serving(fault: str | None = None, section: IbmSection | None = None):
    """Serve a stub on a free port until the block ends."""
    stub = Stub(fault, section or IbmSection(instance=CRN))
    handler = type("Bound", (Handler,), {"stub": stub})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    stub.url = f"http://127.0.0.1:{server.server_port}"
    stub.environ = {"QISKIT_IBM_TOKEN": TOKEN, "QISKIT_IBM_URL": f"{stub.url}{PREFIX}"}

    @cache
    def stop() -> None:
        stub.gone = True
        server.shutdown()
        thread.join()
        server.server_close()

    stub.stop = stop
    try:
        yield stub
    finally:
        stop()
