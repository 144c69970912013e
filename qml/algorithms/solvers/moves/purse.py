"""Pays for evaluations one amount at a time, within what a budget leaves."""

from qml.algorithms.solvers.base import Allowance


class Purse:
    """Counts what a solver takes before it tells the referee.

    Args:
        left: What is left of the budget.
        kept: Evaluations that are held back, for `mend`.
    """

    def __init__(self, left: Allowance, kept: int = 0) -> None:
        self._left, self._kept = left, kept
        self.taken = 0

    def take(self, amount: int) -> bool:
        """Pay an amount, or nothing where it is too much; tells which."""
        return self.whole(amount, 1) == 1

    def whole(self, amount: int, most: int) -> int:
        """Pay for as many amounts as there may be, `most` at most; returns how many."""
        beside = self.taken + self._kept
        paid = max(0, self._left.evaluations(beside + amount * most) - beside) // amount
        self.taken += paid * amount
        return paid

    def mend(self, amount: int) -> bool:
        """Pay an amount, of what is held back too; tells whether there was enough."""
        wanted = self.taken + amount
        if self._left.evaluations(wanted) < wanted:
            return False
        self.taken = wanted
        return True

    def rest(self, most: int) -> int:
        """Return how many of `most` evaluations are left, those held back among them."""
        return self._left.evaluations(self.taken + most) - self.taken

    def spend(self, amount: int) -> int:
        """Return an amount of what was taken, of which the referee is told now."""
        self.taken -= amount
        return amount

    def empty(self) -> int:
        """Return what was taken, and begin anew: the referee has been told."""
        taken, self.taken = self.taken, 0
        return taken
