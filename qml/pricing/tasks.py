"""Price by tasks and shots: the machines of Amazon Braket."""

from dataclasses import dataclass
from decimal import Decimal

from qml.pricing.base import Quote, Tariff
from qml.pricing.job import JobSize
from qml.units import to_micro


@dataclass(frozen=True, slots=True, kw_only=True)
class TasksTariff(Tariff):
    """A fee for each task and a price for each shot. AWS rounds the month's bill, not the task.

    Attributes:
        task: Fee of a task.
        shot: Price of a shot.
    """

    task: Decimal
    shot: Decimal

    def quote(self, job: JobSize) -> Quote:
        """Price a job; its price is known exactly."""
        tasks, shots = job.billed_tasks, job.shots * len(job.circuits)
        amount = to_micro(tasks * self.task + shots * self.shot)
        return Quote(
            low=amount,
            expected=amount,
            high=amount,
            currency=self.currency,
            minimum_applies=False,
            notes=(*self.notes, *self._explain(tasks)),
            tariff=self,
        )

    def _explain(self, tasks: int) -> list[str]:
        if tasks == 1:
            return []
        return [f"{tasks} tasks x {self.money(self.task)} fee = {self.money(tasks * self.task)}"]
