"""What a kernel of these rows would cost on a paid machine, at its shipped tariff."""

from typing import Any

from qml.benchmarking.screen.embedding import Embedding
from qml.circuits.resources import resources
from qml.config import Config
from qml.pricing.job import JobSize
from qml.pricing.tariffs import Tariffs
from qml.results.sizes import CircuitSize


def price_of(
    embedding: Embedding, row: Any, shots: int, rows: int, config: Config
) -> dict[str, Any]:
    """Price all entries above the diagonal, one circuit each: one state, then the other undone.

    Args:
        embedding: The feature map.
        row: Features of one row, shape (d,).
        shots: Shots of each circuit.
        rows: Rows of the kernel.
        config: `[screen]` names the device, `[pricing]` may have prices of its own.

    Raises:
        PlanError: No price of the device is known.
    """
    provider, _, device = config.screen.device.partition(".")
    tariff = Tariffs.load(config.pricing).find(provider, device)
    circuit = embedding.circuit(row)
    counted = resources(circuit + circuit.inverse())
    size = CircuitSize(
        one_qubit=counted.one_qubit, two_qubit=counted.two_qubit, measured=circuit.wires
    )
    circuits = rows * (rows - 1) // 2
    quote = tariff.quote(JobSize(circuits=(size,), shots=shots)).times(circuits)
    return {
        "device": tariff.name,
        "circuits": circuits,
        "shots": shots,
        "expected": f"{quote.expected:.2f}",
        "currency": quote.currency,
        "date": None if tariff.date is None else tariff.date.isoformat(),
    }
