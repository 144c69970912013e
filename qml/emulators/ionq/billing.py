"""What the emulator bills: the vendor's rule with the vendor's rates.

Cost of a job = max(minimum, shots * (n1 * c1 + n2 * c2)), rounded to the cent. Gates are counted as
they are sent; whether the vendor counts them before or after its own compilation is not published.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from qml.emulators.ionq.options import Minimum

FREE = Decimal("0.00")
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class RateCard:
    """Prices of one machine in USD.

    Attributes:
        sku: Name of the row.
        one_qubit: A one-qubit gate, per shot.
        two_qubit: A two-qubit gate, per shot.
        minimum: Least price without error mitigation.
        minimum_mitigated: Least price with error mitigation.
    """

    sku: str
    one_qubit: Decimal
    two_qubit: Decimal
    minimum: Decimal
    minimum_mitigated: Decimal


# Seen in 2026. Forte: IonQ's rate card in a public log; its minimum with error mitigation is from
# Azure's price page of 2026-04-15, since IonQ prints none. Aria: Azure's price page alone.
_FORTE = RateCard(
    sku="forte",
    one_qubit=Decimal("0.000164"),
    two_qubit=Decimal("0.001121"),
    minimum=Decimal("25.7899"),
    minimum_mitigated=Decimal("168.195"),
)
CARDS = {
    "qpu.forte-1": _FORTE,
    "qpu.forte-enterprise-1": _FORTE,
    "qpu.aria-1": RateCard(
        sku="aria",
        one_qubit=Decimal("0.000220"),
        two_qubit=Decimal("0.000975"),
        minimum=Decimal("12.4166"),
        minimum_mitigated=Decimal("97.50"),
    ),
}
"""Rate cards by backend; a backend without one is free."""


def price(
    backend: str,
    gates: Sequence[tuple[int, int]],
    shots: int,
    *,
    mitigated: bool,
    minimum: Minimum,
) -> Decimal:
    """Return what a job costs in USD, to the cent.

    Args:
        backend: Where it runs.
        gates: One- and two-qubit gates of each circuit.
        shots: Shots of each circuit.
        mitigated: Debiasing is on.
        minimum: What the least price holds for.
    """
    card = CARDS.get(backend)
    if card is None:
        return FREE
    least = card.minimum_mitigated if mitigated else card.minimum
    costs = [shots * (one * card.one_qubit + two * card.two_qubit) for one, two in gates]
    if minimum == "per-job":
        return _cents(max(least, sum(costs, Decimal(0))))
    return sum((_cents(max(least, cost)) for cost in costs), FREE)


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, rounding=ROUND_HALF_UP)
