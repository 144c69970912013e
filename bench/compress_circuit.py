"""Gates and weights of models that qml trained: the quadratic choice beside its rivals.

    python bench/compress_circuit.py FOLDER [--share 30] [--pattern gates] [--train-after]

FOLDER is a project with a trained model, `--run`. For each seed the table has loss on the training
rows that decide, accuracy on test rows, gates, price and losses that were measured. Nothing is
bought.
"""

import argparse
import os
import time
from pathlib import Path
from typing import Any

from qml.config import load
from qml.ports import Silence
from qml.session import World
from qml.tasks.carry import begin
from qml.tasks.compress import check, run

COLUMNS = (
    f"{'by':<12}{'2-qubit':>8}{'depth':>7}{'loss':>9}{'test':>8}{'KL':>8}{'price':>12}{'losses':>9}"
)


def main() -> int:
    """Prune with each seed and print the tables."""
    options = _options()
    for seed in options.seed or [0]:
        began = time.process_time()
        found = _pruned(options, seed)
        spent = time.process_time() - began
        print(f"seed {seed}, {spent:.0f} s of processor time; {found['price']['machine']}")
        print(COLUMNS)
        for row in found["rows"]:
            _print(row)
        print(found["verdict"], *found["notes"], sep="\n")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--run", default="whole")
    parser.add_argument("--share", type=float, default=30)
    parser.add_argument("--pattern", default="unstructured", choices=["unstructured", "gates"])
    parser.add_argument("--train-after", action="store_true")
    parser.add_argument("--seed", type=int, action="append")
    return parser.parse_args()


def _pruned(options: argparse.Namespace, seed: int) -> dict[str, Any]:
    methods = '["prune", "distill"]' if options.train_after else '["prune"]'
    pairs = (
        f'compress.model="run:{options.run}"',
        f"compress.methods={methods}",
        f'compress.target="{options.share:g}%"',
        f'compress.prune.pattern="{options.pattern}"',
        f"compress.seed={seed}",
    )
    world = World(environ=os.environ, progress=Silence(), clock=World.default().clock)
    loaded = load(options.folder, environ=os.environ, pairs=pairs)
    check(loaded.config, loaded.root, world)
    folder = begin(loaded, "compress", name=None, world=world)
    return run(folder, loaded.config, loaded.root, world).document()


def _print(row: dict[str, Any]) -> None:
    label = row["label"] + (" *" if row["chosen"] else "")
    print(
        f"{label:<12}{row['two_qubit']:>8}{row['depth']:>7}{row['train_loss']:>9.4f}"
        f"{row['accuracy']:>8.1%}{row['kl']:>8.4f}{float(row['price']['expected']):>12,.2f}"
        f"{row['losses']:>9,}"
    )


if __name__ == "__main__":
    raise SystemExit(main())
