"""What the proofs on paid work share: an emulator, a project, a reference run, and the judgement.

The emulator bills Forte's list price; nothing leaves this machine.
"""

import json
import os
import subprocess
import sys
import urllib.request
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

QML = str(Path(sys.executable).parent / "qml")
CAP = "700"
TOML = """
[project]
name = "storm"
[data]
path = "points.csv"
target = "label"
[model]
qubits = 2
layers = 1
[train]
steps = 3
batch_size = 2
optimizer = "adam"
gradient = "spsa"
learning_rate = 0.1
[backend]
name = "ionq.forte-1"
shots = 200
grace = 0.5
on_unknown = "resubmit"
[baselines]
enabled = false
[tracking]
name = "none"
"""
POINTS = """a,b,label
0.1,0.7,up
-0.4,-0.8,down
0.6,0.3,up
-0.9,0.1,down
0.5,0.2,up
-0.2,-0.6,down
0.8,-0.1,up
-0.7,0.2,down
0.3,0.9,up
-0.6,-0.5,down
"""
TIMING = ("train_seconds", "compile_seconds", "circuits_per_second")
PIPES = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}


@dataclass
class Emulator:
    """A running `qml emulate ionq`."""

    process: subprocess.Popen
    url: str

    def get(self, path: str) -> dict:
        """Ask it something beside IonQ's API."""
        root = self.url.removesuffix("/v0.4")
        with urllib.request.urlopen(root + path, timeout=30) as answer:  # noqa: S310 - loopback
            return json.load(answer)

    def jobs(self) -> list[dict]:
        """Return every job it accepted."""
        return self.get("/emulator/jobs")["jobs"]

    def stop(self) -> None:
        """End it by its process id."""
        self.process.terminate()
        self.process.wait(10)


def emulate(*options: str) -> Emulator:
    """Start an emulator on a free port."""
    command = [QML, "emulate", "ionq", "--port", "0", "--seed", "1", "--json", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    return Emulator(process, json.loads(process.stdout.readline())["url"])


@dataclass
class Place:
    """A project folder whose jobs go to an emulator."""

    root: Path
    emulator: Emulator
    environ: dict[str, str] = field(default_factory=dict)

    @classmethod
    def make(cls, root: Path, emulator: Emulator, toml: str = TOML) -> "Place":
        """Lay the project out."""
        root.mkdir(parents=True)
        (root / "qml.toml").write_text(toml)
        (root / "points.csv").write_text(POINTS)
        environ = {
            **os.environ,
            "IONQ_API_URL": emulator.url,
            "IONQ_API_KEY": "not-a-secret-for-the-emulator",
            "HOME": str(root),
            "QML_CACHE_DIR": str(root.parent / "cache"),
        }
        return cls(root, emulator, environ)

    def start(self, *command: str) -> subprocess.Popen:
        """Start a command in the project."""
        return subprocess.Popen(command, cwd=self.root, env=self.environ, **PIPES)

    def qml(self, *arguments: str, codes: tuple[int, ...] = (0,)) -> dict:
        """Run `qml`; return its document."""
        process = self.start(QML, *arguments, "--json")
        out, err = process.communicate(timeout=300)
        if process.returncode not in codes:
            raise SystemExit(f"{arguments}: exit {process.returncode}\n{err.decode()}")
        return json.loads(out)

    def train(self) -> dict:
        """Train undisturbed."""
        return self.qml("train", "--max-cost", CAP, "--fresh")

    def runs(self) -> set[str]:
        """Return the ids of all runs."""
        return {path.name for path in (self.root / "runs").glob("2*")}


def record(document: dict) -> tuple:
    """Return all that must be equal between a disturbed and an undisturbed run."""
    run = Path(document["run_dir"])
    metrics = {k: v for k, v in document["metrics"].items() if k not in TIMING}
    names = ("metrics.jsonl", "artifacts/model.safetensors", "artifacts/test_predictions.csv")
    return metrics, *((run / name).read_bytes() for name in names)


def judge(place: Place, document: dict, reference: tuple) -> list[str]:
    """Say what is wrong with a run that was disturbed; empty where nothing is."""
    run = document["run_id"]
    intents = [j for j in place.qml("jobs", "list")["jobs"] if j["run_id"] == run]
    bought = [j for j in intents if j["state"] == "settled"]
    keys = {j["intent"] for j in intents}
    mine = [j for j in place.emulator.jobs() if j["metadata"].get("qml_key") in keys]
    found = []
    if sorted(j["provider_job_id"] for j in bought) != sorted(j["id"] for j in mine):
        found.append(f"{len(bought)} settled intents, {len(mine)} jobs at the emulator")
    if len({(j["run_id"], j["name"]) for j in bought}) != len(bought):
        found.append("a place of the run was bought twice")
    billed = sum((Decimal(j["billed"]) for j in bought), Decimal(0))
    charged = sum((Decimal(j["billed"]) for j in mine), Decimal(0))
    if not billed == charged == Decimal(document["cost"]["billed"]) <= Decimal(CAP):
        found.append(f"ledger {billed}, emulator {charged}, run {document['cost']['billed']}")
    left = [j["state"] for j in intents if j["state"] not in {"settled", "cancelled", "refused"}]
    if left:
        found.append(f"intents left over: {left}")
    if record(document) != reference:
        found.append("metrics, model or answers differ from the undisturbed run")
    return found
