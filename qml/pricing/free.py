"""What costs nothing: simulators on this machine and vendors' free ones."""

from dataclasses import dataclass
from decimal import Decimal

from qml.pricing.base import Quote, Tariff
from qml.pricing.job import JobSize

_NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeTariff(Tariff):
    """Nothing, however much."""

    def quote(self, job: JobSize) -> Quote:
        """Price a job at nothing."""
        del job
        return Quote(
            low=_NOTHING,
            expected=_NOTHING,
            high=_NOTHING,
            currency=self.currency,
            minimum_applies=False,
            notes=self.notes,
            tariff=self,
        )
