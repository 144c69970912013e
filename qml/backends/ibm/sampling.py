"""One way to sample for fake and for real machines: compiled circuits in, counts out."""

from collections.abc import Sequence
from typing import Any

from qml.backends.ibm.translate import REGISTER, counts
from qml.circuits import Circuit
from qml.errors import ProviderError
from qml.results.counts import Counts


def send(sampler: Any, programs: Sequence[Any], shots: int) -> Any:
    """Hand compiled circuits to a sampler of Qiskit; the job that it made is returned."""
    return sampler.run(list(programs), shots=shots)


def read(result: Any, widths: Sequence[int]) -> tuple[Counts, ...]:
    """Read a sampler's result, whose registers are called `meas`.

    Args:
        result: `PrimitiveResult`.
        widths: Wires of every circuit; 0 where they are not known any more.

    Raises:
        ProviderError: The number of circuits, or a width, is not what was sent.
    """
    found = tuple(_one(item) for item in result)
    if len(found) != len(widths) or any(
        w and c.wires != w for c, w in zip(found, widths, strict=True)
    ):
        raise ProviderError(
            f"IBM returned {len(found)} circuits of {[c.wires for c in found]} wires,"
            f" {len(widths)} of {list(widths)} were sent"
        )
    return found


def widths(circuits: Sequence[Circuit]) -> list[int]:
    """Return the wires of every circuit."""
    return [c.wires for c in circuits]


def _one(item: Any) -> Counts:
    bits = getattr(item.data, REGISTER)
    return counts(bits, bits.num_bits)
