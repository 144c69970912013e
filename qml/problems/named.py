"""Instances by name, e.g. `labs:12`, with an optimum that is known from elsewhere.

labs:N          low autocorrelation binary sequences, N = 3 to 25
maxcut:GRAPH    k33, petersen, heawood, k44, cube4, regular0 to regular14
bqp:SEED        BQP-10, 0 to 999, or `bqp:cos` without random numbers
subset:SEED     5 of 24 that are good and unlike one another, 0 to 999
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType

import numpy as np

from qml.errors import DataError
from qml.problems.arrays import Arrays
from qml.problems.compile import Model, compile_model
from qml.problems.graphs import NAMED
from qml.problems.instances import boolean_quadratic, diverse_subset, labs, max_cut, quadratic_form

LABS: Mapping[int, int] = MappingProxyType(
    dict(
        zip(
            range(3, 26),
            (
                *(1, 2, 2, 7, 3, 8, 12, 13, 5, 10, 6, 19),
                *(15, 24, 32, 25, 29, 26, 26, 39, 47, 36, 36),
            ),
            strict=True,
        )
    )
)
"""Least energies of sequences of N spins (Boehmer 1967; Packebusch, Mertens 2016)."""
_BQP = 10
_FIRST = 100
"""BQP-10 number s is drawn with the seed 100 + s."""
_SEEDS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """A problem with its optimum.

    Attributes:
        name: E.g. `labs:12`.
        model: The problem.
        optimum: Its least objective.
        source: Where the optimum is known from.
    """

    name: str
    model: Model
    optimum: float
    source: str


def instance(name: str) -> Instance:
    """Make an instance.

    Raises:
        DataError: No instance has that name.
    """
    family, _, which = name.partition(":")
    make = FAMILIES.get(family)
    if make is None or not which:
        raise DataError(f"there is no instance `{name}`", hint=f"e.g. {', '.join(EXAMPLES)}")
    return make(name, which)


def _labs(name: str, which: str) -> Instance:
    if not which.isdecimal() or int(which) not in LABS:
        raise DataError(f"there is no instance `{name}`", hint=f"labs:3 to labs:{max(LABS)}")
    n = int(which)
    return Instance(
        name=name, model=labs(n), optimum=float(LABS[n]), source="published, exhaustive search"
    )


def _max_cut(name: str, which: str) -> Instance:
    if which not in NAMED:
        graphs = ", ".join(f"maxcut:{graph}" for graph in NAMED)
        raise DataError(f"there is no instance `{name}`", hint=graphs)
    return _enumerated(name, max_cut(NAMED[which]()))


def _bqp(name: str, which: str) -> Instance:
    if which == "cos":
        i, j = np.indices((_BQP, _BQP))
        matrix = np.cos(1 + 3 * i + 7 * j) * np.exp(-((i - j) ** 2) / 10)
        return _enumerated(name, quadratic_form(matrix))
    return _enumerated(name, boolean_quadratic(_BQP, _FIRST + _seed(name, which)))


def _subset(name: str, which: str) -> Instance:
    return _enumerated(name, diverse_subset(_seed(name, which)))


FAMILIES: Mapping[str, Callable[[str, str], Instance]] = MappingProxyType(
    {"labs": _labs, "maxcut": _max_cut, "bqp": _bqp, "subset": _subset}
)
EXAMPLES = ("labs:12", "maxcut:petersen", "maxcut:regular0", "bqp:0", "bqp:cos", "subset:0")


def _seed(name: str, which: str) -> int:
    if not which.isdecimal() or int(which) >= _SEEDS:
        raise DataError(
            f"there is no instance `{name}`", hint=f"a seed is a number below {_SEEDS:,}"
        )
    return int(which)


def _enumerated(name: str, model: Model) -> Instance:
    """Find the optimum by looking at every assignment: at most 2^16, or 42,504 subsets."""
    problem = compile_model(model)
    optimum = float(problem.objectives(_assignments(problem)).min())
    return Instance(name=name, model=model, optimum=optimum, source="all assignments enumerated")


def _assignments(problem: Arrays) -> np.ndarray:
    n = problem.size
    if not problem.groups:
        return ((np.arange(2**n)[:, None] >> np.arange(n)) & 1).astype(np.int8)
    size = problem.groups[0].low
    chosen = np.array(list(combinations(range(n), size)))
    found = np.zeros((len(chosen), n), dtype=np.int8)
    np.put_along_axis(found, chosen, 1, axis=1)
    return found
