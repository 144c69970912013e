"""Simulated suites: columns whose true quality is known."""

import numpy as np

from qml.benchmarking.base import Cell, Metric, Place, Suite
from qml.benchmarking.result import CellResult

ACCURACY = Metric(key="test_accuracy", title="accuracy", better="more", paired="rows", ends=(0, 1))
SECONDS = Metric(key="seconds", title="time of a step", better="less", unit="s")
ENERGY = Metric(key="energy", title="energy", better="less")


def cell(model, role, data, seed, *, backend="jax", metric=ACCURACY):
    place = Place("demo", model, data, backend, seed)
    return Cell(place=place, role=role, verb="train", settings={}), metric.key


def answered(model, role, data, seed, correct, rows=None, rows_of=None, **metrics):
    found, _ = cell(model, role, data, seed)
    correct = np.asarray(correct, dtype=bool)
    return CellResult(
        cell=found,
        state="ran",
        run_id=f"{model}-{data}-{seed}",
        metrics={"test_accuracy": float(correct.mean()), "test_rows": len(correct), **metrics},
        correct=correct,
        rows=np.arange(len(correct)) if rows is None else np.asarray(rows),
        rows_of=rows_of,
    )


def measured(model, role, data, seed, value, metric=ENERGY, **more):
    found, key = cell(model, role, data, seed, metric=metric)
    return CellResult(cell=found, state="ran", run_id="r", metrics={key: value}, **more)


def suite(results, metric=ACCURACY):
    cells = [found.cell for found in results]
    return Suite(name="demo", title="demo", metric=metric, cells=cells)


def classifiers(rng, columns, *, sets=1, rows=60, seeds=1, lucky=0.03, apart=0.0, resplit=False):
    """Answers of columns on data sets, rows that are hard for all, and seeds that are lucky.

    Args:
        rng: Random generator.
        columns: Role and mean accuracy by name.
        sets: Number of data sets.
        rows: Test rows of each.
        seeds: Number of seeds.
        lucky: Standard deviation of what a seed adds to a column's quality.
        apart: Standard deviation of what a data set adds to it.
        resplit: Whether each seed has test rows of its own, a fifth of all rows.
    """
    found = []
    for data in range(sets):
        total = 5 * rows if resplit else rows
        hard = rng.normal(0, 0.25, total)
        shown = [rng.permutation(total)[:rows] for _ in range(seeds)]
        for name, (role, mean) in columns.items():
            here = mean + rng.normal(0, apart)
            own = rng.normal(0, 0.15, total)
            for seed in range(seeds):
                chosen = np.sort(shown[seed]) if resplit else np.arange(rows)
                luck = here + rng.normal(0, lucky)
                chance = np.clip(luck + hard[chosen] + own[chosen], 0, 1)
                right = rng.random(rows) < chance
                more = {"train_rows": 4 * rows}
                found.append(answered(name, role, f"d{data}", seed, right, chosen, **more))
    return found
