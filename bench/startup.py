"""How fast the command line answers, against importing what it is made of.

    python bench/startup.py [--rounds 15]

Bars: `--version` and completion 2.5x, `--help` 3x, a command's help and a config error 4x.
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

QML = str(Path(sys.executable).parent / "qml")
BASE = [sys.executable, "-c", "import typer, rich.console"]
CASES = {
    "qml --version": ([QML, "--version"], 2.5),
    "completion": ([QML], 2.5),
    "qml --help": ([QML, "--help"], 3.0),
    "qml train --help": ([QML, "train", "--help"], 4.0),
    "config error": ([QML, "train", "--set", "train.epoch=1"], 4.0),
}
COMPLETION = {"_QML_COMPLETE": "complete_bash", "COMP_WORDS": "qml tr", "COMP_CWORD": "1"}


def seconds(command: list[str], environ: dict[str, str]) -> float:
    """Time one process."""
    started = time.perf_counter()
    subprocess.run(command, env={**os.environ, **environ}, capture_output=True, check=False)
    return time.perf_counter() - started


def main() -> int:
    """Measure interleaved and print a table; exit 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    times: dict[str, list[float]] = {name: [] for name in CASES}
    ratios: dict[str, list[float]] = {name: [] for name in CASES}
    for _ in range(rounds):
        for name, (command, _) in CASES.items():
            base = seconds(BASE, {})
            found = seconds(command, COMPLETION if name == "completion" else {})
            times[name].append(found)
            ratios[name].append(found / base)
    missed = False
    print(f"{'case':18} {'median ms':>10} {'ratio':>7} {'bar':>5}")
    for name, (_, bar) in CASES.items():
        ratio = median(ratios[name])
        missed |= ratio > bar
        print(f"{name:18} {1000 * median(times[name]):10.0f} {ratio:7.2f} {bar:5.1f}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
