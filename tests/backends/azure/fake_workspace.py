"""A workspace of Azure Quantum behind `requests`: Azure's own client runs, no socket is opened.

Circuits are read and run by the emulator of IonQ, which the vendor's clients have tested.
"""

import json
import re
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import urlsplit

import numpy as np
import requests
from azure.core.pipeline.transport import RequestsTransport
from requests.adapters import BaseAdapter
from urllib3 import HTTPResponse
from urllib3.exceptions import ProtocolError, ReadTimeoutError

from qml.emulators.ionq.programs.circuits import read_programs
from qml.emulators.ionq.simulate import run

KEY = "workspace-key-that-is-never-written"
PLACE = "/subscriptions/44ef49ad-64e4-44e5-a3ba-1ee87e19d3f4/resourceGroups/rg/providers"
CONNECTION = (
    "SubscriptionId=44ef49ad-64e4-44e5-a3ba-1ee87e19d3f4;ResourceGroupName=rg;"
    f"WorkspaceName=ws;ApiKey={KEY};QuantumEndpoint=https://eastus.quantum.azure.com/;"
)
STORE = "https://store.blob.core.windows.net"
STATUS = {
    "id": "ionq",
    "currentAvailability": "Available",
    "targets": [
        {"id": f"ionq.{name}", "currentAvailability": "Available", "averageQueueTime": 120}
        for name in ("simulator", "qpu.forte-1", "qpu.aria-1")
    ],
}


@dataclass
class FakeWorkspace(BaseAdapter):
    """The workspace and its storage.

    Attributes:
        script: What becomes of the next PUTs of jobs, each `(accepted, answer)`; an answer is a
            status, `drop`, `hang` or `garbage`.
        failing: Answers to the next uploads.
        failing_reads: Answers to the next questions.
    """

    jobs: dict = field(default_factory=dict)
    blobs: dict = field(default_factory=dict)
    puts: list = field(default_factory=list)
    uploads: list = field(default_factory=list)
    asked: list = field(default_factory=list)
    script: list = field(default_factory=list)
    failing: list = field(default_factory=list)
    failing_reads: list = field(default_factory=list)
    fate: str = "Succeeded"
    page: int = 2

    def transport(self):
        session = requests.Session()
        session.mount("https://", self)
        return RequestsTransport(session=session, session_owner=False)

    def close(self):
        pass

    def send(self, request, **_):
        url = urlsplit(request.url)
        self.asked.append((request.method, url.path))
        if url.netloc == urlsplit(STORE).netloc:
            return self.storage(request, url)
        assert url.netloc == "eastus.quantum.azure.com"
        assert request.headers["x-ms-quantum-api-key"] == KEY
        path = url.path.removeprefix(f"{PLACE}/Microsoft.Quantum/workspaces/ws/")
        if request.method == "PUT":
            return self.put(request, path.removeprefix("jobs/"))
        if path == "storage/sasUri":
            return self.sign(request)
        if self.failing_reads:
            return told(request, self.failing_reads.pop(0))
        return self.read(request, path, url.query)

    def put(self, request, id_):
        sent = json.loads(request.body)
        self.puts.append((id_, sent))
        accepted, answer = self.script.pop(0) if self.script else (True, 201)
        if accepted and id_ in self.jobs:
            return told(request, 409)
        if accepted:
            self.jobs[id_] = self.accept(id_, sent)
        if answer == 201:
            return told(request, 201, self.jobs[id_])
        return told(request, answer)

    def accept(self, id_, sent):
        made = {**sent, "id": id_, "status": self.fate, "itemType": "Job"}
        made["creationTime"] = "2026-11-21T10:00:00Z"
        made["beginExecutionTime"] = "2026-11-21T10:00:01Z"
        made["endExecutionTime"] = "2026-11-21T10:00:03.5Z"
        if self.fate == "Failed":
            made["errorData"] = {"code": "InternalError", "message": "the ion left"}
        if self.fate == "Succeeded":
            total = 25.7899 if "qpu" in sent["target"] else 0.0
            made["costEstimate"] = {"currencyCode": "USD", "estimatedTotal": total, "events": []}
            self.blobs[f"/job-{id_}/outputData"] = self.run(sent)
            made["outputDataUri"] = f"{STORE}/job-{id_}/outputData?sig=old&se=2020-01-01T00:00:00Z"
        return made

    def run(self, sent):
        container = urlsplit(sent["containerUri"]).path
        (program,) = read_programs(
            "ionq.circuit.v1", json.loads(self.blobs[f"{container}/inputData"])
        )
        exact = run(program, None, 0, []).probabilities
        shots = sent["inputParams"]["shots"]
        if "qpu" in sent["target"]:
            drawn = np.random.default_rng(1).multinomial(shots, list(exact.values()))
            exact = {k: int(n) / shots for k, n in zip(exact, drawn, strict=True) if n}
        histogram = {str(key): value for key, value in exact.items()}
        return json.dumps({"duration": 8, "histogram": histogram}).encode()

    def read(self, request, path, query):
        if path == "providerStatus":
            return told(request, 200, {"value": [STATUS]})
        if path == "jobs":
            start = int((re.search(r"start=(\d+)", query) or [0, 0])[1])
            page = {"value": list(self.jobs.values())[start : start + self.page]}
            if start + self.page < len(self.jobs):
                page["nextLink"] = f"{request.url.partition('?')[0]}?start={start + self.page}"
            return told(request, 200, page)
        id_ = path.removeprefix("jobs/").removesuffix(":cancel")
        if id_ not in self.jobs:
            return told(request, 404)
        if request.method == "POST":
            self.jobs[id_]["status"] = "Cancelled"
        return told(request, 200, self.jobs[id_])

    def sign(self, request):
        details = json.loads(request.body)
        path = "/".join(details[k] for k in ("containerName", "blobName") if k in details)
        return told(request, 200, {"sasUri": f"{STORE}/{path}?sig=signed"})

    def storage(self, request, url):
        assert "sig=signed" in url.query
        if request.method == "PUT":
            self.uploads.append(url.path)
            if self.failing:
                return told(request, self.failing.pop(0))
            content = request.body
            self.blobs[url.path] = content if isinstance(content, bytes) else content.read()
            return told(request, 201, headers={"ETag": '"0x1"', "x-ms-request-id": "1"})
        content = self.blobs[url.path]
        span = {"Content-Range": f"bytes 0-{len(content) - 1}/{len(content)}"}
        return told(request, 206, content, {**span, "ETag": '"0x1"', "x-ms-blob-type": "BlockBlob"})


def told(request, answer, content=b"", headers=None):
    """Make what `requests` would have made of an answer."""
    if answer == "drop":
        raise requests.ConnectionError(ProtocolError("Connection aborted"), request=request)
    if answer == "hang":
        lost = ReadTimeoutError(None, request.url, "Read timed out")
        raise requests.ReadTimeout(lost, request=request)
    status = 201 if answer == "garbage" and request.method == "PUT" else answer
    if answer == "garbage":
        status, content = 201 if request.method == "PUT" else 200, b"<html>gateway</html>"
    if isinstance(content, dict):
        content = json.dumps(content).encode()
    kind = "application/octet-stream" if "blob.core" in request.url else "application/json"
    headers = {"Content-Type": kind, "Content-Length": str(len(content)), **(headers or {})}
    if status == 429:
        headers["Retry-After"] = "7"
    response = requests.Response()
    response.status_code, response.url, response.request = status, request.url, request
    response.headers.update(headers)
    response.raw = HTTPResponse(
        BytesIO(content), headers=headers, status=status, preload_content=False
    )
    response.reason = response.raw.reason = str(status)
    return response
