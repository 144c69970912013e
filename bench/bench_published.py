"""The suite `published`: accuracies of "Better than classical?" that come out again, and the time.

    python bench/bench_published.py [--data FAMILY,...] [--models svc,separable,iqp] [--parallel 2]

Runs `qml bench --suite published` with one seed in a fresh project, and compares each training and
test accuracy with what the authors stored, to four digits. Then computes the results of repeated
IQP kernels with the entangling gates that the authors' version of PennyLane left in. Exits 1 where
a result that must come out does not, or where the suite takes more than five minutes.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.svm import SVC

from qml.algorithms.feature_maps import iqp
from qml.benchmarking.suites.published.accuracies import OLD_ENTANGLEMENT, Published, published
from qml.benchmarking.suites.published.rows import rows
from qml.circuits import Circuit, CircuitModel
from qml.config.sections import DataSection
from qml.data import load, prepare
from qml.engine import overlaps
from qml.ports import Silence
from qml.seeds import Seeds

MOST_SECONDS = 300
KEYS = ("train_accuracy", "test_accuracy")


class Ran(NamedTuple):
    """What the benchmark said, and what it took: seconds by the clock and of processors."""

    document: dict[str, Any]
    wall: float
    processor: float


def run(arguments: argparse.Namespace) -> Ran:
    """Run the suite in an empty project."""
    command = [sys.executable, "-m", "qml", "bench", "--suite", "published", "--seeds", "1"]
    command += ["--json", "--models", arguments.models]
    command += ["--data", arguments.data] if arguments.data else []
    command += ["--parallel", str(arguments.parallel)] if arguments.parallel > 1 else []
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "qml.toml").write_text('[project]\nname = "published"\n')
        started = time.monotonic()
        said = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, check=False)
        wall = time.monotonic() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Ran(json.loads(said.stdout), wall, used.ru_utime + used.ru_stime)


def agrees(cell: dict[str, Any], theirs: Published) -> bool:
    """Tell whether both accuracies are theirs to four digits."""
    return all(round(cell["metrics"][key], 4) == getattr(theirs, key) for key in KEYS)


def old_entanglement() -> list[bool]:
    """Tell of each result of a repeated IQP kernel whether it comes out with the old embedding."""
    return [
        _with_old_entanglement(data, result)
        for (data, _), result in published().items()
        if result.doubt == OLD_ENTANGLEMENT
    ]


def _with_old_entanglement(data: str, stored: Published) -> bool:
    row = rows()[data]
    section = DataSection(name=row.name, options=dict(row.options))
    dataset = load(section, root=Path(), environ={}, progress=Silence())
    parts = prepare(dataset, section, seeds=Seeds(0), scale="angle")

    def build(inputs: Any, weights: Any) -> Circuit:
        del weights
        first = iqp.circuit(inputs, 1).gates
        later = iqp.circuit(inputs, stored.repeats or 1).gates[len(first) :]
        return Circuit.of(len(inputs), [*first, *(g for g in later if g.name != "rzz")])

    model = CircuitModel(
        wires=row.features, features=row.features, weights_shape=(0,), build=build, observables=()
    )
    fidelities = overlaps(model)
    own, across = (
        fidelities(part.features, parts.train.features, np.zeros(0))
        for part in (parts.train, parts.test)
    )
    machine = SVC(kernel="precomputed", C=stored.C).fit(own, parts.train.labels)
    found = machine.score(own, parts.train.labels), machine.score(across, parts.test.labels)
    return all(round(found[i], 4) == getattr(stored, key) for i, key in enumerate(KEYS))


def main() -> int:
    """Run, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default="", help="data sets or families; all by default")
    parser.add_argument("--models", default="svc,separable,iqp")
    parser.add_argument("--parallel", type=int, default=1)
    ran = run(parser.parse_args())
    known = published()
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    wrong = []
    for cell in ran.document["cells"]:
        theirs = known.get((cell["data"], cell["model"]))
        if theirs is None:
            continue
        right = bool(cell["metrics"]) and agrees(cell, theirs)
        count = counts[cell["model"]]
        count[0 if not theirs.doubt else 2] += 1
        count[1 if not theirs.doubt else 3] += right
        if not right:
            wrong.append((cell, theirs))
    _table(counts, wrong)
    old = old_entanglement()
    print(f"\nrepeated IQP kernels with the old embedding: {sum(old)} of {len(old)} exact")
    print(
        f"\n{len(ran.document['cells'])} cells, {ran.wall:.0f} s, processor {ran.processor:.0f} s"
    )
    missed = sum(count[0] - count[1] for count in counts.values())
    return int(missed > 0 or not all(old) or ran.wall > MOST_SECONDS)


def _table(counts: dict[str, list[int]], wrong: list[tuple[dict[str, Any], Published]]) -> None:
    print("| model | stored results | exact | of doubtful ones | exact |\n|---|---|---|---|---|")
    for model, (sound, exact, doubtful, anyhow) in counts.items():
        print(f"| {model} | {sound} | {exact} | {doubtful} | {anyhow} |")
    total = [sum(column) for column in zip(*counts.values(), strict=True)]
    print("| all |" + "".join(f" {number} |" for number in total))
    print("\n| differs | train: theirs, ours | test: theirs, ours | why |\n|---|---|---|---|")
    for cell, theirs in wrong:
        found = [cell["metrics"].get(key, float("nan")) for key in KEYS]
        print(
            f"| {cell['data']} {cell['model']} | {theirs.train_accuracy} {found[0]:.4f}"
            f" | {theirs.test_accuracy} {found[1]:.4f} | {theirs.doubt or cell['why']} |"
        )


if __name__ == "__main__":
    sys.exit(main())
