"""The next setting: the minimum of a drawn function, found by a solver of the core."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from qml import plugins
from qml.algorithms.solvers import Budget, solve
from qml.algorithms.solvers.referee import read_options
from qml.circuits import Evaluator
from qml.errors import ConfigError
from qml.problems import Arrays
from qml.tuning.encoding import Encoding, Levels
from qml.tuning.surrogates.base import Draw

_log = logging.getLogger(__name__)
ANNEALING, ANNEALER = "annealing", "dwave"
BRIEF: Mapping[str, Any] = {"reads": 8, "sweeps": 16}
"""Settings of `annealing` where none are given: the time of a trial's proposal is in it."""
EVALUATIONS = 20_000
"""What a solver may use for one proposal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Minimiser:
    """A solver by name.

    Attributes:
        solver: Registered name (`qml.solvers.v1`).
        options: Its settings, by the names of its `Options`.
        evaluations: What it may use for one proposal.
        evaluator: Runs circuits, for solvers that are made of them.
    """

    solver: str = ANNEALING
    options: Mapping[str, Any] = field(default_factory=dict)
    evaluations: int = EVALUATIONS
    evaluator: Evaluator | None = None

    def check(self) -> None:
        """Check name and settings of the solver; it is loaded only where settings are given.

        Raises:
            PluginError: No solver has that name.
            ConfigError: It has no such setting, or it lacks a machine.
        """
        plugins.check("solvers", self.solver)
        if self.solver == ANNEALER and self.evaluator is None:
            raise ConfigError(
                f"solver `{ANNEALER}` needs an evaluator that reaches an annealer",
                hint="evaluator=..., as a session of backend `dwave` or `dwave.mock` has it",
            )
        if self.options:
            read_options(self.solver, plugins.load("solvers", self.solver), self.options)

    def minimise(
        self, draw: Draw, encoding: Encoding, start: Levels, seed: int, place: str = "draw"
    ) -> Levels:
        """Return the levels that a draw likes best, shape (d,).

        The one-hot groups are constraints of the problem, which solvers keep by their moves.

        Args:
            draw: The function.
            encoding: What its bits mean.
            start: Where to begin, shape (d,).
            seed: Feeds the solver.
            place: Name of this proposal, under which a machine's answers are kept.
        """
        brief = self.solver == ANNEALING and not self.options
        options = BRIEF if brief else self.options
        work = self._work(encoding) if brief else self.evaluations
        answer = solve(
            problem_of(draw, encoding),
            self.solver,
            budget=Budget(evaluations=work),
            seed=seed,
            options=options,
            evaluator=None if self.evaluator is None else Placed(self.evaluator, place),
            start=encoding.onehot(start[None])[0],
        )
        if answer.best is None:
            _log.warning(
                "%s found no setting that keeps the one-hot groups in %d evaluations; the proposal"
                " is beside the best trial",
                self.solver,
                answer.evaluations,
            )
            return start
        return encoding.levels(answer.best)

    def _work(self, encoding: Encoding) -> int:
        """Return the evaluations of one round of brief annealing."""
        steps = int(BRIEF["reads"]) * int(BRIEF["sweeps"]) * len(encoding.columns)
        return min(self.evaluations, steps * max(encoding.sizes))


class Placed:
    """An evaluator whose places have a prefix, so that no two proposals share a place.

    Args:
        evaluator: The evaluator.
        prefix: Put before each place.
    """

    def __init__(self, evaluator: Evaluator, prefix: str) -> None:
        self._evaluator, self._prefix = evaluator, prefix

    def begin(self, stage: str) -> None:
        """Name what comes next, where the evaluator keeps names."""
        begin = getattr(self._evaluator, "begin", None)
        if begin is not None:
            begin(f"{self._prefix}/{stage}")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._evaluator, name)


def problem_of(draw: Draw, encoding: Encoding) -> Arrays:
    """Return a draw as a binary quadratic problem with one-hot groups."""
    pairs = zip(encoding.columns, encoding.sizes, strict=True)
    return Arrays(
        names=tuple((column.name, level) for column, size in pairs for level in range(size)),
        linear=draw.linear,
        couplings=draw.couplings,
        offset=0.0,
        groups=encoding.groups(),
    )


def untried(
    levels: Levels, draw: Draw, encoding: Encoding, taken: frozenset[tuple[int, ...]]
) -> Levels | None:
    """Return the setting itself, or the best new one among those one change away, or two.

    Args:
        levels: The minimum of a draw, shape (d,).
        draw: The function.
        encoding: What its bits mean.
        taken: Settings that were tried.

    Returns:
        Shape (d,); None where all of them were tried.
    """
    if tuple(levels.tolist()) not in taken:
        return levels
    found = changed(levels, draw, encoding, taken)
    if found is not None:
        return found
    near = np.array(list(_changes(levels, encoding)))
    order = np.argsort(draw.values(encoding.onehot(near)), kind="stable")
    far = [row for first in near[order[:10]] for row in _changes(first, encoding)]
    return _best_new(np.array(far), draw, encoding, taken)


def changed(
    parent: Levels, draw: Draw, encoding: Encoding, taken: frozenset[tuple[int, ...]]
) -> Levels | None:
    """Return the best new setting that differs from another in one parameter.

    Args:
        parent: The other, shape (d,).
        draw: The function.
        encoding: What its bits mean.
        taken: Settings that were tried.

    Returns:
        Shape (d,); None where all of them were tried.
    """
    return _best_new(np.array(list(_changes(parent, encoding))), draw, encoding, taken)


def _changes(levels: Levels, encoding: Encoding) -> Iterator[Levels]:
    for j, size in enumerate(encoding.sizes):
        for level in range(size):
            if level != levels[j]:
                changed = levels.copy()
                changed[j] = level
                yield changed


def _best_new(
    rows: Levels, draw: Draw, encoding: Encoding, taken: frozenset[tuple[int, ...]]
) -> Levels | None:
    new = rows[[tuple(row) not in taken for row in rows.tolist()]]
    if not len(new):
        return None
    return np.asarray(new[int(np.argmin(draw.values(encoding.onehot(new))))])
