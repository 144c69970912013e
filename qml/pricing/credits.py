"""Price in a vendor's credits: Quantinuum's HQC.

HQC of a circuit = 5 + C (N1 + 10 N2 + 5 Nm) / 5000, with C shots, N1 and N2 gates on one and two
qubits, and Nm measurements and preparations, "including initial implicit state preparation"
(Azure's page on Quantinuum's prices).
"""

from dataclasses import dataclass
from decimal import Decimal

from qml.pricing.base import Quote, Tariff
from qml.pricing.job import JobSize
from qml.results.sizes import CircuitSize
from qml.units import to_micro


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditsTariff(Tariff):
    """Credits for a circuit, turned into money where a plan says what they cost.

    Attributes:
        fixed: Credits of a circuit before its first gate.
        one_qubit: Credits of a one-qubit gate, per shot.
        two_qubit: Credits of a two-qubit gate, per shot.
        spam: Credits of a measurement or of the preparation of a qubit, per shot.
        plan_price: Price of a plan in `currency`, or None to count in credits.
        plan_credits: Credits that the plan holds.
    """

    fixed: Decimal
    one_qubit: Decimal
    two_qubit: Decimal
    spam: Decimal
    plan_price: Decimal | None = None
    plan_credits: Decimal = Decimal(1)

    def quote(self, job: JobSize) -> Quote:
        """Price a job: low counts measurements alone, expected and high preparations as well."""
        least = sum((self._credits(c, job.shots, c.measured) for c in job.circuits), Decimal(0))
        most = sum(
            (self._credits(c, job.shots, c.measured + c.qubits) for c in job.circuits), Decimal(0)
        )
        return Quote(
            low=self._amount(least),
            expected=self._amount(most),
            high=self._amount(most),
            currency=self.currency,
            minimum_applies=False,
            notes=(*self.notes, *self._explain(least, most)),
            tariff=self,
        )

    def _credits(self, circuit: CircuitSize, shots: int, spam: int) -> Decimal:
        gates = circuit.one_qubit * self.one_qubit + circuit.two_qubit * self.two_qubit
        return self.fixed + shots * (gates + spam * self.spam)

    def _amount(self, count: Decimal) -> Decimal:
        if self.plan_price is None:
            return to_micro(count)
        return to_micro(count * self.plan_price / self.plan_credits)

    def _explain(self, least: Decimal, most: Decimal) -> list[str]:
        notes = []
        if least != most:
            notes.append("planned is that the preparation of each qubit is billed, as published")
        if self.plan_price is not None:
            notes.append(f"{to_micro(most).normalize():f} credits, priced as a share of the plan")
        return notes
