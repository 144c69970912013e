"""What IonQ says of prices."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from qml.backends.ionq.client import Client
from qml.errors import ProviderError
from qml.results.sizes import CircuitSize
from qml.units import FREE, Money


class Estimates:
    """Asks IonQ what circuits would cost, each size once.

    Args:
        client: IonQ's API.
        backend: The API's name of the machine.
        debiasing: Whether error mitigation is on.
    """

    def __init__(self, client: Client, backend: str, *, debiasing: bool) -> None:
        self._client = client
        self._backend = backend
        self._debiasing = debiasing
        self._known: dict[tuple[CircuitSize, int], Money] = {}

    def of(self, sizes: Sequence[CircuitSize], shots: int) -> Money:
        """Add up the circuits of a job.

        IonQ does not say whether its minimum holds for a job or for each circuit of one; each is
        the upper bound.
        """
        first, *rest = (self._one(size, shots) for size in sizes)
        return sum(rest, first)

    def _one(self, size: CircuitSize, shots: int) -> Money:
        place = (size, shots)
        if place not in self._known:
            answer = self._client.estimate(
                backend=self._backend,
                oneq_gates=size.one_qubit,
                twoq_gates=size.two_qubit,
                qubits=size.qubits,
                shots=shots,
                error_mitigation=self._debiasing,
            )
            self._known[place] = _money(
                answer.get("estimated_total_cost"), answer.get("estimated_unit")
            )
        return self._known[place]


def bill(client: Client, job_id: str, *, free: bool) -> Money | None:
    """Ask what a job cost.

    Args:
        client: IonQ's API.
        job_id: The job.
        free: Whether the machine costs nothing; IonQ tells no cost then.
    """
    cost = client.get("jobs", job_id, "cost").get("cost")
    if isinstance(cost, dict):
        return _money(cost.get("value"), cost.get("unit"))
    return FREE if free else None


def _money(value: Any, unit: Any) -> Money:
    """Read an amount; JSON's numbers are read digit by digit, as they are written.

    Raises:
        ProviderError: It is none.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not isinstance(unit, str):
        raise ProviderError(f"IonQ tells a cost of {value!r} {unit!r}, which is no amount")
    amount = Decimal(str(value))
    if not amount.is_finite() or amount < 0:
        raise ProviderError(f"IonQ tells a cost of {value!r} {unit!r}, which is no amount")
    return Money(amount=amount, currency=unit.upper())
