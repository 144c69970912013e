"""Amazon Braket, S3 and STS on loopback: tasks run on Braket's local simulator.

Every request is checked against botocore's own model of the service; what does not fit is refused,
as AWS would, and kept in `violations`.
"""

import json
import re
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import unquote

import numpy as np
from botocore.loaders import Loader
from botocore.model import ServiceModel
from botocore.validate import ParamValidator

MODEL = ServiceModel(Loader().load_service_model("braket", "service-2"))
DEVICE = {
    "deviceName": "Forte 1",
    "providerName": "IonQ",
    "deviceType": "QPU",
    "deviceStatus": "ONLINE",
    "deviceCapabilities": json.dumps({"provider": {"fidelity": {"2Q": {"mean": 0.9952}}}}),
    "deviceQueueInfo": [
        {"queue": "QUANTUM_TASKS_QUEUE", "queueSize": "12", "queuePriority": "Normal"}
    ],
}
GARBAGE = b"<html>gateway</html>"
HANG = 0.6
FEW = 100
IDENTITY = (
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">'
    "<GetCallerIdentityResult><Account>123456789012</Account></GetCallerIdentityResult>"
    "</GetCallerIdentityResponse>"
)


@dataclass
class FakeTask:
    arn: str
    request: dict
    status: str = "COMPLETED"
    position: str = "0"
    reason: str | None = None
    more: dict = field(default_factory=dict)

    def row(self):
        return {
            "quantumTaskArn": self.arn,
            "status": self.status,
            "deviceArn": self.request["deviceArn"],
            "deviceParameters": "{}",
            "shots": self.request["shots"],
            "outputS3Bucket": self.request["outputS3Bucket"],
            "outputS3Directory": f"{self.request['outputS3KeyPrefix']}/{self.arn[-4:]}",
            "createdAt": datetime.now(UTC).isoformat(),
            "tags": self.request["tags"],
        }


