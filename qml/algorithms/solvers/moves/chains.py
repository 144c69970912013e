"""Many chains at once: each step turns a one off and puts it back where heat says.

A step of a chain takes a random one i away (or nothing), and then chooses the place j of the one
that comes instead among all that keep the groups, with probabilities ~ exp(-change_j / T): Gibbs
sampling of a block. i itself is among them, so that a chain may stay. Where the numbers of ones may
change, nothing at all may come instead. All candidates of all chains are worked on at once, which
is what makes numpy fast here.

Every array has one place more than there are variables: nothing. One formula then serves flips and
swaps: change(i off, j on) = field_j - coupling_ij - field_i.
"""

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.solvers.moves.classes import classes_of
from qml.algorithms.solvers.moves.limits import Fence, fence_of
from qml.problems import Arrays

_NUMBERS = 200_000
"""Random numbers drawn at a time."""
_TINY = np.float32(1e-30)
"""Stands for a random number of 0, which has no logarithm."""
_ADDING = 1 / 3
"""Share of the steps that take nothing away, where numbers of ones may change."""


class Chains:
    """A batch of walks.

    Args:
        problem: The problem.
        samples: Assignments to start from, shape (r, n); they keep all groups.
        rng: Source of randomness.
    """

    def __init__(
        self, problem: Arrays, samples: NDArray[np.int8], rng: np.random.Generator
    ) -> None:
        self.problem, self.rng, self.classes = problem, rng, classes_of(problem)
        self.fence: Fence | None = fence_of(problem) if problem.limits else None
        n, r = problem.size, len(samples)
        self._couplings = np.zeros((n + 1, n + 1))
        self._couplings[:n, :n] = problem.couplings
        self._label = np.append(self.classes.label, len(self.classes.size))
        self._settled = self.classes.settled
        self._members = self._of_classes() if self._settled else None
        kinds = self.classes.inside
        self._inside = np.vstack([kinds, np.zeros_like(kinds[:1])])
        if self.fence is not None:
            self._weights = np.vstack([self.fence.weights, np.zeros((1, len(self.fence.price)))])
        self._rows = np.arange(r)
        self._place(samples)

    def _of_classes(self) -> NDArray[np.intp] | None:
        """Return the variables of each class, filled up with nothing; None where there is one."""
        if len(self.classes.size) == 1:
            return None
        found = np.full((len(self.classes.size), self.classes.size.max()), self.problem.size)
        self._seat = np.zeros(self.problem.size, dtype=np.intp)  # place of a variable in its class
        for c, size in enumerate(self.classes.size):
            members = np.flatnonzero(self.classes.label == c)
            found[c, :size] = members
            self._seat[members] = np.arange(size)
        return found

    def _place(self, samples: NDArray[np.int8]) -> None:
        n, r = self.problem.size, len(samples)
        x = samples.astype(np.float64)
        self._fields = np.zeros((r, n + 1))
        self._fields[:, :n] = self.problem.linear + x @ self.problem.couplings
        self._taken = np.zeros((r, n + 1))
        self._taken[:, :n] = np.where(samples, np.inf, 0.0)
        if self._settled:
            self._taken[:, n] = np.inf
        self._ones = samples.sum(axis=1, dtype=np.intp)
        self._slots = np.full((r, n + 1), n, dtype=np.intp)
        order = np.argsort(1 - samples, axis=1, kind="stable")
        self._slots[:, :n] = np.where(np.arange(n) < self._ones[:, None], order, n)
        self._counts = self.classes.counts(samples)
        if self.fence is not None:
            self._sums = x @ self.fence.weights

    @property
    def samples(self) -> NDArray[np.int8]:
        """Where the chains are, shape (r, n)."""
        taken = self._taken[:, : self.problem.size]
        return np.asarray(taken == np.inf, dtype=np.int8)

    def costs(self) -> NDArray[np.float64]:
        """Return objectives and penalties, shape (r,)."""
        values = self.problem.objectives(self.samples)
        return values if self.fence is None else values + self.fence.penalties(self._sums)

    @property
    def effort(self) -> int:
        """Evaluations of one step of all chains: candidates that are compared."""
        if not self._settled:
            return len(self._rows) * self.problem.size
        free = self.classes.size - self.classes.low[self.classes.inside.argmax(axis=1)]
        return len(self._rows) * max(1, int(free.max()))

    def steps(self, temperatures: NDArray[np.float64]) -> None:
        """Take a step of every chain at each temperature.

        Args:
            temperatures: Above 0, shape (steps,), or (steps, r) where chains differ.
        """
        if self._settled and not self._ones.all():
            return  # no group allows a one: there is nothing to move
        r, width = self._fields.shape
        if self._members is not None:
            width = self._members.shape[1]
        block = max(1, _NUMBERS // (r * width))
        for begin in range(0, len(temperatures), block):
            part = temperatures[begin : begin + block]
            races = self.rng.standard_exponential((len(part), r, width), dtype=np.float32)
            noise = np.log(np.maximum(races, _TINY))
            picks = self.rng.random((2, len(part), r))
            for t in range(len(part)):
                heat = part[t] if part.ndim == 1 else part[t][:, None]
                self._step(picks[:, t], noise[t] * heat)

    def scatter(self, steps: int) -> None:
        """Take steps at which every allowed place is as good as any; limits are not looked at."""
        fence, self.fence = self.fence, None
        fields, self._fields = self._fields, np.zeros_like(self._fields)
        couplings, self._couplings = self._couplings, np.zeros_like(self._couplings)
        self.steps(np.ones(steps))
        self._fields, self._couplings, self.fence = fields, couplings, fence
        self._place(self.samples)

    def _step(self, picks: NDArray[np.float64], noise: NDArray[np.float64]) -> None:
        rows, slot = self._rows, (picks[0] * self._ones).astype(np.intp)
        if not self._settled:
            slot = np.where(picks[1] < _ADDING, self._ones, slot)
        i = self._slots[rows, slot]
        j = self._within(i, noise) if self._members is not None else self._among_all(i, noise)
        moved = np.flatnonzero(j != i)
        if len(moved):
            self._move(moved, slot[moved], i[moved], j[moved])

    def _within(self, i: NDArray[np.intp], noise: NDArray[np.float64]) -> NDArray[np.intp]:
        """Choose among the variables of the class of i."""
        assert self._members is not None
        able = self._members[self._label[i]]
        rows, columns = self._rows[:, None], i[:, None]
        scores = self._fields[rows, able] - self._couplings[columns, able]
        scores += self._taken[rows, able]
        scores[self._rows, self._seat[i]] = self._fields[self._rows, i]  # i may come back
        if self.fence is not None:
            scores += self._surcharge(i)[rows, able]
        return np.asarray(able[self._rows, np.argmin(scores + noise, axis=1)])

    def _among_all(self, i: NDArray[np.intp], noise: NDArray[np.float64]) -> NDArray[np.intp]:
        """Choose among all variables, and nothing."""
        rows = self._rows
        scores = self._fields - self._couplings[i]
        scores += self._taken
        if self._settled:
            scores[rows, i] = self._fields[rows, i]
        else:
            self._shut(scores, i)
        if self.fence is not None:
            scores += self._surcharge(i)
        scores += noise
        return np.asarray(np.argmin(scores, axis=1))

    def _shut(self, scores: NDArray[np.float64], i: NDArray[np.intp]) -> None:
        """Close what would break a group, once i is off; i itself is always open."""
        rows, n = self._rows, self.problem.size
        gains, stays = self.classes.open_to(self._counts - self._inside[self._label[i]])
        scores[:, :n][~gains[:, self.classes.label]] = np.inf
        scores[:, n][~stays] = np.inf
        scores[rows, i] = self._fields[rows, i]

    def _surcharge(self, i: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return the penalty of every candidate, shape (r, n + 1)."""
        assert self.fence is not None
        base = self._sums - self._weights[i]
        return self.fence.penalties(base[:, None, :] + self._weights[None])

    def _move(
        self,
        rows: NDArray[np.intp],
        slot: NDArray[np.intp],
        i: NDArray[np.intp],
        j: NDArray[np.intp],
    ) -> None:
        n = self.problem.size
        self._fields[rows] += self._couplings[j] - self._couplings[i]
        self._taken[rows, i] = 0.0
        self._taken[rows, j] = np.inf
        self._slots[rows, slot] = j
        if self.fence is not None:
            self._sums[rows] += self._weights[j] - self._weights[i]
        if self._settled:
            return
        self._taken[:, n] = 0.0
        self._counts[rows] += self._inside[self._label[j]] - self._inside[self._label[i]]
        self._ones[rows[i == n]] += 1
        gone = rows[j == n]
        last = self._ones[gone] - 1
        self._slots[gone, slot[j == n]] = self._slots[gone, last]
        self._slots[gone, last] = n
        self._ones[gone] -= 1
