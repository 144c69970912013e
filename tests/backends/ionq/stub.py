"""A tiny IonQ on loopback whose answers are scripted: for what goes wrong on the wire.

What goes right is tested against `qml.emulators.ionq`.
"""

import json
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count

KEY = "stub-key-9f31c0ffee"


@dataclass
class Reply:
    """The answer to one request; `accept` says whether a submission becomes a job all the same."""

    status: int | None = 201
    body: object = None
    headers: dict = field(default_factory=dict)
    accept: bool = False
    delay: float = 0.0


@dataclass
class Seen:
    method: str
    path: str
    headers: dict
    body: bytes

    @property
    def document(self):
        return json.loads(self.body)


class Stub:
    """What the server knows; replies in `script` are used up before it answers by itself."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.jobs: dict[str, dict] = {}
        self.pages: dict[str, object] = {}
        self.script: dict[str, list[Reply]] = {"POST": [], "GET": [], "PUT": []}
        self.number = count(1)
        self.url = ""

    def requests(self, method: str) -> list[Seen]:
        return [s for s in self.seen if s.method == method]

    @property
    def posts(self) -> int:
        return len(self.requests("POST"))

    @property
    def environ(self) -> dict:
        return {"IONQ_API_URL": self.url, "IONQ_API_KEY": KEY}

    def accept(self, seen: Seen) -> dict:
        document = seen.document
        job_id = f"job-{next(self.number)}"
        self.jobs[job_id] = {
            "id": job_id,
            "status": "submitted",
            "backend": document["backend"],
            "metadata": document["metadata"],
            "name": document["name"],
            "parent_job_id": None,
            "submitted_at": "2026-11-21T12:00:00Z",
        }
        return {"id": job_id, "status": "submitted", "session_id": None}

    def answer(self, seen: Seen) -> Reply:
        scripted = self.script[seen.method]
        if scripted:
            reply = scripted.pop(0)
            if reply.accept:
                self.accept(seen)
            return reply
        path = seen.path.removeprefix("/v0.4/")
        if seen.method == "POST":
            return Reply(201, self.accept(seen))
        if path in self.pages:
            return Reply(200, self.pages[path])
        if path.startswith("jobs?"):
            return Reply(200, {"jobs": list(self.jobs.values()), "next": None})
        job = self.jobs.get(path.removeprefix("jobs/").partition("/")[0])
        if job is None:
            return Reply(404, {"statusCode": 404, "error": "Not Found", "message": "no such job"})
        return Reply(200, job)


@contextmanager
def serve():
    """Run a stub on a free port of 127.0.0.1."""
    stub = Stub()

    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def _serve(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            seen = Seen(self.command, self.path, dict(self.headers), body)
            stub.seen.append(seen)
            reply = stub.answer(seen)
            if reply.delay:
                time.sleep(reply.delay)
            if reply.status is None:
                self.close_connection = True
                return
            body = reply.body
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(data)), **reply.headers}.items():
                self.send_header(name, value)
            with suppress(BrokenPipeError):  # the client did not wait
                self.end_headers()
                self.wfile.write(data)

        do_GET = do_POST = do_PUT = _serve  # noqa: N815 - names of the base class

        def log_message(self, *args) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    stub.url = f"http://127.0.0.1:{server.server_address[1]}/v0.4"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()
