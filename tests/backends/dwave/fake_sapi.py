"""A fake of D-Wave's API on the loopback: its real messages, an exact solver, and faults."""

import base64
import hashlib
import json
import threading
import time
import uuid
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import dimod
import numpy as np
from dwave.cloud.solver import StructuredSolver
from dwave.cloud.testing.mocks import qpu_pegasus_solver_data, qpu_problem_timing_data

NAME = "Advantage_fake"


class FakeSapi:
    """One machine, one account.

    Attributes:
        posts: Bodies of all submissions that arrived.
        problems: Status of every problem, by id, in order.
        faults: Answers to the next submissions, in order.
        read_faults: Answers to the next questions about problems, in order.
        fate: What becomes of problems: COMPLETED, PENDING or FAILED.
    """

    def __init__(self):
        data = qpu_pegasus_solver_data(2, name=NAME, graph_id="fake")
        data["properties"]["problem_timing_data"] = qpu_problem_timing_data()
        self.machine = data
        self.solver = StructuredSolver(client=None, data=data)
        self.posts, self.problems, self.answers = [], {}, {}
        self.faults, self.read_faults = [], []
        self.uploads = {}
        self.fate = "COMPLETED"
        self._server = ThreadingHTTPServer(
            ("127.0.0.1", 0), type("Speaker", (Handler,), {"sapi": self})
        )
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self._server.server_port}/sapi/v2/"

    def close(self):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def accept(self, body):
        id_ = str(uuid.uuid4())
        self.problems[id_] = {
            "id": id_,
            "type": body["type"],
            "solver": body["solver"],
            "label": body.get("label"),
            "status": self.fate,
            "submitted_on": datetime.now(UTC).isoformat(),
        }
        if self.fate == "COMPLETED":
            self.answers[id_] = self._solve(body)
        return self.problems[id_]

    def _solve(self, body):
        return self._solve_model(body) if body["type"] == "bqm" else self._anneal(body)

    def _solve_model(self, body):
        """As a hybrid solver: one sample of the uploaded model."""
        model = dimod.BinaryQuadraticModel.from_file(self.uploads[body["data"]["data"]])
        best = dimod.ExactSolver().sample(model).truncate(1)
        return {"format": "bq", "data": best.to_serializable()}

    def _anneal(self, body):
        model = dimod.BinaryQuadraticModel.from_ising(*self._decode(body["data"]))
        reads = body["params"]["num_reads"]
        sampler = dimod.ExactSolver()
        found = sampler.sample(model).truncate(1) if len(model) <= 16 else self._descend(model)
        rows = np.repeat(np.asarray(found.record.sample)[:1], reads, axis=0)
        active = list(found.variables)
        order = np.argsort(active)
        bits = (rows[:, order] > 0).astype(np.uint8)
        return {
            "format": "qp",
            "active_variables": _ints(sorted(active)),
            "energies": _doubles(np.repeat(found.record.energy[:1], reads)),
            "solutions": base64.b64encode(
                np.packbits(bits, axis=1, bitorder="big").tobytes()
            ).decode(),
            "num_occurrences": _ints([1] * reads),
            "num_variables": self.machine["properties"]["num_qubits"],
            "timing": {"qpu_access_time": 20_000.0},
        }

    def _decode(self, data):
        """Fields of all qubits, NaN where they are not used; couplings among those in use."""
        fields = np.frombuffer(base64.b64decode(data["lin"]), "<f8")
        h = dict(zip(self.solver._encoding_qubits, fields.tolist(), strict=True))
        h = {q: v for q, v in h.items() if not np.isnan(v)}
        used = [(a, b) for a, b in self.solver._encoding_couplers if a in h and b in h]
        couplings = np.frombuffer(base64.b64decode(data["quad"]), "<f8")
        return h, dict(zip(used, couplings.tolist(), strict=True))

    def _descend(self, model):
        from dwave.samplers import SimulatedAnnealingSampler

        return SimulatedAnnealingSampler().sample(model, num_reads=20, seed=1).truncate(1)


class Handler(BaseHTTPRequestHandler):
    """Speaks for one `FakeSapi`, the attribute `sapi` of its subclass."""

    sapi: FakeSapi

    def log_message(self, *args):
        pass

    def do_PUT(self):
        """A part of an upload; models of tests have one."""
        self.sapi.uploads[self.path.split("/")[-3]] = self.content()
        self.tell({}, None)

    def content(self):
        return self.rfile.read(int(self.headers["Content-Length"]))

    def do_POST(self):
        body = json.loads(self.content())
        if "multipart" in self.path:
            return self.tell({"id": str(uuid.uuid4())}, None)
        self.sapi.posts.append(body)
        fault = self.sapi.faults.pop(0) if self.sapi.faults else None
        if fault is None:
            return self.tell(self.sapi.accept(body), "problems")
        what, _, when = fault.partition("-")
        if when == "after-accept" or fault in {"slow-response", "wrong-json"}:
            self.sapi.accept(body)
        return self.fail(what)

    def do_DELETE(self):
        row = self.sapi.problems[self.path.rsplit("/", 1)[-1]]
        row["status"] = "CANCELLED"
        self.tell(row, "problem")

    def do_GET(self):
        path = urlsplit(self.path)
        parts, query = path.path.strip("/").split("/")[2:], parse_qs(path.query)
        if parts[0] == "bqm":
            found = self.sapi.uploads.get(parts[2])
            sums = [] if found is None else [hashlib.md5(found).hexdigest()]
            rows = [{"part_number": 1, "checksum": s} for s in sums]
            return self.tell({"status": "UPLOAD_IN_PROGRESS", "parts": rows}, None)
        if parts[0] == "solvers":
            return self.tell(self.sapi.machine, "solver-definition")
        if self.sapi.read_faults:
            return self.fail(self.sapi.read_faults.pop(0))
        return self.ask(parts[1:], query)

    def ask(self, parts, query):
        if parts and parts[-1] == "answer":
            return self.tell({"answer": self.sapi.answers[parts[0]]}, "problem-answer")
        if parts and parts[-1] == "messages":
            return self.tell([{"message": "the fridge is warm"}], "problem-message")
        rows = list(self.sapi.problems.values())
        for key in ("id", "label"):
            if key in query:
                rows = [row for row in rows if row[key] == query[key][0]]
        return self.tell(rows, "problems")

    def fail(self, what):
        if what == "drop":
            self.close_connection = True
            self.connection.shutdown(2)
        elif what == "slow":
            time.sleep(1.0)
        elif what == "wrong":
            self.send("no json", "problems", 200)
        else:
            self.tell({"error_code": int(what), "error_msg": "no"}, None, int(what))

    def tell(self, value, kind, code=200):
        self.send(json.dumps(value, default=float), kind, code)

    def send(self, text, kind, code):
        content = text.encode()
        self.send_response(code)
        media = f"vnd.dwave.sapi.{kind}+json; version=3.0.0" if kind else "json"
        self.send_header("Content-Type", f"application/{media}")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def _ints(values):
    return base64.b64encode(np.asarray(values, dtype="<i4").tobytes()).decode()


def _doubles(values):
    return base64.b64encode(np.asarray(values, dtype="<f8").tobytes()).decode()
