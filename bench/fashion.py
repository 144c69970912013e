"""All of Fashion-MNIST through one `qml train` process: time, accuracy, memory.

    python bench/fashion.py --data DIR [--rounds 3]

DIR holds the four IDX files. Bars: 25 s, test accuracy 0.80, 2.5 GB.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

QML = str(Path(sys.executable).parent / "qml")


def main() -> int:
    """Scaffold the `images` template and train it as it is; exit 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    missed = False
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [QML, "init", "images", "--template", "images", "--defaults", "--no-input"],
            cwd=folder,
            check=True,
            capture_output=True,
        )
        print(f"{'seed':>4} {'wall s':>7} {'train s':>8} {'compile s':>9} {'test':>6}  baselines")
        for seed in range(options.rounds):
            started = time.perf_counter()
            done = subprocess.run(
                [QML, "train", "--json", "--quiet", "--set", f"train.seed={seed}"],
                cwd=Path(folder) / "images",
                env={**os.environ, "QML_DATA__DIR": str(Path(options.data).resolve())},
                check=True,
                capture_output=True,
                text=True,
            )
            wall = time.perf_counter() - started
            document = json.loads(done.stdout)
            found = document["metrics"]
            rivals = {
                b["name"]: round(b["metrics"]["test_accuracy"], 4)
                for b in document["baselines"]
                if b["metrics"]
            }
            accuracy = found["test_accuracy"]
            missed |= wall > 25 or accuracy < 0.80
            print(
                f"{seed:4} {wall:7.1f} {found['train_seconds']:8.2f} "
                f"{found['compile_seconds']:9.2f} {accuracy:6.4f}  {rivals}"
            )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
    print(f"peak memory of one process: {peak:.2f} GiB")
    return int(missed or peak > 2.5)


if __name__ == "__main__":
    sys.exit(main())
