"""Price by time: IBM's quantum seconds, Braket's simulators, access time of D-Wave."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from qml.errors import PlanError
from qml.pricing.base import Quote, Tariff
from qml.pricing.job import JobSize
from qml.units import to_micro


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondsTariff(Tariff):
    """A rate for a stretch of time. Times are in seconds.

    Attributes:
        rate: Price of `per` seconds, or None where the vendor sells by quotation.
        per: Length that `rate` buys, e.g. 60 for a price per minute.
        minimum_seconds: Least time billed for a task.
        increment_seconds: Each task's time is rounded up to a multiple of it; 0 rounds nothing.
    """

    rate: Decimal | None = None
    per: Decimal = Decimal(1)
    minimum_seconds: Decimal = Decimal(0)
    increment_seconds: Decimal = Decimal(0)

    def quote(self, job: JobSize) -> Quote:
        """Price a job from the estimate of its time.

        Expected takes all tasks for equally long. High takes the longest time that was given
        for one task and the least billable for the others, the worst split.
        """
        seconds, rate = self._known(job)
        tasks, least = job.billed_tasks, self._billed(Decimal(0))
        shortest = max(seconds, tasks * least)
        even = max(shortest, tasks * self._billed(seconds / tasks))
        longest = self._billed(max(seconds, job.most_seconds or seconds))
        worst = max(even, longest + (tasks - 1) * max(least, self.increment_seconds))
        return Quote(
            low=self._price(shortest, rate),
            expected=self._price(even, rate),
            high=self._price(worst, rate),
            currency=self.currency,
            minimum_applies=seconds / tasks < least,
            notes=(*self.notes, *self._explain(job, seconds)),
            tariff=self,
        )

    def _known(self, job: JobSize) -> tuple[Decimal, Decimal]:
        if self.rate is None:
            raise PlanError(
                f"`{self.name}` is sold by quotation: no price is published",
                hint="write yours in qml.toml: "
                f'[pricing.{self.name}] rate = "..." per = "3600" (price of an hour)',
            )
        if job.seconds is None:
            raise PlanError(
                f"`{self.name}` bills time, and how long the job takes is not known",
                hint="give an estimate of the seconds",
            )
        return job.seconds, self.rate

    def _billed(self, seconds: Decimal) -> Decimal:
        if self.increment_seconds:
            steps = (seconds / self.increment_seconds).to_integral_value(ROUND_CEILING)
            seconds = steps * self.increment_seconds
        return max(seconds, self.minimum_seconds)

    def _price(self, seconds: Decimal, rate: Decimal) -> Decimal:
        return to_micro(seconds * rate / self.per)

    def _explain(self, job: JobSize, seconds: Decimal) -> list[str]:
        estimate = f"the vendor bills the time that it measures; {seconds:f} s is an estimate"
        notes = [estimate + ("" if job.most_seconds else ", and no limit is set for the job")]
        tasks = job.billed_tasks
        if self.minimum_seconds and seconds < tasks * self.minimum_seconds:
            what = "task" if tasks == 1 else "tasks"
            notes.append(f"{tasks} {what} x {self.minimum_seconds:f} s minimum")
        return notes
