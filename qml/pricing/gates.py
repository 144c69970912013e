"""Price by gates and shots, with a minimum: IonQ, directly and through Azure.

Cost = max(minimum, shots * (n1 * c1 + n2 * c2)), rounded to the cent (IonQ's rate card; Azure's
price page writes "m + ...", but its own examples show a minimum).
"""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from qml.errors import PlanError
from qml.pricing.base import Quote, Tariff
from qml.pricing.job import JobSize
from qml.results.sizes import CircuitSize
from qml.units import to_cent

_PER_CIRCUIT = (
    "the vendor does not say whether the minimum holds for each circuit or once for a "
    "multi-circuit job: planned is each circuit, the upper bound"
)
_BORROWED = (
    "the vendor publishes no minimum for error mitigation on this road: planned is Azure's, "
    "as an upper bound"
)


def multi_controlled(qubits: int) -> int:
    """Return how many two-qubit gates a multi-controlled gate is billed as, where it is sent whole.

    Args:
        qubits: Controls and target together, at least 2. From 3 on it is 6 (N - 2), says Azure's
            price page for IonQ.
    """
    if qubits < 2:  # noqa: PLR2004 - one control and one target
        raise ValueError(f"a controlled gate has at least 2 qubits, got {qubits}")
    return max(1, 6 * (qubits - 2))


@dataclass(frozen=True, slots=True, kw_only=True)
class GatesTariff(Tariff):
    """Gates times shots.

    Attributes:
        one_qubit: Price of a one-qubit gate, per shot.
        two_qubit: Price of a two-qubit gate, per shot.
        minimum: Least price of a job without error mitigation.
        minimum_mitigated: Least price of a job with error mitigation, where it is published.
        minimum_mitigated_bound: Upper bound of it, where it is not.
    """

    one_qubit: Decimal
    two_qubit: Decimal
    minimum: Decimal = Decimal(0)
    minimum_mitigated: Decimal | None = None
    minimum_mitigated_bound: Decimal | None = None

    def quote(self, job: JobSize) -> Quote:
        """Price a job: low counts the minimum once, expected and high once for each circuit."""
        least, most = self._minimums(mitigated=job.mitigated)
        exact, high, bitten = Decimal(0), Decimal(0), 0
        for circuit, copies in Counter(job.circuits).items():
            cost = self._cost(circuit, job.shots)
            exact += copies * cost
            high += copies * to_cent(max(most, cost))
            bitten += copies if cost < most else 0
        return Quote(
            low=min(high, to_cent(max(least, exact))),
            expected=high,
            high=high,
            currency=self.currency,
            minimum_applies=bitten > 0,
            notes=(*self.notes, *self._explain(job, most, bitten, bound=least != most)),
            tariff=self,
        )

    def _cost(self, circuit: CircuitSize, shots: int) -> Decimal:
        return shots * (circuit.one_qubit * self.one_qubit + circuit.two_qubit * self.two_qubit)

    def _minimums(self, *, mitigated: bool) -> tuple[Decimal, Decimal]:
        """Return the least and the greatest that the minimum may be."""
        if not mitigated:
            return self.minimum, self.minimum
        if self.minimum_mitigated is not None:
            return self.minimum_mitigated, self.minimum_mitigated
        if self.minimum_mitigated_bound is not None:
            return self.minimum, self.minimum_mitigated_bound
        raise PlanError(
            f"`{self.name}`: the minimum price of a job with error mitigation is not known",
            hint=f'write minimum_mitigated = "..." under [pricing.{self.name}] in qml.toml,'
            " or switch mitigation off",
        )

    def _explain(self, job: JobSize, minimum: Decimal, bitten: int, *, bound: bool) -> list[str]:
        notes = []
        if bitten:
            each = to_cent(minimum)
            what = "circuit" if bitten == 1 else "circuits"
            notes.append(
                f"{bitten} {what} x {self.money(each)} job minimum = {self.money(bitten * each)}"
            )
        if bitten and len(job.circuits) > 1:
            notes.append(_PER_CIRCUIT)
        return [*notes, _BORROWED] if bound else notes
