"""Pays for evaluations one amount at a time, within what a budget leaves."""

from qml.algorithms.solvers.base import Allowance


class Purse:
    """Counts what a solver takes before it tells the referee.

    Args:
        left: What is left of the budget.
    """

    def __init__(self, left: Allowance) -> None:
        self._left = left
        self.taken = 0

    def take(self, amount: int) -> bool:
        """Pay an amount, or nothing where it is too much; tells which."""
        wanted = self.taken + amount
        if self._left.evaluations(wanted) < wanted:
            return False
        self.taken = wanted
        return True

    def whole(self, amount: int, most: int) -> int:
        """Pay for as many amounts as there may be, `most` at most; returns how many."""
        paid = (self._left.evaluations(self.taken + amount * most) - self.taken) // amount
        self.taken += max(0, paid) * amount
        return max(0, paid)

    def spend(self, amount: int) -> int:
        """Return an amount of what was taken, of which the referee is told now."""
        self.taken -= amount
        return amount

    def empty(self) -> int:
        """Return what was taken, and begin anew: the referee has been told."""
        taken, self.taken = self.taken, 0
        return taken
