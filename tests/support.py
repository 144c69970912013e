"""The installed `qml` as a subprocess, on a small project of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from forkserver import ForkServer

QML = str(Path(sys.executable).parent / "qml")
TOML = """
[project]
name = "tiny"

[data]
path = "points.csv"
target = "label"

[model]
qubits = 2
layers = 2

[train]
epochs = 4
batch_size = 8
learning_rate = 0.1

[baselines]
enabled = false

[tracking]
name = "none"
"""


@cache
def fork_server() -> ForkServer:
    """The warm process of this worker."""
    return ForkServer()


@cache
def torch_fork_server() -> ForkServer:
    """The same for commands that load a language model in torch."""
    return ForkServer(
        *("jax.numpy", "torch", "transformers.models.llama.modeling_llama", "warm_torch"),
        *("qml.cli.app", "qml.report.html", "qml.tasks.compress.work", "qml.tasks.replay"),
    )


def points(seed: int = 0, rows: int = 80) -> str:
    """Two noisy half-planes as CSV."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(-1, 1, (rows, 2))
    y = np.where(x.sum(1) + 0.2 * rng.normal(size=rows) > 0, "up", "down")
    lines = [f"{a:.6f},{b:.6f},{label}" for (a, b), label in zip(x, y, strict=True)]
    return "\n".join(["a,b,label", *lines]) + "\n"


@dataclass
class Finished:
    code: int
    out: str
    err: str

    @property
    def document(self) -> dict:
        return json.loads(self.out)


@dataclass
class Project:
    root: Path
    environ: dict[str, str]

    def start(self, *args: str, **environ: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [QML, *args],
            cwd=self.root,
            env={**self.environ, **environ},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def qml(self, *args: str, code: int = 0, **environ: str) -> Finished:
        env = {**self.environ, **environ}
        found, out, err = fork_server().run(["qml", *args], cwd=self.root, env=env)
        assert found == code, f"exit {found}\n{out}\n{err}"
        return Finished(found, out, err)

    def train(self, *args: str, **environ: str) -> dict:
        return self.qml("train", "--json", *args, **environ).document

    @property
    def runs(self) -> list[Path]:
        return sorted(p for p in (self.root / "runs").glob("[!.]*") if p.is_dir())

    def run_of(self, process: subprocess.Popen[str]) -> Path | None:
        """Return the run that a process works on: the one whose lock holds its id."""
        for run in reversed(self.runs):
            lock = run / ".lock"
            if lock.exists() and lock.read_text().strip() == str(process.pid):
                return run
        return None

    def stop_when(
        self, process: subprocess.Popen[str], ready: Callable[[Path], bool], number: signal.Signals
    ) -> tuple[str, str]:
        """Send a signal as soon as the run of the process is ready for it."""
        deadline = time.monotonic() + 120
        while process.poll() is None and time.monotonic() < deadline:
            if (run := self.run_of(process)) and ready(run):
                break
            time.sleep(0.002)
        assert process.poll() is None, process.communicate()
        process.send_signal(number)
        return process.communicate(timeout=60)


def make_project(root: Path, compiled: Path) -> Project:
    """Lay out the small project in a folder."""
    (root / "qml.toml").write_text(TOML)
    (root / "points.csv").write_text(points())
    environ = {k: v for k, v in os.environ.items() if not k.startswith("QML_")}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)  # dozens of processes import the same modules
    return Project(root, {**environ, "QML_CACHE_DIR": str(compiled)})