@dataclass
class FakeCloud:
    """The account.

    Attributes:
        script: What becomes of the next submissions, each `(accepted, answer)`; an answer is a
            status, `drop`, `hang` or `garbage`.
        remembers: Whether a repeated client token is the same task, as AWS promises for a while.
    """

    tasks: list = field(default_factory=list)
    posts: list = field(default_factory=list)
    script: list = field(default_factory=list)
    violations: list = field(default_factory=list)
    buckets: list = field(default_factory=list)
    files: dict = field(default_factory=dict)
    limits: list = field(default_factory=list)
    failing_reads: list = field(default_factory=list)
    reads: int = 0
    page: int = 2
    remembers: bool = True
    fate: str = "COMPLETED"
    reason: str | None = None
    url: str = ""
    prices: str = ""
    denied: bool = False

    def reset(self):
        self.__init__(url=self.url)

    def accept(self, request):
        known = [t for t in self.tasks if t.request["clientToken"] == request["clientToken"]]
        if known and self.remembers:
            return known[0]
        arn = f"arn:aws:braket:us-east-1:123456789012:quantum-task/{len(self.tasks):04d}"
        self.tasks.append(FakeTask(arn, request, self.fate, reason=self.reason))
        return self.tasks[-1]

    def results(self, task):
        """Results are made once: reading changes nothing."""
        key = f"{task.row()['outputS3Directory']}/results.json"
        if key not in self.files:
            self.files[key] = self.run(task)
        return self.files[key]

    def run(self, task):
        """Braket's simulator writes the document of one shot; the other shots are drawn."""
        from braket.devices import LocalSimulator
        from braket.schema_common import BraketSchemaBase

        action = BraketSchemaBase.parse_raw_schema(task.request["action"])
        programs = getattr(action, "programs", [action])
        total, simulator = task.request["shots"], LocalSimulator("braket_sv")._delegate
        document = json.loads(simulator.run(action, shots=len(programs)).json())
        outcomes = [p["executableResults"][0] for p in document.get("programResults", [])]
        for place, (program, outcome) in enumerate(
            zip(programs, outcomes or [document], strict=True)
        ):
            draw(simulator, program.source, outcome, total // len(programs), [place, total])
        document["taskMetadata"]["requestedShots" if outcomes else "shots"] = total
        return json.dumps(document).encode()


def draw(simulator, source, outcome, shots, seed):
    """Put measurements, or their frequencies where they are many, into an outcome."""
    from braket.ir.openqasm import Program

    exact = simulator.run(Program(source=unmeasured(source)), shots=0).resultTypes[0].value
    tally = np.random.default_rng(seed).multinomial(shots, exact / np.sum(exact))
    order = np.argsort(np.argsort(outcome["measuredQubits"]))
    bits = {}
    for index in np.flatnonzero(tally):
        ascending = format(index, f"0{len(order)}b")
        bits["".join(ascending[i] for i in order)] = int(tally[index])
    outcome["measurements"] = outcome["measurementProbabilities"] = None
    if shots <= FEW:
        outcome["measurements"] = [[int(b) for b in k] for k, n in bits.items() for _ in range(n)]
    else:
        outcome["measurementProbabilities"] = {k: n / shots for k, n in bits.items()}


def unmeasured(source):
    """Ask for exact probabilities instead; an identity keeps idle qubits in the register."""
    asked = "\n#pragma braket result probability all"
    return re.sub(r"b\[\d+\] = measure ", "i ", source) + asked


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def cloud(self):
        return self.server.cloud

    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", kind="application/json", **headers):
        body = json.dumps(body).encode() if isinstance(body, dict) else body
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def fail(self, status, code, **headers):
        self.answer(status, {"message": f"as told: {code}"}, x_amzn_ErrorType=code, **headers)

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def checked(self, operation, **more):
        shape = MODEL.operation_model(operation).input_shape
        sent = {**json.loads(self.body() or b"{}"), **more}
        report = ParamValidator().validate(sent, shape)
        unknown = set(sent) - set(shape.members)
        if report.has_errors() or unknown or "AWS4-HMAC" not in self.headers["Authorization"]:
            self.cloud.violations.append(report.generate_report() or str(unknown))
        return sent

    def create(self):
        sent = self.checked("CreateQuantumTask")
        self.cloud.posts.append(sent)
        accepted, told = self.cloud.script.pop(0) if self.cloud.script else (True, 201)
        task = self.cloud.accept(sent) if accepted else None
        match told:
            case "drop":
                self.close_connection = True
            case "hang":
                time.sleep(HANG)
                self.close_connection = True
            case "garbage":
                self.answer(201, GARBAGE)
            case 201:
                self.answer(201, {"quantumTaskArn": task.arn})
            case 429:
                self.fail(429, "ThrottlingException", Retry_After="7")
            case status:
                self.fail(status, f"Status{status}Exception")

    def do_POST(self):
        if self.path == "/quantum-task":
            self.create()
        elif self.path == "/":
            self.body()
            self.answer(200, IDENTITY.encode(), "text/xml")
        elif self.broken():
            pass
        elif self.path == "/quantum-tasks":
            sent = self.checked("SearchQuantumTasks")
            (device,) = [f["values"][0] for f in sent["filters"] if f["name"] == "deviceArn"]
            rows = [t.row() for t in self.cloud.tasks if t.request["deviceArn"] == device]
            start = int(sent.get("nextToken", 0))
            page = {"quantumTasks": rows[start : start + self.cloud.page]}
            if start + self.cloud.page < len(rows):
                page["nextToken"] = str(start + self.cloud.page)
            self.answer(200, page)
        else:
            self.checked("SearchSpendingLimits")
            if self.cloud.denied:
                self.fail(403, "AccessDeniedException")
            else:
                self.answer(200, {"spendingLimits": self.cloud.limits})

    def broken(self):
        self.cloud.reads += 1
        if not self.cloud.failing_reads:
            return False
        self.body()
        told = self.cloud.failing_reads.pop(0)
        match told:
            case "drop":
                self.close_connection = True
            case "hang":
                time.sleep(HANG)
                self.close_connection = True
            case "garbage":
                self.answer(200, GARBAGE)
            case status:
                self.fail(status, f"Status{status}Exception")
        return True

    def do_GET(self):
        path = unquote(self.path)
        if path == "/prices.csv":
            self.answer(200, self.cloud.prices.encode(), "text/csv")
            return
        if self.broken():
            return
        if task := re.match(r"/quantum-task/([^?]+)", path):
            self.checked("GetQuantumTask", quantumTaskArn=task[1])
            self.task(task[1])
        elif path.startswith("/device/"):
            arn = path.removeprefix("/device/")
            self.answer(200, {"deviceArn": arn, **DEVICE})
        else:
            self.file(path)

    def task(self, arn):
        found = [t for t in self.cloud.tasks if t.arn == arn]
        if not found:
            self.fail(404, "ResourceNotFoundException")
            return
        position = {"queue": "QUANTUM_TASKS_QUEUE", "position": found[0].position}
        facts = {**found[0].row(), "queueInfo": position, **found[0].more}
        if found[0].reason:
            facts["failureReason"] = found[0].reason
        self.answer(200, facts)

    def file(self, path):
        _, _bucket, key = path.split("/", 2)
        folder, _, name = key.rpartition("/")
        if key in self.cloud.files:
            self.answer(200, self.cloud.files[key], "binary/octet-stream")
            return
        (task,) = [t for t in self.cloud.tasks if t.row()["outputS3Directory"] == folder]
        assert name == "results.json"
        self.answer(200, self.cloud.results(task), "binary/octet-stream")

    def do_PUT(self):
        self.body()
        path = unquote(self.path)
        if path.endswith("/cancel"):
            arn = path.removeprefix("/quantum-task/").removesuffix("/cancel")
            for task in self.cloud.tasks:
                if task.arn == arn:
                    task.status = "CANCELLED"
            self.answer(200, {"quantumTaskArn": arn, "cancellationStatus": "CANCELLING"})
        else:
            self.cloud.buckets.append(path)
            self.answer(200, b"", "application/xml")


@contextmanager
def serve(monkeypatch):
    """Run the account on loopback, and point boto3's own settings to it."""
    cloud = FakeCloud()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads, server.cloud = True, cloud
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    cloud.url = f"http://127.0.0.1:{server.server_address[1]}"
    for name in ("BRAKET", "S3", "STS"):
        monkeypatch.setenv(f"AWS_ENDPOINT_URL_{name}", cloud.url)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAFAKE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "never-to-be-written")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    # what a user has set for other work must not make two tasks of one
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "4")
    try:
        yield cloud
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
