"""The suite `speed` as a table: one training step of this engine beside every peer installed.

Runs `qml bench --suite speed` in a project (a fresh one where none is named; a named one goes on
where it stopped) and prints, for each circuit, the time of a step and its ratio to ours with
its bootstrap interval. Interpreters of peers that live elsewhere: QML_TFQ_PYTHON and its like, or
QML_PEERS_PYTHON for all that this environment lacks.

    QML_TFQ_PYTHON=~/tfq/bin/python python bench/bench_speed.py [--project DIR] [--data ...]
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from qml.benchmarking.measurements.step.options import PEERS
from qml.benchmarking.suites.speed import ROWS

QML = [sys.executable, "-m", "qml"]
PROJECT = '[project]\nname = "speed"\n'


def measured(folder: Path, options: argparse.Namespace) -> list[dict[str, Any]]:
    """Run the suite; return its cells."""
    if not (folder / "qml.toml").exists():
        (folder / "qml.toml").write_text(PROJECT)
    asked = ["--models", ",".join(options.models), "--data", ",".join(options.data)]
    done = subprocess.run(
        [*QML, "bench", "--suite", "speed", "--seeds", "1", *asked, "--json"],
        cwd=folder,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if not done.stdout:
        raise SystemExit(done.returncode)
    cells: list[dict[str, Any]] = json.loads(done.stdout)["cells"]
    return cells


def told(cell: dict[str, Any]) -> str:
    """One peer's line."""
    parts = [cell["data"], cell["model"]]
    if cell["state"] not in {"ran", "cached"}:
        return "| " + " | ".join([*parts, f"{cell['state']}: {cell['why']}", *[""] * 5]) + " |"
    m = cell["metrics"]
    parts += [
        f"{1e3 * m['seconds']:.2f}",
        f"{1e3 * m['processor_seconds']:.2f}",
        f"{m['ratio']:.2f} ({m['ratio_low']:.2f} to {m['ratio_high']:.2f})",
        f"{m['processor_ratio']:.2f}",
        f"{m['first_seconds']:.1f}",
        f"{m['gradient_error']:.0e}",
    ]
    return "| " + " | ".join(parts) + " |"


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--project", type=Path, help="folder that keeps the runs")
    parser.add_argument("--models", nargs="+", choices=list(PEERS), default=list(PEERS))
    parser.add_argument("--data", nargs="+", choices=list(ROWS), default=list(ROWS))
    return parser.parse_args()


def main() -> None:
    """Measure and print."""
    options = arguments()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.project or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        cells = measured(folder, options)
    print(f"{os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f}; ratio: time over the engine's\n")
    heads = ("circuit", "peer", "step ms", "processor ms", "ratio (95 %)", "processor ratio")
    print("| " + " | ".join([*heads, "first s", "error"]) + " |")
    print("|" + "---|" * 8)
    for cell in cells:
        print(told(cell))


if __name__ == "__main__":
    main()
