"""What records and tracking add to a short run.

    python bench/overhead.py [--rounds 5]

Three variants of the same training, interleaved: MLflow, no tracker, and the bare Python call of
the fit without run
folder. Bar: manifest and tracking add 3 s at most, the first creation of MLflow's database aside.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

QML = str(Path(sys.executable).parent / "qml")
CONFIG = """
[data]
name = "digits"
features = 8
[train]
epochs = 3
[baselines]
enabled = false
"""
BARE = """
import os
from pathlib import Path
from qml.config import load
from qml.engine.environment import setup
setup(cache_dir=Path(os.environ["QML_CACHE_DIR"]))
from uuid import UUID
from qml.backends.registry import open_backend
from qml.execution.direct import DirectRunner
from qml.execution.evaluator import BackendEvaluator
from qml.execution.fit import fit
from qml.execution.steps import StepJournal
from qml.execution.loop import Surroundings
from qml.execution.meter import UsageMeter
from qml.execution.stop import StopRequest
from qml.ports import Silence, SystemClock
from qml.seeds import Seeds
from qml.session import World
from qml.tasks.prepare import prepare_training
from qml.tasks.training import _assignment


class Nowhere:
    def write(self, rows): pass
    def save(self, step, arrays, state): pass
    def latest(self): return None


config = load(Path.cwd(), environ={}).config
seeds = Seeds(0)
work = prepare_training(config, Path.cwd(), seeds, World.default())
backend, meter = open_backend(work.backend), UsageMeter()
runner = DirectRunner(backend, run=UUID(int=0), meter=meter)
evaluator = BackendEvaluator(backend, runner, shots=0, seed=0)
around = Surroundings(checkpoints=Nowhere(), journal=StepJournal(Nowhere(), 45), progress=Silence(),
                      clock=SystemClock(), stop=StopRequest(), begin=evaluator.begin,
                      meter=meter)
fit(_assignment(work), evaluator, seeds, around)
"""


def main() -> int:
    """Measure and print; exit 1 where the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    commands = {
        "bare fit": [sys.executable, "-c", BARE],
        "no tracker": [QML, "train", "--quiet", "--set", "tracking.name=none"],
        "mlflow": [QML, "train", "--quiet"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "qml.toml").write_text(CONFIG)
        environ = {**os.environ, "QML_CACHE_DIR": str(Path(folder) / "cache")}
        for number in range(rounds + 1):
            for name, command in commands.items():
                started = time.perf_counter()
                subprocess.run(command, cwd=folder, env=environ, check=True, capture_output=True)
                if number:  # the first round compiles and creates the database
                    times[name].append(time.perf_counter() - started)
    bare = median(times["bare fit"])
    print(f"{'variant':12} {'median s':>9} {'added s':>8}")
    for name, found in times.items():
        print(f"{name:12} {median(found):9.2f} {median(found) - bare:8.2f}")
    return int(median(times["mlflow"]) - bare > 3.0)


if __name__ == "__main__":
    sys.exit(main())
