"""Kill a training at random moments, resume it each time, and compare the end.

    python bench/kill_storm.py [--runs 5] [--kills 4] [--seed 0]

The rival is an undisturbed run. Equal means: metrics, every line of metrics.jsonl, the stored
model and the answers, to the last
bit.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

QML = str(Path(sys.executable).parent / "qml")
CONFIG = """
[data]
name = "digits"
features = 6
classes = [0, 1, 2, 3]
[model]
qubits = 6
[train]
epochs = 60
patience = 60
[baselines]
enabled = false
[tracking]
name = "none"
"""
TIMING = ("train_seconds", "compile_seconds", "circuits_per_second")


def record(document: dict) -> tuple:
    """Return all that must be equal."""
    run = Path(document["run_dir"])
    metrics = {k: v for k, v in document["metrics"].items() if k not in TIMING}
    names = ("metrics.jsonl", "artifacts/model.safetensors", "artifacts/test_predictions.csv")
    return metrics, *((run / name).read_bytes() for name in names)


def storm(folder: Path, environ: dict[str, str], kills: int, rng: random.Random) -> dict:
    """Start a training, kill it so many times, and let it end."""
    known = set((folder / "runs").glob("2*"))
    process = subprocess.Popen([QML, "train", "--json"], cwd=folder, env=environ, **PIPES)
    while not (new := set((folder / "runs").glob("2*")) - known):
        time.sleep(0.01)
    run = new.pop().name
    for _ in range(kills):
        time.sleep(rng.uniform(0, 6))
        if process.poll() is not None:
            break
        process.kill()
        process.communicate()
        command = [QML, "runs", "resume", run, "--json"]
        process = subprocess.Popen(command, cwd=folder, env=environ, **PIPES)
    out, err = process.communicate()
    if process.returncode:
        raise SystemExit(f"{run}: exit {process.returncode}\n{err.decode()}")
    return json.loads(out)


PIPES = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}


def main() -> int:
    """Run the storms; exit 1 where one ends differently."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--kills", type=int, default=4)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    rng = random.Random(options.seed)  # noqa: S311 - moments, not secrets
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "qml.toml").write_text(CONFIG)
        environ = {**os.environ, "QML_CACHE_DIR": str(folder / "cache")}
        undisturbed = storm(folder, environ, 0, rng)
        wanted = record(undisturbed)
        bad = 0
        for number in range(options.runs):
            document = storm(folder, environ, options.kills, rng)
            manifest = json.loads((Path(document["run_dir"]) / "manifest.json").read_text())
            same = record(document) == wanted
            bad += not same
            words = "equal" if same else "DIFFERENT"
            print(f"storm {number}: {len(manifest['sessions'])} sessions, {words}")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
