"""Generative models on `blobs8`: held-out MMD^2 and total variation distance, by locality and seed.

    python bench/generative.py                      # the table of docs/concepts/generative.md
    python bench/generative.py --seeds 1 --localities 2 8

Every model learns the same 5,000 rows and is judged on 10,000 others. The bar: the IQP circuit's
MMD^2 is at least five times smaller than that of the bit-flip model with the same gates, at every
bandwidth.
"""

import argparse
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np

from qml.engine import setup

SIGMAS = (1.0, 1.5, 2.0)
COLUMNS = "{:>12} {:>8} {:>10} {:>4}  {:>8} {:>7}  {:>8} {:>8} {:>8}  {:>5}  {:>7}"
TRAINED = {"iqp": {"steps": 400, "learning_rate": 0.005}}
BAR = 5.0


class Found(NamedTuple):
    """One trained model, judged."""

    judged: Any
    parameters: int
    seconds: float


def main() -> None:
    """Print the table."""
    asked = _arguments()
    setup(precision="float32")
    rows, held = _data()
    heads = ("model", "locality", "parameters", "seed", "MMD^2", "error", *map(str, SIGMAS))
    print(COLUMNS.format(*heads, "TVD", "seconds"))
    for seed in range(asked.seeds):
        _print("rbm", 0, seed, _train("rbm", 2, rows, held, seed))
        for locality in asked.localities:
            iqp = _train("iqp", locality, rows, held, seed)
            flips = _train("bitflip", locality, rows, held, seed)
            _print("iqp", locality, seed, iqp)
            _print("bitflip", locality, seed, flips)
            _print_ratio(iqp, flips)
    if asked.born:
        _print("born_machine", 0, 0, _train("born_machine", 2, rows, held, 0))
    own = _own_frequencies(rows, held)
    print(f"\nTVD of the training rows' own frequencies: {own:.3f}")


def _arguments() -> Any:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--localities", type=int, nargs="+", default=[2, 4, 6, 8])
    parser.add_argument("--born", action="store_true", help="a Born machine of 8 layers as well")
    return parser.parse_args()


def _data() -> tuple[Any, Any]:
    from qml.algorithms.generators.judging import HeldOut
    from qml.config.sections import DataSection
    from qml.data.bits import exact_distribution, load_bits
    from qml.ports import Silence

    section = DataSection(name="blobs8")
    dataset = load_bits(section, root=None, environ={}, progress=Silence())
    test = dataset.features[dataset.split == "test"].astype(np.int8)
    target = exact_distribution(dataset)
    held = HeldOut(rows=test, sigmas=SIGMAS, target=target, seed=0)
    return dataset.features[dataset.split == "train"].astype(np.float32), held


def _train(kind: str, locality: int, rows: Any, held: Any, seed: int) -> Found:
    from qml.algorithms.generators.judging import judge
    from qml.config.sections import GeneratorSection, ModelSection, TrainSection
    from qml.execution.generate_fit import Lesson, learn_rival
    from qml.plugins import load
    from qml.ports import Silence, SystemClock

    family = load("generators", kind)
    settings = GeneratorSection(locality=locality, sigmas=list(SIGMAS))
    section = ModelSection(kind=kind, generator=settings, layers=8)
    generator = family.build(section, rows.shape[1])
    keys = {"epochs": 10**6, "batch_size": 10**6, "schedule": "cosine"}
    train = TrainSection(**(keys | dict(family.SETTINGS) | TRAINED.get(kind, {})))
    lesson = Lesson(generator=generator, rows=rows, section=train, minutes=None, seed=seed)
    learned = learn_rival(
        lesson, stop=SimpleNamespace(requested=False), clock=SystemClock(), progress=Silence()
    )
    return Found(
        judge(generator, learned.params, held),
        sum(int(a.size) for a in learned.params.values()),
        learned.train_seconds,
    )


def _print(kind: str, locality: int, seed: int, found: Found) -> None:
    judged = found.judged
    print(
        COLUMNS.format(
            kind,
            locality or "",
            f"{found.parameters:,}",
            seed,
            f"{judged.overall.value:.2e}",
            f"{judged.overall.error:.0e}",
            *(f"{judged.each[sigma].value:.2e}" for sigma in SIGMAS),
            f"{judged.variation:.3f}",
            f"{found.seconds:.1f}",
        ),
        flush=True,
    )


def _print_ratio(iqp: Found, flips: Found) -> None:
    pairs = [(flips.judged.overall, iqp.judged.overall)]
    pairs += [(flips.judged.each[s], iqp.judged.each[s]) for s in SIGMAS]
    ratios = [theirs.value / ours.value for theirs, ours in pairs]
    word = "met" if min(ratios) >= BAR else "missed"
    told = ", ".join(f"{ratio:.1f}" for ratio in ratios)
    print(f"{'':13}bit flips / iqp: {told} (overall, by sigma); the bar of {BAR:g} is {word}")


def _own_frequencies(rows: Any, held: Any) -> float:
    from qml.results.mmd import empirical, total_variation

    return total_variation(empirical(rows.astype(np.int8)), held.target)


if __name__ == "__main__":
    main()
